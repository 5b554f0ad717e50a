import { addMonths, firstDayOfWeek, lastDayOfMonth, type MonthKey } from '../../../shared/calendar/index.ts'
import type { Issue } from '../../../shared/issues/index.ts'
import type { MetricValue, Wall } from '../../../shared/metrics/index.ts'
import {
  type KeyResult,
  type KeyResultScore,
  type MeasuredActual,
  actualOf,
  scoreKeyResult,
} from '../../../shared/okr/index.ts'

/** A key result as the screen shows it: what stands now, its score, or why there is none. */
export interface Judged {
  readonly actual: { readonly known: true; readonly value: number } | { readonly known: false; readonly why: Issue }
  readonly score: KeyResultScore | null
  readonly whyNoScore: Issue | null
  /** Periods of a keep type: how many there are with a value. */
  readonly periods: number | null
}

/** The metric's current value, and its weeks within the quarter where the Wall has them. */
export function measuredFor(
  keyResult: Pick<KeyResult, 'source'>,
  metrics: Readonly<Record<string, MetricValue>>,
  wall: Wall | null,
  quarterStart: string,
): MeasuredActual | null {
  if (keyResult.source.kind !== 'measured') return null
  const { metricId } = keyResult.source
  const number = wall?.numbers.find((each) => each.metricId === metricId)
  const current = metrics[metricId] ?? number?.current
  if (!current) return null
  const [from, to] = [`${quarterStart}-01`, lastDayOfMonth(addMonths(quarterStart as MonthKey, 2))]
  const weeks = (number?.weeks ?? []).filter(({ week }) => {
    const monday = firstDayOfWeek(week)
    return monday >= from && monday <= to
  })
  return { current, periods: weeks.length > 0 ? weeks.map(({ value }) => value) : [current] }
}

export function judgeKeyResult(keyResult: KeyResult, measured: MeasuredActual | null): Judged {
  const actual = actualOf(keyResult, measured)
  if (!actual.ok) {
    const why = actual.issues[0]!
    return { actual: currentOf(measured) ?? { known: false, why }, score: null, whyNoScore: why, periods: null }
  }
  const score = scoreKeyResult(keyResult, actual.value)
  const values =
    'periods' in actual.value ? actual.value.periods.filter((value) => value !== null) : [actual.value.value]
  const last = currentOf(measured) ?? { known: true, value: values.at(-1)! }
  return {
    actual: last,
    score: score.ok ? score.value : null,
    whyNoScore: score.ok ? null : score.issues[0]!,
    periods: 'periods' in actual.value ? values.length : null,
  }
}

function currentOf(measured: MeasuredActual | null): Judged['actual'] | null {
  if (measured === null) return null
  const { current } = measured
  return current.known ? { known: true, value: current.value } : { known: false, why: current.why }
}

export const BAND_WORDS: Readonly<Record<KeyResultScore['band'], string>> = {
  good: 'on track',
  fair: 'at risk',
  poor: 'off track',
}
