import { create } from 'zustand'

/** What undo and redo would do, for menus and buttons; the steps themselves live with the commands. */
export interface HistoryState {
  readonly undoLabel: string | null
  readonly redoLabel: string | null
}

export const useHistory = create<HistoryState>()(() => ({ undoLabel: null, redoLabel: null }))
