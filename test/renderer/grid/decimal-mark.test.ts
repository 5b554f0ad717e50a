import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readIn, showIn } from '../../../renderer/grid/decimal-mark.ts'

const COMMA = { kind: 'number', decimalMark: 'comma' } as const
const POINT = { kind: 'number' } as const

describe('with the comma as decimal mark', () => {
  test.each([
    ['1.234,5', '1234.5'],
    ['1,5', '1.5'],
    ['1,234', '1.234'],
    ['1.234', '1234'],
    ['1.234.567,89', '1234567.89'],
    ['1.5', '1.5'],
    ['1,234.5', '1234.5'],
    ['1,234,567', '1234567'],
    ['€ 12,50', '€ 12.50'],
    ['1,5k to 2,5k at 90%', '1.5k to 2.5k at 90%'],
    ['180 of 250', '180 of 250'],
    ['(1.200)', '(1200)'],
    ['=Seats * 1.5', '=Seats * 1.5'],
    ['0', '0'],
  ])('%s is kept as %s', (typed, kept) => {
    expect(readIn(COMMA, typed)).toBe(kept)
    expect(readIn(POINT, typed)).toBe(typed)
  })

  test.each([
    ['$1,234.50', '$1.234,50'],
    ['1.5k to 2.5k', '1,5k to 2,5k'],
    ['=1.5 * Seats', '=1.5 * Seats'],
    ['P10 $4,183.2, P50 $5.', 'P10 $4.183,2, P50 $5.'],
  ])('%s is shown as %s', (kept, shown) => {
    expect(showIn(COMMA, kept)).toBe(shown)
    expect(showIn(POINT, kept)).toBe(kept)
    expect(showIn({ ...COMMA, kind: 'name' }, kept)).toBe(kept)
  })
})

test('what is kept, shown and typed again is the same (seed 9)', () => {
  const number = fc
    .tuple(fc.nat(99_999_999), fc.option(fc.nat(9_999)), fc.constantFrom('', 'k', 'M', '%'))
    .map(([whole, part, scale]) => `${whole}${part === null ? '' : `.${part}`}${scale}`)
  fc.assert(
    fc.property(number, number, (low, high) => {
      for (const kept of [low, `-${low}`, `${low} to ${high}`]) expect(readIn(COMMA, showIn(COMMA, kept))).toBe(kept)
    }),
    { seed: 9, numRuns: 2_000 },
  )
})
