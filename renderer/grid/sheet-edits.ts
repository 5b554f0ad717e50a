/** A sheet and a selection in, the edits of one step out. No DOM, no records: the view decides what an edit means. */
import { guardFormula } from '../../shared/tables/index.ts'
import { readIn, showIn } from './decimal-mark.ts'
import { fillLane } from './fill-lane.ts'
import {
  type Cell,
  type Direction,
  type Rect,
  type Selection,
  cellsOf,
  copyableRects,
  lastRect,
  planPaste,
  rectOf,
  selectRect,
  sizeOf,
} from './range.ts'
import { EMPTY_CELL, type Sheet, type SheetCell, type SheetColumn, type SheetEdit, cellAt } from './sheet.ts'

export interface EditPlan {
  readonly edits: readonly SheetEdit[]
  /** Cells that cannot be typed into, or lie outside the sheet. Counted, so that nothing is dropped in silence. */
  readonly skipped: number
  /** How many of these are ranges, which nothing can be added to. */
  readonly ranges?: number
  /** What is selected afterwards. */
  readonly selection: Selection
  /** Rows and columns of a paste that lie beyond the sheet. */
  readonly overflow?: { readonly rows: number; readonly columns: number }
}

export interface CopiedBlock {
  /**
   * Values for other programs: bare numbers without currency or grouping, so that they come back without loss; texts that
   * a spreadsheet could compute begin with an apostrophe.
   */
  readonly values: readonly (readonly string[])[]
  /** What was typed, ranges and formulas included, for pasting within the sheet. */
  readonly raw: readonly (readonly string[])[]
}

/** Null when several ranges make no one rectangle. */
export function copyBlock(sheet: Sheet, selection: Selection): CopiedBlock | null {
  const places = placesOfBlock(selection)
  return places && { values: readCells(sheet, places, valueText), raw: readCells(sheet, places, rawText) }
}

/** Where the cells of a copied block stand, in its rows and columns; null when several ranges make no one rectangle. */
function placesOfBlock(selection: Selection): readonly (readonly Cell[])[] | null {
  const plan = copyableRects(selection)
  if (!plan) return null
  const blocks = plan.rects.map(cellsOfRect)
  if (plan.along !== 'rows') return blocks.flat()
  return blocks[0]!.map((_, row) => blocks.flatMap((block) => block[row] ?? []))
}

/**
 * Empties what was cut, but for cells the paste lands on and for those whose content found no place: outside the sheet, on
 * what is computed, or where it was refused.
 */
export function clearCut(sheet: Sheet, cut: Selection, paste: EditPlan, refused: readonly SheetEdit[]): EditPlan {
  const keyOf = ({ rowId, columnId }: Pick<SheetEdit, 'rowId' | 'columnId'>) => `${rowId}\n${columnId}`
  const notTaken = new Set(refused.map(keyOf))
  const pasted = new Set(paste.edits.map(keyOf).filter((key) => !notTaken.has(key)))
  const { top, left } = lastRect(paste.selection)
  const keyAt = (row: number, column: number) => {
    const [rowId, columnId] = [sheet.rows[row]?.id, sheet.columns[column]?.id]
    return rowId === undefined || columnId === undefined ? '' : keyOf({ rowId, columnId })
  }
  const moved = new Set(
    (placesOfBlock(cut) ?? []).flatMap((line, row) =>
      line.flatMap((from, column) => (pasted.has(keyAt(top + row, left + column)) ? keyAt(from.row, from.column) : [])),
    ),
  )
  const cleared = clearEdits(sheet, cut)
  return { ...cleared, edits: cleared.edits.filter((edit) => moved.has(keyOf(edit)) && !pasted.has(keyOf(edit))) }
}

/** `isForeign`: the texts come from another program and are read as if they were typed. */
export function pasteEdits(
  sheet: Sheet,
  selection: Selection,
  block: readonly (readonly string[])[],
  isForeign = false,
): EditPlan {
  const [height, width] = [block.length, block[0]?.length ?? 0]
  if (height === 0 || width === 0) return { edits: [], skipped: 0, selection }
  const bounds = { rows: sheet.rows.length, columns: sheet.columns.length }
  const { target, overflowRows, overflowColumns } = planPaste(height, width, lastRect(selection), bounds)
  const placed = placeEdits(sheet, cellsOf(selectRect(target)), ({ row, column }) => {
    const text = block[(row - target.top) % height]![(column - target.left) % width]!
    return isForeign ? readIn(sheet.columns[column], text) : text
  })
  const outside = overflowRows * width + overflowColumns * height - overflowRows * overflowColumns
  return {
    edits: placed.edits,
    skipped: placed.skipped + outside,
    selection: selectRect(target),
    overflow: { rows: overflowRows, columns: overflowColumns },
  }
}

