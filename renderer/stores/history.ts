import { create } from 'zustand'
import type { RecordsDiff } from '../../shared/records/index.ts'

/** One thing that was done to the workbook and can be taken back. */
export interface HistoryStep {
  readonly label: string
  /** Epoch milliseconds. */
  readonly at: number
}

/** What undo and redo would do, for menus, buttons and the list of steps; the diffs live with the commands. */
export interface HistoryState {
  readonly undoLabel: string | null
  readonly redoLabel: string | null
  /** Oldest first; those from `done` on are undone. */
  readonly steps: readonly HistoryStep[]
  readonly done: number
  /** What undo or redo changed last, for showing it; another object each time. */
  readonly reverted: RecordsDiff | null
}

export const useHistory = create<HistoryState>()(() => ({
  undoLabel: null,
  redoLabel: null,
  steps: [],
  done: 0,
  reverted: null,
}))
