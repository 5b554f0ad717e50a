import type { GridApi } from 'ag-grid-community'
import { useCallback, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { EditSession } from './edit-session.ts'
import type { FormulaContext } from './formula-editor/formula-box.tsx'
import { FindBar } from './find-bar.tsx'
import { FormulaBar } from './formula-bar.tsx'
import { vocabularyOf } from './formula-name.ts'
import { dressCell, nameGrid, tellOpen } from './grid-access.ts'
import { GridView } from './grid-view.tsx'
import { RangeController } from './range-controller.ts'
import { type Cell, rectAround, selectCell, selectRect } from './range.ts'
import type { RowHandle, SheetContext } from './row-handle.ts'
import { SelectionStatus } from './selection-status.tsx'
import { sheetActions } from './sheet-actions.ts'
import { groupColumns } from './sheet-columns.ts'
import { fillEdits, rowIdsOf } from './sheet-edits.ts'
import { SheetPopups, type SheetPopup } from './sheet-popups.tsx'
import type { SheetGridProps } from './sheet-props.ts'
import { type Sheet, type SheetColumn, cellAt, cellsOfRefs } from './sheet.ts'
import { useRowHandles } from './use-row-handles.ts'
import { useSheetClipboard } from './use-sheet-clipboard.ts'
import { useSheetKeys } from './use-sheet-keys.ts'
import './sheet-grid.css'

/** Popups give the focus back to where it was, which may be gone; afterwards it is the sheet's. */
const FOCUS_IS_BACK_MS = 50

/**
 * A spreadsheet over rows that someone else owns: it shows them, selects, edits, copies and fills, and hands every change
 * out as edits. The grid inside is only a view; selection, keys, clipboard and the text being edited are ours.
 */
export function SheetGrid(props: SheetGridProps) {
  const { sheet, traced, status, ref } = props
  const latest = useRef(props)
  useLayoutEffect(() => {
    latest.current = props
  })
  const [session] = useState(() => new EditSession())
  const [api, setApi] = useState<GridApi<RowHandle> | null>(null)
  const [root, setRoot] = useState<HTMLElement | null>(null)
  const apiRef = useRef<GridApi<RowHandle> | null>(null)
  const bodyRef = useRef<HTMLElement | null>(null)
  const statusRef = useRef<HTMLDivElement>(null)
  const leavesOnTab = useRef(false)
  const [popup, setPopup] = useState<SheetPopup | null>(null)
  const [finding, setFinding] = useState<'find' | 'replace' | null>(null)

  const [controller] = useState(
    () =>
      new RangeController(
        {
          bounds: () => ({ rows: latest.current.sheet.rows.length, columns: latest.current.sheet.columns.length }),
          columnIndex: (columnId) => indexOfColumns(latest.current.sheet.columns).get(columnId) ?? -1,
          isEmpty: (row, column) => cellAt(latest.current.sheet, row, column).text === '',
          rowsPerPage: () => rowsPerPage(apiRef.current),
          reveal: ({ row, column }) => {
            const columnId = latest.current.sheet.columns[column]?.id
            if (!apiRef.current || columnId === undefined || row >= apiRef.current.getDisplayedRowCount()) return
            apiRef.current.ensureIndexVisible(row)
            apiRef.current.ensureColumnVisible(columnId)
          },
          focus: ({ row, column }) => {
            const columnId = latest.current.sheet.columns[column]?.id
            if (columnId !== undefined) apiRef.current?.setFocusedCell(row, columnId)
          },
          dress: (element, cell) => {
            const { rows, columns } = latest.current.sheet
            dressCell(element, cellAt(latest.current.sheet, cell.row, cell.column))
            if (columns[cell.column]?.kind === 'name') tellOpen(element, rows[cell.row]?.isOpen ?? null)
          },
        },
        {
          onFill: () => undefined,
          onEdit: () => undefined,
          onPoint: () => false,
          onMoveRows: () => undefined,
          beforePointerSelect: () => undefined,
        },
      ),
  )

  const [actions] = useState(() =>
    sheetActions({
      latest,
      controller,
      session,
      api: () => apiRef.current,
      body: () => bodyRef.current,
      show: setPopup,
      // At once, or the first letter typed into the box would start an edit of a cell.
      openFind: (kind) => flushSync(() => setFinding(kind)),
    }),
  )

  useLayoutEffect(() => {
    controller.hooks = {
      onFill: (source, target, direction, isCopy) =>
        actions.run(fillEdits(latest.current.sheet, source, target, direction, isCopy), 'Fill'),
      onEdit: (cell) => actions.beginEdit(cell, null, 'edit'),
      onPoint: actions.point,
      onMoveRows: (row, side) => {
        const { sheet: current, rowCommands } = latest.current
        const target = current.rows[row]
        if (target) rowCommands?.moveTo(rowIdsOf(current, controller.read()), target.id, side)
      },
      beforePointerSelect: () => {
        if (session.read().cell) actions.commit({ kind: 'stay' })
      },
    }
  }, [actions, controller, session])

  useLayoutEffect(() => {
    bodyRef.current = root
    if (!root) return
    const onContextMenu = (event: MouseEvent) => {
      if (!(event.target instanceof Element) || !event.target.closest('.ag-cell')) return
      // Shift+F10 and the menu key have their own way; here it is the pointer.
      event.preventDefault()
      actions.openMenu(event.clientX, event.clientY)
    }
    root.addEventListener('contextmenu', onContextMenu)
    return () => root.removeEventListener('contextmenu', onContextMenu)
  }, [actions, root])

  useEffect(() => actions.selectPasted(sheet.rows.length), [actions, sheet])

  useEffect(() => (root && api ? controller.attach(root) : undefined), [api, controller, root])

  useEffect(() => {
    const tell = () => {
      const { sheet: shown, onActiveCell } = latest.current
      const { row, column } = controller.read().active
      onActiveCell?.(shown.rows[row]?.id ?? null, shown.columns[column]?.id ?? null)
    }
    tell()
    return controller.subscribe(tell)
  }, [controller, sheet])

  useImperativeHandle(ref, () => {
    const find = (rowId: string, columnId: string): Cell | null => {
      const row = latest.current.sheet.rows.findIndex(({ id }) => id === rowId)
      const column = latest.current.sheet.columns.findIndex(({ id }) => id === columnId)
      return row < 0 || column < 0 ? null : { row, column }
    }
    return {
      select: (rowId, columnId) => {
        const cell = find(rowId, columnId)
        if (cell) controller.select(selectCell(cell))
        actions.focusActive()
      },
      edit: (rowId, columnId) => {
        const cell = find(rowId, columnId)
        if (!cell) return
        controller.select(selectCell(cell))
        actions.beginEdit(cell, null, 'edit')
      },
      show: (refs) => {
        // What was cut may be other than it was.
        controller.take(null)
        const around = rectAround(cellsOfRefs(latest.current.sheet, refs))
        if (around)
          controller.select(selectRect(around), { takesFocus: root?.contains(document.activeElement) === true })
      },
    }
  }, [actions, controller, root])

  useSheetKeys(root, session, actions.execute, {
    onLeave: (isBack) => {
      if (!leavesOnTab.current) return false
      leavesOnTab.current = false
      // From here the browser's own Tab goes on to what stands before or after the sheet.
      if (isBack) root?.focus()
      else statusRef.current?.focus()
      return true
    },
    onUnusedEscape: () => {
      leavesOnTab.current = true
    },
    onStay: () => {
      leavesOnTab.current = false
    },
  })
  useSheetClipboard(root, controller, latest, actions)
  const wholeOf = useCallback((shown: Sheet) => latest.current.whole?.() ?? shown, [])

  useRowHandles(sheet, api, controller)
  useEffect(
    () =>
      controller.setTraced(cellsOfRefs(sheet, traced?.precedents ?? []), cellsOfRefs(sheet, traced?.dependents ?? [])),
    [controller, sheet, traced],
  )
  const onReady = useCallback(({ api: ready }: { readonly api: GridApi<RowHandle> }) => {
    apiRef.current = ready
    setApi(ready)
  }, [])
  const onModelUpdated = useCallback(
    () => requestAnimationFrame(() => nameGrid(bodyRef.current, latest.current.label)),
    [],
  )
  const columnDefs = useMemo(() => groupColumns(sheet.columns), [sheet.columns])
  // Other columns stand where the copied ones stood.
  useEffect(() => controller.take(null), [controller, sheet.columns])
  const [formulas] = useState<FormulaContext>(() => ({
    vocabulary: () => vocabularyOf(latest.current),
    check: (formula) => {
      const cell = session.read().cell
      const row = cell ? latest.current.sheet.rows[cell.row] : undefined
      return row ? (latest.current.checkFormula?.(row.id, formula) ?? []) : []
    },
  }))
  const context = useMemo<SheetContext>(
    () => ({
      session,
      formulas,
      nameColumn: Math.max(
        0,
        sheet.columns.findIndex(({ kind }) => kind === 'name'),
      ),
      toggle: (rowId, isOpen) => latest.current.onToggle(rowId, isOpen),
    }),
    [formulas, session, sheet.columns],
  )

  return (
    <div className="sheet">
      <FormulaBar
        sheet={sheet}
        controller={controller}
        session={session}
        formulas={formulas}
        onCommit={actions.commit}
        onCancel={actions.cancel}
        onLeave={actions.focusActive}
      />
      {finding !== null && (
        <FindBar
          sheet={sheet}
          wholeOf={wholeOf}
          onOpenRow={(rowId) => latest.current.onToggle(rowId, true)}
          controller={controller}
          hasReplace={finding === 'replace'}
          onReplace={(plan) => actions.run(plan, 'Replace')}
          onClose={() => {
            setFinding(null)
            actions.focusActive()
          }}
        />
      )}
      <SheetPopups
        popup={popup}
        sheet={sheet}
        onClose={() => {
          // What was chosen in the menu may have put a dialog in its place.
          setPopup((current) => (current === popup ? null : current))
          setTimeout(() => {
            if (document.querySelector('.shade, .popover') === null) actions.focusActive()
          }, FOCUS_IS_BACK_MS)
        }}
        onRun={actions.run}
        onNote={(rowId, columnId, text) => latest.current.rowCommands?.setNote(rowId, columnId, text)}
      />
      <div className="sheet-body" ref={setRoot} tabIndex={-1}>
        <GridView columnDefs={columnDefs} context={context} onReady={onReady} onModelUpdated={onModelUpdated} />
      </div>
      <div ref={statusRef} className="sheet-foot" tabIndex={-1}>
        <SelectionStatus sheet={sheet} controller={controller}>
          {status}
        </SelectionStatus>
      </div>
    </div>
  )
}

const indices = new WeakMap<readonly SheetColumn[], ReadonlyMap<string, number>>()

/** Kept with the columns, because the painter asks for every cell on screen. */
function indexOfColumns(columns: readonly SheetColumn[]): ReadonlyMap<string, number> {
  let known = indices.get(columns)
  if (!known) indices.set(columns, (known = new Map(columns.map(({ id }, index) => [id, index]))))
  return known
}

function rowsPerPage(api: GridApi<RowHandle> | null): number {
  if (!api) return 10
  const { top, bottom } = api.getVerticalPixelRange()
  return Math.max(1, Math.floor((bottom - top) / 28) - 1)
}
