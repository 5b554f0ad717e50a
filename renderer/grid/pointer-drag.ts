import { type Hit, GridHits, isOnHandle, isOwnControl } from './grid-hits.ts'
import {
  type Bounds,
  type Cell,
  type Direction,
  type Rect,
  type Selection,
  addRange,
  clampCell,
  columnsRange,
  extendTo,
  fillTarget,
  isInRect,
  lastRange,
  lastRect,
  rowsRange,
  selectCell,
  selectRange,
  wholeRange,
} from './range.ts'

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

/** What the pointer does beside selecting. */
export interface PointerHooks {
  onFill(source: Rect, target: Rect, direction: Direction, isCopy: boolean): void
  onEdit(cell: Cell): void
  /** While a formula is typed, a click may name a row in it, with Alt in that month; true = it did, and nothing is selected. */
  onPoint(cell: Cell, isThisMonth: boolean): boolean
  /** Rows that are selected whole were dragged by their numbers to a place above or below another row. */
  onMoveRows(target: number, side: 'above' | 'below'): void
  /** An open editor is committed before the pointer selects elsewhere. */
  beforePointerSelect(): void
}

export interface ShowOptions {
  readonly reveal?: 'active' | 'focus' | 'none'
  readonly takesFocus?: boolean
}

/** The selection a pointer acts on. */
export interface PointerHost {
  readonly hooks: PointerHooks
  readonly rects: readonly Rect[]
  bounds(): Bounds
  read(): Selection
  select(next: Selection, options?: ShowOptions): void
  /** Marks where a fill would go; null = nowhere. */
  showFill(rect: Rect | null): void
}

/** Press, drag and release on one sheet: ranges, fills, rows that are moved, and scrolling past an edge meanwhile. */
export class PointerDrag {
  private readonly host: PointerHost
  private readonly root: HTMLElement
  private readonly hits: GridHits
  private drag: Drag | null = null
  private fillRect: Rect | null = null
  /** Where dragged rows would go; null while nothing is dragged, or back to where they are. */
  private drop: RowDrop | null = null
  private frame = 0
  private readonly stopped = new AbortController()

  constructor(root: HTMLElement, host: PointerHost, columnIndex: (columnId: string) => number) {
    this.host = host
    this.root = root
    this.hits = new GridHits(root, columnIndex, () => host.bounds())
    // In the capture phase, because the grid moves its own focus on pointerdown and mousedown.
    const options = { capture: true, signal: this.stopped.signal }
    root.addEventListener('pointerdown', this.onPointerDown, options)
    root.addEventListener('mousedown', this.onMouseDown, options)
    root.addEventListener('pointermove', this.onPointerMove, options)
    root.addEventListener('pointerup', this.onPointerUp, options)
    root.addEventListener('pointercancel', this.onPointerCancel, options)
    root.addEventListener('lostpointercapture', this.onPointerCancel, options)
    root.addEventListener('click', this.onClick, options)
    root.addEventListener('dblclick', this.onDoubleClick, options)
  }

  stop(): void {
    this.stopped.abort()
    cancelAnimationFrame(this.frame)
    this.drag = null
  }

  /** True when there was a drag to give up. */
  cancel(): boolean {
    if (!this.drag) return false
    this.endDrag(true)
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
    const hit = this.hits.hitAt(event.clientX, event.clientY)
    const bounds = this.host.bounds()
    if (!hit || bounds.rows === 0 || bounds.columns === 0) return
    event.stopPropagation()
    if (
      event.button === 0 &&
      (hit.place === 'cell' || hit.place === 'row number') &&
      this.host.hooks.onPoint(hit, event.altKey)
    )
      return
    this.host.hooks.beforePointerSelect()
    if (event.button === 2) {
      // A right click keeps the selection it lands in.
      if (hit.place === 'cell' && !this.host.rects.some((rect) => isInRect(rect, hit.row, hit.column)))
        this.host.select(selectCell(hit), { reveal: 'none' })
      return
    }
    const isHandle =
      hit.place === 'cell' && hit.element.classList.contains('has-fill-handle') && isOnHandle(hit.element, event)
    if (hit.place === 'corner') {
      this.host.select(selectRange(wholeRange(bounds), clampCell(this.host.read().active, bounds)), { reveal: 'none' })
      return
    }
    // A press on rows that are selected already may take hold of them; without a move it selects them as ever.
    const isHeld = hit.place === 'row number' && !event.shiftKey && this.isWholeRow(hit.row, bounds)
    if (!isHandle && !isHeld) this.selectHit(hit, event.shiftKey, event.ctrlKey || event.metaKey, bounds)
    const kind = isHandle ? 'fill' : isHeld ? 'move rows' : DRAG_OF[hit.place]
    const source = lastRect(this.host.read())
    this.drag = { kind, pointerId: event.pointerId, source, x: event.clientX, y: event.clientY }
    this.root.setPointerCapture(event.pointerId)
  }

  private isWholeRow(row: number, bounds: Bounds): boolean {
    const isWide = ({ left, right }: Rect) => left === 0 && right === bounds.columns - 1
    return bounds.columns > 1 && this.host.rects.some((rect) => isWide(rect) && row >= rect.top && row <= rect.bottom)
  }

