export { RECORD_TABLES, WORKBOOK_VERSION } from './document.ts'
export type { StoredImport, Workbook, WorkbookRecords, WorkbookSettings } from './document.ts'
export { canonicalText, readJson, writeJson } from './json.ts'
export { emptyRecords, newWorkbook } from './new-workbook.ts'
export type { NewWorkbook } from './new-workbook.ts'
export { factReadingOf, metricSettingsOf, readFacts } from './read-facts.ts'
export type { FactReading } from './read-facts.ts'
export { changeRecords, diffRecords } from './record-changes.ts'
export { readImportRecord, readRecords } from './schemas.ts'
export {
  readStoredImport,
  readWorkbookFile,
  WorkbookTooLargeError,
  writeStoredImport,
  writeWorkbookFile,
} from './workbook-file.ts'
