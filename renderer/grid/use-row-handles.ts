import type { GridApi } from 'ag-grid-community'
import { useLayoutEffect, useRef } from 'react'
import type { RangeController } from './range-controller.ts'
import type { RowHandle } from './row-handle.ts'
import type { Sheet, SheetRow } from './sheet.ts'

/** Stable handles for the grid; a change of any size costs one refresh of the cells on screen. */
export function useRowHandles(sheet: Sheet, api: GridApi<RowHandle> | null, controller: RangeController): void {
  const byId = useRef(new Map<string, RowHandle>())
  const shownIds = useRef<readonly string[]>([])
  const shownTotals = useRef('')
  useLayoutEffect(() => {
    if (!api) return
    const handleOf = (row: SheetRow): RowHandle => {
      const known = byId.current.get(row.id)
      if (known) {
        known.row = row
        return known
      }
      const made = { id: row.id, row }
      byId.current.set(row.id, made)
      return made
    }
    const rows = sheet.rows.map(handleOf)
    const totals = sheet.totals.map(handleOf)
    const before = shownIds.current
    const hasNewOrder = before.length !== rows.length || rows.some(({ id }, index) => before[index] !== id)
    if (hasNewOrder) {
      shownIds.current = rows.map(({ id }) => id)
      // Set on the api, not as a prop: a prop lands after the refresh below and leaves stale cells behind.
      api.setGridOption('rowData', rows)
      if (before.length > 0)
        controller.rebase((row) => {
          const index = shownIds.current.indexOf(before[row] ?? '')
          return index < 0 ? null : index
        })
    }
    const totalIds = totals.map(({ id }) => id).join('\n')
    if (totalIds !== shownTotals.current) {
      shownTotals.current = totalIds
      api.setGridOption('pinnedBottomRowData', totals)
    }
    api.refreshCells()
    for (let index = 0; index < totals.length; index++) {
      const node = api.getPinnedBottomRow(index)
      if (node) api.refreshCells({ rowNodes: [node] })
    }
    controller.dress()
  }, [api, controller, sheet])
}
