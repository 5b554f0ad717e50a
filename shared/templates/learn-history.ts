import { addDays, type Day, namePeriod } from '../calendar/index.ts'
import { allTokens, buildUsageCube, costBasisOf, spentKindOf } from '../cube/index.ts'
import type { PullRequest } from '../delivery/index.ts'
import { deliveredIn, featureTest, metricById, type MetricContext, type Period, quantile } from '../metrics/index.ts'
import { nanosOf, toUnits } from '../money/index.ts'

/** What the team's own records say about one driver, ready to replace a template's default. */
export interface Learned {
  readonly formula: string
  /** Cases behind it: changes, incidents, deployments. */
  readonly n: number
  /** Cases that are enough; 20 when left out. */
  readonly fewest?: number
  readonly method: string
  readonly source: string
  /** What the range was laid over, at most 200 values in the driver's unit; left out where it rests on one number. */
  readonly values?: readonly number[]
}

/** By name of the driver it stands for. */
export type TeamHistory = ReadonlyMap<string, Learned>

export const NO_HISTORY: TeamHistory = new Map()

const WINDOW_DAYS = 28
const WINDOWS = 6
const MONTH_DAYS = 365.25 / 12
/** Spread of one agent run around the mean, as published: P10 15, P90 120. */
const RUN_SIGMA = Math.log(120 / 15) / (2 * 1.2815515655446004)

/**
 * Reads the drivers that can be read from imported facts, over the last 24 weeks in windows of 28 days. What the facts do not
 * hold is not in the map: hours of work, for one, are in no export, and elapsed time would be a wrong stand-in for them.
 */
