/** Find and replace over what a sheet shows and what was typed into it. Pure. */
import { readIn, showIn } from './decimal-mark.ts'
import type { Cell } from './range.ts'
import { type Sheet, type SheetCell, type SheetColumn, type SheetEdit, type SheetRow, cellAt } from './sheet.ts'

/** Cells that hold the text, row by row; capitals do not matter. An empty text is found nowhere. */
export function findCells(sheet: Sheet, wanted: string): readonly Cell[] {
  const key = wanted.toLowerCase()
  if (key === '') return []
  const found: Cell[] = []
  for (const [row, { cells }] of sheet.rows.entries()) {
    for (const [column, shown] of sheet.columns.entries()) {
      const cell = cells[column]
      if (cell && holds(cell, shown, key)) found.push({ row, column })
    }
  }
  return found
}

/** The next one after `from`, round the end; null when there is none. */
export function nextFound(found: readonly Cell[], from: Cell, isBack: boolean): Cell | null {
  const isAfter = (cell: Cell) => cell.row > from.row || (cell.row === from.row && cell.column > from.column)
  const isBefore = (cell: Cell) => cell.row < from.row || (cell.row === from.row && cell.column < from.column)
  if (isBack) return found.filter(isBefore).at(-1) ?? found.at(-1) ?? null
  return found.find(isAfter) ?? found[0] ?? null
}

/** The rows a row stands under, outermost first. */
export function groupsOver({ rows }: Sheet, row: number): readonly SheetRow[] {
  const groups: SheetRow[] = []
  let level = rows[row]?.level ?? 0
  for (let at = row - 1; at >= 0 && level > 0; at--) {
    if (rows[at]!.level >= level) continue
    groups.unshift(rows[at]!)
    level = rows[at]!.level
  }
  return groups
}

export interface Replaced {
  readonly edits: readonly SheetEdit[]
  /** Found where nothing can be typed, or only in how a value is shown. */
  readonly skipped: number
}

/** Replaces what was typed. A formula is changed in its own column and not once more in each month it fills. */
export function replaceEdits(sheet: Sheet, cells: readonly Cell[], wanted: string, by: string): Replaced {
  const pattern = new RegExp(wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi')
  const edits: SheetEdit[] = []
  let skipped = 0
  for (const { row, column } of cells) {
    const cell = cellAt(sheet, row, column)
    const shown = sheet.columns[column]!
    const typed = showIn(shown, typedText(cell, shown))
    // A function, because `$1` in a replacement is an amount here.
    const text = typed.replace(pattern, () => by)
    if (cell.isEditable && text !== typed)
      edits.push({ rowId: sheet.rows[row]!.id, columnId: shown.id, text: readIn(shown, text), how: 'typed' })
    else skipped += 1
  }
  return { edits, skipped }
}

function holds(cell: SheetCell, column: SheetColumn, key: string): boolean {
  return (
    showIn(column, cell.text).toLowerCase().includes(key) ||
    showIn(column, typedText(cell, column)).toLowerCase().includes(key)
  )
}

function typedText(cell: SheetCell, column: SheetColumn): string {
  return cell.role === 'formula' && column.kind === 'number' ? '' : cell.raw
}
