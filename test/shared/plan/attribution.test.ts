import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { Day } from '../../../shared/calendar/index.ts'
import { deliveryOf, type Person } from '../../../shared/delivery/index.ts'
import { formatNanos, nanosOf, parseNanos, sumNanos } from '../../../shared/money/index.ts'
import {
  actualsOf,
  allocate,
  type AttributionRule,
  changeTakes,
  matchRules,
  ruleTakes,
  type SharedCost,
  sumActuals,
} from '../../../shared/plan/index.ts'
import { at, factsOf } from '../../support/build-facts.ts'

const day = (text: string) => text as Day
const money = (text: string) => {
  const parsed = parseNanos(text)
  if (!parsed.ok) throw new Error(text)
  return parsed.value
}

function rule(order: number, field: AttributionRule['field'], equals: string, initiativeId: string, team?: string) {
  return { id: `r${order}`, field, equals, initiativeId, order, ...(team === undefined ? {} : { team }) }
}

function pool(method: SharedCost['method'], parts: readonly (readonly [string, string])[]): SharedCost {
  return {
    id: 'pool',
    name: 'Tools',
    method,
    parts: parts.map(([initiativeId, percent]) => ({ initiativeId, percent })),
    order: 1,
  }
}

const facts = factsOf({
  usage: [
    { day: day('2026-10-01'), tool: 'T', workspace: 'shop-eu', currency: 'USD', billed: money('10'), output: 5 },
    { day: day('2026-10-02'), tool: 'T', workspace: 'shop-us', currency: 'USD', billed: money('20'), output: 5 },
    { day: day('2026-10-03'), tool: 'T', workspace: 'tools', currency: 'USD', billed: money('10000.01'), output: 5 },
    {
      day: day('2026-10-04'),
      tool: 'T',
      workspace: null,
      person: 'ada@x',
      currency: 'USD',
      billed: money('4'),
      output: 1,
    },
    {
      day: day('2026-11-04'),
      tool: 'T',
      workspace: null,
      person: 'ada@x',
      currency: 'USD',
      billed: money('3'),
      output: 1,
    },
    { day: day('2026-10-05'), tool: 'S', workspace: 'shop-eu', currency: 'USD', estimated: money('7'), output: 9 },
  ],
})

describe('rules', () => {
  const usage = { tool: 'T', workspace: 'shop-eu.1', model: null, person: null, apiKey: null, repository: null }

  it.each([
    ['shop-*', true],
    ['*', true],
    ['SHOP-EU.*', true],
    ['shop-eu*1', true],
    ['shop-euX1', false],
    ['*-us', false],
    ['', false],
    ['  ', false],
  ])('“%s” fits shop-eu.1: %s', (equals, fits) => {
    expect(matchRules([rule(1, 'workspace', equals, 'i')])(usage)).toBe(fits ? 'i' : null)
  })

  it('about a path says nothing of usage', () => {
    expect(matchRules([rule(1, 'path', '*', 'a'), rule(2, 'tool', 'T', 'b')])(usage)).toBe('b')
  })

  it('may name a team only, and then leave the initiative to a later one', () => {
    const rules = [rule(1, 'tool', 'T', '', 'core'), rule(2, 'workspace', 'shop-*', 'shop')]
    expect(matchRules(rules)(usage)).toBe('shop')
    const takes = ruleTakes(facts, rules, [], 'USD')
    expect([takes.byRule['r1']!.rows, takes.byRule['r2']!.rows]).toEqual([5, 3])
    expect(takes.byTeam.map(({ team, rows }) => [team, rows])).toEqual([
      ['core', 5],
      ['', 1],
    ])
  })
})

