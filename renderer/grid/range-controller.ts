import type { SheetCommand } from './keymap.ts'
import { Painter } from './painter.ts'
import { PointerDrag, type PointerHooks, type PointerHost, type ShowOptions } from './pointer-drag.ts'
import {
  type Bounds,
  type Cell,
  type Rect,
  type Selection,
  PAINT,
  clampCell,
  columnsRange,
  cycleActive,
  dataEdge,
  extendBy,
  extendTo,
  isSameCell,
  isSingleCell,
  lastRange,
  lastRect,
  moveActive,
  paintOf,
  type Taken,
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

const COLUMNS_PER_PAGE = 6

/** Owns the selection of one sheet: keys and pointer in, painted cells out. React subscribes; the grid is never re-rendered. */
export class RangeController implements PointerHost {
  hooks: PointerHooks
  private readonly port: GridPort
  private selection: Selection = selectCell({ row: 0, column: 0 })
  rects: readonly Rect[]
  private fillRect: Rect | null = null
  private taken: Taken | null = null
  private traced: ReadonlyMap<string, number> = new Map()
  private readonly listeners = new Set<() => void>()
  private painter: Painter | null = null
  private root: HTMLElement | null = null
  private pointer: PointerDrag | null = null
  private telling = 0

  constructor(port: GridPort, hooks: PointerHooks) {
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

  /** What the next paste moves; nothing = it copies. */
  get cut(): readonly Rect[] {
    return this.taken?.isCut ? this.taken.rects : []
  }

  get clipboard(): Taken | null {
    return this.taken
  }

  bounds(): Bounds {
    return this.port.bounds()
  }

  showFill(rect: Rect | null): void {
    this.fillRect = rect
    this.repaint()
  }

  /** Marks what stands on the clipboard. Any edit and any change of rows or columns ends it: cut cells could be others by then. */
  take(taken: Taken | null): void {
    if (this.taken === taken) return
    this.taken = taken
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
    this.taken = null
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
        paintOf(this.rects, this.selection.active, cell, this.fillRect, this.taken) |
        (this.traced.get(`${cell.row} ${cell.column}`) ?? 0),
      (columnId) => this.port.columnIndex(columnId),
      (element, cell) => this.port.dress(element, cell),
    )
    this.painter.repaint()
    this.pointer = new PointerDrag(root, this, (columnId) => this.port.columnIndex(columnId))
    return () => {
      this.pointer?.stop()
      this.pointer = null
      this.painter?.stop()
      this.painter = null
      this.root = null
    }
  }

  private stretchTo(cell: Cell): void {
    this.select(extendTo(this.selection, cell, this.port.bounds()), { reveal: 'focus' })
  }

  private escape(): boolean {
    if (this.pointer?.cancel()) return true
    if (this.taken) this.take(null)
    else if (!isSingleCell(this.selection)) this.select(selectCell(this.selection.active))
    else return false
    return true
  }
}
