import type { FactChunk } from '../../../shared/facts/index.ts'
import {
  type ImportChoices,
  type ImportRecord,
  mayHoldTexts,
  type SourceDocument,
  sourceDocumentOf,
  type StagedImport,
  stageImport,
} from '../../../shared/importers/index.ts'
import { accepted, type Outcome } from '../../../shared/issues/index.ts'
import type { Instant } from '../../../shared/quantities/index.ts'
import type { StoredImport } from '../../../shared/workbook/index.ts'
import { breathe } from '../breathe.ts'
import { buffersOf, hashesOf } from '../chunk-buffers.ts'
import type { Post } from '../parcels.ts'
import type { JobRun } from '../runner.ts'

/** An import as it waits with storage. */
export type StagedFacts = Pick<StoredImport, 'chunks' | 'keptAside'>

export interface StageWish {
  readonly name: string
  readonly file: Blob
  readonly choices: ImportChoices
  readonly importId: string
  readonly seq: number
  readonly at: Instant
  /** Imports the rows are judged against: committed ones and those staged before this one. */
  readonly basis: readonly ImportRecord[]
}

/** What the page sees of a file that was read; its facts wait with storage under the id of the import. */
export interface ReadFile extends Omit<StagedImport, 'chunks'> {
  /** The first rows kept aside. */
  readonly keptAside: StagedImport['keptAside']
}

export type StageAnswer =
  | { readonly kind: 'read'; readonly staged: Outcome<ReadFile> }
  | { readonly kind: 'missing'; readonly ids: readonly string[] }

/** First rows kept aside that a card shows. */
const SHOWN_ASIDE = 200

/** Records of one file that fit into the memory of a page, with all that is made of them. Beyond, see docs/scale.md. */
const MOST_ROWS = 2_000_000

/**
 * Reads dropped files. Of facts already known it keeps the hashes only, 24 bytes a row, to tell new rows from repeats.
 */
export function makeImportJobs({ toStorage, fromStorage }: Post, mostRows = MOST_ROWS) {
  const known = new Map<string, readonly FactChunk[]>()
  return {
    /** Takes the hashes of an import that was read in an earlier session, or by a worker that was stopped. */
    async know({ id }: { readonly id: string }): Promise<void> {
      known.set(id, (await fromStorage.take(id)) as readonly FactChunk[])
    },

    /** Answers which imports of the basis are not known here; nothing is judged against half of what there is. */
    async stage(wish: StageWish, run: JobRun): Promise<StageAnswer> {
      const missing = wish.basis.map(({ id }) => id).filter((id) => !known.has(id))
      if (missing.length > 0) return { kind: 'missing', ids: missing }
      const bytes = new Uint8Array(await wish.file.arrayBuffer())
      const document: SourceDocument = sourceDocumentOf(wish.name, bytes, wish.at)
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
          mostRows,
          // Lets an in-place run breathe and hear of a cancel.
          pause: breathe,
        },
      )
      if (!staged.ok) return { kind: 'read', staged }
      const { chunks: read, keptAside, ...shown } = staged.value
      known.set(wish.importId, hashesOf(read))
      toStorage.send(wish.importId, { chunks: read, keptAside } satisfies StagedFacts, buffersOf(read))
      return { kind: 'read', staged: accepted({ ...shown, keptAside: keptAside.slice(0, SHOWN_ASIDE) }) }
    },

    /** The file as storage keeps it; `null` where it may hold what people wrote, which is never stored. */
    async pack({ file, format }: { readonly file: Blob; readonly format: string }): Promise<Blob | null> {
      if (mayHoldTexts(format, await file.slice(0, 65_536).text())) return null
      // In pieces: neither the file nor what becomes of it has to be in memory whole.
      return new Response(file.stream().pipeThrough(new CompressionStream('gzip'))).blob()
    },
  }
}

export type ImportJobs = ReturnType<typeof makeImportJobs>
