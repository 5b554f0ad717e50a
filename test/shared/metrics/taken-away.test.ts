import { expect, test } from 'vitest'
import { UTC } from '../../../shared/calendar/index.ts'
import { FACT_KINDS, FACT_TABLES, type FactKind } from '../../../shared/facts/index.ts'
import {
  asOfFacts,
  type MetricContext,
  METRICS,
  type MetricValue,
  type Quality,
} from '../../../shared/metrics/index.ts'
import { instantOf } from '../../../shared/quantities/index.ts'
import { at, type FactRows, factsOf, onDay } from '../../support/build-facts.ts'
import { smallTeam } from '../../support/small-team.ts'

const march = { from: onDay('2026-03-02'), to: onDay('2026-03-29') }
const HOUR = 3_600_000

/** The made-up team with a tracker: every metric is known. */
const changes = smallTeam()
const items = Array.from({ length: 120 }, (_, i) => ({
  key: `SHOP-${i + 1}`,
  start: at('2026-01-05T00:00') + i * 24 * HOUR,
}))
const whole: FactRows = {
  ...changes,
  pullRequest: changes.pullRequest.map((row, i) => ({ ...row, title: `${row.title!} SHOP-${(i >> 1) + 1}` })),
  workItem: items.map(({ key, start }, i) => ({
    tracker: 'jira',
    key,
    type: i % 2 === 0 ? 'Story' : 'Bug',
    title: 'work',
    status: 'Done',
    statusCategory: 'done',
    createdAt: instantOf(start),
    startedAt: instantOf(start + HOUR),
    resolvedAt: instantOf(start + 30 * HOUR),
    assignee: `dev${i % 4}`,
    project: 'SHOP',
  })),
  statusChange: items.flatMap(({ key, start }, i) =>
    [
      { from: 'To Do', to: 'In Progress', hour: 1 },
      { from: 'In Progress', to: 'Waiting for review', hour: 10 },
      { from: 'Waiting for review', to: 'Done', hour: 30 },
    ].map(({ from, to, hour }) => ({
      tracker: 'jira',
      key,
      at: instantOf(start + hour * HOUR),
      from,
      to,
      author: `dev${i % 4}`,
    })),
  ),
}

const KINDS = {
  reviews: ['review'],
  deployments: ['deployment'],
  incidents: ['incident'],
  usage: ['usage'],
  'work items': ['workItem', 'statusChange'],
  'status changes': ['statusChange'],
  'pull requests': ['pullRequest', 'review', 'pullCommit'],
  git: ['landing', 'fileChange'],
  'lines of git': ['fileChange'],
  commits: ['pullCommit'],
} as const satisfies Record<string, readonly FactKind[]>

function without(rows: FactRows, kinds: readonly FactKind[]): FactRows {
  return Object.fromEntries(Object.entries(rows).filter(([kind]) => !kinds.includes(kind as FactKind)))
}

/** One column unknown everywhere. */
function blank(rows: FactRows, kind: FactKind, column: string): FactRows {
  return { ...rows, [kind]: rows[kind]?.map((row) => ({ ...row, [column]: null })) }
}

function measured(rows: FactRows): Measured {
  const facts = factsOf(rows)
  const settings = { zone: UTC, currency: 'USD', featureMarks: ['feat:'], productionEnvironments: [], fewestCases: 1 }
  const context: MetricContext = { facts, settings, asOf: asOfFacts(facts) ?? onDay('2026-05-04') }
  return new Map(METRICS.map((metric) => [metric.id, metric.measure(context, march)]))
}
/** From best to worst. */
const QUALITIES: readonly Quality[] = ['exact', 'estimate', 'proxy', 'prior']
type Measured = ReadonlyMap<string, MetricValue>

/** Every exact number that goes on without an input, and as what. Whatever is not here becomes unknown or stays the same. */
const FALL_BACKS = [
  'cycle-time without deployments: proxy',
  'wait-state-ratio without deployments: proxy',
  'lead-time without deployments: proxy',
  'cost-per-accepted-change without pull requests: proxy',
  'merge-frequency without git: proxy',
]

