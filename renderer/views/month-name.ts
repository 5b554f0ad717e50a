import type { MonthKey } from '../../shared/calendar/index.ts'
import { LOCALE } from '../parts/value-text.ts'

/** Kept, because making one takes as long as naming a hundred months. */
const format = new Intl.DateTimeFormat(LOCALE, { month: 'short', year: 'numeric', timeZone: 'UTC' })

/** `Nov 2026`. */
export function nameMonth(month: MonthKey): string {
  return format.format(new Date(`${month}-01T00:00:00Z`))
}
