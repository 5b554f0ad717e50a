import { create } from 'zustand'
import type { ImportRecord } from '../../shared/importers/index.ts'
import type { WorkbookRecords } from '../../shared/workbook/index.ts'

/**
 * What is open. Written by commands only; views read.
 *
 * opening: the store is being checked, no figure may show · start: nothing is open yet · ready: a workbook is open ·
 * read-only: another window holds the pen.
 */
export type Phase = 'opening' | 'start' | 'ready' | 'read-only' | 'failed'

export type SaveState =
  | { readonly kind: 'saved'; readonly at: number | null }
  | { readonly kind: 'saving' }
  | { readonly kind: 'failed'; readonly reason: string }

export interface WorkbookState {
  readonly phase: Phase
  /** One sentence about how it was opened (restored from the second copy, another window is writing, why it failed). */
  readonly notice: string | null
  readonly records: WorkbookRecords
  readonly imports: readonly ImportRecord[]
  readonly saveState: SaveState
}

export const NO_RECORDS: WorkbookRecords = {
  settings: {},
  objectives: {},
  keyResults: {},
  initiatives: {},
  rows: {},
  scenarios: {},
  attributionRules: {},
  weekNotes: {},
  assessments: {},
  rates: {},
  modelAliases: {},
  people: {},
  refusedMerges: {},
  sharedCosts: {},
  importMappings: {},
}

export const useWorkbook = create<WorkbookState>()(() => ({
  phase: 'opening',
  notice: null,
  records: NO_RECORDS,
  imports: [],
  saveState: { kind: 'saved', at: null },
}))
