import { addMonths, type MonthKey } from '../../../shared/calendar/index.ts'
import { daysOfMonth, workingDaysIn } from '../../../shared/plan/index.ts'
import type { WorkbookRecords } from '../../../shared/workbook/index.ts'
import type { Spreading } from '../../grid/index.ts'
import type { ActualCell } from '../../stores/figures.ts'
import { monthOfPlanColumn, placeOfRow } from './plan-ids.ts'

/**
 * How a total can go over the months of a plan: in equal parts, by Monday to Friday, and by what the initiatives of the
 * selected rows really spent in the months before, where something is known of each of them.
 */
export function spreadingsFor(
  rowIds: readonly string[],
  records: Pick<WorkbookRecords, 'rows'>,
  months: readonly MonthKey[],
  actuals: readonly ActualCell[],
  currency: string,
): readonly Spreading[] {
  const byMonth = (weigh: (month: MonthKey) => bigint) => (columnId: string) => {
    const month = monthOfPlanColumn(columnId)
    return month === null ? 0n : weigh(month)
  }
  const even: Spreading = { id: 'even', label: 'A total in equal parts', weightOf: byMonth(() => 1n) }
  const working: Spreading = {
    id: 'working days',
    label: 'A total by working days',
    weightOf: byMonth((month) => {
      const { from, to } = daysOfMonth(month)
      return BigInt(workingDaysIn(from, to))
    }),
  }
  const owners = new Set(
    rowIds.flatMap((rowId) => {
      const place = placeOfRow(rowId)
      return place.kind === 'row' ? (records.rows[place.id]?.group ?? []) : []
    }),
  )
  const spent = (month: MonthKey): bigint =>
    actuals
      .filter((cell) => cell.month === month && cell.currency === currency && !cell.isBeside)
      .filter(({ initiativeId }) => initiativeId !== null && owners.has(initiativeId))
      .reduce((sum, { nanos }) => sum + nanos, 0n)
  const shape = new Map(months.map((month) => [month, spent(addMonths(month, -months.length))]))
  if ([...shape.values()].some((nanos) => nanos <= 0n)) return [even, working]
  const last: Spreading = {
    id: 'last actual',
    label: 'A total in the shape of last quarter’s actual',
    weightOf: byMonth((month) => shape.get(month) ?? 0n),
  }
  return [even, working, last]
}
