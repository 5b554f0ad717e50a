import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildUsageCube, moneyAt, rollUpUsage, type UsageDimension } from '../../../shared/cube/index.ts'
import { type FactRow, resolveFacts } from '../../../shared/facts/index.ts'
import { nanosOf } from '../../../shared/money/index.ts'
import { NO_OWN_PRICES } from '../../../shared/prices/index.ts'
import { readFacts } from '../../../shared/workbook/index.ts'
import { chunksOf, factsOf, onDay } from '../../support/build-facts.ts'

type Usage = Partial<FactRow<'usage'>>

const DIMENSIONS = ['day', 'tool', 'model', 'person', 'apiKey', 'workspace', 'repository'] as const
type Dimension = (typeof DIMENSIONS)[number]

/** The plain way: one object per cell, keyed by text. */
function plainly(rows: readonly Usage[], by: readonly Dimension[]): ReadonlyMap<string, readonly unknown[]> {
  const cells = new Map<string, { rows: number; output: number | null; billed: bigint | null }>()
  for (const row of rows) {
    const key = JSON.stringify(by.map((dimension) => row[dimension] ?? null))
    let cell = cells.get(key)
    if (!cell) cells.set(key, (cell = { rows: 0, output: null, billed: null }))
    cell.rows++
    if (row.output != null) cell.output = (cell.output ?? 0) + row.output
    if (row.billed != null) cell.billed = (cell.billed ?? 0n) + row.billed
  }
  return new Map([...cells].map(([key, { rows: n, output, billed }]) => [key, [n, output, billed]]))
}

function ours(rows: readonly Usage[], by: readonly Dimension[]): ReadonlyMap<string, readonly unknown[]> {
  const { cells } = buildUsageCube(factsOf({ usage: rows }), by)
  return new Map(
    cells.map(({ key, rows: n, tokens, cost }) => [
      JSON.stringify(key),
      [n, tokens.output, cost['USD']?.billed ?? null],
    ]),
  )
}

/** Words of any number: few make keys of a table, hundreds keys of a map, and many dimensions keys no number holds. */
function rowsOf(count: number, words: number): readonly Usage[] {
  return Array.from({ length: count }, (_, i) => ({
    day: i % 11 === 0 ? null : onDay(`2026-03-${String((i % 28) + 1).padStart(2, '0')}`),
    tool: i % 13 === 0 ? null : `t${(i * 7) % words}`,
    model: `m${(i * 11) % words}`,
    person: `p${(i * 13) % words}`,
    apiKey: `k${(i * 17) % words}`,
    workspace: `w${(i * 19) % words}`,
    repository: `r${(i * 23) % words}`,
    output: i % 3 === 0 ? null : i,
    currency: 'USD',
    billed: i % 5 === 0 ? null : nanosOf(BigInt(i) * 3_000_000_007n - 10n ** 12n),
  }))
}

describe('a roll-up by columns is the roll-up by objects', () => {
  test.each<[string, number, number, readonly Dimension[]]>([
    ['one cell', 50, 3, []],
    ['few words', 400, 3, ['day', 'tool', 'model']],
    ['keys of a map', 700, 600, ['tool', 'model', 'person']],
    ['keys no number holds', 700, 601, ['tool', 'model', 'person', 'apiKey', 'workspace', 'repository']],
  ])('%s', (_name, count, words, by) => {
    const rows = rowsOf(count, words)
    expect(ours(rows, by)).toEqual(plainly(rows, by))
  })

  test('seed 3: for any rows and dimensions, in the order of keys', () => {
    const word = fc.option(fc.constantFrom('a', 'b', '\uffff', 'é', 'A'), { nil: null })
    const row = fc.record({
      tool: word,
      model: word,
      person: word,
      output: fc.option(fc.nat(), { nil: null }),
      currency: fc.constant('USD'),
      billed: fc.option(fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }).map(nanosOf), { nil: null }),
    })
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), fc.subarray(['tool', 'model', 'person'] as const), (rows, by) => {
        const rolled = ours(rows, by)
        expect(rolled).toEqual(plainly(rows, by))
        const keys = [...rolled.keys()].map((key) =>
          (JSON.parse(key) as (string | null)[]).map((one) => one ?? '\uffff\uffff'),
        )
        for (let i = 1; i < keys.length; i++) {
          const at = keys[i]!.findIndex((one, column) => one !== keys[i - 1]![column])
          expect(keys[i - 1]![at]! < keys[i]![at]!).toBe(true)
        }
      }),
      { seed: 3, numRuns: 80 },
    )
  })
})

