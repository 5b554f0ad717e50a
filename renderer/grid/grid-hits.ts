import type { Bounds } from './range.ts'
import { rowIndexOf } from './painter.ts'

/** Column of the row numbers: clicking there selects rows. */
export const ROW_NUMBER_COLUMN = '#'

/** Pixels in from the corner of the last selected cell in which the fill handle is hit. */
const HANDLE_PIXELS = 9

export interface Hit {
  readonly row: number
  readonly column: number
  readonly place: 'cell' | 'row number' | 'header' | 'corner'
  readonly element: HTMLElement
}

/** What of the grid a point of the screen lies on, read from its DOM. */
export class GridHits {
  private readonly root: HTMLElement
  private readonly columnIndex: (columnId: string) => number
  private readonly bounds: () => Bounds

  constructor(root: HTMLElement, columnIndex: (columnId: string) => number, bounds: () => Bounds) {
    this.root = root
    this.columnIndex = columnIndex
    this.bounds = bounds
  }

  hitAt(x: number, y: number): Hit | null {
    const target = document.elementFromPoint(x, y)
    const header = target?.closest<HTMLElement>('.ag-header-cell')
    const cell = target?.closest<HTMLElement>('.ag-cell')
    const element = cell ?? header
    if (!element || !this.root.contains(element)) return null
    const columnId = element.getAttribute('col-id') ?? ''
    const column = this.columnIndex(columnId)
    const isRowNumber = columnId === ROW_NUMBER_COLUMN
    if (header && !cell) {
      if (isRowNumber) return { row: 0, column: 0, place: 'corner', element }
      return column < 0 ? null : { row: 0, column, place: 'header', element }
    }
    const row = rowIndexOf(element.closest('.ag-row'))
    if (row === null) return null
    if (isRowNumber) return { row, column: 0, place: 'row number', element }
    return { row, column: column < 0 ? this.bounds().columns - 1 : column, place: 'cell', element }
  }

  /** The scroller without the sticky header, the pinned columns and rows, and the scrollbars the grid floats over it. */
  dataArea() {
    const { root } = this
    const viewport = root.querySelector<HTMLElement>('.ag-grid-viewport')!
    const box = viewport.getBoundingClientRect()
    const size = (selector: string, side: 'offsetWidth' | 'offsetHeight') =>
      root.querySelector<HTMLElement>(selector)?.[side] ?? 0
    const foot = size('.ag-grid-pinned-bottom-rows', 'offsetHeight')
    return {
      viewport,
      top: box.top + size('.ag-header', 'offsetHeight') + size('.ag-grid-pinned-top-rows', 'offsetHeight'),
      bottom: box.bottom - foot - size('.ag-body-horizontal-scroll', 'offsetHeight'),
      left: box.left + size('.ag-row .ag-grid-pinned-left-cells', 'offsetWidth'),
      right: box.left + viewport.clientWidth - size('.ag-body-vertical-scroll', 'offsetWidth'),
    }
  }

  row(index: number): HTMLElement | null {
    return this.root.querySelector<HTMLElement>(`.ag-row[row-index="${index}"]`)
  }

  /** Right and lower end of all rows together. */
  end(): { readonly x: number; readonly y: number } | null {
    const box = this.root.querySelector('.ag-grid-scrolling-container')?.getBoundingClientRect()
    return box ? { x: box.right, y: box.bottom } : null
  }
}

/** Whether the grid's own controls, or text boxes in it, take the pointer. */
export function isOwnControl(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('button, input, textarea, select, a, .ag-header-cell-resize, .ag-cell-inline-editing') !== null
  )
}

export function isOnHandle(element: HTMLElement, event: PointerEvent): boolean {
  const box = element.getBoundingClientRect()
  return box.right - event.clientX <= HANDLE_PIXELS && box.bottom - event.clientY <= HANDLE_PIXELS
}