describe('one way to hold rules against usage and changes', () => {
  const repository = 'github.com/acme/shop'
  const everything = factsOf({
    usage: [
      { day: day('2026-10-01'), tool: 'T', workspace: 'proj_7', apiKey: 'ci-key', billed: money('1') },
      { day: day('2026-10-02'), tool: 'T', repository: 'acme/shop', billed: money('2') },
      { day: day('2026-10-03'), tool: 'T', person: 'ada@x', model: 'opus', billed: money('4') },
      { day: day('2026-10-04'), tool: 'U', billed: money('8') },
    ].map((row) => ({ ...row, currency: 'USD', output: 1 })),
    landing: [
      { repository, sha: '1', authorEmail: 'ada@x', committedAt: at('2026-10-03T10:00') },
      { repository, sha: '2', authorEmail: 'bo@x', committedAt: at('2026-10-03T11:00') },
    ],
    fileChange: [
      { repository, sha: '1', path: 'web/a.ts', added: 10, deleted: 0 },
      { repository, sha: '2', path: 'sql/a.sql', added: 3, deleted: 0 },
    ],
  })
  const delivery = deliveryOf(everything, { productionEnvironments: [] })
  const ofUsage = (rules: readonly AttributionRule[]) =>
    actualsOf(everything, rules, { currency: 'USD' }).cells.map(({ initiativeId, amount }) => [initiativeId, amount])
  const linesOf = (list: readonly AttributionRule[]) => {
    // A last rule about paths tells what the rules before it leave.
    const { byRule, total } = changeTakes(delivery, [...list, rule(9, 'path', '*', 'left')], [])
    return total.lines - byRule['r9']!.lines
  }

  it.each([
    ['workspace', 'proj_*', '1', 0],
    ['apiKey', 'CI-KEY', '1', 0],
    ['repository', 'shop', '2', 13],
    ['repository', 'acme/shop', '2', 13],
    ['repository', 'github.com/acme/shop', '2', 13],
    ['repository', 'acme/*', '2', 13],
    ['repository', 'op', '0', 0],
    ['person', 'ada@*', '4', 10],
    ['model', 'opus', '4', 0],
    ['tool', 'u', '8', 0],
    ['path', '/web/', '0', 10],
  ] as const)('%s “%s” claims %s USD of usage and %i changed lines', (field, equals, dollars, lines) => {
    const rules = [rule(1, field, equals, 'i')]
    const mine = ofUsage(rules).filter(([owner]) => owner === 'i')
    expect(formatNanos(sumNanos(mine.map(([, amount]) => money(amount!))))).toBe(dollars)
    expect(linesOf(rules)).toBe(lines)
    expect(formatNanos(ruleTakes(everything, rules, [], 'USD').byRule['r1']!.cost.billed ?? nanosOf(0n))).toBe(dollars)
  })

  it('lets the first that fits win and leaves the rest unattributed', () => {
    const rules = [rule(2, 'tool', 'T', 'late'), rule(1, 'repository', 'shop', 'early')]
    expect(ofUsage(rules)).toEqual([
      ['early', '2'],
      ['late', '5'],
      [null, '8'],
    ])
    expect(linesOf([rule(1, 'person', 'ada@x', 'a'), rule(2, 'path', '/web/', 'b')])).toBe(10)
  })
})