  /** Null over the rows that are dragged: there they stay where they are. */
  private dropAt(row: number, y: number): RowDrop | null {
    if (this.host.rects.some(({ top, bottom }) => row >= top && row <= bottom)) return null
    const box = this.hits.row(row)?.getBoundingClientRect()
    return { row, side: box && y < box.top + box.height / 2 ? 'above' : 'below' }
  }

  private setDrop(drop: RowDrop | null): void {
    this.drop = drop
    for (const element of this.root.querySelectorAll('.is-drop-above, .is-drop-below'))
      element.classList.remove('is-drop-above', 'is-drop-below')
    if (drop) {
      this.hits.row(drop.row)?.classList.add(drop.side === 'above' ? 'is-drop-above' : 'is-drop-below')
    }
  }

  private selectHit(hit: Hit, isExtending: boolean, isAdding: boolean, bounds: Bounds): void {
    const selection = this.host.read()
    const cell = { row: hit.row, column: hit.column }
    if (hit.place === 'cell') {
      if (isExtending) this.host.select(extendTo(selection, cell, bounds), { reveal: 'none' })
      else if (isAdding) this.host.select(addRange(selection, cell), { reveal: 'none' })
      else this.host.select(selectCell(cell), { reveal: 'active' })
      return
    }
    const from = isExtending ? lastRange(selection).anchor : cell
    const range =
      hit.place === 'header' ? columnsRange(from.column, hit.column, bounds) : rowsRange(from.row, hit.row, bounds)
    const next = isAdding ? { ranges: [...selection.ranges, range], active: range.anchor } : selectRange(range)
    this.host.select(next, { reveal: 'none' })
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
    const hit = this.hits.hitAt(event.clientX, event.clientY)
    if (hit?.place !== 'cell') return
    event.stopPropagation()
    this.host.hooks.onEdit({ row: hit.row, column: hit.column })
  }

  private endDrag(isCancelled: boolean, isCopy = false): void {
    const { drag, fillRect, drop } = this
    this.drag = null
    cancelAnimationFrame(this.frame)
    this.frame = 0
    if (!drag) return
    if (this.root.hasPointerCapture(drag.pointerId)) this.root.releasePointerCapture(drag.pointerId)
    if (drag.kind === 'move rows') {
      this.setDrop(null)
      if (drop && !isCancelled) this.host.hooks.onMoveRows(drop.row, drop.side)
      return
    }
    if (drag.kind !== 'fill') return
    this.fillRect = null
    this.host.showFill(null)
    if (fillRect && !isCancelled)
      this.host.hooks.onFill(drag.source, fillRect, directionOf(drag.source, fillRect), isCopy)
  }

  /** Takes the drag to the cell under the pointer, or to the last row or column when the pointer is past them. */
  private track(): void {
    const { drag, root } = this
    if (!drag) return
    const area = this.hits.dataArea()
    const frame = root.getBoundingClientRect()
    const isOverPinned = drag.x > frame.left && drag.x < area.left
    const x = isOverPinned ? drag.x : clamp(drag.x, area.left + 1, area.right - 2)
    const y = clamp(drag.y, area.top + 1, area.bottom - 2)
    const hit = this.hits.hitAt(x, y)
    const bounds = this.host.bounds()
    const cell: Cell = hit && hit.place !== 'header' && hit.place !== 'corner' ? hit : this.cellBeyond(x, y, bounds)
    const none: ShowOptions = { reveal: 'none', takesFocus: false }
    switch (drag.kind) {
      case 'fill':
        this.fillRect = fillTarget(drag.source, cell)?.rect ?? null
        this.host.showFill(this.fillRect)
        return
      case 'move rows':
        this.setDrop(this.dropAt(cell.row, y))
        return
      case 'rows':
        this.host.select(extendTo(this.host.read(), { row: cell.row, column: bounds.columns - 1 }, bounds), none)
        return
      case 'columns':
        this.host.select(extendTo(this.host.read(), { row: bounds.rows - 1, column: cell.column }, bounds), none)
        return
      case 'cells':
        this.host.select(extendTo(this.host.read(), cell, bounds), none)
    }
  }

  private cellBeyond(x: number, y: number, bounds: Bounds): Cell {
    const { focus } = lastRange(this.host.read())
    const end = this.hits.end()
    if (!end) return focus
    return {
      row: y > end.y ? bounds.rows - 1 : focus.row,
      column: x > end.x ? bounds.columns - 1 : focus.column,
    }
  }

  private readonly scrollWhileDragging = (): void => {
    this.frame = 0
    const { drag } = this
    if (!drag) return
    const area = this.hits.dataArea()
    const top = area.top + 4
    const left = area.left + 4
    const bottom = area.bottom - SCROLL_EDGE_PIXELS
    const right = area.right - SCROLL_EDGE_PIXELS
    const beyondY = drag.kind === 'columns' ? 0 : beyond(drag.y, top, bottom)
    const startedPinned = drag.x < left && lastRange(this.host.read()).anchor.column === 0
    const beyondX = drag.kind === 'rows' || drag.kind === 'move rows' || startedPinned ? 0 : beyond(drag.x, left, right)
    if (beyondX === 0 && beyondY === 0) return
    // Layout is read first and written last: one layout a frame.
    this.track()
    area.viewport.scrollBy(scrollStep(beyondX), scrollStep(beyondY))
    this.frame = requestAnimationFrame(this.scrollWhileDragging)
  }
}

const DRAG_OF = { cell: 'cells', 'row number': 'rows', header: 'columns', corner: 'cells' } as const

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
