import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { inOrderOfMoments, orderOfMoments } from '../../../shared/calendar/index.ts'

test('what is in order needs no order', () => {
  expect(orderOfMoments(Float64Array.of())).toBe(null)
  expect(orderOfMoments(Float64Array.of(3, 3, 8))).toBe(null)
  expect(orderOfMoments(Float64Array.of(3, 8, 1), 2)).toBe(null)
})

test('law: moments of any years and of any parts of a second stand as a stable sort puts them (seed 5)', () => {
  const moment = fc.oneof(
    fc.integer({ min: 0, max: 20 }),
    fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2026, 0, 1) }),
    fc.integer({ min: Date.UTC(1, 0, 1), max: Date.UTC(8000, 0, 1) }),
  )
  fc.assert(
    fc.property(fc.array(moment, { maxLength: 60 }), (moments) => {
      const at = Float64Array.from(moments)
      const sorted = moments.map((_, i) => i).sort((a, b) => moments[a]! - moments[b]!)
      expect([...(orderOfMoments(at) ?? at.keys())]).toEqual(sorted)
    }),
    { seed: 5, numRuns: 300 },
  )
})

test('what has no moment is left out', () => {
  const all = [{ at: 9 }, { at: null }, { at: 2 }, { at: 9 }]
  expect(inOrderOfMoments(all, ({ at }) => at)).toEqual([all[2], all[0], all[3]])
})
