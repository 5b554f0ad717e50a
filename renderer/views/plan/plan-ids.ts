/** Names of rows and columns on the plan's sheet; records of two tables can share an id, rows of the sheet cannot. */
import { addMonths, type MonthKey } from '../../../shared/calendar/index.ts'

export const NAME_COLUMN = 'name'
export const FORMULA_COLUMN = 'formula'
export const UNIT_COLUMN = 'unit'
export const UNATTRIBUTED_ROW = 'unattributed'
export const NO_INITIATIVE_ROW = 'no initiative'
export const TOTAL_ROW = 'total'
export const DRIVERS_ROW = 'section drivers'
export const OUTCOMES_ROW = 'section outcomes'

export type Measure = 'plan' | 'actual' | 'variance' | 'forecast' | 'difference'

export type PlanRowPlace =
  | { readonly kind: 'row'; readonly id: string }
  | { readonly kind: 'initiative'; readonly id: string }
  | { readonly kind: 'other' }

export function rowOfRecord(id: string): string {
  return `row ${id}`
}

export function rowOfInitiative(id: string): string {
  return `initiative ${id}`
}

export function placeOfRow(rowId: string): PlanRowPlace {
  if (rowId.startsWith('row ')) return { kind: 'row', id: rowId.slice(4) }
  if (rowId.startsWith('initiative ')) return { kind: 'initiative', id: rowId.slice(11) }
  return { kind: 'other' }
}

export function columnOf(measure: Measure, period: string): string {
  return `${measure} ${period}`
}

/** Null = not a month's plan column. */
export function monthOfPlanColumn(columnId: string): MonthKey | null {
  const match = /^plan (\d{4}-\d{2})$/.exec(columnId)
  return match ? (match[1] as MonthKey) : null
}

/** What a column shows: its measure, its period and the months of that; null = not a column of figures. */
export function readPlanColumn(
  columnId: string,
): { readonly measure: Measure; readonly period: string; readonly months: readonly MonthKey[] } | null {
  const match = /^([a-z]+) (\d{4}-\d{2})(?:\.\.(\d{4}-\d{2}))?$/.exec(columnId)
  if (!match) return null
  const [, measure, first, last = first] = match
  const months = [first as MonthKey]
  while (months.at(-1)! < last!) months.push(addMonths(months.at(-1)!, 1))
  return { measure: measure as Measure, period: columnId.slice(measure!.length + 1), months }
}
