/** Which stretches of time the plan's sheet has columns for. */
import {
  type FiscalCalendar,
  type FiscalQuarter,
  type MonthKey,
  fiscalPeriodOf,
  nameQuarter,
  nextQuarter,
  nameMonth,
} from '../../../shared/calendar/index.ts'
import type { PlanSpan } from '../../stores/screen.ts'

/** A month that can be typed into, or several months added up. */
export interface PlanPeriod {
  /** The month (`2026-11`), or first and last month (`2026-11..2027-01`). */
  readonly id: string
  readonly name: string
  readonly months: readonly MonthKey[]
  readonly isSum: boolean
}

export function monthPeriod(month: MonthKey): PlanPeriod {
  return { id: month, name: nameMonth(month), months: [month], isSum: false }
}

export function sumPeriod(name: string, months: readonly MonthKey[]): PlanPeriod {
  return { id: `${months[0] ?? ''}..${months.at(-1) ?? ''}`, name, months, isSum: true }
}

/** Months that stand beside their sum. */
export function monthsAndSum(months: readonly MonthKey[], name: string): readonly PlanPeriod[] {
  return [...months.map(monthPeriod), sumPeriod(name, months)]
}

/** The periods shown for a quarter, or for the fiscal year it lies in. */
export function planPeriods(span: PlanSpan, quarter: FiscalQuarter, calendar: FiscalCalendar): readonly PlanPeriod[] {
  if (span === 'quarter') return monthsAndSum(quarter.months, nameQuarter(quarter))
  const first = fiscalPeriodOf(quarter.months[0], calendar).quarter
  const quarters = [1, 2, 3, 4].map((at) => nextQuarter(quarter, calendar, at - first))
  const year = sumPeriod(
    `FY${String(quarter.fiscalYear % 100).padStart(2, '0')}`,
    quarters.flatMap(({ months }) => months),
  )
  const shown = quarters.flatMap((one) =>
    span === 'months' ? monthsAndSum(one.months, nameQuarter(one)) : [sumPeriod(nameQuarter(one), one.months)],
  )
  return [...shown, year]
}

/** Every month of the periods once, in order. */
export function monthsOf(periods: readonly PlanPeriod[]): readonly MonthKey[] {
  return [...new Set(periods.flatMap(({ months }) => months))].sort()
}
