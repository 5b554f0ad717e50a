import type { SheetCommand } from './keymap.ts'
import { Painter, rowIndexOf } from './painter.ts'
import {
  type Bounds,
  type Cell,
  type Direction,
  type Rect,
  type Selection,
  PAINT,
  addRange,
  clampCell,
  columnsRange,
  cycleActive,
  dataEdge,
  extendBy,
  extendTo,
  fillTarget,
  isInRect,
  isSameCell,
  isSingleCell,
  lastRange,
  lastRect,
  moveActive,
  paintOf,
  rebaseSelection,
  rectOf,
  rowsRange,
  selectCell,
  selectRange,
  wholeRange,
} from './range.ts'

/** Everything the controller needs from a grid, so that it can be tested without one. */
export interface GridPort {
  bounds(): Bounds
  columnIndex(columnId: string): number
  isEmpty(row: number, column: number): boolean
  rowsPerPage(): number
  reveal(cell: Cell): void
  focus(cell: Cell): void
  /** Sets what screen readers need on a rendered cell. */
  dress(element: HTMLElement, cell: Cell): void
}

export interface RangeHooks {
  onFill(source: Rect, target: Rect, direction: Direction, isCopy: boolean): void
  onEdit(cell: Cell): void
  /** While a formula is typed, a click may name a row in it, with Alt in that month; true = it did, and nothing is selected. */
  onPoint(cell: Cell, isThisMonth: boolean): boolean
  /** Rows that are selected whole were dragged by their numbers to a place above or below another row. */
  onMoveRows(target: number, side: 'above' | 'below'): void
  /** An open editor is committed before the pointer selects elsewhere. */
  beforePointerSelect(): void
}

/** Column of the row numbers: clicking there selects rows. */
export const ROW_NUMBER_COLUMN = '#'

const COLUMNS_PER_PAGE = 6
/** Pixels in from the corner of the last selected cell in which the fill handle is hit. */
const HANDLE_PIXELS = 9
/** A maximised window has no outside, so the last pixels inside the edge scroll as well. */
const SCROLL_EDGE_PIXELS = 10

interface Drag {
  readonly kind: 'cells' | 'rows' | 'columns' | 'fill' | 'move rows'
  readonly pointerId: number
  readonly source: Rect
  x: number
  y: number
}

interface RowDrop {
  readonly row: number
  readonly side: 'above' | 'below'
}

interface Hit {
  readonly row: number
  readonly column: number
  readonly place: 'cell' | 'row number' | 'header' | 'corner'
  readonly element: HTMLElement
}

interface ShowOptions {
  readonly reveal?: 'active' | 'focus' | 'none'
  readonly takesFocus?: boolean
}

/** Owns the selection of one sheet: keys and pointer in, painted cells out. React subscribes; the grid is never re-rendered. */
export class RangeController {
  hooks: RangeHooks
  private readonly port: GridPort
  private selection: Selection = selectCell({ row: 0, column: 0 })
  private rects: readonly Rect[]
  private fillRect: Rect | null = null
  /** Where dragged rows would go; null while nothing is dragged, or back to where they are. */
  private drop: RowDrop | null = null
  private cutRect: Rect | null = null
  private traced: ReadonlyMap<string, number> = new Map()
  private readonly listeners = new Set<() => void>()
  private painter: Painter | null = null
  private root: HTMLElement | null = null
  private drag: Drag | null = null
  private frame = 0
  private telling = 0

