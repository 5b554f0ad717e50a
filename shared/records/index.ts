export { applyDiff, diffTables, invertDiff, joinDiffs } from './records.ts'
export type { Identified, RecordChange, RecordsDiff, Tables } from './records.ts'
export { fingerprintOf, hashBytes, hashText, PairHash, RowHashes } from './hash.ts'
export type { Letters } from './hash.ts'
