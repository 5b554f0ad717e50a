import { type Day, epochDayOf, lastDayOfMonth, type MonthKey, monthOf } from '../calendar/index.ts'
import { fromUnits, type Nanos, roundNanos, toUnits } from '../money/index.ts'
import { forecastMonth } from './run-rate.ts'

/** actual: the month is over · run rate: it goes on as it did · plan: it has not begun, or nothing is known of it. */
export type ForecastBasis = 'actual' | 'run rate' | 'plan'

export interface MonthForecast {
  readonly nanos: Nanos
  readonly basis: ForecastBasis
}

/**
 * What a month is expected to come to: actuals to date, then the plan. The month the data ends in goes on by its rate per
 * working day, or per calendar day before the first of those; a month without actuals keeps its plan, because nothing
 * imported is not nothing spent. `null` = neither is known.
 *
 * $18,400.00 by day 14 of 30, with 10 of 22 working days gone, against any plan: $40,480.00 by run rate.
 *
 * `dataUntil`: the last day that was imported; `null` = none. Rounding: run rates to cents, half away from zero.
 */
export function forecastOf(
  month: MonthKey,
  { plan, actual }: { readonly plan: Nanos | null; readonly actual: Nanos | null },
  dataUntil: Day | null,
): MonthForecast | null {
  const planned: MonthForecast | null = plan === null ? null : { nanos: plan, basis: 'plan' }
  if (dataUntil === null || actual === null || month > monthOf(dataUntil)) return planned
  if (epochDayOf(lastDayOfMonth(month)) <= epochDayOf(dataUntil)) return { nanos: actual, basis: 'actual' }
  const { workingDays, calendar } = forecastMonth(new Map([[dataUntil, toUnits(actual)]]), dataUntil)
  return { nanos: roundNanos(fromUnits(workingDays ?? calendar), 2), basis: 'run rate' }
}
