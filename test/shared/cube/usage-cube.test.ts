import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  allTokens,
  buildUsageCube,
  costBasisOf,
  costKindOf,
  sumCost,
  type UsageDimension,
} from '../../../shared/cube/index.ts'
import type { FactRow } from '../../../shared/facts/index.ts'
import { noFacts } from '../../../shared/facts/index.ts'
import { formatNanos, nanosOf } from '../../../shared/money/index.ts'
import { at, factsOf, onDay, units } from '../../support/build-facts.ts'

type Usage = Partial<FactRow<'usage'>>

const rows: readonly Usage[] = [
  {
    day: onDay('2026-01-31'),
    tool: 'Cursor',
    model: 'a',
    person: 'jane',
    requests: 1,
    uncachedInput: 100,
    output: 10,
    currency: 'USD',
    included: units(1),
  },
  {
    day: onDay('2026-02-01'),
    tool: 'Cursor',
    model: 'a',
    person: 'joe',
    requests: 2,
    uncachedInput: 50,
    currency: 'USD',
    billed: units(0.2),
  },
  {
    at: at('2026-02-01T23:59'),
    tool: 'Claude API',
    model: 'b',
    workspace: 'shop',
    cacheRead: 1_000,
    currency: 'USD',
    billed: nanosOf(1n),
    listed: units(3),
  },
  { day: onDay('2026-02-02'), tool: 'Claude API', model: null, unsplitTokens: 7, currency: 'EUR', billed: units(5) },
  { tool: 'mystery', output: 5 },
]
const facts = factsOf({ usage: rows })

describe('roll-ups', () => {
  test('by month and tool, ordered, unknown last', () => {
    const { cells } = buildUsageCube(facts, ['month', 'tool'])
    expect(cells.map(({ key }) => key)).toEqual([
      ['2026-01', 'Cursor'],
      ['2026-02', 'Claude API'],
      ['2026-02', 'Cursor'],
      [null, 'mystery'],
    ])
  })

  test('a moment without a day falls on its UTC day', () => {
    expect(buildUsageCube(facts, ['day']).cells.map(({ key, rows: n }) => [key[0], n])).toEqual([
      ['2026-01-31', 1],
      ['2026-02-01', 2],
      ['2026-02-02', 1],
      [null, 1],
    ])
  })

  test('a period leaves undated rows out and counts them', () => {
    const { total, undated } = buildUsageCube(facts, [], { from: onDay('2026-02-01'), to: onDay('2026-02-01') })
    expect([total.rows, undated]).toEqual([2, 1])
  })

  test('initiatives by the matcher, nobody’s usage stays', () => {
    const { cells } = buildUsageCube(facts, ['initiative'], {
      initiativeOf: ({ workspace, person }) => (workspace === 'shop' || person === 'jane' ? 'i1' : null),
    })
    expect(cells.map(({ key, rows: n }) => [key[0], n])).toEqual([
      ['i1', 2],
      [null, 3],
    ])
  })

  test('what no row states is null, not zero', () => {
    const { total } = buildUsageCube(facts, [])
    expect(total.tokens).toEqual({
      uncachedInput: 150,
      cacheWrite5m: null,
      cacheWrite1h: null,
      cacheWriteUnknown: null,
      cacheRead: 1_000,
      output: 15,
      unsplit: 7,
    })
    expect(allTokens(total)).toBe(1_172)
    expect(total.cost['USD']!.estimated).toBeNull()
    expect(allTokens(buildUsageCube(noFacts(), []).total)).toBeNull()
  })

  test('currencies stay apart and money is exact', () => {
    const { total } = buildUsageCube(facts, [])
    expect(formatNanos(total.cost['USD']!.billed!)).toBe('0.200000001')
    expect(formatNanos(total.cost['EUR']!.billed!)).toBe('5')
  })
})

describe('which kind of cost stands for a tool', () => {
  test('billed before estimated before included before listed', () => {
    expect([...costBasisOf(facts)]).toEqual([
      ['Claude API', 'billed'],
      ['Cursor', 'billed'],
      ['mystery', null],
    ])
    const kind = (row: Usage) => costKindOf(buildUsageCube(factsOf({ usage: [{ currency: 'USD', ...row }] }), []).total)
    expect(kind({ listed: units(1), estimated: units(1), included: units(1) })).toBe('estimated')
    expect(kind({ listed: units(1), included: units(1) })).toBe('included')
    expect(kind({ listed: units(1) })).toBe('listed')
    expect(kind({ billed: units(0), included: units(1) })).toBe('billed')
  })

  test('one kind in one currency; the rest is counted', () => {
    const { cells } = buildUsageCube(facts, ['tool'])
    const sum = sumCost(cells, 'billed', 'USD')
    expect([formatNanos(sum.nanos!), sum.otherCurrencies, sum.rowsWithout]).toEqual(['0.200000001', ['EUR'], 1])
  })
})

describe('law (seed 5): every roll-up totals the same', () => {
  const word = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: null })
  const usage = fc.record({
    day: fc.option(
      fc.integer({ min: 1, max: 28 }).map((n) => onDay(`2026-02-${String(n).padStart(2, '0')}`)),
      { nil: null },
    ),
    tool: word,
    model: word,
    person: word,
    workspace: word,
    currency: fc.option(fc.constantFrom('USD', 'EUR'), { nil: null }),
    output: fc.option(fc.nat(1_000_000), { nil: null }),
    billed: fc.option(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }).map(nanosOf), { nil: null }),
    included: fc.option(fc.bigInt({ min: 0n, max: 10n ** 12n }).map(nanosOf), { nil: null }),
  })
  const dimensions: readonly UsageDimension[][] = [
    [],
    ['day'],
    ['month', 'initiative'],
    ['tool', 'model', 'person'],
    ['workspace', 'day', 'tool'],
  ]

  test('for any choice of dimensions', () => {
    fc.assert(
      fc.property(fc.array(usage, { maxLength: 40 }), (list) => {
        const set = factsOf({ usage: list })
        const whole = buildUsageCube(set, []).total
        for (const by of dimensions) {
          const cube = buildUsageCube(set, by, { initiativeOf: ({ tool }) => tool })
          expect(cube.total).toEqual(whole)
          expect(cube.cells.reduce((sum, { rows: n }) => sum + n, 0)).toBe(list.length)
          for (const currency of ['USD', 'EUR', '']) {
            const sum = cube.cells.reduce((nanos, { cost }) => nanos + (cost[currency]?.billed ?? 0n), 0n)
            expect(sum).toBe(whole.cost[currency]?.billed ?? 0n)
          }
          expect(cube.cells.reduce((tokens, { tokens: own }) => tokens + (own.output ?? 0), 0)).toBe(
            whole.tokens.output ?? 0,
          )
        }
      }),
      { seed: 5, numRuns: 60 },
    )
  })
})

test.each(['__proto__', 'constructor'])('a currency a file calls %s is one like any other', (currency) => {
  const set = factsOf({ usage: [{ day: onDay('2026-05-01'), currency, billed: units(3.5) }] })
  const { cost } = buildUsageCube(set, []).total
  expect(Object.keys(cost)).toEqual([currency])
  expect(cost[currency]!.billed).toBe(units(3.5))
  expect(({} as Record<string, unknown>)['billed']).toBeUndefined()
  expect(Object.hasOwn(Object, 'billed')).toBe(false)
})
