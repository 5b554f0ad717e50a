import { describe, expect, test } from 'vitest'
import { UTC } from '../../../shared/calendar/index.ts'
import {
  asOfFacts,
  explainMetric,
  linkCost,
  measureWall,
  metricById,
  type MetricContext,
  METRICS,
  valueOfCases,
} from '../../../shared/metrics/index.ts'
import { instantOf } from '../../../shared/quantities/index.ts'
import { at, type FactRows, factsOf, onDay, units } from '../../support/build-facts.ts'
import { smallTeam } from '../../support/small-team.ts'

const march = { from: onDay('2026-03-02'), to: onDay('2026-03-29') }
const february = { from: onDay('2026-02-02'), to: onDay('2026-03-01') }

function contextOf(rows: FactRows): MetricContext {
  const facts = factsOf(rows)
  const settings = { zone: UTC, currency: 'USD', featureMarks: ['feat:'], productionEnvironments: [] }
  return { facts, settings, asOf: asOfFacts(facts)! }
}

const team = smallTeam()
const explain = (id: string, rows: FactRows = team) => explainMetric(metricById(id)!, contextOf(rows), march, february)
const sum = (values: readonly { readonly contribution: number | null }[]) =>
  values.reduce((all, { contribution }) => all + contribution!, 0)

/** The team with two landings of one author on a day and a tracker with a history of statuses. */
const whole: FactRows = {
  ...team,
  landing: team.landing.map((row, i) => ({ ...row, authorEmail: `dev${(i >> 1) % 4}@acme.test` })),
  workItem: Array.from({ length: 100 }, (_, i) => ({
    tracker: 'jira',
    key: `ENG-${i}`,
    type: 'Bug',
    resolvedAt: instantOf(at('2026-02-01T00:00') + i * 14 * 3_600_000),
  })),
  statusChange: Array.from({ length: 300 }, (_, i) => ({
    tracker: 'jira',
    key: `ENG-${Math.floor(i / 3)}`,
    at: instantOf(at('2026-02-01T00:00') + (Math.floor(i / 3) * 14 - [8, 6, 2 + (i % 2)][i % 3]!) * 3_600_000),
    from: 'To Do',
    to: ['In Progress', 'Ready for review', 'In Review'][i % 3]!,
  })),
}

describe('the cases behind a number make the number', () => {
  test.each(METRICS.filter(({ cases }) => cases).map(({ id }) => id))('%s', (id) => {
    const metric = metricById(id)!
    const context = contextOf(whole)
    const value = metric.measure(context, march)
    const { shape, cases } = metric.cases!(context, march)
    if (!value.known) throw new Error(value.why.code)
    expect(valueOfCases(shape, cases)).toBeCloseTo(value.value, 9)
  })
})

describe('contributions add up to the change of the number', () => {
  // March: changes by agents take twice as long until production.
  const slower: FactRows = {
    ...whole,
    deployment: team.deployment.map((row, i) =>
      i % 3 === 0 && row.finishedAt! > at('2026-03-02T00:00')
        ? { ...row, finishedAt: (row.finishedAt! + 3_600_000) as never }
        : row,
    ),
  }
  test.each(METRICS.filter(({ cases }) => cases).map(({ id }) => id))('%s', (id) => {
    const { current, before, splits } = explain(id, slower)
    if (!current.known || !before.known) throw new Error('unknown')
    for (const split of splits) {
      expect(sum(split.parts), split.name).toBeCloseTo(split.change!, 9)
      if (!split.ofWhat.includes('mean')) expect(split.change, split.name).toBeCloseTo(current.value - before.value, 9)
    }
  })

  test('the slower agents are found', () => {
    const split = explain('cycle-time', slower).splits.find(({ id }) => id === 'stage')!
    expect(split.parts[0]!.name).toBe('Deploy: merge to production')
    expect(split.parts[0]!.contribution).toBeGreaterThan(0.2)
    expect(split.parts.slice(1).every(({ contribution }) => Math.abs(contribution!) < 1e-9)).toBe(true)
  })

  test('cost per feature by tool', () => {
    const { current, before, splits } = explain('token-cost-per-shipped-feature', {
      ...team,
      usage: [
        ...team.usage,
        { day: onDay('2026-03-10'), tool: 'Cursor', currency: 'USD', billed: units(140), uncachedInput: 1000 },
      ],
    })
    if (!current.known || !before.known) throw new Error('unknown')
    expect(splits.map(({ id }) => id)).toEqual(['tool', 'model'])
    expect(sum(splits[0]!.parts)).toBeCloseTo(current.value - before.value, 9)
    expect(splits[0]!.parts[0]).toMatchObject({ name: 'Cursor', before: null })
  })
})

test('rows tell changes, never who wrote them', () => {
  const { rows, rowCount } = explain('cycle-time')
  expect(rowCount).toBe(rows.length)
  expect(rows[0]).toMatchObject({
    repository: 'github.com/acme/shop',
    url: `https://github.com/acme/shop/pull/${rows[0]!.number}`,
  })
  // The team has four people: too few to be told apart.
  expect(new Set(rows.map(({ authorGroup }) => authorGroup))).toEqual(new Set(['People']))
  expect(JSON.stringify(explain('cycle-time'))).not.toContain('dev1')
  expect(explain('cycle-time').splits.map(({ id }) => id)).not.toContain('author-group')
})

