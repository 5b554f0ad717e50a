/**
 * Puts selection classes on the cells the grid has rendered, without going through the grid or React: the cost is the
 * visible cells, and a new cell is classed before its first paint, because mutation callbacks run ahead of the frame.
 *
 * This file, grid-hits.ts and grid-access.ts are the only ones that know the grid's DOM: `.ag-row[row-index]` (12, or b-0 when
 * pinned) and `.ag-cell[col-id]`.
 */
import { type Cell, PAINT } from './range.ts'

const CLASSES: readonly (readonly [number, string])[] = [
  [PAINT.inside, 'is-selected'],
  [PAINT.top, 'has-top-edge'],
  [PAINT.right, 'has-right-edge'],
  [PAINT.bottom, 'has-bottom-edge'],
  [PAINT.left, 'has-left-edge'],
  [PAINT.active, 'is-active'],
  [PAINT.corner, 'has-fill-handle'],
  [PAINT.fill, 'is-fill-target'],
  [PAINT.cut, 'is-cut'],
  [PAINT.precedent, 'is-precedent'],
  [PAINT.dependent, 'is-dependent'],
  [PAINT.copied, 'is-copied'],
  [PAINT.copiedTop, 'has-copied-top'],
  [PAINT.copiedRight, 'has-copied-right'],
  [PAINT.copiedBottom, 'has-copied-bottom'],
  [PAINT.copiedLeft, 'has-copied-left'],
]

export class Painter {
  private readonly root: HTMLElement
  private readonly paintFor: (cell: Cell) => number
  private readonly columnIndex: (columnId: string) => number
  private readonly dress: (element: HTMLElement, cell: Cell) => void
  private readonly painted = new WeakMap<HTMLElement, number>()
  private readonly observer: MutationObserver

  /** `dress` sets what screen readers need on a cell that appeared or changed. */
  constructor(
    root: HTMLElement,
    paintFor: (cell: Cell) => number,
    columnIndex: (columnId: string) => number,
    dress: (element: HTMLElement, cell: Cell) => void,
  ) {
    this.root = root
    this.paintFor = paintFor
    this.columnIndex = columnIndex
    this.dress = dress
    this.observer = new MutationObserver((mutations) => this.paintNew(mutations))
    this.observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['row-index'] })
  }

  stop(): void {
    this.observer.disconnect()
  }

  /** After the selection moved. */
  repaint(): void {
    for (const row of this.root.querySelectorAll<HTMLElement>('.ag-row')) this.paintRow(row, false)
  }

  /** After what the cells show changed. */
  dressAll(): void {
    for (const row of this.root.querySelectorAll<HTMLElement>('.ag-row')) this.paintRow(row, true)
  }

  private paintNew(mutations: readonly MutationRecord[]): void {
    for (const mutation of mutations) {
      // A row element is recycled for another row.
      if (mutation.type === 'attributes') this.paintRow(mutation.target as HTMLElement)
      for (const node of mutation.addedNodes) {
        if (!(node instanceof HTMLElement)) continue
        if (node.classList.contains('ag-cell')) this.paintCell(node, rowIndexOf(node.closest('.ag-row')))
        else if (node.classList.contains('ag-row')) this.paintRow(node)
        else
          for (const cell of node.querySelectorAll<HTMLElement>('.ag-cell'))
            this.paintCell(cell, rowIndexOf(cell.closest('.ag-row')))
      }
    }
  }

  private paintRow(row: HTMLElement, isDressing = true): void {
    const index = rowIndexOf(row)
    if (index === null) return
    for (const cell of row.querySelectorAll<HTMLElement>('.ag-cell')) this.paintCell(cell, index, isDressing)
  }

  private paintCell(element: HTMLElement, row: number | null, isDressing = true): void {
    const column = this.columnIndex(element.getAttribute('col-id') ?? '')
    if (row === null || column < 0) return
    if (isDressing) this.dress(element, { row, column })
    const now = this.paintFor({ row, column })
    const changed = now ^ (this.painted.get(element) ?? 0)
    if (changed === 0) return
    for (const [bit, name] of CLASSES) if (changed & bit) element.classList.toggle(name, (now & bit) !== 0)
    if (changed & PAINT.inside) {
      if (now & PAINT.inside) element.setAttribute('aria-selected', 'true')
      else element.removeAttribute('aria-selected')
    }
    this.painted.set(element, now)
  }
}

/** Null for pinned rows: they show totals and cannot be selected. */
export function rowIndexOf(row: Element | null): number | null {
  const index = row?.getAttribute('row-index') ?? ''
  return /^\d+$/.test(index) ? Number(index) : null
}
