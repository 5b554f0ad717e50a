/**
 * What is selected on a sheet, as arithmetic on rows and columns. No DOM, no grid, no React.
 *
 * Rows and columns are 0-based positions in what is *shown now*: collapsed rows and hidden columns have no position,
 * so a range can never hold something the reader does not see.
 */

export interface Cell {
  readonly row: number
  readonly column: number
}

export interface Bounds {
  readonly rows: number
  readonly columns: number
}

/** All four ends included. */
export interface Rect {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

/** `anchor` is where the drag began and stays; `focus` is the corner that moves. */
export interface Range {
  readonly anchor: Cell
  readonly focus: Cell
}

/** `active` is the cell that typing goes to; it always lies inside the last range. */
export interface Selection {
  readonly ranges: readonly Range[]
  readonly active: Cell
}

export type Direction = 'up' | 'down' | 'left' | 'right'

const STEP: Record<Direction, Cell> = {
  up: { row: -1, column: 0 },
  down: { row: 1, column: 0 },
  left: { row: 0, column: -1 },
  right: { row: 0, column: 1 },
}

export function clampCell(cell: Cell, bounds: Bounds): Cell {
  return {
    row: Math.max(0, Math.min(bounds.rows - 1, cell.row)),
    column: Math.max(0, Math.min(bounds.columns - 1, cell.column)),
  }
}

export function isSameCell(a: Cell, b: Cell): boolean {
  return a.row === b.row && a.column === b.column
}

export function selectCell(cell: Cell): Selection {
  return { ranges: [{ anchor: cell, focus: cell }], active: cell }
}

export function selectRange(range: Range, active: Cell = range.anchor): Selection {
  return { ranges: [range], active }
}

export function selectRect(rect: Rect): Selection {
  return selectRange({
    anchor: { row: rect.top, column: rect.left },
    focus: { row: rect.bottom, column: rect.right },
  })
}

export function rectOf({ anchor, focus }: Range): Rect {
  return {
    top: Math.min(anchor.row, focus.row),
    left: Math.min(anchor.column, focus.column),
    bottom: Math.max(anchor.row, focus.row),
    right: Math.max(anchor.column, focus.column),
  }
}

export function sizeOf(rect: Rect): Bounds {
  return { rows: rect.bottom - rect.top + 1, columns: rect.right - rect.left + 1 }
}

export function isInRect(rect: Rect, row: number, column: number): boolean {
  return row >= rect.top && row <= rect.bottom && column >= rect.left && column <= rect.right
}

export function lastRange(selection: Selection): Range {
  return selection.ranges[selection.ranges.length - 1]!
}

export function lastRect(selection: Selection): Rect {
  return rectOf(lastRange(selection))
}

export function isSingleCell(selection: Selection): boolean {
  const [only] = selection.ranges
  return selection.ranges.length === 1 && only !== undefined && isSameCell(only.anchor, only.focus)
}

export function rowsRange(from: number, to: number, bounds: Bounds): Range {
  return { anchor: { row: from, column: 0 }, focus: { row: to, column: bounds.columns - 1 } }
}

export function columnsRange(from: number, to: number, bounds: Bounds): Range {
  return { anchor: { row: 0, column: from }, focus: { row: bounds.rows - 1, column: to } }
}

export function wholeRange(bounds: Bounds): Range {
  return { anchor: { row: 0, column: 0 }, focus: { row: bounds.rows - 1, column: bounds.columns - 1 } }
}

/** A plain arrow: the selection becomes one cell, `by` steps away, stopping at the edge. */
export function moveActive(selection: Selection, direction: Direction, bounds: Bounds, by = 1): Selection {
  return selectCell(clampCell(stepped(selection.active, direction, by), bounds))
}

/** Shift with an arrow: the moving corner steps, the anchor stays. */
export function extendBy(selection: Selection, direction: Direction, bounds: Bounds, by = 1): Selection {
  return extendTo(selection, stepped(lastRange(selection).focus, direction, by), bounds)
}

/**
 * Drag or Shift+click. Tab and Enter can move the active cell off the anchor; then the active cell becomes the anchor,
 * or it would end up outside its own range. Whole rows and columns keep theirs, because every cell lies inside.
 */
export function extendTo(selection: Selection, to: Cell, bounds: Bounds): Selection {
  const last = lastRange(selection)
  const focus = clampCell(to, bounds)
  const keepsAnchor =
    isSameCell(last.anchor, selection.active) ||
    (isWholeLines(last, bounds) &&
      isInRect(rectOf({ anchor: last.anchor, focus }), selection.active.row, selection.active.column))
  const anchor = keepsAnchor ? last.anchor : selection.active
  if (isSameCell(last.focus, focus) && isSameCell(last.anchor, anchor)) return selection
  return { ranges: [...selection.ranges.slice(0, -1), { anchor, focus }], active: selection.active }
}

/** Ctrl+click: one more range. */
export function addRange(selection: Selection, cell: Cell): Selection {
  return { ranges: [...selection.ranges, { anchor: cell, focus: cell }], active: cell }
}

/**
 * Ctrl with an arrow, as spreadsheets do it: inside a run of filled cells to its end, else to the next filled cell,
 * else to the edge of the sheet.
 */
export function dataEdge(
  from: Cell,
  direction: Direction,
  bounds: Bounds,
  isEmpty: (row: number, column: number) => boolean,
): Cell {
  const step = STEP[direction]
  const isInside = (row: number, column: number) =>
    row >= 0 && column >= 0 && row < bounds.rows && column < bounds.columns
  let { row, column } = from
  if (!isInside(row + step.row, column + step.column)) return from
  const isInRun = !isEmpty(row, column) && !isEmpty(row + step.row, column + step.column)
  row += step.row
  column += step.column
  const goesOn = () =>
    isInside(row + step.row, column + step.column) &&
    (isInRun ? !isEmpty(row + step.row, column + step.column) : isEmpty(row, column))
  while (goesOn()) {
    row += step.row
    column += step.column
  }
  return { row, column }
}

/** Tab (`row`) and Enter (`column`) inside a larger selection walk its cells and keep it. */
export function cycleActive(selection: Selection, along: 'row' | 'column', isBack: boolean): Selection {
  const rects = selection.ranges.map(rectOf)
  const step = isBack ? -1 : 1
  let index = activeRangeIndex(selection)
  let { row, column } = selection.active
  const rect = rects[index]!
  if (along === 'row') {
    column += step
    if (column > rect.right) [row, column] = [row + 1, rect.left]
    else if (column < rect.left) [row, column] = [row - 1, rect.right]
  } else {
    row += step
    if (row > rect.bottom) [row, column] = [rect.top, column + 1]
    else if (row < rect.top) [row, column] = [rect.bottom, column - 1]
  }
  if (!isInRect(rect, row, column)) {
    index = (index + step + rects.length) % rects.length
    const next = rects[index]!
    row = isBack ? next.bottom : next.top
    column = isBack ? next.right : next.left
  }
  // Rotated so that the active cell stays in the last range.
  const ranges = [...selection.ranges.slice(index + 1), ...selection.ranges.slice(0, index + 1)]
  return { ranges, active: { row, column } }
}

/** Every selected cell once, however the ranges overlap. */
export function* cellsOf(selection: Selection): Generator<Cell> {
  const rects = selection.ranges.map(rectOf)
  for (const [index, rect] of rects.entries()) {
    const earlier = rects.slice(0, index)
    for (let row = rect.top; row <= rect.bottom; row++) {
      for (let column = rect.left; column <= rect.right; column++) {
        if (!earlier.some((other) => isInRect(other, row, column))) yield { row, column }
      }
    }
  }
}

/** Several ranges copy together only when they share their rows or their columns; otherwise there is no one rectangle. */
export function copyableRects(
  selection: Selection,
): { readonly along: 'one' | 'rows' | 'columns'; readonly rects: readonly Rect[] } | null {
  const rects = selection.ranges.map(rectOf)
  const [first] = rects
  if (first === undefined) return null
  if (rects.length === 1) return { along: 'one', rects }
  if (rects.every((rect) => rect.top === first.top && rect.bottom === first.bottom))
    return { along: 'rows', rects: [...rects].sort((a, b) => a.left - b.left) }
  if (rects.every((rect) => rect.left === first.left && rect.right === first.right))
    return { along: 'columns', rects: [...rects].sort((a, b) => a.top - b.top) }
  return null
}

export interface PastePlan {
  readonly target: Rect
  readonly isTiled: boolean
  readonly overflowRows: number
  readonly overflowColumns: number
}

/** A block repeats when the selection is a whole multiple of it (one cell fills any selection); else it lands once, top left. */
export function planPaste(rows: number, columns: number, selected: Rect, bounds: Bounds): PastePlan {
  const size = sizeOf(selected)
  const isTiled = size.rows % rows === 0 && size.columns % columns === 0 && (size.rows > rows || size.columns > columns)
  const bottom = selected.top + (isTiled ? size.rows : rows) - 1
  const right = selected.left + (isTiled ? size.columns : columns) - 1
  return {
    target: {
      top: selected.top,
      left: selected.left,
      bottom: Math.min(bottom, bounds.rows - 1),
      right: Math.min(right, bounds.columns - 1),
    },
    isTiled,
    overflowRows: Math.max(0, bottom - bounds.rows + 1),
    overflowColumns: Math.max(0, right - bounds.columns + 1),
  }
}

/** The least rectangle that holds all cells; null of none. */
export function rectAround(cells: readonly Cell[]): Rect | null {
  const [first] = cells
  if (!first) return null
  let [top, bottom, left, right] = [first.row, first.row, first.column, first.column]
  for (const { row, column } of cells) {
    if (row < top) top = row
    if (row > bottom) bottom = row
    if (column < left) left = column
    if (column > right) right = column
  }
  return { top, bottom, left, right }
}

/** Where a drag of the fill handle reaches: along the side the pointer left by most; null inside the source. */
export function fillTarget(source: Rect, to: Cell): { readonly rect: Rect; readonly direction: Direction } | null {
  const beyond = {
    down: to.row - source.bottom,
    up: source.top - to.row,
    right: to.column - source.right,
    left: source.left - to.column,
  }
  const most = Math.max(beyond.down, beyond.up, beyond.right, beyond.left)
  if (most <= 0) return null
  if (most === beyond.down) return { rect: { ...source, top: source.bottom + 1, bottom: to.row }, direction: 'down' }
  if (most === beyond.up) return { rect: { ...source, top: to.row, bottom: source.top - 1 }, direction: 'up' }
  if (most === beyond.right)
    return { rect: { ...source, left: source.right + 1, right: to.column }, direction: 'right' }
  return { rect: { ...source, left: to.column, right: source.left - 1 }, direction: 'left' }
}

/** After rows moved, collapsed or went: each corner follows its row; a row that is gone leaves its corner where it was. */
export function rebaseSelection(
  selection: Selection,
  newRowOf: (oldRow: number) => number | null,
  bounds: Bounds,
): Selection {
  const moved = (cell: Cell): Cell => clampCell({ row: newRowOf(cell.row) ?? cell.row, column: cell.column }, bounds)
  const ranges = selection.ranges.map(({ anchor, focus }) => ({ anchor: moved(anchor), focus: moved(focus) }))
  const active = moved(selection.active)
  const last = ranges[ranges.length - 1]
  return last && isInRect(rectOf(last), active.row, active.column) ? { ranges, active } : selectCell(active)
}

/** What the painter shows on a cell, one bit each. */
export const PAINT = {
  inside: 1,
  top: 2,
  right: 4,
  bottom: 8,
  left: 16,
  active: 32,
  corner: 64,
  fill: 128,
  cut: 256,
  precedent: 512,
  dependent: 1024,
  copied: 2048,
  copiedTop: 4096,
  copiedRight: 8192,
  copiedBottom: 16384,
  copiedLeft: 32768,
} as const

/** Cells that stand on the clipboard. */
export interface Taken {
  readonly rects: readonly Rect[]
  /** A paste empties them. */
  readonly isCut: boolean
}

export function paintOf(
  rects: readonly Rect[],
  active: Cell,
  cell: Cell,
  fill: Rect | null,
  taken: Taken | null,
): number {
  const { row, column } = cell
  let bits = 0
  for (const rect of rects) {
    if (!isInRect(rect, row, column)) continue
    bits |= PAINT.inside
    if (row === rect.top) bits |= PAINT.top
    if (row === rect.bottom) bits |= PAINT.bottom
    if (column === rect.left) bits |= PAINT.left
    if (column === rect.right) bits |= PAINT.right
    // The fill handle exists for one range only: with several there is no one lane to continue.
    if (rects.length === 1 && row === rect.bottom && column === rect.right) bits |= PAINT.corner
  }
  if (isSameCell(active, cell)) bits |= PAINT.active
  if (fill && isInRect(fill, row, column)) bits |= PAINT.fill
  for (const rect of taken?.rects ?? []) {
    if (!isInRect(rect, row, column)) continue
    bits |= taken?.isCut ? PAINT.copied | PAINT.cut : PAINT.copied
    if (row === rect.top) bits |= PAINT.copiedTop
    if (column === rect.right) bits |= PAINT.copiedRight
    if (row === rect.bottom) bits |= PAINT.copiedBottom
    if (column === rect.left) bits |= PAINT.copiedLeft
  }
  return bits
}

function stepped(from: Cell, direction: Direction, by: number): Cell {
  return { row: from.row + STEP[direction].row * by, column: from.column + STEP[direction].column * by }
}

function isWholeLines({ anchor, focus }: Range, bounds: Bounds): boolean {
  return (
    (anchor.row === 0 && focus.row === bounds.rows - 1) || (anchor.column === 0 && focus.column === bounds.columns - 1)
  )
}

function activeRangeIndex(selection: Selection): number {
  const { row, column } = selection.active
  for (let index = selection.ranges.length - 1; index > 0; index--)
    if (isInRect(rectOf(selection.ranges[index]!), row, column)) return index
  return 0
}