test('sums beyond what a double holds stay exact', () => {
  const most = 2n ** 62n
  const rows = Array.from({ length: 3_000 }, (): Usage => ({ tool: 'x', currency: 'USD', billed: nanosOf(most - 1n) }))
  const { money } = rollUpUsage(factsOf({ usage: rows }), ['tool'])
  expect(moneyAt(money[0]!, 0)).toBe(3_000n * (most - 1n))
})

test('what a later file replaced and other days are in no cell', () => {
  const older = chunksOf({ usage: [{ day: onDay('2026-03-01'), tool: 'a', output: 1 }] }, 'old')
  const newer = chunksOf({ usage: [{ day: onDay('2026-03-01'), tool: 'a', output: 5 }] }, 'new')
  newer[0]!.keys.set(older[0]!.keys)
  newer[0]!.checks.set(older[0]!.checks)
  const facts = resolveFacts(
    [...older, ...newer],
    [
      { id: 'old', asOf: 1, seq: 1 },
      { id: 'new', asOf: 2, seq: 2 },
    ],
  )
  const by: readonly UsageDimension[] = ['day', 'tool']
  expect(rollUpUsage(facts, by)).toMatchObject({ cells: 1, counts: { output: Float64Array.of(5) } })
  expect(rollUpUsage(facts, by, { from: onDay('2026-03-02') })).toMatchObject({
    cells: 0,
    words: [['2026-03-01'], ['a']],
  })
})

describe('a roll-up asked for again', () => {
  const by = ['day', 'person', 'model'] as const
  const RULED = { id: 'r', field: 'workspace', equals: 'w1', initiativeId: 'i', order: 0 }

  test('of the same facts and period is the one there is; of another period it is another', () => {
    const facts = factsOf({ usage: rowsOf(200, 3) })
    const period = { from: onDay('2026-03-02'), to: onDay('2026-03-09') }
    expect(rollUpUsage(facts, by)).toBe(rollUpUsage(facts, by))
    expect(rollUpUsage(facts, by, period)).toBe(rollUpUsage(facts, by, period))
    expect(rollUpUsage(facts, by, period).cells).toBeLessThan(rollUpUsage(facts, by).cells)
    expect(rollUpUsage(facts, [...by].reverse()).words).not.toEqual(rollUpUsage(facts, by).words)
  })

  test('by rules is worked out each time: they may have changed', () => {
    const facts = factsOf({ usage: rowsOf(200, 3) })
    const owned = (...rules: readonly (typeof RULED)[]) =>
      rollUpUsage(facts, ['initiative'], {
        initiativeOf: ({ workspace }) => rules.find(({ equals }) => equals === workspace)?.initiativeId ?? null,
      }).words
    expect(owned()).toEqual([[]])
    expect(owned(RULED)).toEqual([['i']])
  })

  test('is another where people or prices make the facts read otherwise', () => {
    const stated = factsOf({ usage: rowsOf(200, 3) })
    const people = (accounts: readonly string[]) => [
      { id: 'a', name: 'Ada', accounts, kind: 'human' as const, teams: [] },
    ]
    const read = (accounts: readonly string[]) =>
      rollUpUsage(readFacts(stated, { prices: NO_OWN_PRICES, people: people(accounts) }), by).words[1]
    expect(read(['p0'])).toEqual(['p0', 'p1', 'p2'])
    expect(read(['p0', 'p1'])).toEqual(['p0', 'p2'])
    expect(read(['p0'])).toEqual(['p0', 'p1', 'p2'])
  })
})