/** What is unknown of half the data and a named proxy of none of it: git alone. */
const STANDS_IN_ALONE = new Set([
  // Deployments without incidents may have failed unseen, and the reverse; with neither, reverts are all there is.
  'change-failure-rate without deployments and incidents',
  // Features of a tracker without the changes that made them are too few; without a tracker, marked landings are features.
  'problem-compression without pull requests and work items',
])

/** Exact numbers that move and stay exact, because another column vouches for it. */
const VOUCHED_FOR = new Map([
  // `reviewsKnown` says that no review is missing.
  [
    'unreviewed-merge-share',
    ['reviews', 'review.repository', 'review.number', 'review.submittedAt', 'pullRequest.repository'],
  ],
  // A review without a name is by somebody whose account is gone: a person.
  ['wait-state-ratio', ['review.reviewer']],
  ['review-latency', ['review.reviewer']],
  ['review-time', ['review.reviewer']],
])

/** An estimate of what people are seen doing: its note names which kinds of work are not imported, so it may fall to 0. */
const OF_WHAT_IS_SEEN = 'context-switch-rate'

/** Records without their key are one record. */
const KEYS = new Set(['incident.incidentId', 'deployment.deploymentId', 'landing.sha', 'pullRequest.number'])

/** Breaches of the law between two measurements; `fallen` gathers the exact ones that went on as less. */
function breaches(what: string, before: Measured, after: Measured, fallen: string[] = []): readonly string[] {
  return METRICS.flatMap(({ id }) => {
    const [own, other] = [before.get(id)!, after.get(id)!]
    const place = `${id} without ${what}`
    if (!other.known) return other.why.can ? [] : [`${place}: nothing told that would make it known`]
    if (!Number.isFinite(other.value)) return [`${place}: ${other.value}`]
    if (!own.known) return STANDS_IN_ALONE.has(place) && other.quality === 'proxy' ? [] : [`${place}: known of less`]
    if (QUALITIES.indexOf(other.quality) < QUALITIES.indexOf(own.quality)) return [`${place}: better of less`]
    if (Math.abs(own.value - other.value) < 1e-9) return []
    const isVouchedFor = VOUCHED_FOR.get(id)?.includes(what) === true
    if (other.value === 0 && id !== OF_WHAT_IS_SEEN) return [`${place}: became zero`]
    if (own.quality !== 'exact' || isVouchedFor) return []
    if (other.quality === 'exact') return [`${place}: moved and is still exact`]
    fallen.push(`${place}: ${other.quality}`)
    return []
  })
}

const before = measured(whole)

test('the made-up team knows every metric', () => {
  expect([...before].flatMap(([id, value]) => (value.known ? [] : [id]))).toEqual([])
})

test('law: each kind of input taken away, every metric: unknown, or a stand-in that says so', () => {
  const fallen: string[] = []
  expect(
    Object.entries(KINDS).flatMap(([name, kinds]) => breaches(name, before, measured(without(whole, kinds)), fallen)),
  ).toEqual([])
  expect(fallen.sort()).toEqual([...FALL_BACKS].sort())
})

test('law: a second kind taken away makes nothing known that was not', () => {
  const names = Object.keys(KINDS) as (keyof typeof KINDS)[]
  const found = names.flatMap((one) => {
    const rows = without(whole, KINDS[one])
    const first = measured(rows)
    return names.flatMap((other) => {
      if (other === one) return []
      const second = measured(without(rows, KINDS[other]))
      return METRICS.flatMap(({ id }) => {
        const [own, left] = [first.get(id)!, second.get(id)!]
        if (own.known || !left.known) return []
        const place = `${id} without ${[one, other].sort().join(' and ')}`
        return STANDS_IN_ALONE.has(place) && left.quality === 'proxy' ? [] : [place]
      })
    })
  })
  expect(found).toEqual([])
}, 60_000)

test('law: every single column unknown, every metric: unknown, or a stand-in that says so', () => {
  const found = FACT_KINDS.filter((kind) => whole[kind] !== undefined).flatMap((kind) =>
    Object.keys(FACT_TABLES[kind]).flatMap((column) => {
      const name = `${kind}.${column}`
      return KEYS.has(name) ? [] : breaches(name, before, measured(blank(whole, kind, column)))
    }),
  )
  expect(found).toEqual([])
}, 60_000)
