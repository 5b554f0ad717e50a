/** What a sheet shows: rows of cells ready to be read, made by the view that owns the records. The grid only displays it. */
import type { DecimalMark } from './decimal-mark.ts'

/**
 * label: a name · input: typed by a person · formula: from the row's own formula · computed: from other rows or from
 * facts · empty: nothing, and nothing can be typed.
 */
export type CellRole = 'label' | 'input' | 'formula' | 'computed' | 'empty'

export interface SheetCell {
  readonly role: CellRole
  /** As shown. */
  readonly text: string
  /** Shorter form for a narrow column (`$20.7M`); a number is never cut off. Empty = there is none. */
  readonly shortText: string
  /** As edited: what was typed, or the formula with its `=`. */
  readonly raw: string
  /** null = not a number, or unknown. Unknown is never zero and is left out of sums. */
  readonly value: number | null
  readonly isEditable: boolean
  /** Why typing is refused, as a sentence; empty when it is not. */
  readonly lockedBecause: string
  /** Spreadsheet name of what went wrong (`#NAME?`); empty = nothing did. */
  readonly errorCode: string
  /** Shown on hover and read after the value. */
  readonly tip: string
  readonly tone: 'plain' | 'good' | 'bad'
  /** `range` marks an uncertain value that is shown by its median. */
  readonly mark: 'none' | 'range'
  /** What someone wrote about this cell; empty = nothing. */
  readonly note: string
}

export interface SheetRow {
  readonly id: string
  /** Style and meaning: `section`, `initiative`, `line`, `driver`, `total`, … */
  readonly kind: string
  /** 0 = top. */
  readonly level: number
  /** null = has no children. */
  readonly isOpen: boolean | null
  /** How formulas call the row; absent = none can. */
  readonly formulaName?: string
  /** Unit and kind, for whoever chooses the row by its name. */
  readonly about?: string
  /** What someone wrote about the row; marked at its name. */
  readonly note?: string
  /** 1-based place in the whole sheet, collapsed rows counted, so that a row keeps its number. */
  readonly position: number
  /** One per column, in column order. */
  readonly cells: readonly SheetCell[]
}

export interface SheetColumn {
  readonly id: string
  readonly header: string
  /** Header over several columns; '' = none. */
  readonly group: string
  readonly kind: 'name' | 'text' | 'number'
  readonly width: number
  /** Takes the room that is left over. */
  readonly isFlexible: boolean
  readonly isPinned: boolean
  /** How its numbers are written; absent = with the point. */
  readonly decimalMark?: DecimalMark
  /** Its cells hold the formulas of their rows. */
  readonly isFormula?: boolean
  /** The month its cells belong to, as formulas write it. */
  readonly month?: string
}

/** Rows shown now (collapsed ones left out) with the columns they are read by. */
export interface Sheet {
  readonly columns: readonly SheetColumn[]
  readonly rows: readonly SheetRow[]
  /** Always visible at the bottom; not selectable. */
  readonly totals: readonly SheetRow[]
}

/** typed: entered in an editor, an empty text included · cleared: Delete · placed: pasted or filled. */
export interface SheetEdit {
  readonly rowId: string
  readonly columnId: string
  readonly text: string
  readonly how: 'typed' | 'cleared' | 'placed'
}

export interface CellRef {
  readonly rowId: string
  readonly columnId: string
}

/** Cells a cell rests on, and cells that rest on it. */
export interface CellTrace {
  readonly precedents: readonly CellRef[]
  readonly dependents: readonly CellRef[]
}

/** An edit that cannot be made, and the sentence that says why. */
export interface RefusedEdit {
  readonly edit: SheetEdit
  readonly why: string
}

/** What became of edits: how many cells took them, how many could not, and the sentence that says why. */
export interface EditVerdict {
  readonly taken: number
  readonly refused: number
  readonly why: string
}

export const EMPTY_CELL: SheetCell = {
  role: 'empty',
  text: '',
  shortText: '',
  raw: '',
  value: null,
  isEditable: false,
  lockedBecause: '',
  errorCode: '',
  tip: '',
  tone: 'plain',
  mark: 'none',
  note: '',
}

export function cellOf(parts: Partial<SheetCell>): SheetCell {
  return { ...EMPTY_CELL, ...parts }
}

export function isSameSheetCell(a: SheetCell | null | undefined, b: SheetCell | null | undefined): boolean {
  if (a === b) return true
  if (!a || !b) return false
  return (Object.keys(EMPTY_CELL) as (keyof SheetCell)[]).every((key) => a[key] === b[key])
}

export function cellAt(sheet: Sheet, row: number, column: number): SheetCell {
  return sheet.rows[row]?.cells[column] ?? EMPTY_CELL
}

/** Spreadsheet letters of a column: 0 → A, 25 → Z, 26 → AA. */
export function columnLetters(index: number): string {
  const rest = Math.floor(index / 26) - 1
  return (index < 26 ? '' : columnLetters(rest)) + String.fromCharCode(65 + (index % 26))
}

/** Where cells stand now; those in rows or columns that are not shown are left out. */
export function cellsOfRefs(
  sheet: Sheet,
  refs: readonly CellRef[],
): readonly { readonly row: number; readonly column: number }[] {
  if (refs.length === 0) return []
  const wanted = new Set(refs.map(({ rowId }) => rowId))
  const rows = new Map(sheet.rows.flatMap(({ id }, row) => (wanted.has(id) ? [[id, row] as const] : [])))
  return refs.flatMap(({ rowId, columnId }) => {
    const [row, column] = [rows.get(rowId), sheet.columns.findIndex(({ id }) => id === columnId)]
    return row === undefined || column < 0 ? [] : [{ row, column }]
  })
}
