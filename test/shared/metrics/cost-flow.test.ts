import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UTC } from '../../../shared/calendar/index.ts'
import {
  asOfFacts,
  costFunnel,
  explainMetric,
  metricById,
  type MetricContext,
  type MetricSettings,
} from '../../../shared/metrics/index.ts'
import { at, type FactRows, factsOf, onDay, units } from '../../support/build-facts.ts'

const march = { from: onDay('2026-03-02'), to: onDay('2026-03-29') }
const february = { from: onDay('2026-02-02'), to: onDay('2026-03-01') }
const settings: MetricSettings = {
  zone: UTC,
  currency: 'USD',
  featureMarks: ['feat'],
  productionEnvironments: [],
  fewestCases: 1,
}

function contextOf(rows: FactRows): MetricContext {
  const facts = factsOf(rows)
  return { facts, settings, asOf: asOfFacts(facts)! }
}

const sha = (n: number) => String(n).padStart(40, 'a')
const pull = (number: number, more: NonNullable<FactRows['pullRequest']>[number] = {}) => ({
  repository: 'github.com/acme/shop',
  number,
  title: `fix: ENG-${number}`,
  author: 'ann',
  headRef: `branch-${number}`,
  createdAt: at('2026-03-03T09:00'),
  ...more,
})
const spent = (session: string | null, dollars: number, more: NonNullable<FactRows['usage']>[number] = {}) => ({
  day: onDay('2026-03-03'),
  tool: 'T',
  session,
  currency: 'USD',
  billed: units(dollars),
  ...more,
})

/** $50 in production, $10 merged only, $20 closed, $15 still open, $5 to nothing. */
const rows: FactRows = {
  pullRequest: [
    pull(1, { mergedAt: at('2026-03-04T09:00'), mergeSha: sha(1) }),
    pull(2, { mergedAt: at('2026-03-06T09:00'), mergeSha: sha(2) }),
    pull(3, { closedAt: at('2026-03-05T09:00'), state: 'closed' }),
    pull(4),
  ],
  deployment: [
    {
      deploymentId: 'd1',
      environment: 'production',
      sha: sha(1),
      finishedAt: at('2026-03-05T09:00'),
      result: 'success',
    },
  ],
  usage: [
    spent('branch-1', 50),
    spent('branch-2', 10),
    spent('branch-3', 20),
    spent('branch-4', 15),
    spent(null, 5, { day: onDay('2026-03-25') }),
  ],
}

describe('the funnel from idea to production', () => {
  test('money by how far it came, what stayed behind, and the level it is known at', () => {
    const { stages } = costFunnel(contextOf(rows), march)!
    expect(stages.map(({ id, count, amount, lost }) => [id, count, amount, lost?.amount ?? null])).toEqual([
      ['idea', 5, 100, null],
      ['generation', 4, 95, 5],
      ['acceptance', 2, 60, 35],
      ['deployed', 1, 50, 10],
    ])
    expect(stages[1]!.byLevel).toEqual({ id: 95, 'person-day': 0, 'team-week': 0 })
  })

  test('without deployments what is deployed is unknown, not nothing', () => {
    const { stages } = costFunnel(contextOf({ ...rows, deployment: [] }), march)!
    expect(stages[3]).toMatchObject({ id: 'deployed', count: null, amount: null })
  })

  test('without any cost there is no funnel', () => {
    expect(costFunnel(contextOf({ ...rows, usage: [] }), march)).toBeNull()
  })

  test('law: what is deployed and all that was lost on the way is what was spent (seed 621)', () => {
    const use = fc.record({
      session: fc.constantFrom('branch-1', 'branch-2', 'branch-3', 'ENG-4 again', null),
      person: fc.constantFrom('ann', 'bob', null),
      day: fc.constantFrom('2026-03-03', '2026-03-04', '2026-03-20'),
      cents: fc.nat(99_999),
    })
    fc.assert(
      fc.property(fc.array(use, { minLength: 1, maxLength: 12 }), (uses) => {
        const usage = uses.map(({ session, person, day, cents }) =>
          spent(session, 0, { person, day: onDay(day), billed: units(cents / 100) }),
        )
        const { stages } = costFunnel(contextOf({ ...rows, usage }), march)!
        const lost = stages.reduce((sum, stage) => sum + (stage.lost?.amount ?? 0), 0)
        expect(lost + stages[3]!.amount!).toBeCloseTo(stages[0]!.amount!, 9)
        for (let i = 1; i < stages.length; i++) expect(stages[i]!.amount).toBeLessThanOrEqual(stages[i - 1]!.amount!)
      }),
      { seed: 621, numRuns: 60 },
    )
  })
})

