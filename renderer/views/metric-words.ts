import type { LinkLevel, Quality, WallNumber } from '../../shared/metrics/index.ts'
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
 * former value it is steady; where its 95 % interval holds zero it is within noise, whatever its size. Rework from 20% to 18% is `−2.0 points`, favourable, because lower is better.
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
  const sign = value > 0 ? '+' : value < 0 ? '−' : '±'
  const size = Math.abs(value)
  if (unit === 'share') return `${sign}${(size * 100).toFixed(1)} points`
  // A difference needs no more digits than the numbers it is between.
  const rounded = unit === 'h' ? Math.round(size * 10) / 10 : unit === '$' ? Math.round(size * 100) / 100 : size
  return `${sign}${formatUnits(rounded, unit, currency)}`
}

export const LEVEL_WORDS: Readonly<Record<LinkLevel, string>> = {
  id: 'by branch or pull request',
  'person-day': 'by person and day',
  'team-week': 'spread over the week’s changes',
}
