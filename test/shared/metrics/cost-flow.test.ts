import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UTC } from '../../../shared/calendar/index.ts'
import {
  asOfFacts,
  costFunnel,
  explainFunnel,
  explainMetric,
  metricById,
  type MetricContext,
  type MetricSettings,
  rowsOfLoss,
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

  test('of days no usage speaks of nothing is known: neither a funnel nor waste of $0', () => {
    const context = contextOf(rows)
    expect(costFunnel(context, february)).toBeNull()
    expect(explainFunnel(context, february)).toBeNull()
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

describe('what stayed on the way', () => {
  const people = [
    { accounts: ['ann', 'c1', 'c2', 'c3', 'c4'], teams: [{ team: 'core', from: null }] },
    { accounts: ['bob', 's1', 's2', 's3', 's4'], teams: [{ team: 'search', from: null }] },
  ]
  const withTeams = (more: FactRows = {}): MetricContext => {
    const facts = factsOf({ ...rows, ...more })
    return { facts, settings: { ...settings, people }, asOf: asOfFacts(facts)! }
  }

  test('each loss has its changes, the dearest first, and their money makes it', () => {
    const told = explainFunnel(withTeams(), march)!
    expect(told.stayed.generation!.rows.map(({ number, cost }) => [number, cost?.amount])).toEqual([
      [3, 20],
      [4, 15],
    ])
    expect(told.stayed.acceptance).toMatchObject({ count: 1, rows: [{ number: 2, cost: { amount: 10 } }] })
    expect(told.funnel.stages[2]!.lost!.amount).toBe(20 + 15)
    expect(told.waste!.lines.find(({ name }) => name === 'Closed without a merge')).toMatchObject({ amount: 20 })
  })

  test('of one team: its changes only, and what was spent on no change belongs to nobody', () => {
    // Changes of colleagues, for nothing: a team of fewer than five people is not told.
    const others = ['c1', 'c2', 'c3', 'c4', 's1', 's2', 's3', 's4']
    const pullRequest = [
      ...rows.pullRequest!.slice(0, 3),
      pull(4, { author: 'bob' }),
      ...others.map((author, i) => pull(11 + i, { author })),
    ]
    const usage = [...rows.usage!, ...others.map((_, i) => spent(`branch-${11 + i}`, 0))]
    const context = withTeams({ pullRequest, usage })
    const [core, search] = ['core', 'search'].map((team) => explainFunnel(context, march, team)!)
    expect(core!.teams).toEqual(['core', 'search'])
    expect(core!.funnel.stages.map(({ amount }) => amount)).toEqual([null, 80, 60, 50])
    expect(search!.funnel.stages.map(({ amount }) => amount)).toEqual([null, 15, 0, 0])
    expect(core!.waste!.total).toBe(80)
    expect(core!.waste!.lines.map(({ name }) => name)).not.toContain('Linked to no change')
  })

  test('of a team of fewer than five people nothing is told', () => {
    const told = explainFunnel(withTeams(), march, 'core')!
    expect(told.teams).toEqual([])
    expect(told.funnel.stages.map(({ amount }) => amount ?? 0)).toEqual([0, 0, 0, 0])
    expect(Object.values(told.stayed).flatMap(({ rows }) => rows)).toEqual([])
  })

  test('the same failure paid for again: $7 first, $20 and $1 again for one issue', () => {
    const again = (number: number, closed: string) =>
      pull(number, { title: 'try ENG-9', closedAt: at(closed), state: 'closed' })
    const { waste } = explainFunnel(
      withTeams({
        pullRequest: [
          again(3, '2026-03-06T09:00'),
          again(4, '2026-03-05T09:00'),
          again(5, '2026-03-07T09:00'),
          pull(6),
        ],
        usage: [spent('branch-4', 7), spent('branch-3', 20), spent('branch-5', 1), spent('branch-6', 3)],
      }),
      march,
    )!
    expect(waste!.repeats).toHaveLength(1)
    expect(waste!.repeats[0]).toMatchObject({ place: 'ENG-9', times: 3, first: 7, repeated: 21 })
    expect(waste!.repeats[0]!.rows.map(({ number }) => number)).toEqual([4, 3, 5])
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

  test.each([
    // Two ways up from each of 40 levels are a million million ways.
    ['by many ways', 40, (level: number) => ({ epic: `AA-${level + 1}`, parent: `BB-${level + 1}` })],
    ['by a long chain', 20_000, (level: number) => ({ epic: null, parent: `AA-${level + 1}` })],
  ])('an epic above its work %s is found once', { timeout: 20_000 }, (_name, levels, above) => {
    const item = (key: string, level: number) => ({
      tracker: 'jira',
      key,
      type: level === levels - 1 ? 'Epic' : 'Task',
      resolvedAt: at('2026-03-10T09:00'),
      ...above(level),
    })
    const workItem = Array.from({ length: levels }, (_, level) => [item(`AA-${level}`, level), item(`BB-${level}`, 0)])
    const context = contextOf({
      workItem: workItem.flat(),
      pullRequest: [pull(1, { title: 'AA-0: start', headRef: 'x', mergedAt: at('2026-03-04T09:00') })],
      usage: [spent('github.com/acme/shop#1', 7)],
    })
    const value = metricById('direct-cost-per-feature')!.measure(context, march)
    expect(value).toMatchObject({ known: true, value: 7, n: 1 })
  })

  test('features nothing is linked to are unknown, not free', () => {
    const usage = [spent(null, 9, { day: onDay('2026-03-26') })]
    const value = measure('direct-cost-per-feature', { ...features, usage })
    expect(value.known ? 'known' : value.why.code).toBe('metrics/needs-links')
  })
})

describe('waste', () => {
  const linesOf = (context: MetricContext) =>
    new Map(
      explainMetric(metricById('cost-per-accepted-change')!, context, march, february).waste!.lines.map((line) => [
        line.name,
        line,
      ]),
    )
  const lines = (facts: FactRows) => linesOf(contextOf(facts))

  test('the same failure again: every try after the first', () => {
    const tries = [5, 6, 7].map((number) =>
      pull(number, { title: 'fix: ENG-9 login', closedAt: at(`2026-03-0${number}T09:00`), state: 'closed' }),
    )
    const usage = [spent('branch-5', 10), spent('branch-6', 11), spent('branch-7', 12)]
    const line = lines({ ...rows, pullRequest: [...rows.pullRequest!, ...tries], usage }).get(
      'The same failure paid for again',
    )!
    expect([line.count, line.amount, line.level]).toEqual([2, 23, 'id'])
    expect(
      line.rows.map(({ number }) => number),
      'the dearest first',
    ).toEqual([7, 6])
  })

  test('what no import tells is unknown, not nothing: sessions nobody names, uses nobody says the end of', () => {
    const untoldOf = (usage: FactRows['usage']) =>
      [...lines({ ...rows, usage: usage! })].flatMap(([name, { untold, amount }]) =>
        untold === undefined ? [] : [[name, untold, amount]],
      )
    expect(untoldOf([spent(null, 2)])).toEqual([
      ['Uses that failed or were broken off', 'no usage says how it ended', null],
      ['Sessions that came to no change', 'no usage names a session', null],
      ['Sessions far longer than the rest', 'no usage names a session', null],
    ])
    expect(untoldOf([spent('branch-1', 2, { detail: 'Included' })])).toEqual([
      ['Sessions far longer than the rest', 'fewer than 20 sessions have no usual length', null],
    ])
  })

  test('rows behind money that came to no change are its own, the dearest first, and add up to it', () => {
    const march26 = { day: onDay('2026-03-26') }
    const context = contextOf({
      ...rows,
      usage: [
        ...rows.usage!,
        spent(null, 7, march26),
        spent('branch-1', 2, { detail: 'Errored, Not Charged' }),
        spent(null, 1, { ...march26, billed: null, detail: 'Aborted' }),
        spent(null, 9, { day: onDay('2026-02-20'), detail: 'Aborted' }),
      ],
    })
    const told = (loss: 'unlinked' | 'failed') =>
      rowsOfLoss(context, march, loss).map(({ day, nanos, detail, origin }) => [day, nanos, detail, origin.sourceRow])
    expect(told('unlinked')).toEqual([
      ['2026-03-26', units(7), null, 11],
      ['2026-03-25', units(5), null, 10],
    ])
    expect(linesOf(context).get('Linked to no change')).toMatchObject({ amount: 12, usage: 'unlinked' })
    expect(told('failed')).toEqual([
      ['2026-03-03', units(2), 'Errored, Not Charged', 12],
      ['2026-03-26', null, 'Aborted', 13],
    ])
    expect(linesOf(context).get('Uses that failed or were broken off')).toMatchObject({ count: 2, usage: 'failed' })
  })

  test('law: rows linked to nothing add up to what is linked to nothing (seed 622)', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.constantFrom('branch-1', 'branch-4', 'else', null),
            fc.constantFrom('ann', 'bob', null),
            fc.constantFrom('2026-03-03', '2026-03-10', '2026-03-27'),
            fc.integer({ min: 0, max: 50 }),
          ),
          { minLength: 1, maxLength: 20 },
        ),
        (uses) => {
          const usage = uses.map(([session, person, day, dollars]) =>
            spent(session, dollars, { person, day: onDay(day) }),
          )
          const context = contextOf({ ...rows, usage })
          const sum = rowsOfLoss(context, march, 'unlinked').reduce((all, { nanos }) => all + nanos!, 0n)
          expect(linesOf(context).get('Linked to no change')!.amount).toBe(Number(sum) / 1e9)
        },
      ),
      { numRuns: 60, seed: 622 },
    )
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
