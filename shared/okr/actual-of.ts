import { type Outcome, accepted, refused } from '../issues/index.ts'
import type { MetricValue } from '../metrics/index.ts'
import { noPeriods, wantsValue } from './messages.ts'
import type { Actual } from './score-key-result.ts'
import type { KeyResult } from './types.ts'

/** What a metric says for a key result: the current value and those of the quarter's weeks, oldest first. */
export interface MeasuredActual {
  readonly current: MetricValue
  readonly periods: readonly MetricValue[]
}

/**
 * The number a key result is scored by. Increase and decrease take the current value; the keep types one value per week.
 * Unknown stays unknown: its reason is handed on, and a week without a number is `null`, never zero.
 * Entered key results take their check-ins in the order of days; `measured` is not looked at.
 */
export function actualOf(
  keyResult: Pick<KeyResult, 'type' | 'source'> & Partial<Pick<KeyResult, 'tolerance'>>,
  measured: MeasuredActual | null,
): Outcome<Actual> {
  const wantsPeriods =
    (keyResult.type === 'keep-below' || keyResult.type === 'keep-above') &&
    (keyResult.tolerance === undefined || keyResult.tolerance === null)
  if (keyResult.source.kind === 'entered') {
    const values = [...keyResult.source.checkIns]
      .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
      .map(({ value }) => value)
    const last = values.at(-1)
    if (last === undefined) return refused(wantsValue())
    return accepted(wantsPeriods ? { periods: values } : { value: last })
  }
  if (measured === null) return refused(wantsValue())
  if (!wantsPeriods)
    return measured.current.known ? accepted({ value: measured.current.value }) : refused(measured.current.why)
  const periods = measured.periods.map((value) => (value.known ? value.value : null))
  if (periods.some((value) => value !== null)) return accepted({ periods })
  const first = measured.periods.find((value) => !value.known)
  return refused(first && !first.known ? first.why : noPeriods())
}
