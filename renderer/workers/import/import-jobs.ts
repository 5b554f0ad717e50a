import type { FactChunk } from '../../../shared/facts/index.ts'
import {
  type ImportChoices,
  type ImportRecord,
  type SourceDocument,
  sourceDocumentOf,
  type StagedImport,
  stageImport,
} from '../../../shared/importers/index.ts'
import type { Outcome } from '../../../shared/issues/index.ts'
import type { Instant } from '../../../shared/quantities/index.ts'
import type { StoredImport } from '../../../shared/workbook/index.ts'
import type { PackedImport } from '../../database/pack-import.ts'
import { buffersOf } from '../chunk-buffers.ts'
import { packed } from '../packed.ts'
import type { JobRun } from '../runner.ts'

export interface StageWish {
  readonly name: string
  readonly bytes: Uint8Array
  readonly choices: ImportChoices
  readonly importId: string
  readonly seq: number
  readonly at: Instant
  /** Imports the rows are judged against: committed ones and those staged before this one. */
  readonly basis: readonly ImportRecord[]
}

export type StageAnswer =
  | { readonly kind: 'read'; readonly staged: Outcome<StagedImport> }
  | { readonly kind: 'missing'; readonly ids: readonly string[] }

/**
 * Reads dropped files. Of facts already known it keeps the hashes only, 24 bytes a row, to tell new rows from repeats.
 */
export function makeImportJobs() {
  const known = new Map<string, readonly FactChunk[]>()
  return {
    /** Hashes of an import that was read in an earlier session, or by a worker that was stopped. */
    know({ id, chunks }: { readonly id: string; readonly chunks: readonly FactChunk[] }): void {
      known.set(id, chunks)
    },

    /** Answers which imports of the basis are not known here; nothing is judged against half of what there is. */
    async stage(wish: StageWish, run: JobRun): Promise<StageAnswer> {
      const missing = wish.basis.map(({ id }) => id).filter((id) => !known.has(id))
      if (missing.length > 0) return { kind: 'missing', ids: missing }
      const document: SourceDocument = sourceDocumentOf(wish.name, wish.bytes, wish.at)
      const chunks = wish.basis.flatMap(({ id }) => known.get(id) ?? [])
      const staged = await stageImport(
        document,
        wish.choices,
        { chunks, imports: wish.basis },
        {
          importId: wish.importId,
          seq: wish.seq,
          committedAt: wish.at,
          onProgress: (share, rows) => run.progress(share, rows),
          isCancelled: () => run.isCancelled(),
          // Lets an in-place run breathe and hear of a cancel.
          pause: () => new Promise((resolve) => setTimeout(resolve)),
        },
      )
      if (!staged.ok) return { kind: 'read', staged }
      known.set(wish.importId, hashesOf(staged.value.chunks))
      run.handOver(buffersOf(staged.value.chunks))
      return { kind: 'read', staged }
    },

    /** What storing needs, computed away from the page. */
    pack: (imported: StoredImport, run: JobRun): PackedImport => packed(imported, run),
  }
}

export type ImportJobs = ReturnType<typeof makeImportJobs>

/** The part of chunks that tells records apart, in memory of its own. */
export function hashesOf(chunks: readonly FactChunk[]): readonly FactChunk[] {
  return chunks.map((chunk) => ({
    ...chunk,
    columns: {},
    keys: chunk.keys.slice(),
    checks: chunk.checks.slice(),
    contents: chunk.contents.slice(),
    sourceRows: new Uint32Array(),
  }))
}
