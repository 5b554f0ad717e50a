import * as fc from 'fast-check'
import type { Day, Zone } from '../../../../shared/calendar/index.ts'
import type {
  Grouped,
  MetricContext,
  MetricSettings,
  MetricValue,
  NotGrouped,
} from '../../../../shared/metrics/index.ts'
import { factsOf } from '../../../support/build-facts.ts'
import { daysOf, hoursBetween, shiftDay, windowOf, workedHours } from './plain-days.ts'
import * as features from './plain-features.ts'
import { RULES } from './plain-groups.ts'
import * as flow from './plain-flow.ts'
import * as load from './plain-load.ts'
import { type PlainMetric, type Team, told, type Told, type Window } from './plain-metric.ts'
import * as money from './plain-money.ts'
import * as quality from './plain-quality.ts'
import { joined } from './plain-records.ts'
import { type Known, randomTeam, SPREAD_DAYS } from './random-team.ts'

/*
 * Every metric held against the plainest program that says the same: arrays looked through again and again, lists of lines,
 * days as texts. It knows the definitions and nothing of how the product computes them.
 */

export type Ask = (window: Window) => Told | null

export const OF_CASES: Readonly<Record<string, (team: Team) => PlainMetric | null>> = {
  'cycle-time': flow.cycleTime,
  'lead-time': flow.leadTime,
  'coding-time': flow.codingTime,
  'review-latency': flow.reviewLatency,
  'ai-review-latency': flow.aiReviewLatency,
  'review-time': flow.reviewTime,
  'deploy-time': flow.deployTime,
  'unreviewed-merge-share': flow.unreviewedMergeShare,
  'first-pass-acceptance': flow.firstPassAcceptance,
  'merge-frequency': flow.mergeFrequency,
  'batch-size': flow.batchSize,
  'rework-rate': quality.reworkRate,
  'seven-day-rewrite-rate': quality.sevenDayRewriteRate,
  'rewrite-rate-72h': quality.rewriteRate72h,
  'unstable-72h': quality.unstable72h,
  'durable-acceptance': quality.durableAcceptance,
  'change-failure-rate': quality.changeFailureRate,
  'deployment-rework-rate': quality.deploymentReworkRate,
  'ai-change-acceptance': quality.aiChangeAcceptance,
  'wait-state-ratio': load.waitStateRatio,
  'item-wait-state-ratio': load.itemWaitStateRatio,
  'context-switching': load.contextSwitching,
  'context-switch-rate': load.contextSwitchRate,
  'ownership-diffusion': load.ownershipDiffusion,
  'cross-domain': load.crossDomain,
  'problem-compression': features.problemCompression,
}

export const OF_MONEY: Readonly<Record<string, (team: Team, window: Window) => Told | null>> = {
  'cost-per-accepted-change': money.costPerAcceptedChange,
  'tokens-per-accepted-change': money.tokensPerAcceptedChange,
  'token-efficiency': money.tokenEfficiency,
  'token-cost-per-shipped-feature': money.tokenCostPerShippedFeature,
  'direct-cost-per-feature': money.directCostPerFeature,
}

export function asking(id: string, team: Team): Ask {
  const ofMoney = OF_MONEY[id]
  if (ofMoney) return (window) => ofMoney(team, window)
  const metric = OF_CASES[id]!(team)
  return (window) => told(team, metric, window)
}

const PRICES: NonNullable<MetricSettings['prices']> = {
  aliases: [],
  rates: Object.entries(money.PRICES).map(([model, prices]) => ({
    id: model,
    model,
    from: null,
    to: null,
    currency: 'USD',
    perMillion: Object.fromEntries(Object.entries(prices).map(([bucket, price]) => [bucket, String(price)])),
    longPrompts: null,
    batch: null,
    regions: {},
    note: '',
  })),
}

export interface Case {
  readonly seed: number
  readonly size: number
  readonly zone: string
  readonly first: string
  readonly known: Known
  readonly fewest: number
  /** Hours people work; null = waits are counted by the clock. */
  readonly working: NonNullable<MetricSettings['workingTime']> | null
  readonly waiting: readonly string[]
  readonly hasRules: boolean
}