describe('what rules take', () => {
  const ada: Person = {
    id: 'p',
    name: 'Ada',
    kind: 'human',
    accounts: ['ada@x'],
    teams: [
      { team: 'core', from: null },
      { team: 'search', from: day('2026-11-01') },
    ],
  }
  const takes = ruleTakes(facts, [rule(1, 'workspace', 'shop-*', 'shop'), rule(2, 'tool', 'S', 'late')], [ada], 'USD')

  it('is counted where it decides; kinds of cost stand apart; the rest is shown with whose it may be', () => {
    expect(takes.byRule).toEqual({
      r1: { rows: 3, tokens: 19, cost: { billed: money('30'), estimated: money('7') } },
      r2: { rows: 0, tokens: null, cost: {} },
    })
    expect(takes.unattributed).toEqual({ rows: 3, tokens: 7, cost: { billed: money('10007.01') } })
    expect(takes.unclaimed.map(({ fields, rows }) => [fields.workspace, fields.person, rows])).toEqual([
      ['tools', null, 1],
      [null, 'ada@x', 2],
    ])
  })

  it('goes to the team the person was in on that day', () => {
    expect(takes.byTeam.map(({ team, cost }) => [team, formatNanos(cost.billed!)])).toEqual([
      ['core', '4'],
      ['search', '3'],
      ['', '10030.01'],
    ])
  })

  test('adds up to everything, whatever the rules', () => {
    const field = fc.constantFrom('workspace', 'tool', 'person', 'model' as const)
    const made = fc.array(fc.tuple(field, fc.constantFrom('*', 'shop-*', 'T', 'tools', 'x')), { maxLength: 5 })
    fc.assert(
      fc.property(made, (list) => {
        const rules = list.map(([of, equals], i) => rule(i, of as AttributionRule['field'], equals, `i${i}`))
        const found = ruleTakes(facts, rules, [], 'USD')
        const parts = [...Object.values(found.byRule), found.unattributed]
        expect(parts.reduce((sum, { rows }) => sum + rows, 0)).toBe(found.total.rows)
        expect(sumNanos(parts.map(({ cost }) => cost.billed ?? nanosOf(0n)))).toBe(found.total.cost.billed)
        expect(found.byTeam.reduce((sum, { rows }) => sum + rows, 0)).toBe(found.total.rows)
      }),
      { seed: 20261121, numRuns: 60 },
    )
  })
})

describe('shared cost', () => {
  const split = (whole: string, shared: SharedCost, spent: Readonly<Record<string, string>> = {}) =>
    allocate(money(whole), shared, (id) => money(spent[id] ?? '0'))?.map(({ nanos }) => formatNanos(nanos)) ?? null
  const three = [
    ['a', '7'],
    ['b', '5'],
    ['c', '2'],
  ] as const

  it('is split to the cent', () => {
    expect(split('10000', pool('even', three))).toEqual(['3333.34', '3333.33', '3333.33'])
    expect(split('10000.01', pool('fixed', three))).toEqual(['5000.01', '3571.43', '1428.57'])
    expect(split('2.10', pool('proportional', three), { a: '1.99', b: '2.17', c: '0.82' })).toEqual([
      '0.84',
      '0.91',
      '0.35',
    ])
    expect(split('5', pool('proportional', three))).toBeNull()
    expect(split('5', pool('even', []))).toBeNull()
  })

  it('shows in the actuals as parts that name the whole; every month and tool by itself', () => {
    const rules = [
      rule(1, 'workspace', 'shop-eu', 'a'),
      rule(2, 'workspace', 'shop-us', 'b'),
      rule(3, 'workspace', 'tools', 'pool'),
    ]
    const { cells } = actualsOf(facts, rules, {
      currency: 'USD',
      sharedCosts: [pool('proportional', three)],
    })
    expect(
      cells
        .filter(({ shared }) => shared)
        .map(({ initiativeId, amount, shared }) => [initiativeId, amount, shared!.whole]),
    ).toEqual([
      ['a', '3333.34', '10000.01'],
      ['b', '6666.67', '10000.01'],
    ])
  })

  test('never makes or loses a nano', () => {
    const method = fc.constantFrom('even', 'fixed', 'proportional' as const)
    fc.assert(
      fc.property(
        method,
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(100)), { maxLength: 5 }),
        (how, parts) => {
          const shared = pool(
            how as SharedCost['method'],
            parts.map(([id, percent]) => [id, String(percent)]),
          )
          const rules = [rule(1, 'workspace', 'shop-eu', 'a'), rule(2, 'workspace', '*', 'pool')]
          const choices = { currency: 'USD', sharedCosts: [shared] }
          expect(sumActuals(actualsOf(facts, rules, choices).cells)).toBe(
            sumActuals(actualsOf(facts, [], { currency: 'USD' }).cells),
          )
        },
      ),
      { seed: 20261121, numRuns: 60 },
    )
  })
})
