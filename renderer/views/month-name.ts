import type { MonthKey } from '../../shared/calendar/index.ts'
import { LOCALE } from '../parts/value-text.ts'

/** `Nov 2026`. */
export function nameMonth(month: MonthKey): string {
  return new Date(`${month}-01T00:00:00Z`).toLocaleDateString(LOCALE, {
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  })
}