/** Zones that change their clocks in the middle of the night, at midnight, and never; weeks around the changes of spring and autumn. */
export const cases: fc.Arbitrary<Case> = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  size: fc.integer({ min: 5, max: 90 }),
  zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'America/Santiago', 'Asia/Kolkata'),
  first: fc.constantFrom('2026-03-02', '2026-08-17', '2026-10-05'),
  known: fc.record({
    pulls: fc.constantFrom(true, true, true, false),
    landings: fc.constantFrom(true, true, false),
    deployments: fc.constantFrom(true, true, false),
    incidents: fc.constantFrom(true, true, false),
    items: fc.constantFrom(true, true, false),
    usage: fc.constantFrom(true, true, false),
    hunks: fc.constantFrom('all' as const, 'none' as const, 'one repository' as const),
    baseline: fc.boolean(),
  }),
  fewest: fc.constantFrom(1, 1, 5),
  working: fc.constantFrom(
    null,
    { days: [1, 2, 3, 4, 5], from: 9 * 60, until: 17 * 60 },
    { days: [1, 2, 3, 4, 7], from: 0, until: 10 * 60 + 30 },
  ),
  waiting: fc.constantFrom([], ['In Review', 'Blocked']),
  hasRules: fc.boolean(),
})

export function workbookOf({ seed, size, zone, first, known, fewest, working, waiting, hasRules }: Case) {
  const rows = randomTeam(seed, Date.parse(`${first}T00:00Z`), known, size)
  const asOf = shiftDay(first, SPREAD_DAYS + 12)
  const settings: MetricSettings = {
    zone: zone as Zone,
    currency: 'USD',
    featureMarks: ['feat:'],
    productionEnvironments: [],
    fewestCases: fewest,
    prices: PRICES,
    waitingStatuses: waiting,
    ...(working === null ? {} : { workingTime: working }),
    ...(hasRules ? { changeRules: RULES } : {}),
  }
  const context: MetricContext = { facts: factsOf(rows), settings, asOf: asOf as Day }
  const days = daysOf(zone)
  const clock = working === null ? hoursBetween : workedHours(days, working)
  const team: Team = { ...joined(rows), days, asOf, fewest, clock, waiting, hasRules }
  return { context, team }
}

export function windowsOf({ first, seed }: Case): readonly Window[] {
  const day = shiftDay(first, (seed * 7) % SPREAD_DAYS)
  return (['week', 'month', 'quarter', 'rolling'] as const).map((by) => windowOf(by, day))
}

export function period([from, to]: Window) {
  return { from: from as Day, to: to as Day }
}

/** Why a metric is told apart by a dimension otherwise than the plain program does; `null` = it is not. */
export function sameGroups(
  expected: ReadonlyMap<string, Told | null> | null,
  found: Grouped | NotGrouped,
): string | null {
  if (!('groups' in found)) {
    // Nothing of a window is nothing in any group.
    return expected === null || found.why.code !== 'metrics/no-groups'
      ? null
      : `expected ${[...expected.keys()].join()}`
  }
  const names = found.groups.map(({ group }) => group)
  if (expected === null) return `told ${names.join()}, expected nothing`
  if (names.toSorted().join() !== [...expected.keys()].sort().join())
    return `told ${names.join()}, expected ${[...expected.keys()].join()}`
  const other = found.groups.map(({ group, value }) => [group, sameAs(expected.get(group)!, value)] as const)
  const differing = other.find(([, why]) => why !== null)
  return differing ? differing.join(': ') : null
}

/** Compares what counts, with room for the order in which doubles are added. */
export function sameAs(expected: Told | null, value: MetricValue): string | null {
  if (expected === null || !value.known) {
    if (expected === null && !value.known) return null
    return `expected ${JSON.stringify(expected)}, found ${JSON.stringify(value)}`
  }
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a))
  const isSame =
    near(expected.value, value.value) &&
    near(expected.p75 ?? 0, value.quantiles?.p75 ?? 0) &&
    near(expected.p90 ?? 0, value.quantiles?.p90 ?? 0) &&
    // Nothing is removed at all where only the product knows of a bracket: it has no width.
    [0, 1].every((end) => near(expected.interval?.[end] ?? value.value, value.interval?.[end] ?? value.value)) &&
    expected.n === value.n &&
    expected.quality === value.quality &&
    near(expected.coverage, value.coverage) &&
    JSON.stringify(Object.entries(expected.excluded).sort()) === JSON.stringify(Object.entries(value.excluded).sort())
  return isSame ? null : `expected ${JSON.stringify(expected)}, found ${JSON.stringify(value)}`
}
