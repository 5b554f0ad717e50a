import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type NumstatFile,
  type NumstatLanding,
  rewrittenWithin,
  SEVEN_DAYS,
  SEVENTY_TWO_HOURS,
  TWENTY_ONE_DAYS,
  walkRewrites,
  youngLinesRemoved,
} from '../../../shared/delivery/index.ts'

const DAY = 86_400_000
const all = () => true

function land(
  day: number,
  ...files: [path: string, added: number | null, deleted: number | null, fromPath?: string][]
): NumstatLanding {
  return {
    landedAt: day * DAY,
    files: files.map(([path, added, deleted, fromPath]): NumstatFile => ({
      path,
      added,
      deleted,
      fromPath: fromPath ?? null,
    })),
  }
}

function within(landings: readonly NumstatLanding[], window = SEVEN_DAYS, scope?: (path: string) => boolean) {
  const { added, proportional, newestFirst } = rewrittenWithin(walkRewrites(landings, scope), window, all)
  return [added, Number(proportional.toFixed(9)), newestFirst]
}

describe('lines rewritten within seven days', () => {
  test.each([
    ['nothing removed', [land(0, ['a.ts', 10, 0])], [10, 0, 0]],
    [
      '10 and 30 lines lose 8: 2 + 6 spread, 8 of the newest',
      [land(0, ['a.ts', 10, 0]), land(1, ['a.ts', 30, 0]), land(2, ['a.ts', 0, 8])],
      [40, 8, 8],
    ],
    [
      'only the young ones count',
      [land(0, ['a.ts', 10, 0]), land(20, ['a.ts', 30, 0]), land(21, ['a.ts', 0, 8])],
      [40, 6, 8],
    ],
    ['a replaced line is not its own victim', [land(0, ['a.ts', 10, 0]), land(1, ['a.ts', 4, 4])], [14, 4, 4]],
    ['a rename keeps the lines', [land(0, ['a.ts', 10, 0]), land(1, ['b.ts', 0, 5, 'a.ts'])], [10, 5, 5]],
    [
      'two files swap their names',
      [
        land(0, ['a.ts', 10, 0], ['b.ts', 4, 0]),
        land(1, ['b.ts', 0, 0, 'a.ts'], ['a.ts', 0, 0, 'b.ts']),
        land(2, ['b.ts', 0, 10]),
      ],
      [14, 10, 10],
    ],
    ['lines from before the history take nothing away', [land(0, ['a.ts', 5, 0]), land(1, ['a.ts', 0, 50])], [5, 5, 5]],
    ['binary files have no lines', [land(0, ['a.ts', null, null])], [0, 0, 0]],
    ['text that is no code', [land(0, ['a.md', 10, 0]), land(1, ['a.md', 0, 10])], [0, 0, 0]],
    ['exactly seven days counts', [land(0, ['a.ts', 10, 0]), land(7, ['a.ts', 0, 10])], [10, 10, 10]],
    ['a moment more does not', [land(0, ['a.ts', 10, 0]), land(7.00001, ['a.ts', 0, 10])], [10, 0, 0]],
    ['a clock that runs backwards is age zero', [land(5, ['a.ts', 10, 0]), land(4, ['a.ts', 0, 10])], [10, 10, 10]],
  ] as const)('%s', (_, landings, expected) => {
    expect(within(landings)).toEqual(expected)
  })

  test('windows come from one walk', () => {
    const landings = [land(0, ['a.ts', 10, 0]), land(5, ['a.ts', 0, 10])]
    expect(within(landings, SEVENTY_TWO_HOURS)).toEqual([10, 0, 0])
    expect(within(landings, TWENTY_ONE_DAYS)).toEqual([10, 10, 10])
  })
})

test('lines of a baseline share the deletions and are never counted themselves', () => {
  const landings = [land(0, ['a.ts', 10, 0]), land(1, ['a.ts', 0, 8])]
  const share = rewrittenWithin(walkRewrites(landings, undefined, new Map([['a.ts', 30]])), SEVEN_DAYS, all)
  expect(share).toEqual({ added: 10, proportional: 2, newestFirst: 8 })
})

test('period basis: young lines removed by the landings of a period over lines they added', () => {
  const landings = [land(0, ['a.ts', 100, 0]), land(10, ['a.ts', 20, 5]), land(40, ['a.ts', 10, 10])]
  expect(youngLinesRemoved(walkRewrites(landings), TWENTY_ONE_DAYS, (at) => at === 1)).toEqual({
    added: 20,
    proportional: 5,
    newestFirst: 5,
  })
  expect(youngLinesRemoved(walkRewrites(landings), TWENTY_ONE_DAYS, (at) => at === 2)).toEqual({
    added: 10,
    proportional: 0,
    newestFirst: 0,
  })
})

describe('laws (seed 11)', () => {
  const change = fc.record({ file: fc.nat(3), added: fc.nat(50), deleted: fc.nat(50), day: fc.nat(2) })
  const seeded = { seed: 11, numRuns: 100 }
  const history = (changes: readonly { file: number; added: number; deleted: number; day: number }[]) => {
    let day = 0
    return changes.map(({ file, added, deleted, day: later }) => land((day += later), [`f${file}.ts`, added, deleted]))
  }

  test('never more removed than added, and the newest-first count is whole', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 80 }), (changes) => {
        const share = rewrittenWithin(walkRewrites(history(changes)), SEVEN_DAYS, all)
        expect(share.proportional).toBeLessThanOrEqual(share.added + 1e-6)
        expect(share.newestFirst).toBeLessThanOrEqual(share.added)
        expect(Number.isInteger(share.newestFirst)).toBe(true)
      }),
      seeded,
    )
  })

  test('over all ages both counts remove the same number of lines', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
        const whole = rewrittenWithin(walkRewrites(history(changes)), Infinity, all)
        expect(whole.proportional).toBeCloseTo(whole.newestFirst, 6)
      }),
      seeded,
    )
  })

  test('a longer window never removes less', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        const walk = walkRewrites(history(changes))
        const [short, long] = [SEVENTY_TWO_HOURS, TWENTY_ONE_DAYS].map((window) => rewrittenWithin(walk, window, all))
        expect(long!.proportional).toBeGreaterThanOrEqual(short!.proportional - 1e-9)
        expect(long!.newestFirst).toBeGreaterThanOrEqual(short!.newestFirst)
      }),
      seeded,
    )
  })
})
