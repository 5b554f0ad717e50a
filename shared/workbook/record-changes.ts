import { applyDiff, diffTables, type RecordsDiff, type Tables } from '../records/index.ts'
import type { WorkbookRecords } from './document.ts'

/** What turns one state of the hand-edited records into another; read backwards it is the undo. */
export function diffRecords(from: WorkbookRecords, to: WorkbookRecords): RecordsDiff {
  return diffTables(from as unknown as Tables, to as unknown as Tables)
}

export function changeRecords(records: WorkbookRecords, diff: RecordsDiff): WorkbookRecords {
  return applyDiff(records as unknown as Tables, diff) as unknown as WorkbookRecords
}
