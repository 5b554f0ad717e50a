import type { Issue } from '../../../shared/issues/index.ts'
import type { LinkLevel, MetricValue, Quality, VelocityIllusion, WallNumber } from '../../../shared/metrics/index.ts'
import { formatUnits } from '../../parts/value-text.ts'

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

/** One sentence for those who do not see the line. */
export function tellSparkline(number: WallNumber, currency: string): string {
  const known = number.weeks.filter(
    (week): week is { week: typeof week.week; value: MetricValue & { known: true } } => week.value.known,
  )
  const [first, last] = [known[0], known.at(-1)]
  if (!first || !last) return `${number.name}: no week is known.`
  const text = (value: number) => formatUnits(value, number.unit, currency)
  return `${number.name}: ${known.length} of ${number.weeks.length} weeks known, from ${text(first.value.value)} in ${first.week} to ${text(last.value.value)} in ${last.week}.`
}

/** Different reasons why weeks are unknown, most frequent first, with how many weeks each explains. */
export function unknownReasons(
  numbers: readonly WallNumber[],
  tell: (why: Extract<MetricValue, { known: false }>['why']) => string,
): readonly { readonly name: string; readonly reason: string; readonly weeks: number }[] {
  const reasons = new Map<string, { name: string; reason: string; weeks: number }>()
  for (const { name, weeks } of numbers) {
    for (const { value } of weeks) {
      if (value.known) continue
      const reason = tell(value.why)
      const key = JSON.stringify([name, reason])
      const entry = reasons.get(key) ?? { name, reason, weeks: 0 }
      entry.weeks += 1
      reasons.set(key, entry)
    }
  }
  return [...reasons.values()].sort((a, b) => b.weeks - a.weeks)
}

/** Short enough for a tile: what is missing, then what to do. */
export function tellWhy(why: Issue): string {
  const found = why.said === undefined ? '' : `Found ${why.said}. `
  return [`${found}Needs ${why.wanted}.`, why.can ?? ''].filter((part) => part !== '').join(' ')
}

const CURED_BY_SETTINGS = ['metrics/other-currency', 'metrics/no-features', 'metrics/needs-production-deployments']

export function remedyPlace(why: Issue): 'data' | 'settings' {
  return CURED_BY_SETTINGS.includes(why.code) ? 'settings' : 'data'
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

/** The warning of the Wall: more comes out, but what it is paid with grows faster. */
export function tellIllusion({ output, rises }: VelocityIllusion): string {
  const percent = (share: number) => `+${Math.round(share * 100)}%`
  const list = rises.map(({ name, share }) => `${name.toLowerCase()} ${percent(share)}`)
  const told = list.length < 2 ? list.join('') : `${list.slice(0, -1).join(', ')} and ${list.at(-1)!}`
  return `${output.now} changes merged in 28 days, ${percent(output.now / output.before - 1)} on the 28 before, but ${told}: what comes out is paid with more than it grew.`
}
