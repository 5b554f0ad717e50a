import { type Rect } from './range.ts'
import { type Sheet, columnLetters } from './sheet.ts'

/** `D2`, `D2:F4`, or the name of a row; null when there is no such place among the rows shown. */
export function placeNamed(sheet: Sheet, typed: string, nameColumn: number, activeColumn: number): Rect | null {
  const text = typed.trim()
  const match = /^([a-z]{1,2})(\d{1,7})(?::([a-z]{1,2})(\d{1,7}))?$/i.exec(text)
  if (match) {
    const from = cornerOf(sheet, match[1]!, match[2]!)
    const to = match[3] === undefined ? from : cornerOf(sheet, match[3], match[4]!)
    if (from && to) {
      return {
        top: Math.min(from.row, to.row),
        left: Math.min(from.column, to.column),
        bottom: Math.max(from.row, to.row),
        right: Math.max(from.column, to.column),
      }
    }
  }
  const key = text.toLowerCase()
  const names = sheet.rows.map(({ cells }) => (cells[nameColumn]?.text ?? '').toLowerCase())
  const exact = names.indexOf(key)
  const row = exact >= 0 || key === '' ? exact : names.findIndex((name) => name.startsWith(key))
  return row < 0 ? null : { top: row, left: activeColumn, bottom: row, right: activeColumn }
}

function cornerOf(sheet: Sheet, letters: string, digits: string): { row: number; column: number } | null {
  const column = sheet.columns.findIndex((_, index) => columnLetters(index) === letters.toUpperCase())
  const row = sheet.rows.findIndex(({ position }) => position === Number(digits))
  return column < 0 || row < 0 ? null : { row, column }
}