/** A name as a formula writes it: plain where it can be, else in quotes. */
export type NameWriter = (name: string) => string

/**
 * What Alt+= proposes for the active row: the sum of the other selected rows, or else of the rows right above it on its
 * level. Null when there are none.
 */
export function autosumFormula(
  sheet: Sheet,
  selection: Selection,
  nameColumn: number,
  write: NameWriter,
): string | null {
  const { row: target } = selection.active
  const { top, bottom } = lastRect(selection)
  const level = sheet.rows[target]?.level
  let rows: number[] = []
  if (bottom > top) rows = Array.from({ length: bottom - top + 1 }, (_, at) => top + at).filter((row) => row !== target)
  else for (let row = target - 1; row >= 0 && sheet.rows[row]?.level === level; row--) rows.unshift(row)
  const names = rows
    .filter((row) => sheet.rows[row]?.level === level)
    .map((row) => cellAt(sheet, row, nameColumn).raw)
    .filter((name) => name !== '')
  return names.length === 0 ? null : `=${names.map(write).join(' + ')}`
}

export function clearEdits(sheet: Sheet, selection: Selection): EditPlan {
  const edits: SheetEdit[] = []
  let skipped = 0
  for (const { row, column } of cellsOf(selection)) {
    const cell = cellAt(sheet, row, column)
    if (cell.role === 'input' && cell.isEditable) {
      if (cell.raw !== '') edits.push(editAt(sheet, { row, column }, '', 'cleared'))
    } else if (cell.text !== '') skipped += 1
  }
  return { edits, skipped, selection }
}

/** Drag of the fill handle from `source` over `target`. */
export function fillEdits(sheet: Sheet, source: Rect, target: Rect, direction: Direction, isCopy: boolean): EditPlan {
  const isVertical = direction === 'down' || direction === 'up'
  const isReverse = direction === 'up' || direction === 'left'
  const [firstLane, lastLane] = isVertical ? [source.left, source.right] : [source.top, source.bottom]
  const length = isVertical ? sizeOf(target).rows : sizeOf(target).columns
  const edits: SheetEdit[] = []
  let skipped = 0
  for (let lane = firstLane; lane <= lastLane; lane++) {
    const laneRect = isVertical ? { ...source, left: lane, right: lane } : { ...source, top: lane, bottom: lane }
    const texts = fillLane(readRect(sheet, laneRect, rawText).flat(), length, { isReverse, isCopy })
    for (const [index, text] of texts.entries()) {
      const cell: Cell = isVertical
        ? { row: isReverse ? target.bottom - index : target.top + index, column: lane }
        : { row: lane, column: isReverse ? target.right - index : target.left + index }
      if (cellAt(sheet, cell.row, cell.column).isEditable) edits.push(editAt(sheet, cell, text, 'placed'))
      else skipped += 1
    }
  }
  const both: Rect = {
    top: Math.min(source.top, target.top),
    left: Math.min(source.left, target.left),
    bottom: Math.max(source.bottom, target.bottom),
    right: Math.max(source.right, target.right),
  }
  return { edits, skipped, selection: selectRect(both) }
}

/** Ctrl+D and Ctrl+R: the first row (column) goes through the selection; a single one is filled from its neighbour. */
export function fillEdgeEdits(sheet: Sheet, selection: Selection, direction: 'down' | 'right'): EditPlan {
  const nothing = { edits: [], skipped: 0, selection }
  let rect = lastRect(selection)
  if (direction === 'down' && rect.top === rect.bottom) {
    if (rect.top === 0) return nothing
    rect = { ...rect, top: rect.top - 1 }
  }
  if (direction === 'right' && rect.left === rect.right) {
    if (rect.left === 0) return nothing
    rect = { ...rect, left: rect.left - 1 }
  }
  const source = direction === 'down' ? { ...rect, bottom: rect.top } : { ...rect, right: rect.left }
  const target = direction === 'down' ? { ...rect, top: rect.top + 1 } : { ...rect, left: rect.left + 1 }
  return { ...fillEdits(sheet, source, target, direction, true), selection }
}

