import type { ModelRow } from '../../../shared/model/index.ts'
import type { RecordsDiff } from '../../../shared/records/index.ts'
import type { CellRef } from '../../grid/sheet.ts'
import { FORMULA_COLUMN, NAME_COLUMN, UNIT_COLUMN, columnOf, rowOfInitiative, rowOfRecord } from './plan-ids.ts'

/** Cells of the plan that show what a step changed; rows that went show nothing. */
export function changedCells(diff: RecordsDiff): readonly CellRef[] {
  return diff.flatMap(({ table, id, before, after }) => {
    if (after === null) return []
    if (table === 'initiatives') return [{ rowId: rowOfInitiative(id), columnId: NAME_COLUMN }]
    if (table !== 'rows') return []
    const columns = before === null ? [NAME_COLUMN] : columnsChanged(before as ModelRow, after as ModelRow)
    return columns.map((columnId) => ({ rowId: rowOfRecord(id), columnId }))
  })
}

function columnsChanged(before: ModelRow, after: ModelRow): readonly string[] {
  const months = new Set(
    [before, after].flatMap(({ overrides, monthNotes = {} }) => [
      ...Object.keys(overrides),
      ...Object.keys(monthNotes),
    ]),
  )
  const columns = [...months].flatMap((month) => {
    const isSame =
      before.overrides[month] === after.overrides[month] && before.monthNotes?.[month] === after.monthNotes?.[month]
    return isSame ? [] : [columnOf('plan', month)]
  })
  if (before.formula !== after.formula) columns.push(FORMULA_COLUMN)
  if (before.unit !== after.unit) columns.push(UNIT_COLUMN)
  const isMoved = before.group !== after.group || before.order !== after.order
  if (before.name !== after.name || before.note !== after.note || isMoved) columns.push(NAME_COLUMN)
  return columns
}
