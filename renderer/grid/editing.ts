import type { ApplyEdits } from './apply-edits.ts'
import { readIn, showIn } from './decimal-mark.ts'
import { insertName } from './formula-help.ts'
import type { AfterCommit } from './keymap.ts'
import { type Cell, cellsOf, selectCell } from './range.ts'
import { autosumFormula, entryEdits } from './sheet-edits.ts'
import type { SheetHost } from './sheet-host.ts'
import { cellAt } from './sheet.ts'

export interface Editing {
  /** A null text edits what is there. */
  readonly beginEdit: (cell: Cell, text: string | null, mode: 'enter' | 'edit') => void
  readonly commit: (then: AfterCommit) => void
  readonly cancel: () => void
  /** Gives the active cell the focus. */
  readonly focusActive: () => void
  /**
   * Puts the name of a clicked row into the formula that is being typed, with the month that was clicked where that is
   * another than the edited one, or where it is asked for; false = no formula is typed, or a name cannot stand there.
   */
  readonly point: (cell: Cell, isThisMonth: boolean) => boolean
  /** Proposes the sum of the rows above as the formula of the active row. */
  readonly autosum: () => void
}

export function editingOf({ latest, controller, session, api }: SheetHost, { report, run }: ApplyEdits): Editing {
  const focusActive = () => {
    const { row, column } = controller.read().active
    const columnId = latest.current.sheet.columns[column]?.id
    if (columnId !== undefined) api()?.setFocusedCell(row, columnId)
  }

  const beginEdit = (cell: Cell, text: string | null, mode: 'enter' | 'edit') => {
    const { sheet, onNotice } = latest.current
    const target = cellAt(sheet, cell.row, cell.column)
    if (!target.isEditable) {
      if (target.lockedBecause !== '') onNotice(target.lockedBecause)
      return
    }
    const column = sheet.columns[cell.column]!
    const shown = showIn(column, target.raw)
    session.begin(cell, text ?? shown, shown, mode, 'cell')
    api()?.startEditingCell({ rowIndex: cell.row, colKey: column.id })
  }

  const closeEditor = () => {
    session.end()
    api()?.stopEditing(true)
  }

  const commit = (then: AfterCommit) => {
    const { cell, text: typed, before, place } = session.read()
    if (!cell) return
    const { sheet } = latest.current
    const text = readIn(sheet.columns[cell.column], typed)
    const selection = controller.read()
    if (then.kind === 'fill') {
      closeEditor()
      run(entryEdits(sheet, cellsOf(selection), text, selection), 'Fill selection')
    } else if (typed !== before) {
      const verdict = report(entryEdits(sheet, [cell], text, selection), 'Edit')
      // A refused text stays in its editor, so that it can be put right; a click elsewhere gives it up.
      if (verdict.taken === 0 && verdict.why !== '' && then.kind !== 'stay') return
    }
    closeEditor()
    if (then.kind === 'next') controller.step(then.along, then.isBack)
    else if (then.kind === 'move') controller.run({ kind: 'move', direction: then.direction })
    if (place === 'cell' || then.kind !== 'stay') focusActive()
  }

  const cancel = () => {
    closeEditor()
    focusActive()
  }

  const point = ({ row, column }: Cell, isThisMonth: boolean): boolean => {
    const { sheet, writeName } = latest.current
    const name = sheet.rows[row]?.formulaName
    const { cell, text } = session.read()
    if (!cell || name === undefined || !writeName) return false
    const month = sheet.columns[column]?.month
    const ownMonth = sheet.columns[cell.column]?.month
    // A name alone is the same month of the other row, which is what a click beside the edited month means.
    const isMonthMeant = month !== undefined && (isThisMonth || (ownMonth !== undefined && ownMonth !== month))
    const written = isMonthMeant ? `${writeName(name)}[${month}]` : writeName(name)
    const pointed = insertName(text, session.caret(), written, session.pointed)
    if (!pointed) return false
    session.place(pointed.text, pointed.to)
    session.pointed = pointed
    return true
  }

  const autosum = () => {
    const { sheet, onNotice, writeName } = latest.current
    const selection = controller.read()
    const nameColumn = sheet.columns.findIndex(({ kind }) => kind === 'name')
    const column = sheet.columns.findIndex(({ isFormula }) => isFormula === true)
    const formula = writeName ? autosumFormula(sheet, selection, nameColumn, writeName) : null
    if (formula === null || column < 0) {
      onNotice('There are no rows above this one on its level to add up. Select the rows and try again.')
      return
    }
    const cell = { row: selection.active.row, column }
    controller.select(selectCell(cell))
    beginEdit(cell, formula, 'edit')
  }

  return { beginEdit, commit, cancel, focusActive, point, autosum }
}
