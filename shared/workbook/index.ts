export { RECORD_TABLES, WORKBOOK_VERSION } from './document.ts'
export type { StoredImport, Workbook, WorkbookRecords, WorkbookSettings } from './document.ts'
