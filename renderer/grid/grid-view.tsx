import {
  CellApiModule,
  CellStyleModule,
  ClientSideRowModelApiModule,
  ClientSideRowModelModule,
  type ColDef,
  type ColGroupDef,
  ColumnAutoSizeModule,
  ColumnApiModule,
  type ColumnResizedEvent,
  CustomEditorModule,
  EventApiModule,
  type GetRowIdParams,
  type GridReadyEvent,
  PinnedRowModule,
  type ProcessRowParams,
  RenderApiModule,
  RowApiModule,
  type RowClassParams,
  RowStyleModule,
  ScrollApiModule,
  TooltipModule,
} from 'ag-grid-community'
import { AgGridProvider, AgGridReact } from 'ag-grid-react'
import { memo } from 'react'
import { styleNonce } from '../bridge/index.ts'
import type { RowHandle, SheetContext } from './row-handle.ts'
import { DEFAULT_COLUMN, keepWidths } from './sheet-columns.ts'
import { sheetTheme } from './theme.ts'

const MODULES = [
  CellApiModule,
  CellStyleModule,
  ClientSideRowModelApiModule,
  ClientSideRowModelModule,
  ColumnAutoSizeModule,
  ColumnApiModule,
  CustomEditorModule,
  EventApiModule,
  PinnedRowModule,
  RenderApiModule,
  RowApiModule,
  RowStyleModule,
  ScrollApiModule,
  TooltipModule,
]

const NO_ROWS: RowHandle[] = []

/**
 * The grid itself. Rendered anew only when the columns are others: rows are given to it through its api, and each prop it
 * sees with another identity costs it a pass over its options.
 */
export const GridView = memo(function GridView({
  columnDefs,
  context,
  onReady,
  onModelUpdated,
}: {
  readonly columnDefs: (ColDef<RowHandle> | ColGroupDef<RowHandle>)[]
  readonly context: SheetContext
  readonly onReady: (event: GridReadyEvent<RowHandle>) => void
  readonly onModelUpdated: () => void
}) {
  return (
    <AgGridProvider modules={MODULES}>
      <AgGridReact<RowHandle>
        theme={sheetTheme}
        styleNonce={styleNonce()}
        rowData={NO_ROWS}
        pinnedBottomRowData={NO_ROWS}
        columnDefs={columnDefs}
        defaultColDef={DEFAULT_COLUMN}
        context={context}
        getRowId={rowIdOf}
        getRowClass={rowClassOf}
        rowHeight={28}
        headerHeight={28}
        groupHeaderHeight={24}
        suppressClickEdit
        suppressContextMenu
        suppressColumnMoveAnimation
        suppressHeaderFocus
        suppressCellFocus={false}
        animateRows={false}
        ensureDomOrder
        rowBuffer={6}
        tooltipShowDelay={400}
        processRowPostCreate={tellLevel}
        onGridReady={onReady}
        onModelUpdated={onModelUpdated}
        onColumnResized={showNumbersAnew}
      />
    </AgGridProvider>
  )
})

function rowIdOf({ data }: GetRowIdParams<RowHandle>): string {
  return data.id
}

function rowClassOf({ data }: RowClassParams<RowHandle>): string {
  return `row-${(data?.row.kind ?? 'plain').replace(/\s/g, '-')}`
}

function tellLevel({ eRow, node }: ProcessRowParams<RowHandle>): void {
  if (node.data && !node.rowPinned) eRow.setAttribute('aria-level', String(node.data.row.level + 1))
}

/** Keeps widths that were given. Whether a number fits depends on the width, which the grid does not take for a change of the value. */
function showNumbersAnew(event: ColumnResizedEvent<RowHandle>): void {
  keepWidths(event)
  const { finished, columns, api } = event
  if (finished && columns) api.refreshCells({ columns, force: true })
}
