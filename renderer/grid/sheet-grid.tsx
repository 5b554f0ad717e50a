import {
  CellApiModule,
  CellStyleModule,
  ClientSideRowModelApiModule,
  ClientSideRowModelModule,
  type ColDef,
  type ColGroupDef,
  ColumnApiModule,
  CustomEditorModule,
  EventApiModule,
  type GridApi,
  PinnedRowModule,
  RenderApiModule,
  RowApiModule,
  RowStyleModule,
  ScrollApiModule,
  TooltipModule,
} from 'ag-grid-community'
import { AgGridProvider, AgGridReact } from 'ag-grid-react'
import {
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { flushSync } from 'react-dom'
import { styleNonce } from '../bridge/index.ts'
import type { MenuEntry } from '../parts/index.ts'
import { CellEditor } from './cell-editor.tsx'
import { FindBar } from './find-bar.tsx'
import { EditSession } from './edit-session.ts'
import { fitNumber } from './fit-number.ts'
import { FormulaBar, helpTakes } from './formula-bar.tsx'
import { FormulaHelpBox } from './formula-help-box.tsx'
import { completionsAt, insertName } from './formula-help.ts'
import { type AfterCommit, type SheetCommand, commandOf } from './keymap.ts'
import { NameCell } from './name-cell.tsx'
import { ROW_NUMBER_COLUMN, RangeController } from './range-controller.ts'
import { type Cell, cellsOf, lastRect, selectCell, selectRect } from './range.ts'
import type { RowHandle, SheetContext } from './row-handle.ts'
import { SelectionStatus } from './selection-status.tsx'
import {
  type EditPlan,
  type NameWriter,
  autosumFormula,
  clearEdits,
  copyBlock,
  entryEdits,
  fillEdgeEdits,
  fillEdits,
  pasteEdits,
  rowIdsOf,
} from './sheet-edits.ts'
import {
  type EditVerdict,
  type RefusedEdit,
  type Sheet,
  type SheetCell,
  type SheetColumn,
  type SheetEdit,
  type SheetRow,
  cellAt,
  isSameSheetCell,
} from './sheet.ts'
import { SheetPopups, type SheetPopup, type Spreading } from './sheet-popups.tsx'
import { sheetTheme } from './theme.ts'
import { formatHtmlTable, formatTsv, parseTsv } from './tsv.ts'
import './sheet-grid.css'

const MODULES = [
  CellApiModule,
  CellStyleModule,
  ClientSideRowModelApiModule,
  ClientSideRowModelModule,
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

/** Popups give the focus back to where it was, which may be gone; afterwards it is the sheet's. */
const FOCUS_IS_BACK_MS = 50

/** A paste event that long after Ctrl+Shift+V is another one. */
const VALUES_KEY_MS = 500

/** What was typed, for pasting within the product; other programs take the plain text beside it. */
const OWN_CLIPBOARD_TYPE = 'application/x-quarterdeck-cells'

export interface SheetHandle {
  /** Puts the selection on a cell and gives the sheet the focus. */
  select(rowId: string, columnId: string): void
  edit(rowId: string, columnId: string): void
}

/** What can be done to rows; each call is one undo step. */
export interface RowCommands {
  readonly insert: (below: string) => void
  readonly addBelow: (below: string, count: number) => void
  readonly duplicate: (rowIds: readonly string[]) => void
  readonly move: (rowIds: readonly string[], step: -1 | 1) => void
  readonly setNote: (rowId: string, note: string) => void
}

export interface SheetGridProps {
  /** Name of the sheet for screen readers. */
  readonly label: string
  readonly sheet: Sheet
  /** One call is one undo step. */
  readonly onEdits: (edits: readonly SheetEdit[], label: string) => EditVerdict
  readonly onUndo: () => void
  readonly onRedo: () => void
  readonly onToggle: (rowId: string, isOpen: boolean) => void
  readonly onDeleteRows: (rowIds: readonly string[]) => void
  /** A sentence the user should see: cells skipped, a text refused. */
  readonly onNotice: (text: string) => void
  readonly onActiveRow?: (rowId: string | null) => void
  /** What of these edits would be refused; asked before a paste changes anything. */
  readonly onCheck?: (edits: readonly SheetEdit[]) => readonly RefusedEdit[]
  readonly rowCommands?: RowCommands
  /** Ways to spread a total over the columns, for the rows that are selected; the first is proposed. */
  readonly spreadingsFor?: (rowIds: readonly string[]) => readonly Spreading[]
  /** Writes a row's name as a formula does. */
  readonly writeName?: NameWriter
  readonly status?: ReactNode
  readonly ref?: Ref<SheetHandle>
}

/**
 * A spreadsheet over rows that someone else owns: it shows them, selects, edits, copies and fills, and hands every change
 * out as edits. The grid inside is only a view; selection, keys, clipboard and the text being edited are ours.
 */
export function SheetGrid(props: SheetGridProps) {
  const { label, sheet, status, ref, writeName } = props
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
  /** A paste that waits for the rows it needs. */
  const waitingPaste = useRef<{ readonly rows: number; readonly run: () => void } | null>(null)

  const [controller] = useState(
    () =>
      new RangeController(
        {
          bounds: () => ({ rows: latest.current.sheet.rows.length, columns: latest.current.sheet.columns.length }),
          columnIndex: (columnId) => latest.current.sheet.columns.findIndex(({ id }) => id === columnId),
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
          dress: (element, cell) => dressCell(element, cellAt(latest.current.sheet, cell.row, cell.column)),
        },
        {
          onFill: () => undefined,
          onEdit: () => undefined,
          onPoint: () => false,
          beforePointerSelect: () => undefined,
        },
      ),
  )

  const [actions] = useState(() => {
    const report = (plan: EditPlan, verb: string): EditVerdict => {
      const { onEdits, onNotice } = latest.current
      const verdict = plan.edits.length > 0 ? onEdits(plan.edits, verb) : { taken: 0, refused: 0, why: '' }
      const left = plan.skipped + verdict.refused
      if (verdict.why !== '') onNotice(verdict.why)
      else if (left > 0)
        onNotice(
          `${verb}: ${verdict.taken} cells changed, ${left} left alone because they are computed or lie outside the sheet.`,
        )
      return verdict
    }

    const run = (plan: EditPlan, verb: string) => {
      report(plan, verb)
      controller.select(plan.selection, { reveal: 'none' })
    }

    const paste = (block: readonly (readonly string[])[], verb = 'Paste') => {
      const { sheet: shown, onCheck, rowCommands } = latest.current
      const selection = controller.read()
      const plan = pasteEdits(shown, selection, block)
      const refusals = onCheck?.(plan.edits) ?? []
      const { rows = 0, columns = 0 } = plan.overflow ?? {}
      if (refusals.length === 0 && rows === 0 && columns === 0) {
        run(plan, verb)
        return
      }
      const last = shown.rows.at(-1)
      const addRows =
        rowCommands && last
          ? () => {
              waitingPaste.current = {
                rows: shown.rows.length + rows,
                run: () => {
                  controller.select(selection, { reveal: 'none' })
                  paste(block, verb)
                },
              }
              rowCommands.addBelow(last.id, rows)
            }
          : null
      setPopup({ kind: 'paste', question: { plan, verb, refusals, addRows } })
    }

    const point = ({ row }: Cell): boolean => {
      const { sheet: shown, writeName } = latest.current
      const name = formulaNameOf(shown, row)
      const { cell, text } = session.read()
      if (!cell || name === null || !writeName) return false
      const caret = session.caret()
      const pointed = insertName(text, caret, writeName(name), session.pointed)
      if (!pointed) return false
      session.place(pointed.text, pointed.to)
      session.pointed = pointed
      return true
    }

    const autosum = () => {
      const { sheet: shown, onNotice, writeName } = latest.current
      const selection = controller.read()
      const nameColumn = shown.columns.findIndex(({ kind }) => kind === 'name')
      const column = shown.columns.findIndex(({ isFormula }) => isFormula === true)
      const formula = writeName ? autosumFormula(shown, selection, nameColumn, writeName) : null
      if (formula === null || column < 0) {
        onNotice('There are no rows above this one on its level to add up. Select the rows and try again.')
        return
      }
      const cell = { row: selection.active.row, column }
      controller.select(selectCell(cell))
      beginEdit(cell, formula, 'edit')
    }

    const note = () => {
      const { sheet: shown, rowCommands, onNotice } = latest.current
      const row = shown.rows[controller.read().active.row]
      const name = row?.cells.find(({ role }) => role === 'label')?.text ?? ''
      if (!row || row.note === undefined || !rowCommands) onNotice('Notes belong to budget lines and drivers.')
      else setPopup({ kind: 'note', rowId: row.id, name, note: row.note })
    }

    const openSeries = () => {
      const selection = controller.read()
      const spreadings = latest.current.spreadingsFor?.(rowIdsOf(latest.current.sheet, selection)) ?? []
      setPopup({ kind: 'series', selection, spreadings })
    }

    /** The page may only read the clipboard by itself where it was allowed to; the key always works. */
    const pasteByCommand = async (isValues: boolean) => {
      const { onNotice } = latest.current
      try {
        paste(parseTsv(await navigator.clipboard.readText()), isValues ? 'Paste values' : 'Paste')
      } catch {
        onNotice(`The clipboard is open to the keys only here. Press ${isValues ? 'Ctrl+Shift+V' : 'Ctrl+V'}.`)
      }
    }

    const menuEntries = (): readonly MenuEntry[] => {
      const { sheet: shown, rowCommands, spreadingsFor } = latest.current
      const byKey = (id: string, entryLabel: string, shortcut: string, command: SheetCommand): MenuEntry => ({
        id,
        label: entryLabel,
        shortcut,
        run: () => void execute(command),
      })
      const copy = (kind: 'copy' | 'cut') => {
        focusActive()
        // The only call that fires the event our copying listens to.
        document.execCommand(kind)
      }
      const ids = rowIdsOf(shown, controller.read())
      const target = shown.rows[controller.read().active.row]?.id
      return [
        { id: 'cut', label: 'Cut', shortcut: 'Ctrl+X', run: () => copy('cut') },
        { id: 'copy', label: 'Copy', shortcut: 'Ctrl+C', run: () => copy('copy') },
        { id: 'paste', label: 'Paste', shortcut: 'Ctrl+V', run: () => void pasteByCommand(false) },
        { id: 'values', label: 'Paste values', shortcut: 'Ctrl+Shift+V', run: () => void pasteByCommand(true) },
        byKey('clear', 'Clear', 'Delete', { kind: 'clear' }),
        byKey('down', 'Fill down', 'Ctrl+D', { kind: 'fill down' }),
        byKey('right', 'Fill right', 'Ctrl+R', { kind: 'fill right' }),
        ...(spreadingsFor ? [{ id: 'series', label: 'Fill a series or spread…', run: openSeries }] : []),
        ...(rowCommands && target !== undefined
          ? [
              byKey('insert', 'Insert a row below', 'Ctrl++', { kind: 'insert row' }),
              { id: 'duplicate', label: 'Duplicate rows', run: () => rowCommands.duplicate(ids) },
              byKey('up', 'Move rows up', 'Alt+Shift+ArrowUp', { kind: 'move rows up' }),
              byKey('down rows', 'Move rows down', 'Alt+Shift+ArrowDown', { kind: 'move rows down' }),
              byKey('note', 'Note…', 'Shift+F2', { kind: 'note' }),
            ]
          : []),
        { ...byKey('delete', 'Delete rows', 'Ctrl+-', { kind: 'delete rows' }), isDanger: true },
      ]
    }

    const openMenu = (x: number, y: number) => setPopup({ kind: 'menu', x, y, entries: menuEntries() })

    const openMenuAtActive = () => {
      const { active } = controller.read()
      const columnId = latest.current.sheet.columns[active.column]?.id ?? ''
      const box = bodyRef.current
        ?.querySelector(`.ag-row[row-index="${active.row}"] .ag-cell[col-id="${CSS.escape(columnId)}"]`)
        ?.getBoundingClientRect()
      openMenu(box?.left ?? 200, box?.bottom ?? 200)
    }

    const beginEdit = (cell: Cell, text: string | null, mode: 'enter' | 'edit') => {
      const { sheet: shown, onNotice } = latest.current
      const target = cellAt(shown, cell.row, cell.column)
      if (!target.isEditable) {
        if (target.lockedBecause !== '') onNotice(target.lockedBecause)
        return
      }
      session.begin(cell, text ?? target.raw, target.raw, mode, 'cell')
      apiRef.current?.startEditingCell({ rowIndex: cell.row, colKey: shown.columns[cell.column]!.id })
    }

    const closeEditor = () => {
      session.end()
      apiRef.current?.stopEditing(true)
    }

    const commit = (then: AfterCommit) => {
      const { cell, text, before, place } = session.read()
      if (!cell) return
      const { sheet: shown } = latest.current
      const selection = controller.read()
      if (then.kind === 'fill') {
        closeEditor()
        run(entryEdits(shown, cellsOf(selection), text, selection), 'Fill selection')
      } else if (text !== before) {
        const verdict = report(entryEdits(shown, [cell], text, selection), 'Edit')
        // A refused text stays in its editor, so that it can be put right; a click elsewhere gives it up.
        if (verdict.taken === 0 && verdict.why !== '' && then.kind !== 'stay') return
      }
      closeEditor()
      if (then.kind === 'next') controller.step(then.along, then.isBack)
      else if (then.kind === 'move') controller.run({ kind: 'move', direction: then.direction })
      if (place === 'cell' || then.kind !== 'stay') focusActive()
    }

    const focusActive = () => {
      const { row, column } = controller.read().active
      const columnId = latest.current.sheet.columns[column]?.id
      if (columnId !== undefined) apiRef.current?.setFocusedCell(row, columnId)
    }

    const cancel = () => {
      closeEditor()
      focusActive()
    }

    /** True when the command was carried out. */
    const execute = (command: SheetCommand): boolean => {
      const { sheet: shown, onUndo, onRedo, onToggle, onDeleteRows } = latest.current
      const selection = controller.read()
      const { active } = selection
      switch (command.kind) {
        case 'edit':
          beginEdit(active, null, 'edit')
          return true
        case 'type':
          beginEdit(active, command.text, 'enter')
          return true
        case 'clear and edit':
          beginEdit(active, '', 'enter')
          return true
        case 'commit':
          commit(command.then)
          return true
        case 'cancel edit':
          cancel()
          return true
        case 'toggle edit mode':
          session.setMode(session.read().mode === 'edit' ? 'enter' : 'edit')
          return true
        case 'clear':
          run(clearEdits(shown, selection), 'Clear')
          return true
        case 'fill down':
          run(fillEdgeEdits(shown, selection, 'down'), 'Fill down')
          return true
        case 'fill right':
          run(fillEdgeEdits(shown, selection, 'right'), 'Fill right')
          return true
        case 'undo':
          onUndo()
          return true
        case 'redo':
          onRedo()
          return true
        case 'delete rows':
          onDeleteRows(rowIdsOf(shown, selection))
          return true
        case 'insert row': {
          const below = shown.rows[active.row]?.id
          if (below !== undefined) latest.current.rowCommands?.insert(below)
          return true
        }
        case 'move rows up':
        case 'move rows down':
          latest.current.rowCommands?.move(rowIdsOf(shown, selection), command.kind === 'move rows up' ? -1 : 1)
          return true
        case 'autosum':
          autosum()
          return true
        case 'note':
          note()
          return true
        case 'menu':
          openMenuAtActive()
          return true
        case 'find':
        case 'replace':
          // At once, or the first letter typed into the box would start an edit of a cell.
          flushSync(() => setFinding(command.kind === 'find' ? 'find' : 'replace'))
          return true
        case 'collapse': {
          const row = shown.rows[active.row]
          if (row && row.isOpen !== null) onToggle(row.id, !command.isClosing)
          else if (row && command.isClosing) {
            const parent = shown.rows
              .slice(0, active.row)
              .reverse()
              .find((other) => other.level < row.level)
            if (parent) controller.select(selectCell({ row: shown.rows.indexOf(parent), column: active.column }))
          }
          return true
        }
        default:
          return controller.run(command)
      }
    }
    return { run, report, paste, point, openMenu, beginEdit, commit, cancel, execute, focusActive }
  })

  useLayoutEffect(() => {
    controller.hooks = {
      onFill: (source, target, direction, isCopy) =>
        actions.run(fillEdits(latest.current.sheet, source, target, direction, isCopy), 'Fill'),
      onEdit: (cell) => actions.beginEdit(cell, null, 'edit'),
      onPoint: (cell) => actions.point(cell),
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

  useEffect(() => {
    const waiting = waitingPaste.current
    if (!waiting || sheet.rows.length < waiting.rows) return
    waitingPaste.current = null
    waiting.run()
  }, [sheet])

  useEffect(() => (root && api ? controller.attach(root) : undefined), [api, controller, root])

  useEffect(() => {
    const tell = () => latest.current.onActiveRow?.(latest.current.sheet.rows[controller.read().active.row]?.id ?? null)
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
    }
  }, [actions, controller])

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
  })
  useSheetClipboard(root, controller, latest, actions)

  const handles = useHandles(sheet, api, controller)
  const columnDefs = useMemo(() => groupColumns(sheet.columns), [sheet.columns])
  const context = useMemo<SheetContext>(
    () => ({
      session,
      nameColumn: Math.max(
        0,
        sheet.columns.findIndex(({ kind }) => kind === 'name'),
      ),
      toggle: (rowId, isOpen) => latest.current.onToggle(rowId, isOpen),
    }),
    [session, sheet.columns],
  )

  return (
    <div className="sheet">
      <FormulaBar
        sheet={sheet}
        controller={controller}
        session={session}
        onCommit={actions.commit}
        onCancel={actions.cancel}
        onLeave={actions.focusActive}
      />
      {writeName && <FormulaHelp sheet={sheet} session={session} write={writeName} />}
      {finding !== null && (
        <FindBar
          sheet={sheet}
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
        onNote={(rowId, text) => latest.current.rowCommands?.setNote(rowId, text)}
      />
      <div className="sheet-body" ref={setRoot} tabIndex={-1}>
        <AgGridProvider modules={MODULES}>
          <AgGridReact<RowHandle>
            theme={sheetTheme}
            styleNonce={styleNonce()}
            rowData={handles.initialRows}
            pinnedBottomRowData={handles.initialTotals}
            columnDefs={columnDefs}
            defaultColDef={DEFAULT_COLUMN}
            context={context}
            getRowId={({ data }) => data.id}
            getRowClass={({ data }) => `row-${(data?.row.kind ?? 'plain').replace(/\s/g, '-')}`}
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
            processRowPostCreate={({ eRow, node }) => {
              if (node.data && !node.rowPinned) eRow.setAttribute('aria-level', String(node.data.row.level + 1))
            }}
            onGridReady={({ api: ready }) => {
              apiRef.current = ready
              setApi(ready)
            }}
            onModelUpdated={() => requestAnimationFrame(() => nameGrid(root, label))}
            onColumnResized={({ finished, columns, api: grid }) => {
              if (finished && columns) grid.refreshCells({ columns, force: true })
            }}
          />
        </AgGridProvider>
      </div>
      <div ref={statusRef} className="sheet-foot" tabIndex={-1}>
        <SelectionStatus sheet={sheet} controller={controller}>
          {status}
        </SelectionStatus>
      </div>
    </div>
  )
}

const DEFAULT_COLUMN: ColDef<RowHandle> = {
  sortable: false,
  suppressMovable: true,
  suppressHeaderMenuButton: true,
  resizable: true,
  editable: true,
  cellEditor: CellEditor,
}

function groupColumns(columns: readonly SheetColumn[]): (ColDef<RowHandle> | ColGroupDef<RowHandle>)[] {
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

/** The vertical scroll bar may lie over the last column; its numbers keep clear of it. */
const SCROLL_BAR_PIXELS = 16

function columnDef(
  { id, header, kind, width, isFlexible, isPinned }: SheetColumn,
  index: number,
  clearPixels: number,
): ColDef<RowHandle> {
  const edge = clearPixels > 0 ? ' sheet-edge' : ''
  const cellHere = (data: RowHandle | undefined): SheetCell | undefined => data?.row.cells[index]
  return {
    colId: id,
    headerName: header,
    width: width + clearPixels,
    minWidth: isFlexible ? width : 56,
    ...(isFlexible && { flex: 1, maxWidth: 440 }),
    pinned: isPinned ? 'left' : null,
    headerClass: `${kind === 'number' ? 'sheet-number-head' : ''}${edge}`,
    cellClass: `sheet-${kind}${edge}`,
    ...(kind === 'name' && { cellRenderer: NameCell }),
    valueGetter: ({ data }) => cellHere(data),
    equals: isSameSheetCell,
    valueFormatter: ({ value, column }) => {
      const cell = value as SheetCell | undefined
      if (!cell) return ''
      return kind === 'number' && cell.errorCode === ''
        ? fitNumber(cell, column.getActualWidth() - clearPixels)
        : cell.text
    },
    tooltipValueGetter: ({ data }) => cellHere(data)?.tip ?? '',
    cellClassRules: {
      'is-input': ({ data }) => cellHere(data)?.role === 'input' && cellHere(data)?.isEditable === true,
      'is-formula': ({ data }) => cellHere(data)?.role === 'formula',
      'is-computed': ({ data }) => cellHere(data)?.role === 'computed',
      'is-locked': ({ data }) => cellHere(data)?.isEditable === false,
      'is-error': ({ data }) => (cellHere(data)?.errorCode ?? '') !== '',
      'is-range': ({ data }) => cellHere(data)?.mark === 'range',
      'is-good': ({ data }) => cellHere(data)?.tone === 'good',
      'is-bad': ({ data }) => cellHere(data)?.tone === 'bad',
      'has-note': ({ data }) => kind === 'name' && (data?.row.note ?? '') !== '',
      'is-faint': ({ data }) => cellHere(data)?.value === null && cellHere(data)?.role !== 'label',
    },
  }
}

/** Name by which formulas call the row; null for rows that only group others. */
function formulaNameOf(sheet: Sheet, row: number): string | null {
  const formulaColumn = sheet.columns.findIndex(({ isFormula }) => isFormula === true)
  const nameColumn = sheet.columns.findIndex(({ kind }) => kind === 'name')
  const name = cellAt(sheet, row, nameColumn).raw
  return formulaColumn >= 0 && cellAt(sheet, row, formulaColumn).isEditable && name !== '' ? name : null
}

/** Completion of the formula that is being typed, in the cell or in the bar. */
function FormulaHelp({
  sheet,
  session,
  write,
}: {
  readonly sheet: Sheet
  readonly session: EditSession
  readonly write: NameWriter
}) {
  const edit = useSyncExternalStore(session.subscribe, session.read)
  const [choice, setChoice] = useState({ text: '', index: 0 })
  const isFormula = edit.cell !== null && edit.text.startsWith('=')
  const names = useMemo(
    () => (isFormula ? sheet.rows.flatMap((_, row) => formulaNameOf(sheet, row) ?? []) : []),
    [isFormula, sheet],
  )
  const { input } = session
  // The caret of a box that has just been opened is at its end.
  const caret = Math.min(
    input?.value === edit.text ? (input.selectionStart ?? edit.text.length) : edit.text.length,
    edit.text.length,
  )
  const completions = completionsAt(edit.text, caret, names, write)
  const chosen = choice.text === edit.text ? choice.index : 0
  const take = (index: number) => {
    const item = completions.items[index]
    if (!item) return
    const text = edit.text.slice(0, completions.from) + item.text + edit.text.slice(completions.to)
    session.place(text, completions.from + item.text.length)
  }
  useLayoutEffect(() => {
    const count = completions.items.length
    session.help = isFormula
      ? {
          items: count,
          choose: (step) => setChoice({ text: edit.text, index: (chosen + step + count) % count }),
          take: () => take(chosen),
        }
      : null
  })
  if (!isFormula) return null
  return <FormulaHelpBox edit={edit} input={input} completions={completions} chosen={chosen} onTake={take} />
}

/** Stable handles for the grid; a change of any size costs one refresh of the cells on screen. */
function useHandles(sheet: Sheet, api: GridApi<RowHandle> | null, controller: RangeController) {
  const byId = useRef(new Map<string, RowHandle>())
  const [initialRows] = useState<RowHandle[]>(() => [])
  const [initialTotals] = useState<RowHandle[]>(() => [])
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
    controller.repaint()
  }, [api, controller, sheet])
  return { initialRows, initialTotals }
}

/** Keys in the capture phase, so that the grid never sees a key we own. */
function useSheetKeys(
  root: HTMLElement | null,
  session: EditSession,
  execute: (command: SheetCommand) => boolean,
  leaving: { readonly onLeave: (isBack: boolean) => boolean; readonly onUnusedEscape: () => void },
) {
  const latest = useRef(leaving)
  useLayoutEffect(() => {
    latest.current = leaving
  })
  useEffect(() => {
    if (!root) return
    const isMac = navigator.userAgent.includes('Mac')
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      // Before the first click, focus is on the body; keys belong to the sheet then too.
      if (target !== document.body && !root.contains(target)) return
      const isEditor = target.classList.contains('sheet-editor')
      if (!isEditor && target.closest('input, textarea, select')) return
      if (target.closest('button') && (event.key === 'Enter' || event.key === ' ')) return
      const edit = session.read()
      const mode = edit.cell && edit.place === 'cell' ? edit.mode : 'ready'
      if (mode !== 'ready' && helpTakes(event, session)) return
      const command = commandOf(event, mode, isMac)
      if (!command) {
        const isTypeAhead = mode !== 'ready' && !isEditor && event.key.length === 1 && !event.ctrlKey && !event.metaKey
        if (isTypeAhead) {
          // Keys that arrive after the edit began and before its text box has the focus.
          session.write(session.read().text + event.key)
          event.preventDefault()
        }
        if (mode !== 'ready') event.stopPropagation()
        return
      }
      if (command.kind === 'next' && command.along === 'row' && latest.current.onLeave(command.isBack)) {
        event.stopPropagation()
        return
      }
      if (!execute(command)) {
        if (command.kind === 'escape') latest.current.onUnusedEscape()
        return
      }
      event.preventDefault()
      event.stopPropagation()
    }
    document.addEventListener('keydown', onKeyDown, true)
    return () => document.removeEventListener('keydown', onKeyDown, true)
  }, [execute, root, session])
}

/** Copy, cut and paste through the DOM events: no clipboard permission is needed, and menus reach them too. */
function useSheetClipboard(
  root: HTMLElement | null,
  controller: RangeController,
  latest: { readonly current: SheetGridProps },
  {
    run,
    paste,
  }: {
    readonly run: (plan: EditPlan, verb: string) => void
    readonly paste: (block: readonly (readonly string[])[], verb?: string) => void
  },
) {
  useEffect(() => {
    if (!root) return
    let valuesAskedAt = -Infinity
    // The browser turns this key into a paste event that does not tell itself from another.
    const onKeyDown = (event: KeyboardEvent) => {
      const isValuesKey = (event.ctrlKey || event.metaKey) && event.shiftKey && event.key.toLowerCase() === 'v'
      if (isValuesKey) valuesAskedAt = performance.now()
    }
    const isOurs = ({ target }: Event) =>
      target === document.body ||
      (target instanceof Element && root.contains(target) && !target.closest('input, textarea, select'))
    const onCopy = (event: ClipboardEvent) => {
      if (!isOurs(event) || !event.clipboardData) return
      event.preventDefault()
      const selection = controller.read()
      const block = copyBlock(latest.current.sheet, selection)
      if (!block) {
        latest.current.onNotice(
          'These ranges share neither rows nor columns, so they make no one block. Copy them one by one.',
        )
        return
      }
      event.clipboardData.setData('text/plain', formatTsv(block.values))
      event.clipboardData.setData('text/html', formatHtmlTable(block.values))
      event.clipboardData.setData(OWN_CLIPBOARD_TYPE, formatTsv(block.raw))
      controller.setCut(event.type === 'cut' ? lastRect(selection) : null)
    }
    const onPaste = (event: ClipboardEvent) => {
      if (!isOurs(event) || !event.clipboardData) return
      event.preventDefault()
      const isValues = performance.now() - valuesAskedAt < VALUES_KEY_MS
      valuesAskedAt = -Infinity
      const plain = event.clipboardData.getData('text/plain')
      const text = (isValues ? '' : event.clipboardData.getData(OWN_CLIPBOARD_TYPE)) || plain
      const { cut } = controller
      if (!cut) {
        paste(parseTsv(text), isValues ? 'Paste values' : 'Paste')
        return
      }
      const plan = pasteEdits(latest.current.sheet, controller.read(), parseTsv(text))
      controller.setCut(null)
      // What was cut goes in the same step, except where the paste lands on it.
      const pasted = new Set(plan.edits.map(({ rowId, columnId }) => `${rowId}\n${columnId}`))
      const cleared = clearEdits(latest.current.sheet, selectRect(cut)).edits
      const left = cleared.filter(({ rowId, columnId }) => !pasted.has(`${rowId}\n${columnId}`))
      run({ ...plan, edits: [...left, ...plan.edits] }, 'Move cells')
    }
    const stop = new AbortController()
    const options = { capture: true, signal: stop.signal }
    document.addEventListener('keydown', onKeyDown, options)
    document.addEventListener('copy', onCopy, options)
    document.addEventListener('cut', onCopy, options)
    document.addEventListener('paste', onPaste, options)
    return () => stop.abort()
  }, [controller, latest, paste, root, run])
}

/** The grid has no options for these, and sets its own role again when rows first arrive. */
function nameGrid(root: HTMLElement | null, label: string): void {
  const grid = root?.querySelector('.ag-grid-viewport')
  grid?.setAttribute('role', 'treegrid')
  grid?.setAttribute('aria-label', label)
  grid?.setAttribute('aria-multiselectable', 'true')
}

function dressCell(element: HTMLElement, cell: SheetCell): void {
  const description = [ROLE_WORDS[cell.role], cell.mark === 'range' ? 'range, mean shown' : '', cell.tip]
    .filter((part) => part !== '')
    .join('. ')
  if (element.getAttribute('aria-readonly') !== String(!cell.isEditable))
    element.setAttribute('aria-readonly', String(!cell.isEditable))
  if (element.getAttribute('aria-description') === description) return
  if (description === '') element.removeAttribute('aria-description')
  else element.setAttribute('aria-description', description)
}

const ROLE_WORDS: Readonly<Record<SheetCell['role'], string>> = {
  label: '',
  input: '',
  formula: 'from the formula of the row',
  computed: 'computed',
  empty: '',
}

function rowsPerPage(api: GridApi<RowHandle> | null): number {
  if (!api) return 10
  const { top, bottom } = api.getVerticalPixelRange()
  return Math.max(1, Math.floor((bottom - top) / 28) - 1)
}
