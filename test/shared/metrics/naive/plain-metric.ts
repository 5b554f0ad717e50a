import type { Quality } from '../../../../shared/metrics/index.ts'
import { type Days, shiftDay } from './plain-days.ts'
import type { Change, Deployed, Item, Joined } from './plain-records.ts'

/** One thing that is counted, at the moment it counts. */
export interface Case {
  readonly at: number
  /** Hours, hits or lines; of ratios over `whole`, which is 1 when left out. */
  readonly part: number
  readonly whole?: number
  /** Between which the part lies, where it is estimated. */
  readonly least?: number
  readonly most?: number
  /** Why it is not counted. */
  readonly out?: string
  /** Left out although nothing is missing. */
  readonly isFine?: boolean
  readonly of?: Change | Item | Deployed | null
}

export type Window = readonly [from: string, to: string]

export interface PlainMetric {
  readonly shape: 'median' | 'ratio'
  /** Hits of trials: told with the Wilson interval. */
  readonly isRate?: boolean
  readonly cases: readonly Case[]
  readonly quality: Quality
  /** Share of the window the exports speak of; 1 when left out. */
  readonly spoken?: (window: Window) => number
  /** Days after the window until it can be judged, and the last moment the exports know. */
  readonly lag?: { readonly days: number; readonly end: number }
  /** Where the parts and wholes of cases do not just add up. */
  readonly sum?: (cases: readonly Case[]) => number
  /** How many cases stand behind that sum, where it is not all of them. */
  readonly counted?: (cases: readonly Case[]) => number
  /** Days before the end of the window that are looked at instead of the window. */
  readonly lookBack?: number
}

export interface Told {
  readonly value: number
  readonly n: number
  readonly quality: Quality
  readonly coverage: number
  readonly excluded: Readonly<Record<string, number>>
  /** Of medians: what three quarters and nine tenths of the cases do not pass. */
  readonly interval?: readonly [number, number]
  readonly p75?: number
  readonly p90?: number
}

/** Everything of a random workbook that metrics read. */
export interface Team extends Joined {
  readonly days: Days
  readonly asOf: string
  readonly fewest: number
  /** Hours between two moments, as waits are counted. */
  readonly clock: (from: number, to: number) => number
  /** Statuses that wait; none = told by their names. */
  readonly waiting: readonly string[]
  /** Rules of the settings say whose changes are. */
  readonly hasRules: boolean
}

const DAY = 86_400_000

export function isIn(team: Team, at: number, [from, to]: Window): boolean {
  const day = team.days.of(at)
  return from <= day && day <= to
}

/** Cases of a window, or of the days before its end that are looked at instead. */
export function casesIn(team: Team, { cases, lookBack }: PlainMetric, window: Window): readonly Case[] {
  const end = team.days.start(shiftDay(window[1], 1))
  return cases.filter(({ at }) =>
    lookBack === undefined ? isIn(team, at, window) : at < end && at > end - lookBack * DAY,
  )
}

/** The metric of a window, of the cases `isPicked` picks; `null` = unknown. */
export function told(
  team: Team,
  metric: PlainMetric | null,
  window: Window,
  isPicked: (one: Case) => boolean = () => true,
): Told | null {
  if (metric === null) return null
  const { lag, spoken = () => 1 } = metric
  // The day an export ends in counts as a whole one.
  if (lag && !(lag.end > -Infinity && window[1] <= shiftDay(team.days.of(lag.end - 1), -lag.days))) return null
  const own = casesIn(team, metric, window).filter(isPicked)
  const excluded: Record<string, number> = {}
  const note = (reason: string): void => void (excluded[reason] = (excluded[reason] ?? 0) + 1)
  const counted = own.filter((one) => {
    const isEarly = one.out === undefined && lag !== undefined && one.at > lag.end - lag.days * DAY
    const reason = isEarly ? 'window not over yet' : one.out
    if (reason !== undefined) note(reason)
    return reason === undefined
  })
  const missing = own.filter((one) => (one.out === undefined ? !counted.includes(one) : one.isFine !== true)).length
  const some = counted.filter(({ whole = 1 }) => whole > 0).length
  const n = metric.counted ? metric.counted(counted) : some
  const known = metric.sum === undefined ? some : counted.length
  if (n < Math.max(1, team.fewest)) return null
  const value = metric.sum ? metric.sum(counted) : metric.shape === 'median' ? medianOf(counted) : ratioOf(counted)
  const coverage = (known / (known + missing)) * spoken(window)
  const all = { value, n, quality: metric.quality, coverage, excluded }
  const interval = intervalOf(metric, counted)
  if (interval !== null) return { ...all, interval }
  return metric.shape === 'median' ? { ...all, p75: quantileOf(counted, 0.75), p90: quantileOf(counted, 0.9) } : all
}

