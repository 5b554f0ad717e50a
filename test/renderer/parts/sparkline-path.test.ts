import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sparklinePath } from '../../../renderer/parts/sparkline-path.ts'

describe('sparklinePath', () => {
  it('draws from the lower left to the upper right', () => {
    expect(sparklinePath([0, 1], 76, 18)).toEqual({
      line: 'M3 15L73 3',
      area: 'M3 15L73 3L73 18L3 18Z',
      dots: [],
      last: [73, 3],
    })
  })

  it('leaves a gap for what is not known and dots what stands alone', () => {
    const drawn = sparklinePath([1, 2, null, 4, null], 46, 16)
    expect(drawn.line).toBe('M3 13L13 9.7')
    expect(drawn.dots).toEqual([[33, 3]])
    expect(drawn.last).toBeNull()
  })

  it('draws nothing of nothing, and equal values in the middle', () => {
    expect(sparklinePath([null, null], 76, 18)).toEqual({ line: '', area: '', dots: [], last: null })
    expect(sparklinePath([5, 5], 76, 18).line).toBe('M3 9L73 9')
  })

  it('stays inside its box, whatever the values and the scale (seed 20261120)', () => {
    const value = fc.option(fc.double({ noNaN: true, min: -1e9, max: 1e9 }))
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 30 }), (values) => {
        const { line, dots, last } = sparklinePath(values, 76, 18, [-10, 10])
        const numbers = [...(line.match(/-?[\d.]+/g) ?? []).map(Number), ...dots.flat(), ...(last ?? [])]
        for (const number of numbers) expect(number >= 3 && number <= 73).toBe(true)
        expect(last === null).toBe(values.at(-1) === null)
      }),
      { seed: 20_261_120, numRuns: 200 },
    )
  })
})