export function learnHistory(context: MetricContext): TeamHistory {
  const history = new Map<string, Learned>()
  const windows = Array.from({ length: WINDOWS }, (_, i): Period => {
    const to = addDays(context.asOf, -WINDOW_DAYS * i)
    return { from: addDays(to, 1 - WINDOW_DAYS), to }
  })
  const recent = windows.slice(0, 3)
  const delivery = deliveredIn(context)
  const pulls = delivery.pullRequests.filter(({ authorClass }) => authorClass !== 'bot')
  const closed = (period: Period) => pulls.filter((pull) => isIn(pull.closedAt, period))
  const merged = (period: Period) => pulls.filter((pull) => isIn(pull.mergedAt, period))
  const whole: Period = { from: windows.at(-1)!.from, to: context.asOf }
  const span = namePeriod(whole.from, whole.to)

  const monthly = (name: string, count: (period: Period) => number, what: string, source: string, sign = '') => {
    const counts = recent.map(count)
    if (counts.every((value) => value === 0)) return
    const cases =
      sign === ''
        ? counts.reduce((sum, value) => sum + value, 0)
        : recent.reduce((sum, period) => sum + closed(period).length, 0)
    const values = counts.map((value) => value * (MONTH_DAYS / WINDOW_DAYS))
    history.set(name, {
      formula: rangeOf(Math.min(...values) * 0.95, Math.max(...values) * 1.05, sign),
      values: valuesOf(values),
      n: cases,
      method: `lowest to highest of the last three windows of 28 days, 5% wider, as a month`,
      source: `${what}, ${namePeriod(recent.at(-1)!.from, context.asOf)}; ${source}`,
    })
  }
  const spends = spendByDay(context, whole)
  const spendOf = ({ from, to }: Period): number =>
    toUnits(nanosOf(spends.reduce((sum, { day, nanos }) => (day >= from && day <= to ? sum + nanos : sum), 0n)))

  if (context.facts.usage.rows > 0) {
    monthly('Token spend a month', spendOf, 'AI spend as billed, else estimated', 'usage imports', '$')
    learnCacheShares(context, whole, history)
  }
  if (pulls.length > 0) {
    const attempts = closed(whole)
    const spend = spendOf(whole)
    if (spend > 0 && attempts.length > 0) {
      const median = spend / attempts.length / Math.exp(RUN_SIGMA ** 2 / 2)
      const reach = Math.exp(RUN_SIGMA * 1.2815515655446004)
      history.set('Token cost per attempt', {
        formula: rangeOf(median / reach, median * reach, '$'),
        n: attempts.length,
        method: 'mean of all AI spend per closed pull request; spread from run to run as published (arXiv 2604.22750)',
        source: `${span}; usage and pull request imports`,
      })
    }
    learnAcceptance(
      windows.flatMap((period) => byRepository(closed(period).filter((pull) => pull.isAgentMarked))),
      `AI-marked pull requests closed ${span}; pull request imports`,
      history,
    )
    const isFeature = featureTest(context.settings.featureMarks)
    const reviewed = (period: Period) => merged(period).filter((pull) => pull.firstHumanReviewAt !== null).length
    monthly('Reviews a month', reviewed, 'merged changes that people reviewed', 'pull request imports')
    monthly('Changes a month', (period) => merged(period).length, 'merged changes', 'pull request imports')
    monthly('Attempts a month', (period) => closed(period).length, 'closed pull requests', 'pull request imports')
    monthly('Tasks a month', (period) => closed(period).length, 'closed pull requests', 'pull request imports')
    monthly(
      'Features a month',
      (period) => merged(period).filter(isFeature).length,
      'merged features',
      'pull request imports',
    )
  }
  if (delivery.deployments.length > 0) {
    const count = (period: Period) =>
      delivery.deployments.filter(({ finishedAt, result }) => result === 'success' && isIn(finishedAt, period)).length
    monthly('Deployments a month', count, 'deployments to production', 'deployment imports')
  }
  learnRework(context, windows, history)
  const hours = delivery.incidents.flatMap(({ startedAt, resolvedAt }) =>
    startedAt === null || resolvedAt === null || resolvedAt < startedAt ? [] : [(resolvedAt - startedAt) / 3_600_000],
  )
  if (hours.length > 0) {
    hours.sort((a, b) => a - b)
    history.set('Incident hours', {
      formula: rangeOf(quantile(hours, 0.1), quantile(hours, 0.9)),
      values: valuesOf(hours),
      n: hours.length,
      method: 'P10 to P90 of start to resolution',
      source: 'incident imports',
    })
    const inWindow = (period: Period) => delivery.incidents.filter(({ startedAt }) => isIn(startedAt, period)).length
    monthly('Escaped defects a month', inWindow, 'incidents', 'incident imports')
  }
  return history
}

/** What the plan counts as spent, day by day: going over all usage once is most of the work of learning. */
export function spendByDay(
  { facts, settings }: MetricContext,
  { from, to }: Period,
): readonly { day: Day; nanos: bigint }[] {
  const basisOf = costBasisOf(facts)
  const kind = spentKindOf(basisOf)
  return buildUsageCube(facts, ['tool', 'day'], { from, to }).cells.flatMap(({ key, cost }) => {
    const [tool = null, day = null] = key
    const nanos = kind === null || basisOf.get(tool) !== kind ? null : (cost[settings.currency]?.[kind] ?? null)
    return day === null || nanos === null ? [] : [{ day: day as Day, nanos }]
  })
}

/** Range over repositories and windows with at least ten cases; one pooled count where there are too few of those. */
function learnAcceptance(
  groups: readonly (readonly PullRequest[])[],
  source: string,
  history: Map<string, Learned>,
): void {
  const all = groups.flat()
  if (all.length === 0) return
  const accepted = all.filter(({ mergedAt }) => mergedAt !== null).length
  const rates = groups
    .filter((group) => group.length >= 10)
    .map((group) => group.filter(({ mergedAt }) => mergedAt !== null).length / group.length)
    .sort((a, b) => a - b)
  history.set('Success per attempt', {
    formula:
      rates.length >= 5 ? percentRange(quantile(rates, 0.1), quantile(rates, 0.9)) : `${accepted} of ${all.length}`,
    n: all.length,
    method:
      rates.length >= 5
        ? `merged of closed; P10 to P90 over ${rates.length} repository months with ten or more`
        : 'merged of closed, all together',
    source,
    ...(rates.length >= 5 && { values: valuesOf(rates) }),
  })
}

