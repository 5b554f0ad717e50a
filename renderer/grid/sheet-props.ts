import type { ReactNode, Ref } from 'react'
import type { SheetSort } from './arrange-sheet.ts'
import type { FormulaProblem } from './formula-editor/formula-problems.ts'
import type { NameWriter } from './sheet-edits.ts'
import type { Spreading } from './sheet-popups.tsx'
import type { CellRef, CellTrace, EditVerdict, RefusedEdit, Sheet, SheetEdit } from './sheet.ts'

export interface SheetHandle {
  /** Puts the selection on a cell and gives the sheet the focus. */
  select(rowId: string, columnId: string): void
  edit(rowId: string, columnId: string): void
  /** Selects the least rectangle around cells and scrolls to it; the focus stays where it is. */
  show(cells: readonly CellRef[]): void
}

/** What can be done to rows; each call is one undo step. */
export interface RowCommands {
  readonly insert: (below: string) => void
  /** Adds rows and writes into them and into others, as one step; `editsFor` gets the ids of the new rows. */
  readonly pasteBelow: (
    below: string,
    count: number,
    editsFor: (rowIds: readonly string[]) => readonly SheetEdit[],
    label: string,
  ) => EditVerdict
  readonly duplicate: (rowIds: readonly string[]) => void
  readonly move: (rowIds: readonly string[], step: -1 | 1) => void
  readonly moveTo: (rowIds: readonly string[], target: string, side: 'above' | 'below') => void
  /** `columnId` null = a note on the whole row. */
  readonly setNote: (rowId: string, columnId: string | null, note: string) => void
}

export interface SheetGridProps {
  /** Name of the sheet for screen readers. */
  readonly label: string
  readonly sheet: Sheet
  /** Makes the sheet with the rows that are collapsed now: what is searched. */
  readonly whole?: () => Sheet
  /** One call is one undo step. */
  readonly onEdits: (edits: readonly SheetEdit[], label: string) => EditVerdict
  readonly onUndo: () => void
  readonly onRedo: () => void
  readonly onToggle: (rowId: string, isOpen: boolean) => void
  readonly onDeleteRows: (rowIds: readonly string[]) => void
  /** A sentence the user should see: cells skipped, a text refused. */
  readonly onNotice: (text: string) => void
  readonly onActiveCell?: (rowId: string | null, columnId: string | null) => void
  /** What a cell rests on and what rests on it. */
  readonly traceCell?: (cell: CellRef) => CellTrace
  /** Marked on the sheet while it is given. */
  readonly traced?: CellTrace | null
  /** Tells how the active cell came about. */
  readonly onExplain?: () => void
  /** What of these edits would be refused; asked before a paste changes anything. */
  readonly onCheck?: (edits: readonly SheetEdit[]) => readonly RefusedEdit[]
  readonly rowCommands?: RowCommands
  /** Ways to spread a total over the columns, for the rows that are selected; the first is proposed. */
  readonly spreadingsFor?: (rowIds: readonly string[]) => readonly Spreading[]
  /** How the rows are sorted now, and how to sort them otherwise; null = in their own order. */
  readonly sorting?: { readonly sort: SheetSort | null; readonly onSort: (sort: SheetSort | null) => void }
  /** Writes a row's name as a formula does. */
  readonly writeName?: NameWriter
  /** What is wrong with a formula of a row, while it is typed. */
  readonly checkFormula?: (rowId: string, formula: string) => readonly FormulaProblem[]
  readonly status?: ReactNode
  readonly ref?: Ref<SheetHandle>
}
