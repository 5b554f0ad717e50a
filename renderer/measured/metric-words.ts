import type { WeekKey } from '../../shared/calendar/index.ts'
import type { ChangeInterval, LinkLevel, Quality, WallNumber } from '../../shared/metrics/index.ts'
import { formatUnits } from '../parts/value-text.ts'

/** Changes smaller than this share of the former value say nothing. */
const TOLERANCE = 0.02

export type Change =
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'favourable' | 'unfavourable' | 'steady' | 'within noise'
      readonly direction: 'up' | 'down' | 'level'
      /** `+1.2 points`, `−8%`, `$0 to $120`. */
      readonly size: string
    }

/**
 * How the last 28 days stand to the 28 before: shares in percentage points, all else as a percentage. Within 2% of the
 * former value it is steady; where its 95% interval holds zero it is within noise, whatever its size. Rework from 20% to 18% is `−2.0 points`, favourable, because lower is better.
 */
export function tellChange(number: Pick<WallNumber, 'current' | 'before' | 'unit' | 'better' | 'interval'>): Change {
  const { current, before } = number
  if (!current.known || !before.known) return { kind: 'unknown' }
  const difference = current.value - before.value
  const isSteady = Math.abs(difference) <= TOLERANCE * Math.abs(before.value)
  const direction = difference > 0 ? 'up' : difference < 0 ? 'down' : 'level'
  const isGood = difference < 0 === (number.better === 'lower')
  return {
    kind: isSteady ? 'steady' : number.interval?.isNoise ? 'within noise' : isGood ? 'favourable' : 'unfavourable',
    direction: isSteady ? 'level' : direction,
    size: sizeOf(difference, before.value, number.unit),
  }
}

function sizeOf(difference: number, before: number, unit: string): string {
  const sign = difference > 0 ? '+' : difference < 0 ? '−' : '±'
  const size = Math.abs(difference)
  if (unit === 'share') return `${sign}${(size * 100).toFixed(1)} points`
  if (before === 0) return `${sign}${formatUnits(size, unit === '$' ? '1' : unit, 'USD')}`
  const percent = (size / Math.abs(before)) * 100
  return `${sign}${percent >= 10 ? percent.toFixed(0) : percent.toFixed(1)}%`
}

export const QUALITY_WORDS: Readonly<Record<Quality, string>> = {
  exact: 'exact',
  estimate: 'estimate',
  proxy: 'stand-in',
  prior: 'published, not yours',
}

/** Share of the needed data that is known, never rounded up to a whole it is not: 0.999 is `99%`. */
export function tellCoverage(coverage: number): string {
  return `${coverage >= 1 ? 100 : Math.min(99, Math.floor(coverage * 100 + 1e-9))}% covered`
}

/** A difference in a metric's unit, signed: shares in percentage points, `+2.0 points`, `−3.1 h`, `+$12`. */
export function tellDifference(value: number, unit: string, currency: string): string {
  const text = sizeOfMiss(Math.abs(value), unit, currency)
  const sign = !/[1-9]/.test(text) ? '±' : value > 0 ? '+' : '−'
  return `${sign}${text}`
}

/** The size of a difference without its sign; it needs no more digits than the numbers it is between. */
export function sizeOfMiss(size: number, unit: string, currency: string): string {
  if (unit === 'share') return `${(size * 100).toFixed(1)} points`
  const rounded = unit === 'h' ? Math.round(size * 10) / 10 : unit === '$' ? Math.round(size * 100) / 100 : size
  return formatUnits(rounded, unit, currency)
}

/** How far a change may be chance, after a sentence that told it; empty where nothing tells. */
export function tellInterval(
  { unit }: Pick<WallNumber, 'unit'>,
  interval: ChangeInterval | null | undefined,
  currency: string,
): string {
  if (!interval) return ''
  const [low, high] = [interval.low, interval.high].map((value) => tellDifference(value, unit, currency))
  return `; the change lies between ${low!} and ${high!} (95%)${interval.isNoise ? ', so it is within noise' : ''}`
}

export interface LastWeek {
  readonly week: WeekKey
  readonly beforeWeek: WeekKey
  readonly now: number
  readonly was: number
  readonly interval: ChangeInterval | null
  readonly change: Change
}

/** The newest week that can be judged against the one before it; `null` where no two such weeks are known. */
export function lastWeekOf(number: Pick<WallNumber, 'weeks' | 'weekChange' | 'unit' | 'better'>): LastWeek | null {
  if (!number.weekChange) return null
  const { week, beforeWeek, interval } = number.weekChange
  const [current, before] = [week, beforeWeek].map((key) => number.weeks.find((one) => one.week === key)?.value)
  if (!current?.known || !before?.known) return null
  const { unit, better } = number
  return {
    week,
    beforeWeek,
    now: current.value,
    was: before.value,
    interval,
    change: tellChange({ current, before, unit, better, interval }),
  }
}

/** A metric's name inside a sentence: `acceptance of AI changes`, and `AI changes` as it is. */
export function inSentence(name: string): string {
  return /^[A-Z][A-Z]/.test(name) ? name : name.charAt(0).toLowerCase() + name.slice(1)
}

export const LEVEL_WORDS: Readonly<Record<LinkLevel, string>> = {
  id: 'by branch or pull request',
  'person-day': 'by person and day',
  'team-week': 'spread over the week’s changes',
}
