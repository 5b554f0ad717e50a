import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FillOptions, fillLane } from '../../../renderer/grid/fill-lane.ts'

test.each<[string[], number, string[], FillOptions?]>([
  [['1', '2'], 3, ['3', '4', '5']],
  [['10'], 2, ['10', '10']],
  [['10%', '20%'], 2, ['30%', '40%']],
  [['0.1', '0.2'], 2, ['0.3', '0.4']],
  [['Nov 26'], 3, ['Dec 26', 'Jan 27', 'Feb 27']],
  [['Nov'], 2, ['Dec', 'Jan']],
  [['Q3 2026', 'Q4 2026'], 2, ['Q1 2027', 'Q2 2027']],
  [['2026-11'], 2, ['2026-12', '2027-01']],
  [['2026-01-30', '2026-01-31'], 2, ['2026-02-01', '2026-02-02']],
  [['KR 1'], 2, ['KR 2', 'KR 3']],
  [['W09'], 2, ['W10', 'W11']],
  [['a', 'b'], 3, ['a', 'b', 'a']],
  [['=Seats * 40'], 2, ['=Seats * 40', '=Seats * 40']],
  [['10k to 20k'], 1, ['10k to 20k']],
  [['1', '2'], 2, ['0', '-1'], { isReverse: true }],
  [['KR 5'], 2, ['KR 4', 'KR 3'], { isReverse: true }],
  [['1', '2'], 2, ['1', '2'], { isCopy: true }],
  [[], 2, []],
])('%j goes on for %d with %j', (source, count, expected, options) => {
  expect(fillLane(source, count, options)).toEqual(expected)
})

test('law: a straight line of whole numbers goes on straight (seed 3)', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -999, max: 999 }),
      fc.integer({ min: -99, max: 99 }),
      fc.integer({ min: 2, max: 6 }),
      (from, step, length) => {
        const line = (start: number) => Array.from({ length }, (_, index) => String(from + step * (start + index)))
        expect(fillLane(line(0), length)).toEqual(line(length))
      },
    ),
    { seed: 3, numRuns: 200 },
  )
})
