export { cellAt, FactBuilder, factKey } from './build-chunks.ts'
export type { FactColumns, FactKey, Repeat } from './build-chunks.ts'
export { checksumOf } from './checksum.ts'
export { eachFact, noFacts, resolveFacts } from './fact-set.ts'
export type { FactOrigin, FactSet, FactTable, StatementOrder } from './fact-set.ts'
export { groupRows } from './group-rows.ts'
export { GrowingNumbers } from './growing-numbers.ts'
export { NumberedPairs } from './numbered-pairs.ts'
export { NumberedTexts, TableReader } from './read-columns.ts'
export { silencedRows, silenceOf, silencesOf } from './overlap.ts'
export type { Overlap, Silence } from './overlap.ts'
export { halvesOf, nanosAt } from './nanos-halves.ts'
export { chunkOf, KeyIndex, rowOf } from './key-index.ts'
export { Word, WordInBytes } from './word-list.ts'
export { CHUNK_ROWS, FACT_KINDS, FACT_TABLES, UNKNOWN_NANOS, unknownColumn } from './schema.ts'
export type {
  ColumnData,
  ColumnKind,
  FactChunk,
  FactKind,
  FactRow,
  NanosColumn,
  NumberColumn,
  TextColumn,
} from './schema.ts'
