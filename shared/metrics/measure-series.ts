import {
  addDays,
  addMonths,
  type Day,
  type FiscalCalendar,
  firstDayOfWeek,
  fiscalQuarterOf,
  lastDayOfMonth,
  monthOf,
  nameQuarter,
  weekOf,
} from '../calendar/index.ts'
import type { Metric, MetricContext, Period, SeriesPoint } from './types.ts'

/** rolling: 28 days each, a week apart, the last one ending with the last complete day. */
export const SERIES_STEPS = ['week', 'month', 'quarter', 'rolling'] as const
export type SeriesStep = (typeof SERIES_STEPS)[number]

const ROLLING_DAYS = 28

/** The metric for every whole week, month or fiscal quarter that touches `from` … `to`, oldest first. */
export function measureSeries(
  metric: Metric,
  context: MetricContext,
  by: SeriesStep,
  fiscal: FiscalCalendar,
  from: Day,
  to: Day,
): readonly SeriesPoint[] {
  return periodsOf(by, fiscal, from, to).map((step) => ({ ...step, value: metric.measure(context, step.period) }))
}

/** The steps from one day to another, oldest first, each with its name. */
export function periodsOf(
  by: SeriesStep,
  fiscal: FiscalCalendar,
  from: Day,
  to: Day,
): readonly { readonly label: string; readonly period: Period }[] {
  if (by === 'rolling') return rollingPeriods(from, to)
  const steps: { readonly label: string; readonly period: Period }[] = []
  for (
    let step = stepOf(from, by, fiscal);
    step.period.from <= to;
    step = stepOf(addDays(step.period.to, 1), by, fiscal)
  ) {
    steps.push(step)
  }
  return steps
}

/** Every 28 days that end on `to` or whole weeks before it, as long as they end on `from` or later. */
function rollingPeriods(from: Day, to: Day): readonly { readonly label: string; readonly period: Period }[] {
  const steps: { readonly label: string; readonly period: Period }[] = []
  for (let end = to; end >= from; end = addDays(end, -7))
    steps.push({ label: end, period: { from: addDays(end, 1 - ROLLING_DAYS), to: end } })
  return steps.reverse()
}

function stepOf(
  day: Day,
  by: Exclude<SeriesStep, 'rolling'>,
  fiscal: FiscalCalendar,
): { readonly label: string; readonly period: Period } {
  if (by === 'week') {
    const from = firstDayOfWeek(weekOf(day))
    return { label: weekOf(day), period: { from, to: addDays(from, 6) } }
  }
  if (by === 'month') {
    const month = monthOf(day)
    return { label: month, period: { from: `${month}-01` as Day, to: lastDayOfMonth(month) } }
  }
  const quarter = fiscalQuarterOf(monthOf(day), fiscal)
  const first = quarter.months[0]
  return {
    label: nameQuarter(quarter),
    period: { from: `${first}-01` as Day, to: lastDayOfMonth(addMonths(first, 2)) },
  }
}