/** Of rates Wilson's of 95%, of estimates from the least to the most there can be; `null` = none is known. */
function intervalOf(
  { isRate = false, quality }: PlainMetric,
  cases: readonly Case[],
): readonly [number, number] | null {
  const sum = (partOf: (one: Case) => number): number => cases.reduce((all, one) => all + partOf(one), 0)
  const most = sum(({ part, most: own = part }) => own)
  if (isRate)
    return [
      wilson(
        sum(({ part }) => part),
        cases.length,
      )[0],
      wilson(most, cases.length)[1],
    ]
  const isBracketed = quality === 'estimate' && cases.some(({ most: own }) => own !== undefined)
  if (!isBracketed) return null
  const whole = sum(({ whole: own = 1 }) => own)
  const least = sum(({ part, least: own = part }) => own)
  return [Math.min(least, most) / whole, Math.max(least, most) / whole]
}

/** The rates p from which n trials are 1.96 standard errors of p away: (p − rate)² = z² p (1 − p) / n. */
function wilson(hits: number, n: number): readonly [number, number] {
  const z2 = 1.959963984540054 ** 2
  const [rate, a] = [hits / n, 1 + z2 / n]
  const b = 2 * rate + z2 / n
  const root = Math.sqrt(Math.max(0, b * b - 4 * a * rate * rate))
  return [(b - root) / (2 * a), (b + root) / (2 * a)]
}

/** Of an even number the mean of the two in the middle. */
function medianOf(cases: readonly Case[]): number {
  const sorted = cases.map(({ part }) => part).sort((a, b) => a - b)
  const middle = sorted.length / 2
  return Number.isInteger(middle) ? (sorted[middle - 1]! + sorted[middle]!) / 2 : sorted[Math.floor(middle)]!
}

/** Between two neighbours as far as the place is between theirs, of places from 0 to n − 1. */
function quantileOf(cases: readonly Case[], share: number): number {
  const sorted = cases.map(({ part }) => part).sort((a, b) => a - b)
  const place = share * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!]
  return low + (place - Math.floor(place)) * (high - low)
}

function ratioOf(cases: readonly Case[]): number {
  const part = cases.reduce((sum, one) => sum + one.part, 0)
  return part / cases.reduce((sum, { whole = 1 }) => sum + whole, 0)
}

/** Share of a window in which exports speak that know moments from `first` to `last`, three quiet days before and after. */
export function spokenShare(team: Team, first: number, last: number): (window: Window) => number {
  return ([from, to]) => {
    const [start, end] = [team.days.start(from), team.days.start(shiftDay(to, 1))]
    const overlap = Math.min(end, last + 3 * DAY) - Math.max(start, first - 3 * DAY)
    return Math.max(0, overlap) / (end - start)
  }
}

/** By all moments pull requests tell of. */
export function spokenByPulls(team: Team): (window: Window) => number {
  const moments = team.pulls.flatMap(({ opened, closed, merged, moments: own }) => [opened, closed, merged, ...own])
  const known = moments.filter((at) => at !== null)
  return spokenShare(team, Math.min(...team.pulls.map(({ opened }) => opened)), Math.max(...known))
}

export function spokenByLandings(team: Team): (window: Window) => number {
  const moments = team.landings.map(({ at }) => at)
  return spokenShare(team, Math.min(...moments), Math.max(...moments))
}

/** The last moment of the exports, not after the day the numbers are told of. */
export function endOfLandings(team: Team): number {
  return Math.min(team.days.start(shiftDay(team.asOf, 1)), Math.max(...team.landings.map(({ at }) => at)))
}

export function endOfPulls(team: Team): number {
  const moments = team.pulls.flatMap(({ opened, closed, merged, moments: own }) => [opened, closed, merged, ...own])
  return Math.min(team.days.start(shiftDay(team.asOf, 1)), Math.max(...moments.filter((at) => at !== null)))
}
