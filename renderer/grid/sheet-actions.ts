import { type ApplyEdits, applyEditsOf } from './apply-edits.ts'
import { type Editing, editingOf } from './editing.ts'
import type { SheetCommand } from './keymap.ts'
import { type Pasting, pastingOf } from './pasting.ts'
import { selectCell } from './range.ts'
import { cellsOfRefs } from './sheet.ts'
import { clearEdits, fillEdgeEdits, rowIdsOf } from './sheet-edits.ts'
import type { SheetHost } from './sheet-host.ts'
import { sheetMenu } from './sheet-menu.ts'

export interface SheetActions extends ApplyEdits, Pasting, Editing {
  /** True when the command was carried out. */
  readonly execute: (command: SheetCommand) => boolean
  readonly openMenu: (x: number, y: number) => void
}

/** Everything keys, menus and pointer can do to one sheet. */
export function sheetActions(host: SheetHost): SheetActions {
  const { latest, controller, session, body, show, openFind } = host
  const applying = applyEditsOf(host)
  const pasting = pastingOf(host, applying)
  const editing = editingOf(host, applying)
  const { run } = applying

  const openMenu = (x: number, y: number) => show({ kind: 'menu', x, y, entries: sheetMenu(host, pasting, execute) })

  const openMenuAtActive = () => {
    const { active } = controller.read()
    const columnId = latest.current.sheet.columns[active.column]?.id ?? ''
    const box = body()
      ?.querySelector(`.ag-row[row-index="${active.row}"] .ag-cell[col-id="${CSS.escape(columnId)}"]`)
      ?.getBoundingClientRect()
    openMenu(box?.left ?? 200, box?.bottom ?? 200)
  }

  const openNote = () => {
    const { sheet, rowCommands, onNotice } = latest.current
    const { active } = controller.read()
    const row = sheet.rows[active.row]
    const column = sheet.columns[active.column]
    const cell = row?.cells[active.column]
    const name = row?.cells.find(({ role }) => role === 'label')?.text ?? ''
    if (!row || row.note === undefined || !rowCommands) onNotice('Notes belong to budget lines and drivers.')
    else if (column?.kind === 'number' && cell?.isEditable) {
      const where = [column.group, column.header].filter((part) => part !== '').join(' ')
      show({ kind: 'note', rowId: row.id, columnId: column.id, name: `${name}, ${where}`, note: cell.note })
    } else show({ kind: 'note', rowId: row.id, columnId: null, name, note: row.note })
  }

  /** Closes or opens the active row; closing a row without children goes to the row above it in the hierarchy. */
  const collapse = (isClosing: boolean) => {
    const { sheet, onToggle } = latest.current
    const { active } = controller.read()
    const row = sheet.rows[active.row]
    if (row && row.isOpen !== null) onToggle(row.id, !isClosing)
    else if (row && isClosing) {
      let parent = active.row - 1
      while (parent >= 0 && sheet.rows[parent]!.level >= row.level) parent -= 1
      if (parent >= 0) controller.select(selectCell({ row: parent, column: active.column }))
    }
  }

  /** Selects the cells, each a range of its own, so that Tab goes from one to the next. */
  const selectTraced = (kind: 'precedents' | 'dependents') => {
    const { sheet, traceCell, onNotice } = latest.current
    const { row, column } = controller.read().active
    const [rowId, columnId] = [sheet.rows[row]?.id, sheet.columns[column]?.id]
    if (!traceCell || rowId === undefined || columnId === undefined) return
    const cells = cellsOfRefs(sheet, traceCell({ rowId, columnId })[kind])
    const [first] = cells
    if (first) controller.select({ ranges: cells.map((cell) => ({ anchor: cell, focus: cell })), active: first })
    else if (kind === 'precedents') onNotice('This cell rests on no other cell that is shown.')
    else onNotice('No other cell that is shown rests on this one.')
  }

  const execute = (command: SheetCommand): boolean => {
    const { sheet, onUndo, onRedo, onDeleteRows, rowCommands } = latest.current
    const selection = controller.read()
    const { active } = selection
    switch (command.kind) {
      case 'edit':
        editing.beginEdit(active, null, 'edit')
        return true
      case 'type':
        editing.beginEdit(active, command.text, 'enter')
        return true
      case 'clear and edit':
        editing.beginEdit(active, '', 'enter')
        return true
      case 'commit':
        editing.commit(command.then)
        return true
      case 'cancel edit':
        editing.cancel()
        return true
      case 'toggle edit mode':
        session.setMode(session.read().mode === 'edit' ? 'enter' : 'edit')
        return true
      case 'clear':
        run(clearEdits(sheet, selection), 'Clear')
        return true
      case 'fill down':
        run(fillEdgeEdits(sheet, selection, 'down'), 'Fill down')
        return true
      case 'fill right':
        run(fillEdgeEdits(sheet, selection, 'right'), 'Fill right')
        return true
      case 'undo':
        onUndo()
        return true
      case 'redo':
        onRedo()
        return true
      case 'delete rows':
        onDeleteRows(rowIdsOf(sheet, selection))
        return true
      case 'insert row': {
        const below = sheet.rows[active.row]?.id
        if (below !== undefined) rowCommands?.insert(below)
        return true
      }
      case 'move rows up':
      case 'move rows down':
        rowCommands?.move(rowIdsOf(sheet, selection), command.kind === 'move rows up' ? -1 : 1)
        return true
      case 'autosum':
        editing.autosum()
        return true
      case 'precedents':
      case 'dependents':
        selectTraced(command.kind)
        return true
      case 'explain':
        latest.current.onExplain?.()
        return true
      case 'paste special':
        pasting.pasteSpecial()
        return true
      case 'note':
        openNote()
        return true
      case 'menu':
        openMenuAtActive()
        return true
      case 'find':
      case 'replace':
        openFind(command.kind)
        return true
      case 'collapse':
        collapse(command.isClosing)
        return true
      default:
        return controller.run(command)
    }
  }
  return { ...applying, ...pasting, ...editing, execute, openMenu }
}