describe('the ladder of links', () => {
  test('an issue named by a session links to the changes of the issue', () => {
    const { stages } = costFunnel(contextOf({ ...rows, usage: [spent('fix/ENG-3-login', 8)] }), march)!
    expect(stages[1]).toMatchObject({ count: 1, amount: 8, byLevel: { id: 8 } })
  })
})

describe('direct cost of features', () => {
  const features: FactRows = {
    ...rows,
    workItem: [
      { tracker: 'jira', key: 'ENG-100', type: 'Epic', resolvedAt: at('2026-03-10T09:00') },
      { tracker: 'jira', key: 'ENG-1', type: 'Story', epic: 'ENG-100' },
      { tracker: 'jira', key: 'ENG-2', type: 'Story', parent: 'ENG-100' },
      { tracker: 'jira', key: 'ENG-200', type: 'Epic', resolvedAt: at('2026-03-11T09:00') },
    ],
  }
  const measure = (id: string, facts: FactRows) => metricById(id)!.measure(contextOf(facts), march)

  test('an epic costs what its changes cost; one nothing is linked to lowers the coverage', () => {
    expect(measure('direct-cost-per-feature', features)).toMatchObject({
      known: true,
      value: 60,
      n: 1,
      coverage: 0.5,
      excluded: { 'features nothing is linked to': 1 },
    })
  })

  test('fully loaded divides everything by the finished epics', () => {
    expect(measure('token-cost-per-shipped-feature', features)).toMatchObject({
      known: true,
      value: 50,
      n: 2,
      quality: 'exact',
    })
  })

  test('features nothing is linked to are unknown, not free', () => {
    const usage = [spent(null, 9, { day: onDay('2026-03-26') })]
    const value = measure('direct-cost-per-feature', { ...features, usage })
    expect(value.known ? 'known' : value.why.code).toBe('metrics/needs-links')
  })
})

describe('waste', () => {
  const lines = (facts: FactRows) =>
    new Map(
      explainMetric(metricById('cost-per-accepted-change')!, contextOf(facts), march, february).waste!.lines.map(
        (line) => [line.name, line],
      ),
    )

  test('the same failure again: every try after the first', () => {
    const tries = [5, 6, 7].map((number) =>
      pull(number, { title: 'fix: ENG-9 login', closedAt: at(`2026-03-0${number}T09:00`), state: 'closed' }),
    )
    const usage = [spent('branch-5', 10), spent('branch-6', 11), spent('branch-7', 12)]
    const line = lines({ ...rows, pullRequest: [...rows.pullRequest!, ...tries], usage }).get(
      'The same failure paid for again',
    )!
    expect([line.count, line.amount, line.level]).toEqual([2, 23, 'id'])
    expect(line.rows.map(({ number }) => number)).toEqual([6, 7])
  })

  test('sessions that came to no change, and the excess of one that went in circles', () => {
    const short = Array.from({ length: 24 }, (_, i) => spent(`s${i}`, 1, { day: onDay('2026-03-26') }))
    const long = Array.from({ length: 50 }, () => spent('loop', 2, { day: onDay('2026-03-26') }))
    const waste = lines({ ...rows, usage: [...short, ...long] })
    const abandoned = waste.get('Sessions that came to no change')!
    expect([abandoned.count, abandoned.amount]).toEqual([25, 124])
    const looping = waste.get('Sessions far longer than the rest')!
    expect([looping.count, looping.amount]).toEqual([1, 98])
    expect(looping.rows[0]).toMatchObject({ title: 'loop', cost: { amount: 98, level: 'id' } })
  })
})
