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

export type SeriesStep = 'week' | 'month' | 'quarter'

/** The metric for every whole week, month or fiscal quarter that touches `from` … `to`, oldest first. */
export function measureSeries(
  metric: Metric,
  context: MetricContext,
  by: SeriesStep,
  fiscal: FiscalCalendar,
  from: Day,
  to: Day,
): readonly SeriesPoint[] {
  const points: SeriesPoint[] = []
  for (
    let step = stepOf(from, by, fiscal);
    step.period.from <= to;
    step = stepOf(addDays(step.period.to, 1), by, fiscal)
  ) {
    points.push({ ...step, value: metric.measure(context, step.period) })
  }
  return points
}

function stepOf(day: Day, by: SeriesStep, fiscal: FiscalCalendar): { readonly label: string; readonly period: Period } {
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
