import type { EditSession } from './edit-session.ts'
import type { FormulaContext } from './formula-editor/formula-box.tsx'
import type { SheetRow } from './sheet.ts'

/** The grid holds these for as long as a row lives; what they show is swapped under them. */
export interface RowHandle {
  readonly id: string
  row: SheetRow
}

export interface SheetContext {
  readonly session: EditSession
  readonly nameColumn: number
  readonly formulas: FormulaContext
  readonly toggle: (rowId: string, isOpen: boolean) => void
}
