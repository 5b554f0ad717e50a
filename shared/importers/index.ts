export type {
  ImportChoices,
  ImportRecord,
  KeptAside,
  RowCounts,
  SourceDocument,
  StagedImport,
  UsageTotals,
} from './types.ts'
