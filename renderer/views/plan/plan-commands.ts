import type { RefObject } from 'react'
import { editRecords, showToast, undo } from '../../commands/index.ts'
import type { RowCommands, SheetHandle } from '../../grid/index.ts'
import type { EditVerdict, SheetEdit } from '../../grid/sheet.ts'
import type { WorkbookRecords } from '../../../shared/workbook/index.ts'
import { countOf, newId } from '../../parts/index.ts'
import { applyPlanEdits } from './plan-edits.ts'
import { NAME_COLUMN, monthOfPlanColumn, placeOfRow, rowOfInitiative, rowOfRecord } from './plan-ids.ts'
import {
  type Added,
  addInitiative,
  addRow,
  duplicateRows,
  insertRow,
  insertRows,
  moveRows,
  moveRowsTo,
  removeRows,
  setNote,
} from './plan-rows.ts'

const MENU_CLOSES_MS = 200

export interface PlanDesk {
  readonly records: WorkbookRecords
  readonly isReadOnly: boolean
  /** Rows stand in another order than the plan's. */
  readonly isSorted: boolean
  /** Row of the sheet the selection is in. */
  readonly activeRow: string | null
  readonly sheet: RefObject<SheetHandle | null>
  /** A row is about to appear, in a group of the sheet or in none. */
  readonly onNewRow: (group: string | null) => void
}

export interface PlanCommands {
  readonly edit: (edits: readonly SheetEdit[], label: string) => EditVerdict
  readonly addInitiative: () => void
  readonly addLine: (kind: 'driver' | 'budget line') => void
  readonly deleteRows: (rowIds: readonly string[]) => void
  readonly rows: RowCommands
}

/** What can be done to the plan from its sheet; each call is one undo step. */
export function planCommands({ records, isReadOnly, isSorted, activeRow, sheet, onNewRow }: PlanDesk): PlanCommands {
  const add = (make: (current: WorkbookRecords, id: string) => Added, rowOf: (id: string) => string, label: string) => {
    const id = newId('row')
    void editRecords(label, (current) => make(current, id).records).then(() => {
      // The menu gives the focus back to its button once it has closed; only then can the new name take it.
      setTimeout(() => sheet.current?.edit(rowOf(id), NAME_COLUMN), MENU_CLOSES_MS)
    })
  }

  const edit = (edits: readonly SheetEdit[], label: string): EditVerdict => {
    if (isReadOnly)
      return {
        taken: 0,
        refused: edits.length,
        why: 'Another window is writing to this workbook, so nothing was changed here.',
      }
    const edited = applyPlanEdits(records, edits)
    if (edited.taken > 0) void editRecords(labelOf(label, edits), (current) => applyPlanEdits(current, edits).records)
    return edited
  }

  const deleteRows = (rowIds: readonly string[]) => {
    const removed = removeRows(records, rowIds)
    if (removed.names.length === 0) {
      showToast('This row is computed and cannot be deleted.')
      return
    }
    const what = removed.names.length === 1 ? `“${removed.names[0]}”` : countOf(removed.names.length, 'row')
    const also = [
      removed.lines > 0 ? countOf(removed.lines, 'budget line') : '',
      removed.rules > 0 ? countOf(removed.rules, 'attribution rule') : '',
    ].filter((part) => part !== '')
    void editRecords(`deletion of ${what}`, (current) => removeRows(current, rowIds).records)
    showToast(`Deleted ${what}${also.length > 0 ? ` with ${also.join(' and ')}` : ''}.`, {
      action: { label: 'Undo', run: () => void undo() },
    })
  }

  /** True when the rows may be put elsewhere; says why not. */
  const canMove = (): boolean => {
    if (isSorted) showToast('The rows are sorted. Go back to the order of the plan to move them.')
    return !isSorted
  }

  const rows: RowCommands = {
    insert: (below) => {
      const id = newId('row')
      if (!insertRow(records, id, below)) {
        showToast('Nothing can be inserted here. Choose an initiative or a row.')
        return
      }
      onNewRow(placeOfRow(below).kind === 'initiative' ? below : null)
      add(
        (current) => insertRow(current, id, below) ?? { records: current, id },
        () => rowOfRecord(id),
        'new row',
      )
    },
    pasteBelow: (below, count, editsFor, label) => {
      const ids = Array.from({ length: count }, () => newId('row'))
      const grow = (current: WorkbookRecords) => insertRows(current, ids, below)
      const edits = editsFor(ids.map(rowOfRecord))
      const verdict = applyPlanEdits(grow(records), edits)
      onNewRow(null)
      void editRecords(
        `${labelOf(label, edits)} with ${countOf(count, 'new row')}`,
        (current) => applyPlanEdits(grow(current), edits).records,
      )
      return verdict
    },
    duplicate: (rowIds) => {
      const ids = new Map(rowIds.map((rowId) => [rowId, newId('row')]))
      const make = (current: WorkbookRecords) => duplicateRows(current, rowIds, (rowId) => ids.get(rowId)!)
      const { ids: made } = make(records)
      if (made.length === 0) {
        showToast('Budget lines and drivers can be duplicated; this row cannot.')
        return
      }
      onNewRow(null)
      void editRecords(`duplicate of ${countOf(made.length, 'row')}`, (current) => make(current).records).then(() =>
        sheet.current?.select(rowOfRecord(made[0]!), NAME_COLUMN),
      )
    },
    move: (rowIds, step) => {
      if (canMove()) void editRecords('move of rows', (current) => moveRows(current, rowIds, step))
    },
    moveTo: (rowIds, target, side) => {
      if (!canMove()) return
      if (moveRowsTo(records, rowIds, target, side) === null) {
        showToast('These rows cannot stand there. Budget lines go among budget lines, drivers among drivers.')
        return
      }
      void editRecords('move of rows', (current) => moveRowsTo(current, rowIds, target, side) ?? current)
    },
    setNote: (rowId, columnId, note) =>
      void editRecords('note', (current) =>
        setNote(current, rowId, columnId === null ? null : monthOfPlanColumn(columnId), note),
      ),
  }

  return {
    edit,
    addInitiative: () => {
      onNewRow(null)
      add(addInitiative, rowOfInitiative, 'new initiative')
    },
    addLine: (kind) => {
      const group = kind === 'budget line' ? initiativeAt(records, activeRow) : null
      onNewRow(group === null ? null : rowOfInitiative(group))
      add(
        (current, id) => addRow(current, id, kind, group),
        rowOfRecord,
        kind === 'driver' ? 'new driver' : 'new budget line',
      )
    },
    deleteRows,
    rows,
  }
}

/** The initiative a new budget line goes to: the one the active row is or belongs to, else the first. */
function initiativeAt(records: WorkbookRecords, activeRow: string | null): string | null {
  const place = activeRow === null ? null : placeOfRow(activeRow)
  if (place?.kind === 'initiative') return place.id
  const own = place?.kind === 'row' ? records.rows[place.id] : undefined
  if (own?.kind === 'budget line') return own.group
  return Object.values(records.initiatives).sort((a, b) => a.order - b.order)[0]?.id ?? null
}

function labelOf(label: string, edits: readonly SheetEdit[]): string {
  const word = label.charAt(0).toLowerCase() + label.slice(1)
  return edits.length === 1 ? word : `${word} of ${edits.length} cells`
}