  constructor(port: GridPort, hooks: RangeHooks) {
    this.port = port
    this.hooks = hooks
    this.rects = this.selection.ranges.map(rectOf)
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  readonly read = (): Selection => this.selection

  select(next: Selection, { reveal = 'active', takesFocus = true }: ShowOptions = {}): void {
    const hasMoved = !isSameCell(next.active, this.selection.active)
    if (next !== this.selection) {
      this.selection = next
      this.rects = next.ranges.map(rectOf)
      this.repaint()
      this.tell()
    }
    if (reveal === 'active') this.port.reveal(next.active)
    if (reveal === 'focus') this.port.reveal(lastRange(next).focus)
    if (takesFocus && (hasMoved || !this.root?.contains(document.activeElement))) this.port.focus(next.active)
  }

  get cut(): Rect | null {
    return this.cutRect
  }

  setCut(rect: Rect | null): void {
    this.cutRect = rect
    this.repaint()
  }

  /** Marks what the traced cell rests on and what rests on it. */
  setTraced(precedents: readonly Cell[], dependents: readonly Cell[]): void {
    if (this.traced.size + precedents.length + dependents.length === 0) return
    const marked = (cells: readonly Cell[], bit: number) =>
      cells.map(({ row, column }) => [`${row} ${column}`, bit] as const)
    this.traced = new Map([...marked(dependents, PAINT.dependent), ...marked(precedents, PAINT.precedent)])
    this.repaint()
  }

  repaint(): void {
    this.painter?.repaint()
  }

  /** After what the cells show changed. */
  dress(): void {
    this.painter?.dressAll()
  }

  /** Once a frame: bars and figures need no more, and the pointer moves more often than that. */
  private tell(): void {
    if (this.telling !== 0) return
    this.telling = requestAnimationFrame(() => {
      this.telling = 0
      for (const listener of this.listeners) listener()
    })
  }

  /** After rows moved, collapsed or went. */
  rebase(newRowOf: (oldRow: number) => number | null): void {
    this.select(rebaseSelection(this.selection, newRowOf, this.port.bounds()), { reveal: 'none', takesFocus: false })
    this.repaint()
  }

  /** True when the command was about the selection. */
  run(command: SheetCommand): boolean {
    const { selection } = this
    const bounds = this.port.bounds()
    if (bounds.rows === 0 || bounds.columns === 0) return false
    const { active } = selection
    const corner = lastRange(selection).focus
    switch (command.kind) {
      case 'move':
        this.select(moveActive(selection, command.direction, bounds))
        return true
      case 'extend':
        this.select(extendBy(selection, command.direction, bounds), { reveal: 'focus' })
        return true
      case 'jump':
        this.select(selectCell(dataEdge(active, command.direction, bounds, this.port.isEmpty)))
        return true
      case 'extend to edge':
        this.stretchTo(dataEdge(corner, command.direction, bounds, this.port.isEmpty))
        return true
      case 'page': {
        const isVertical = command.direction === 'up' || command.direction === 'down'
        const by = isVertical ? this.port.rowsPerPage() : COLUMNS_PER_PAGE
        if (command.isExtending) this.select(extendBy(selection, command.direction, bounds, by), { reveal: 'focus' })
        else this.select(moveActive(selection, command.direction, bounds, by))
        return true
      }
      case 'home':
      case 'end': {
        const from = command.isExtending ? corner : active
        const to =
          command.kind === 'home'
            ? { row: command.isCorner ? 0 : from.row, column: 0 }
            : { row: command.isCorner ? bounds.rows - 1 : from.row, column: bounds.columns - 1 }
        if (command.isExtending) this.stretchTo(to)
        else this.select(selectCell(to))
        return true
      }
      case 'next':
        this.step(command.along, command.isBack)
        return true
      case 'select all':
        this.select(selectRange(wholeRange(bounds), active), { reveal: 'none' })
        return true
      case 'select rows':
        this.select(selectRange(rowsRange(lastRect(selection).top, lastRect(selection).bottom, bounds), active), {
          reveal: 'none',
        })
        return true
      case 'select columns':
        this.select(selectRange(columnsRange(lastRect(selection).left, lastRect(selection).right, bounds), active), {
          reveal: 'none',
        })
        return true
      case 'escape':
        return this.escape()
      default:
        return false
    }
  }

  /** Tab and Enter: within a larger selection around its cells, else one step; Tab wraps to the next row. */
  step(along: 'row' | 'column', isBack: boolean): void {
    const { selection } = this
    const bounds = this.port.bounds()
    if (!isSingleCell(selection)) {
      this.select(cycleActive(selection, along, isBack))
    } else if (along === 'column') {
      this.select(moveActive(selection, isBack ? 'up' : 'down', bounds))
    } else {
      let { row, column } = selection.active
      column += isBack ? -1 : 1
      if (column >= bounds.columns && row < bounds.rows - 1) [row, column] = [row + 1, 0]
      else if (column < 0 && row > 0) [row, column] = [row - 1, bounds.columns - 1]
      this.select(selectCell(clampCell({ row, column }, bounds)))
    }
  }

  attach(root: HTMLElement): () => void {
    this.root = root
    this.painter = new Painter(
      root,
      (cell) =>
        paintOf(this.rects, this.selection.active, cell, this.fillRect, this.cutRect) |
        (this.traced.get(`${cell.row} ${cell.column}`) ?? 0),
      (columnId) => this.port.columnIndex(columnId),
      (element, cell) => this.port.dress(element, cell),
    )
    this.painter.repaint()
    const stop = new AbortController()
    // In the capture phase, because the grid moves its own focus on pointerdown and mousedown.
    const options = { capture: true, signal: stop.signal }
    root.addEventListener('pointerdown', this.onPointerDown, options)
    root.addEventListener('mousedown', this.onMouseDown, options)
    root.addEventListener('pointermove', this.onPointerMove, options)
    root.addEventListener('pointerup', this.onPointerUp, options)
    root.addEventListener('pointercancel', this.onPointerCancel, options)
    root.addEventListener('lostpointercapture', this.onPointerCancel, options)
    root.addEventListener('click', this.onClick, options)
    root.addEventListener('dblclick', this.onDoubleClick, options)
    return () => {
      stop.abort()
      cancelAnimationFrame(this.frame)
      this.painter?.stop()
      this.painter = null
      this.root = null
      this.drag = null
    }
  }

  private stretchTo(cell: Cell): void {
    this.select(extendTo(this.selection, cell, this.port.bounds()), { reveal: 'focus' })
  }

  private escape(): boolean {
    if (this.drag) this.endDrag(true)
    else if (this.cutRect) this.setCut(null)
    else if (!isSingleCell(this.selection)) this.select(selectCell(this.selection.active))
    else return false
    return true
  }

  private readonly onMouseDown = (event: MouseEvent): void => {
    if (event.button === 1 || isOwnControl(event.target)) return
    if (!(event.target as Element).closest('.ag-cell, .ag-header-cell')) return
    event.stopPropagation()
    event.preventDefault()
  }

  private readonly onPointerDown = (event: PointerEvent): void => {
    if ((event.button !== 0 && event.button !== 2) || isOwnControl(event.target)) return
    const hit = this.hitAt(event.clientX, event.clientY)
    const bounds = this.port.bounds()
    if (!hit || bounds.rows === 0 || bounds.columns === 0) return
    event.stopPropagation()
    if (
      event.button === 0 &&
      (hit.place === 'cell' || hit.place === 'row number') &&
      this.hooks.onPoint(hit, event.altKey)
    )
      return
    this.hooks.beforePointerSelect()
    if (event.button === 2) {
      // A right click keeps the selection it lands in.
      if (hit.place === 'cell' && !this.rects.some((rect) => isInRect(rect, hit.row, hit.column)))
        this.select(selectCell(hit), { reveal: 'none' })
      return
    }
    const isHandle =
      hit.place === 'cell' && hit.element.classList.contains('has-fill-handle') && isOnHandle(hit.element, event)
    if (hit.place === 'corner') {
      this.select(selectRange(wholeRange(bounds), clampCell(this.selection.active, bounds)), { reveal: 'none' })
      return
    }
    // A press on rows that are selected already may take hold of them; without a move it selects them as ever.
    const isHeld = hit.place === 'row number' && !event.shiftKey && this.isWholeRow(hit.row, bounds)
    if (!isHandle && !isHeld) this.selectHit(hit, event.shiftKey, event.ctrlKey || event.metaKey, bounds)
    const kind = isHandle ? 'fill' : isHeld ? 'move rows' : DRAG_OF[hit.place]
    const source = lastRect(this.selection)
    this.drag = { kind, pointerId: event.pointerId, source, x: event.clientX, y: event.clientY }
    this.root?.setPointerCapture(event.pointerId)
  }

  private isWholeRow(row: number, bounds: Bounds): boolean {
    const isWide = ({ left, right }: Rect) => left === 0 && right === bounds.columns - 1
    return bounds.columns > 1 && this.rects.some((rect) => isWide(rect) && row >= rect.top && row <= rect.bottom)
  }

  /** Null over the rows that are dragged: there they stay where they are. */
  private dropAt(row: number, y: number): RowDrop | null {
    if (this.rects.some(({ top, bottom }) => row >= top && row <= bottom)) return null
    const box = this.root?.querySelector(`.ag-row[row-index="${row}"]`)?.getBoundingClientRect()
    return { row, side: box && y < box.top + box.height / 2 ? 'above' : 'below' }
  }

  private setDrop(drop: RowDrop | null): void {
    this.drop = drop
    for (const element of this.root?.querySelectorAll('.is-drop-above, .is-drop-below') ?? [])
      element.classList.remove('is-drop-above', 'is-drop-below')
    if (drop) {
      const row = this.root?.querySelector(`.ag-row[row-index="${drop.row}"]`)
      row?.classList.add(drop.side === 'above' ? 'is-drop-above' : 'is-drop-below')
    }
  }

  private selectHit(hit: Hit, isExtending: boolean, isAdding: boolean, bounds: Bounds): void {
    const { selection } = this
    const cell = { row: hit.row, column: hit.column }
    if (hit.place === 'cell') {
      if (isExtending) this.select(extendTo(selection, cell, bounds), { reveal: 'none' })
      else if (isAdding) this.select(addRange(selection, cell), { reveal: 'none' })
      else this.select(selectCell(cell), { reveal: 'active' })
      return
    }
    const from = isExtending ? lastRange(selection).anchor : cell
    const range =
      hit.place === 'header' ? columnsRange(from.column, hit.column, bounds) : rowsRange(from.row, hit.row, bounds)
    const next = isAdding ? { ranges: [...selection.ranges, range], active: range.anchor } : selectRange(range)
    this.select(next, { reveal: 'none' })
  }

  private readonly onPointerMove = (event: PointerEvent): void => {
    if (!this.drag || event.pointerId !== this.drag.pointerId) return
    if (event.buttons === 0) {
      this.endDrag(true)
      return
    }
    this.drag.x = event.clientX
    this.drag.y = event.clientY
    this.track()
    if (this.frame === 0) this.frame = requestAnimationFrame(this.scrollWhileDragging)
  }

  private readonly onPointerUp = (event: PointerEvent): void => {
    if (!this.drag || event.pointerId !== this.drag.pointerId) return
    this.drag.x = event.clientX
    this.drag.y = event.clientY
    if (this.drag.kind === 'fill' || this.drag.kind === 'move rows') this.track()
    this.endDrag(false, event.ctrlKey || event.metaKey)
  }

  private readonly onPointerCancel = (event: PointerEvent): void => {
    if (this.drag && event.pointerId === this.drag.pointerId) this.endDrag(true)
  }

  /** The grid would close the editor, also after a click that named a row in it. */
  private readonly onClick = (event: MouseEvent): void => {
    if (!isOwnControl(event.target) && (event.target as Element).closest('.ag-cell')) event.stopPropagation()
  }

  private readonly onDoubleClick = (event: MouseEvent): void => {
    if (isOwnControl(event.target)) return
    const hit = this.hitAt(event.clientX, event.clientY)
    if (hit?.place !== 'cell') return
    event.stopPropagation()
    this.hooks.onEdit({ row: hit.row, column: hit.column })
  }

  private endDrag(isCancelled: boolean, isCopy = false): void {
    const { drag, fillRect, drop } = this
    this.drag = null
    cancelAnimationFrame(this.frame)
    this.frame = 0
    if (!drag) return
    if (this.root?.hasPointerCapture(drag.pointerId)) this.root.releasePointerCapture(drag.pointerId)
    if (drag.kind === 'move rows') {
      this.setDrop(null)
      if (drop && !isCancelled) this.hooks.onMoveRows(drop.row, drop.side)
      return
    }
    if (drag.kind !== 'fill') return
    this.fillRect = null
    this.repaint()
    if (fillRect && !isCancelled) this.hooks.onFill(drag.source, fillRect, directionOf(drag.source, fillRect), isCopy)
  }

  /** Takes the drag to the cell under the pointer, or to the last row or column when the pointer is past them. */
  private track(): void {
    const { drag, root } = this
    if (!drag || !root) return
    const area = this.dataArea()
    const frame = root.getBoundingClientRect()
    const isOverPinned = drag.x > frame.left && drag.x < area.left
    const x = isOverPinned ? drag.x : clamp(drag.x, area.left + 1, area.right - 2)
    const y = clamp(drag.y, area.top + 1, area.bottom - 2)
    const hit = this.hitAt(x, y)
    const bounds = this.port.bounds()
    const cell: Cell = hit && hit.place !== 'header' && hit.place !== 'corner' ? hit : this.cellBeyond(x, y, bounds)
    const none: ShowOptions = { reveal: 'none', takesFocus: false }
    switch (drag.kind) {
      case 'fill':
        this.fillRect = fillTarget(drag.source, cell)?.rect ?? null
        this.repaint()
        return
      case 'move rows':
        this.setDrop(this.dropAt(cell.row, y))
        return
      case 'rows':
        this.select(extendTo(this.selection, { row: cell.row, column: bounds.columns - 1 }, bounds), none)
        return
      case 'columns':
        this.select(extendTo(this.selection, { row: bounds.rows - 1, column: cell.column }, bounds), none)
        return
      case 'cells':
        this.select(extendTo(this.selection, cell, bounds), none)
    }
  }

  private cellBeyond(x: number, y: number, bounds: Bounds): Cell {
    const { focus } = lastRange(this.selection)
    const rows = this.root?.querySelector('.ag-grid-scrolling-container')?.getBoundingClientRect()
    if (!rows) return focus
    return {
      row: y > rows.bottom ? bounds.rows - 1 : focus.row,
      column: x > rows.right ? bounds.columns - 1 : focus.column,
    }
  }

  private readonly scrollWhileDragging = (): void => {
    this.frame = 0
    const { drag } = this
    if (!drag || !this.root) return
    const area = this.dataArea()
    const top = area.top + 4
    const left = area.left + 4
    const bottom = area.bottom - SCROLL_EDGE_PIXELS
    const right = area.right - SCROLL_EDGE_PIXELS
    const beyondY = drag.kind === 'columns' ? 0 : beyond(drag.y, top, bottom)
    const startedPinned = drag.x < left && lastRange(this.selection).anchor.column === 0
    const beyondX = drag.kind === 'rows' || drag.kind === 'move rows' || startedPinned ? 0 : beyond(drag.x, left, right)
    if (beyondX === 0 && beyondY === 0) return
    // Layout is read first and written last: one layout a frame.
    this.track()
    area.viewport.scrollBy(scrollStep(beyondX), scrollStep(beyondY))
    this.frame = requestAnimationFrame(this.scrollWhileDragging)
  }

  /** The scroller without the sticky header, the pinned columns and rows, and the scrollbars the grid floats over it. */
  private dataArea() {
    const root = this.root!
    const viewport = root.querySelector<HTMLElement>('.ag-grid-viewport')!
    const box = viewport.getBoundingClientRect()
    const size = (selector: string, side: 'offsetWidth' | 'offsetHeight') =>
      root.querySelector<HTMLElement>(selector)?.[side] ?? 0
    const foot = size('.ag-grid-pinned-bottom-rows', 'offsetHeight')
    return {
      viewport,
      top: box.top + size('.ag-grid-pinned-top-rows', 'offsetHeight'),
      bottom: box.bottom - foot - size('.ag-body-horizontal-scroll', 'offsetHeight'),
      left: box.left + size('.ag-row .ag-grid-pinned-left-cells', 'offsetWidth'),
      right: box.left + viewport.clientWidth - size('.ag-body-vertical-scroll', 'offsetWidth'),
    }
  }

  private hitAt(x: number, y: number): Hit | null {
    const target = document.elementFromPoint(x, y)
    const header = target?.closest<HTMLElement>('.ag-header-cell')
    const cell = target?.closest<HTMLElement>('.ag-cell')
    const element = cell ?? header
    if (!element || !this.root?.contains(element)) return null
    const columnId = element.getAttribute('col-id') ?? ''
    const column = this.port.columnIndex(columnId)
    const isRowNumber = columnId === ROW_NUMBER_COLUMN
    if (header && !cell) {
      if (isRowNumber) return { row: 0, column: 0, place: 'corner', element }
      return column < 0 ? null : { row: 0, column, place: 'header', element }
    }
    const row = rowIndexOf(element.closest('.ag-row'))
    if (row === null) return null
    if (isRowNumber) return { row, column: 0, place: 'row number', element }
    return { row, column: column < 0 ? this.port.bounds().columns - 1 : column, place: 'cell', element }
  }
}

const DRAG_OF = { cell: 'cells', 'row number': 'rows', header: 'columns', corner: 'cells' } as const

function isOwnControl(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('button, input, textarea, select, a, .ag-header-cell-resize, .ag-cell-inline-editing') !== null
  )
}

function isOnHandle(element: HTMLElement, event: PointerEvent): boolean {
  const box = element.getBoundingClientRect()
  return box.right - event.clientX <= HANDLE_PIXELS && box.bottom - event.clientY <= HANDLE_PIXELS
}

function directionOf(source: Rect, target: Rect): Direction {
  if (target.top > source.bottom) return 'down'
  if (target.bottom < source.top) return 'up'
  return target.left > source.right ? 'right' : 'left'
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value))
}

function beyond(value: number, low: number, high: number): number {
  if (value < low) return value - low
  return value > high ? value - high : 0
}

function scrollStep(pixels: number): number {
  return Math.sign(pixels) * Math.min(80, 8 + Math.abs(pixels) * 0.8) * (pixels === 0 ? 0 : 1)
}