test('nothing known explains nothing and says so', () => {
  const { current, splits, rows, interval } = explain('cycle-time', { usage: team.usage })
  expect([current.known, splits, rows, interval]).toEqual([false, [], [], null])
})

describe('cost linked to changes', () => {
  const pull = { repository: 'github.com/acme/shop', authorIsBot: 0, reviewsKnown: 1, commitsKnown: 1 }
  const rows: FactRows = {
    pullRequest: [
      {
        ...pull,
        number: 1,
        author: 'ann',
        createdAt: at('2026-03-03T09:00'),
        mergedAt: at('2026-03-05T09:00'),
        headRef: 'feat/one',
      },
      {
        ...pull,
        number: 2,
        author: 'ann',
        createdAt: at('2026-03-04T09:00'),
        closedAt: at('2026-03-06T09:00'),
        state: 'closed',
      },
      { ...pull, number: 3, author: 'bob', createdAt: at('2026-03-05T09:00'), mergedAt: at('2026-03-06T09:00') },
    ],
    usage: [
      { day: onDay('2026-03-20'), tool: 'T', session: 'feat/one', currency: 'USD', billed: units(10) },
      { day: onDay('2026-03-04'), tool: 'T', person: 'Ann', currency: 'USD', billed: units(6) },
      { day: onDay('2026-03-02'), tool: 'T', person: 'ann', currency: 'USD', billed: units(2) },
      { day: onDay('2026-03-25'), tool: 'T', person: 'carl', currency: 'USD', billed: units(5) },
      {
        day: onDay('2026-03-04'),
        tool: 'T',
        detail: 'Errored, Not Charged',
        person: 'ann',
        currency: 'USD',
        billed: units(1),
      },
    ],
  }

  test('by name, by person and day, by week, or not at all; every cent once', () => {
    const linked = linkCost(contextOf(rows), march)!
    expect(linked.byLevel).toEqual({ id: units(10), 'person-day': units(7), 'team-week': units(2), none: units(5) })
    expect(linked.total).toBe(units(24))
    const ofNumber = new Map([...linked.ofChange].map(([change, sums]) => ['number' in change && change.number, sums]))
    expect(ofNumber.get(1)).toEqual({ id: units(10), 'person-day': units(3.5), 'team-week': units(1) })
    expect(ofNumber.get(2)).toEqual({ 'person-day': units(3.5) })
    expect(ofNumber.get(3)).toEqual({ 'team-week': units(1) })
  })

  test('waste with its rows and dollars', () => {
    const { waste } = explainMetric(metricById('cost-per-accepted-change')!, contextOf(rows), march, february)
    expect(waste!.lines.map(({ name, count, amount }) => [name, count, amount])).toEqual([
      ['Closed without a merge', 1, 3.5],
      ['Rewritten or reverted within 72 h', 0, 0],
      ['The same failure paid for again', 0, 0],
      ['Uses that failed or were broken off', 1, 1],
      ['Sessions that came to no change', 0, 0],
      ['Sessions far longer than the rest', 0, null],
      ['Linked to no change', 1, 5],
    ])
    expect(waste!.lines.flatMap(({ untold }) => untold ?? [])).toEqual(['fewer than 20 sessions have no usual length'])
    expect(waste!.lines[0]!.rows.map(({ number }) => number)).toEqual([2])
  })

  test('usage without a person is linked by week only', () => {
    const usage = rows.usage!.map((row) => ({ ...row, person: null, session: null }))
    const linked = linkCost(contextOf({ ...rows, usage }), march)!
    expect(linked.byLevel['person-day']).toBe(units(0))
    expect(linked.byLevel.id).toBe(units(0))
    const { waste } = explainMetric(
      metricById('cost-per-accepted-change')!,
      contextOf({ ...rows, usage }),
      march,
      february,
    )
    expect(waste!.lines[0]!.amount).toBeNull()
  })
})

test('a period of the same work is noise', () => {
  const { interval } = explain('ai-change-acceptance')
  expect(interval!.isNoise).toBe(true)
})

describe('the illusion of velocity', () => {
  const now = (i: number) => at('2026-01-05T00:00') + i * 43_200_000 > at('2026-04-07T00:00')
  const wallOf = (rows: FactRows) => measureWall(contextOf(rows)).illusion
  // Before: every other pull request is never merged, so that the last 28 days bring more.
  const more: FactRows = {
    ...team,
    pullRequest: team.pullRequest.map((row, i) =>
      now(i) || i % 2 === 0 ? row : { ...row, state: 'closed', mergedAt: null, mergeSha: null },
    ),
  }

  test('more merges at the same price are no illusion', () => {
    expect(wallOf(more)).toBeNull()
  })

  test('more merges whose first review takes twice as long are', () => {
    const review = team.review.map((row) =>
      now(row.number! - 1) && row.state !== 'APPROVED'
        ? { ...row, submittedAt: (row.submittedAt! + 6_900_000) as never }
        : row,
    )
    const illusion = wallOf({ ...more, review })!
    expect(illusion).toMatchObject({ days: 28, rises: [{ metricId: 'review-latency', unit: 'h' }] })
    const [rise] = illusion.rises
    expect(rise!.now / rise!.before - 1).toBeCloseTo(rise!.share, 12)
    expect(illusion.quarter === null).toBe(illusion.reachDays < 182)
    expect(wallOf({ ...team, review })).toBeNull()
  })
})
