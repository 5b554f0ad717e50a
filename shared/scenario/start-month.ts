import { addMonths, type Day, type MonthKey, monthOf } from '../calendar/index.ts'

/**
 * The month a new what-if begins in, the same wherever it is made: the first of the quarter after the one the workbook plans,
 * or the month after the last day of data where no quarter is set.
 */
export function firstMonthOf(quarterStart: string | null, lastDay: Day): MonthKey {
  return quarterStart === null ? addMonths(monthOf(lastDay), 1) : addMonths(quarterStart as MonthKey, 3)
}
