import { type StoredImport, writeStoredImport } from '../../shared/workbook/index.ts'
import { type ImportSum, sumImport } from './head.ts'

/** What storing an import needs beside the import itself; reading every byte of it, it is made in a worker. */
export interface PackedImport {
  readonly imported: StoredImport
  readonly sum: ImportSum
  /** The import as the second copy keeps it. */
  readonly bytes: Uint8Array
}

export function packImport(imported: StoredImport): PackedImport {
  return { imported, sum: sumImport(imported), bytes: writeStoredImport(imported) }
}