function learnRework(context: MetricContext, windows: readonly Period[], history: Map<string, Learned>): void {
  const metric = metricById('rework-rate')
  const values = windows.flatMap((period) => {
    const value = metric?.measure(context, period)
    return value?.known ? [value] : []
  })
  if (values.length < 3) return
  const rates = values.map(({ value }) => value).sort((a, b) => a - b)
  history.set('Rework share', {
    formula: percentRange(Math.max(0.005, quantile(rates, 0.1) * 0.8), Math.min(0.95, quantile(rates, 0.9) * 1.2)),
    values: valuesOf(rates),
    n: values.reduce((sum, { n }) => sum + n, 0),
    method: `rework rate of ${values.length} windows of 28 days, P10 to P90 and a fifth wider`,
    source: `${namePeriod(windows.at(-1)!.from, context.asOf)}; git imports`,
  })
}

function learnCacheShares(context: MetricContext, period: Period, history: Map<string, Learned>): void {
  const { total } = buildUsageCube(context.facts, [], { from: period.from, to: period.to })
  const { uncachedInput, cacheRead, cacheWrite5m, cacheWrite1h, cacheWriteUnknown } = total.tokens
  if (allTokens(total) === null || cacheRead === null || uncachedInput === null) return
  // Sources that state no cache writes say nothing about their share.
  const isWriteStated = cacheWrite5m !== null || cacheWrite1h !== null || cacheWriteUnknown !== null
  const write = (cacheWrite5m ?? 0) + (cacheWrite1h ?? 0) + (cacheWriteUnknown ?? 0)
  const input = uncachedInput + cacheRead + write
  if (input === 0) return
  const learned = (share: number): Learned => ({
    formula: percentOf(share),
    n: total.rows,
    method: 'share of input tokens',
    source: `${namePeriod(period.from, period.to)}; usage imports`,
  })
  history.set('Read share now', learned(cacheRead / input))
  if (isWriteStated) history.set('Write share', learned(write / input))
}

function byRepository(pulls: readonly PullRequest[]): readonly (readonly PullRequest[])[] {
  const groups = new Map<string, PullRequest[]>()
  for (const pull of pulls) {
    const group = groups.get(pull.repository)
    if (group) group.push(pull)
    else groups.set(pull.repository, [pull])
  }
  return [...groups.values()]
}

/** Windows are coarse enough that days in UTC will do. */
function isIn(at: number | null, { from, to }: Period): boolean {
  if (at === null) return false
  const day = new Date(at).toISOString().slice(0, 10) as Day
  return day >= from && day <= to
}

function rangeOf(low: number, high: number, sign = ''): string {
  return low === high ? `${sign}${short(low)}` : `${sign}${short(low)} to ${sign}${short(high)}`
}

function percentRange(low: number, high: number): string {
  return low === high ? percentOf(low) : `${percentOf(low)} to ${percentOf(high)}`
}

function percentOf(share: number): string {
  return `${Number((share * 100).toPrecision(3))}%`
}

const MOST_VALUES = 200

/** Ascending; of more than can be looked at, as many quantiles. */
function valuesOf(values: readonly number[]): readonly number[] {
  const sorted = [...values].sort((a, b) => a - b)
  if (sorted.length <= MOST_VALUES) return sorted
  return Array.from({ length: MOST_VALUES }, (_, k) => sorted[Math.floor(((k + 0.5) / MOST_VALUES) * sorted.length)]!)
}

/** Three significant digits; more would pretend to know. */
function short(value: number): string {
  return String(Number(value.toPrecision(3)))
}
