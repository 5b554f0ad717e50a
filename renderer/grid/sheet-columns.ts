import type { ColDef, ColGroupDef, ColumnResizedEvent } from 'ag-grid-community'
import { CellEditor } from './cell-editor.tsx'
import { showIn } from './decimal-mark.ts'
import { fitNumber } from './fit-number.ts'
import { NameCell } from './name-cell.tsx'
import { ROW_NUMBER_COLUMN } from './grid-hits.ts'
import type { RowHandle } from './row-handle.ts'
import { type SheetCell, type SheetColumn, isSameSheetCell } from './sheet.ts'

export const DEFAULT_COLUMN: ColDef<RowHandle> = {
  sortable: false,
  suppressMovable: true,
  suppressHeaderMenuButton: true,
  resizable: true,
  editable: true,
  cellEditor: CellEditor,
}

/** Columns of the sheet as the grid wants them, row numbers first. */
export function groupColumns(columns: readonly SheetColumn[]): (ColDef<RowHandle> | ColGroupDef<RowHandle>)[] {
  const defs: (ColDef<RowHandle> | ColGroupDef<RowHandle>)[] = [
    {
      colId: ROW_NUMBER_COLUMN,
      headerName: '',
      headerTooltip: 'Select everything',
      width: 40,
      pinned: 'left',
      resizable: false,
      editable: false,
      cellClass: 'sheet-row-number',
      valueGetter: ({ data, node }) => (node?.rowPinned ? '' : (data?.row.position ?? '')),
    },
  ]
  for (const [index, column] of columns.entries()) {
    const def = columnDef(column, index, index === columns.length - 1 ? SCROLL_BAR_PIXELS : 0)
    const last = defs[defs.length - 1]
    if (column.group === '') defs.push(def)
    else if (last && 'children' in last && last.headerName === column.group) last.children.push(def)
    else defs.push({ headerName: column.group, marryChildren: true, children: [def] })
  }
  return defs
}

/** Widths people gave, by column: they hold until the app is closed, also when another place was looked at meanwhile. */
const givenWidths = new Map<string, number>()

/** Takes note of what people drag or fit, and of nothing the sheet lays out by itself. */
export function keepWidths({ finished, columns, source }: ColumnResizedEvent<RowHandle>): void {
  if (!finished || !columns || (source !== 'uiColumnResized' && source !== 'autosizeColumns')) return
  for (const column of columns) givenWidths.set(column.getColId(), column.getActualWidth())
}

/** The vertical scroll bar may lie over the last column; its numbers keep clear of it. */
const SCROLL_BAR_PIXELS = 16

function columnDef(column: SheetColumn, index: number, clearPixels: number): ColDef<RowHandle> {
  const { id, header, kind, width, isFlexible, isPinned } = column
  const given = givenWidths.get(id)
  const edge = clearPixels > 0 ? ['sheet-edge'] : []
  const cellHere = (data: RowHandle | undefined): SheetCell | undefined => data?.row.cells[index]
  return {
    colId: id,
    headerName: header,
    width: given ?? width + clearPixels,
    minWidth: isFlexible ? width : 56,
    ...(isFlexible && given === undefined && { flex: 1, maxWidth: 440 }),
    pinned: isPinned ? 'left' : null,
    headerClass: [...(kind === 'number' ? ['sheet-number-head'] : []), ...edge],
    cellClass: [`sheet-${kind}`, ...edge],
    ...(kind === 'name' && { cellRenderer: NameCell }),
    valueGetter: ({ data }) => cellHere(data),
    equals: isSameSheetCell,
    valueFormatter: ({ value, column: shown }) => {
      const cell = value as SheetCell | undefined
      if (!cell) return ''
      return kind === 'number' && cell.errorCode === ''
        ? showIn(column, fitNumber(cell, shown.getActualWidth() - clearPixels))
        : cell.text
    },
    tooltipValueGetter: ({ data }) =>
      [cellHere(data)?.note ?? '', showIn(column, cellHere(data)?.tip ?? '')].filter(Boolean).join(' · '),
    cellClassRules: {
      'is-input': ({ data }) => cellHere(data)?.role === 'input' && cellHere(data)?.isEditable === true,
      'is-formula': ({ data }) => cellHere(data)?.role === 'formula',
      'is-computed': ({ data }) => cellHere(data)?.role === 'computed',
      'is-locked': ({ data }) => cellHere(data)?.isEditable === false,
      'is-error': ({ data }) => (cellHere(data)?.errorCode ?? '') !== '',
      'is-range': ({ data }) => cellHere(data)?.mark === 'range',
      'is-good': ({ data }) => cellHere(data)?.tone === 'good',
      'is-bad': ({ data }) => cellHere(data)?.tone === 'bad',
      'has-note': ({ data }) =>
        (kind === 'name' && (data?.row.note ?? '') !== '') || (cellHere(data)?.note ?? '') !== '',
      'is-faint': ({ data }) => cellHere(data)?.value === null && cellHere(data)?.role !== 'label',
    },
  }
}