/** One text into every given cell: Enter writes it to one, Ctrl+Enter to the whole selection. */
export function entryEdits(sheet: Sheet, cells: Iterable<Cell>, text: string, selection: Selection): EditPlan {
  const edits: SheetEdit[] = []
  let skipped = 0
  for (const cell of cells) {
    if (cellAt(sheet, cell.row, cell.column).isEditable) edits.push(editAt(sheet, cell, text, 'typed'))
    else skipped += 1
  }
  return { edits, skipped, selection }
}

/** Ids of the rows a selection touches, top to bottom, each once. */
export function rowIdsOf(sheet: Sheet, selection: Selection): readonly string[] {
  const rows = new Set<number>()
  for (const rect of selection.ranges.map(rectOf)) for (let row = rect.top; row <= rect.bottom; row++) rows.add(row)
  return [...rows].sort((a, b) => a - b).flatMap((row) => sheet.rows[row]?.id ?? [])
}

export interface SelectionFigures {
  readonly cells: number
  /** Cells that hold anything. */
  readonly filled: number
  readonly numbers: number
  readonly sum: number
  /** null = no numbers. */
  readonly average: number | null
  readonly smallest: number | null
  readonly largest: number | null
  readonly errors: number
}

/** What the status bar tells; each cell counts once, unknown values are left out and never count as zero. */
export function selectionFigures(sheet: Sheet, selection: Selection): SelectionFigures {
  let [cells, filled, numbers, sum, errors] = [0, 0, 0, 0, 0]
  let [smallest, largest] = [Infinity, -Infinity]
  const count = (cell: SheetCell) => {
    cells += 1
    // A number is never shown as nothing; its text may not have been made yet.
    if (cell.value !== null || cell.text !== '') filled += 1
    if (cell.errorCode !== '') errors += 1
    if (cell.value === null) return
    numbers += 1
    sum += cell.value
    smallest = Math.min(smallest, cell.value)
    largest = Math.max(largest, cell.value)
  }
  const [only, ...others] = selection.ranges.map(rectOf)
  if (only && others.length === 0) {
    // Row by row, because all cells of a large sheet may be selected.
    for (let row = only.top; row <= only.bottom; row++) {
      const inRow = sheet.rows[row]?.cells ?? []
      for (let column = only.left; column <= only.right; column++) count(inRow[column] ?? EMPTY_CELL)
    }
  } else for (const { row, column } of cellsOf(selection)) count(cellAt(sheet, row, column))
  const has = numbers > 0
  return {
    cells,
    filled,
    numbers,
    sum,
    average: has ? sum / numbers : null,
    smallest: has ? smallest : null,
    largest: has ? largest : null,
    errors,
  }
}

function placeEdits(sheet: Sheet, cells: Iterable<Cell>, textFor: (cell: Cell) => string) {
  const edits: SheetEdit[] = []
  let skipped = 0
  for (const cell of cells) {
    if (cellAt(sheet, cell.row, cell.column).isEditable) edits.push(editAt(sheet, cell, textFor(cell), 'placed'))
    else skipped += 1
  }
  return { edits, skipped }
}

function editAt(sheet: Sheet, cell: Cell, text: string, how: SheetEdit['how']): SheetEdit {
  return { rowId: sheet.rows[cell.row]!.id, columnId: sheet.columns[cell.column]!.id, text, how }
}

type CellText = (cell: SheetCell, column: SheetColumn | undefined) => string

function readRect(sheet: Sheet, rect: Rect, read: CellText): string[][] {
  return readCells(sheet, cellsOfRect(rect), read)
}

function readCells(sheet: Sheet, places: readonly (readonly Cell[])[], read: CellText): string[][] {
  return places.map((line) => line.map(({ row, column }) => read(cellAt(sheet, row, column), sheet.columns[column])))
}

function cellsOfRect({ top, bottom, left, right }: Rect): Cell[][] {
  return Array.from({ length: bottom - top + 1 }, (_, row) =>
    Array.from({ length: right - left + 1 }, (_, column) => ({ row: top + row, column: left + column })),
  )
}

function valueText(cell: SheetCell, column: SheetColumn | undefined): string {
  return cell.value === null ? guardFormula(cell.text) : showIn(column, String(cell.value))
}

function rawText(cell: SheetCell): string {
  if (cell.raw !== '') return cell.raw
  return cell.value === null ? cell.text : String(cell.value)
}
