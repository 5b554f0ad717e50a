import type { Issue } from '../../../shared/issues/index.ts'
import {
  type MetricValue,
  type PaidOutput,
  SMALLEST_RISE,
  type VelocityIllusion,
  type WallNumber,
} from '../../../shared/metrics/index.ts'
import type { MetricTarget } from '../../../shared/okr/index.ts'
import { inSentence } from '../../measured/metric-words.ts'
import { formatUnits } from '../../parts/value-text.ts'

/** One sentence for those who do not see the line. */
export function tellSparkline(
  number: WallNumber,
  currency: string,
  target: Pick<MetricTarget, 'value'> | null,
): string {
  const known = number.weeks.filter(
    (week): week is { week: typeof week.week; value: MetricValue & { known: true } } => week.value.known,
  )
  const [first, last] = [known[0], known.at(-1)]
  if (!first || !last) return `${number.name}: no week is known.`
  const text = (value: number) => formatUnits(value, number.unit, currency)
  return `${number.name}: ${known.length} of ${number.weeks.length} weeks known, from ${text(first.value.value)} in ${first.week} to ${text(last.value.value)} in ${last.week}.${target === null ? '' : ` The dashed line is the target of ${text(target.value)}.`}`
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

const CURED_BY_SETTINGS = ['metrics/other-currency', 'metrics/no-features', 'metrics/needs-production-deployments']

export function remedyPlace(why: Issue): 'data' | 'settings' {
  return CURED_BY_SETTINGS.includes(why.code) ? 'settings' : 'data'
}

/** The warning of the Wall: more comes out, but what it is paid with grows faster. */
export function tellIllusion({ output, rises }: PaidOutput, currency: string): string {
  const list = rises.map(
    ({ name, unit, before, now, share }) =>
      `${inSentence(name)} went from ${formatUnits(before, unit, currency)} to ${formatUnits(now, unit, currency)} (${tellRise(share)})`,
  )
  const told = list.length < 2 ? list.join('') : `${list.slice(0, -1).join(', ')} and ${list.at(-1)!}`
  return `${output.now} changes merged in 28 days, ${tellRise(output.now / output.before - 1)} on the 28 before, but ${told}: what comes out is paid with more than it grew.`
}

/** Whether the gain lasts: the first 90 days of working differently look better than what follows. */
export function tellQuarter({ quarter, reachDays }: Pick<VelocityIllusion, 'quarter' | 'reachDays'>): string {
  if (quarter === null)
    return `Gains of the first 90 days often do not last. The data reach back ${reachDays} days; from 182 on, 91 days can be held against the 91 before.`
  const { output, rises } = quarter
  const rise = output.now / output.before - 1
  const told = `Over 91 days ${output.now} changes merged, ${tellRise(rise)} on the 91 before`
  if (rise < SMALLEST_RISE) return `${told}: the gain did not last.`
  if (rises.length === 0) return `${told}, and none of these rose faster: it is new, watch it.`
  const faster = rises.map(({ name, share }) => `${inSentence(name)} ${tellRise(share)}`)
  return `${told}, with ${faster.join(' and ')}: it lasts.`
}

function tellRise(share: number): string {
  return `${share < 0 ? '−' : '+'}${Math.abs(Math.round(share * 100))}%`
}
