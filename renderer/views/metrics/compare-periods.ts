import {
  addDays,
  addMonths,
  type Day,
  epochDayOf,
  type FiscalCalendar,
  fiscalQuarterOf,
  lastDayOfMonth,
  monthOf,
  type MonthKey,
} from '../../../shared/calendar/index.ts'
import type { Period } from '../../../shared/metrics/index.ts'

export const PAIRS = [
  { id: 'quarter', label: 'This fiscal quarter and the one before' },
  { id: '91', label: 'Last 13 weeks and the 13 before' },
  { id: '28', label: 'Last 28 days and the 28 before' },
  { id: 'year', label: 'Last 28 days and the same a year ago' },
  { id: 'own', label: 'Days of my choosing' },
] as const
export type PairId = (typeof PAIRS)[number]['id']

export interface Pair {
  readonly period: Period
  readonly beforePeriod: Period
}

/** Whole weeks, so that the same days of the week stand against each other. */
const YEAR_OF_WEEKS = 364

/** The two periods of a choice, up to the last day of data; a quarter not over yet stands against as many days of the one before. */
export function pairOf(choice: Exclude<PairId, 'own'>, asOf: Day, fiscal: FiscalCalendar): Pair {
  if (choice === 'quarter') {
    const first = fiscalQuarterOf(monthOf(asOf), fiscal).months[0]
    const from = firstDay(first)
    const days = epochDayOf(asOf) - epochDayOf(from)
    const before = firstDay(addMonths(first, -3))
    const last = lastDayOfMonth(addMonths(first, -1))
    const asLong = addDays(before, days)
    return { period: { from, to: asOf }, beforePeriod: { from: before, to: asLong < last ? asLong : last } }
  }
  const days = choice === 'year' ? 28 : Number(choice)
  const back = choice === 'year' ? YEAR_OF_WEEKS : days
  const period = { from: addDays(asOf, 1 - days), to: asOf }
  return { period, beforePeriod: { from: addDays(period.from, -back), to: addDays(period.to, -back) } }
}

function firstDay(month: MonthKey): Day {
  return `${month}-01` as Day
}
