import { type Sheet, cellAt } from './sheet.ts'

/** Name by which formulas call the row; null for rows that only group others. */
export function formulaNameOf(sheet: Sheet, row: number): string | null {
  const formulaColumn = sheet.columns.findIndex(({ isFormula }) => isFormula === true)
  const nameColumn = sheet.columns.findIndex(({ kind }) => kind === 'name')
  const name = cellAt(sheet, row, nameColumn).raw
  return formulaColumn >= 0 && cellAt(sheet, row, formulaColumn).isEditable && name !== '' ? name : null
}
