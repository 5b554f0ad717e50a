import type { StoredImport } from '../../shared/workbook/index.ts'
import { type PackedImport, packImport } from '../database/pack-import.ts'
import { buffersOf } from './chunk-buffers.ts'
import type { JobRun } from './runner.ts'

/** Packs one import for storing and hands its memory over with the answer. */
export function packed(imported: StoredImport, run: JobRun): PackedImport {
  const answer = packImport(imported)
  run.handOver([answer.bytes.buffer, ...buffersOf(imported.chunks)])
  return answer
}
