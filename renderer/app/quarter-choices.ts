import {
  type FiscalCalendar,
  type MonthKey,
  fiscalQuarterOf,
  nameQuarter,
  nextQuarter,
} from '../../shared/calendar/index.ts'
import type { Choice } from '../parts/index.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `2026-11` -> `Nov 2026`. */
export function nameMonth(month: string): string {
  return `${MONTHS[Number(month.slice(5, 7)) - 1] ?? month} ${month.slice(0, 4)}`
}

/** Five quarters back and four ahead of the one on screen, newest first. */
export function quarterChoices(quarterStart: string, calendar: FiscalCalendar): readonly Choice[] {
  const current = fiscalQuarterOf(quarterStart as MonthKey, calendar)
  return [4, 3, 2, 1, 0, -1, -2, -3, -4, -5].map((by) => {
    const quarter = nextQuarter(current, calendar, by)
    return {
      id: quarter.months[0],
      label: nameQuarter(quarter),
      hint: `${nameMonth(quarter.months[0])} to ${nameMonth(quarter.months[2])}`,
    }
  })
}
