import type { FactChunk } from '../../../shared/facts/index.ts'
import {
  type FactPlace,
  type ImportRecord,
  type InPlace,
  type KeptAside,
  type Said,
  saidAt,
  usageInside,
  type UsageShare,
} from '../../../shared/importers/index.ts'
import type { RecordsDiff } from '../../../shared/records/index.ts'
import type { StoredImport, Workbook, WorkbookRecords } from '../../../shared/workbook/index.ts'
import {
  type DatabaseOptions,
  packImport,
  type SourceFile,
  Storage,
  StorageError,
  storageErrorOf,
  type StorageErrorCode,
  type Vault,
} from '../../database/index.ts'
import { buffersOf, hashesOf } from '../chunk-buffers.ts'
import type { StagedFacts } from '../import/import-jobs.ts'
import type { Inbox, Outbox } from '../parcels.ts'

/** Workers that facts are sent to. */
export type Addressee = 'imports' | 'figures' | 'files'

/** What storage stands on. */
export interface StorageGround {
  readonly database: DatabaseOptions
  /** null where there is no place for a second copy. */
  vault(): Promise<Vault | null>
  readonly inbox: Inbox
  outbox(to: Addressee): Outbox
  /** A worker was started that sends and takes facts through this port. */
  connect(to: Addressee, port: MessagePort): void
}

/** How a workbook was found. */
export interface OpenedWorkbook {
  readonly isOpen: boolean
  readonly records: WorkbookRecords
  readonly imports: readonly ImportRecord[]
  readonly notice: string | null
}

/** An import that waits in the inbox, and the record it is to be stored with. */
export interface AddedImport {
  readonly parcel: string
  readonly record: ImportRecord
}

export interface CommitWish {
  readonly label: string
  readonly diff?: RecordsDiff
  readonly added?: readonly AddedImport[]
  readonly removed?: readonly string[]
}

/** Imports whose files are kept, and the room they take. */
export interface KeptSources {
  readonly importIds: readonly string[]
  readonly bytes: number
}

export interface ReplaceWish {
  /** A workbook of records alone, or the parcel one was sent as. */
  readonly workbook: Workbook | { readonly parcel: string } | null
}

/** What came of a step. `isCopied` false: stored, and the second copy follows with the next step. */
export type StorageAnswer<T> =
  | { readonly ok: true; readonly value: T; readonly isCopied: boolean }
  | { readonly ok: false; readonly code: StorageErrorCode }

/**
 * The open workbook's database, in a worker: a start that proves every byte, a commit, a restore or a save takes seconds
 * of processor for millions of rows. Facts come and go as parcels; the page sees records and counts only.
 */
export function makeStorageJobs(ground: StorageGround) {
  let storage: Storage | null = null
  /** The facts of the last commit, for the worker that asks for them next. */
  let fresh: StoredImport | null = null

  function opened(): Storage {
    if (!storage) throw new StorageError('storage/closed')
    return storage
  }

  function close(): void {
    storage?.close()
    storage = null
    fresh = null
    ground.inbox.clear()
  }

  async function chunksOf(id: string) {
    if (fresh?.record.id !== id) return opened().chunksOf(id)
    const { chunks } = fresh
    fresh = null
    return chunks
  }

  function waitingChunks(parcel: string): readonly FactChunk[] | undefined {
    return (ground.inbox.peek(parcel) as StagedFacts | undefined)?.chunks
  }

  return {
    open: ({ mayStore }: { readonly mayStore: boolean }): Promise<StorageAnswer<OpenedWorkbook>> =>
      answered(async () => {
        close()
        const { database } = ground
        storage = mayStore
          ? await Storage.open({ vault: await ground.vault(), database })
          : await Storage.openToRead(database)
        const { isOpen, records, imports, notice } = storage
        return [{ isOpen, records, imports, notice }, true]
      }),

    close,

    connect: ({ to, port }: { readonly to: Addressee; readonly port: MessagePort }): void => ground.connect(to, port),

    /** One step of the user, whole or not at all; where it fails, the facts wait in the inbox as before. */
    commit: ({ label, diff = [], added = [], removed = [] }: CommitWish): Promise<StorageAnswer<null>> =>
      answered(async () => {
        const imports: StoredImport[] = []
        try {
          for (const { parcel, record } of added)
            imports.push({ ...((await ground.inbox.take(parcel)) as StagedFacts), record })
          fresh = null
          const isCopied = await copied(opened().commit({ label, diff, added: imports.map(packImport), removed }))
          fresh = imports.at(-1) ?? null
          return [null, isCopied]
        } catch (cause) {
          imports.forEach((one, at) => ground.inbox.put(added[at]!.parcel, one))
          throw cause
        }
      }),

    /** Puts another workbook in place of the open one; `null` closes it. Answers what is shown then. */
    replace: ({ workbook: wished }: ReplaceWish): Promise<StorageAnswer<Pick<OpenedWorkbook, 'records' | 'imports'>>> =>
      answered(async () => {
        const workbook =
          wished && ('parcel' in wished ? ((await ground.inbox.take(wished.parcel)) as Workbook) : wished)
        fresh = null
        const packed = workbook && { records: workbook.records, imports: workbook.imports.map(packImport) }
        const isCopied = await copied(opened().replace(packed))
        // What waited was read for the former workbook.
        ground.inbox.clear()
        const { records, imports } = opened()
        return [{ records, imports }, isCopied]
      }),

    keptAsideOf: ({ id }: { readonly id: string }): Promise<readonly KeptAside[]> => opened().keptAsideOf(id),

    /** Sends the facts of an import under its id. */
    async sendFacts({ id, to }: { readonly id: string; readonly to: Addressee }): Promise<void> {
      const chunks = await chunksOf(id)
      ground.outbox(to).send(id, chunks, buffersOf(chunks))
    },

    /** Sends what tells the rows of an import from others, of one stored or of one that waits. */
    async sendHashes({ id, parcel }: { readonly id: string; readonly parcel: string }): Promise<void> {
      const chunks = hashesOf(waitingChunks(parcel) ?? (await opened().chunksOf(id)))
      ground.outbox('imports').send(id, chunks, buffersOf(chunks))
    },

    /** What rows of imports that wait say, by place; null where nothing of that name waits. */
    saidWaiting: ({ places }: { readonly places: readonly FactPlace[] }): readonly (Said | null)[] =>
      saidAt(
        [...new Set(places.map(({ importId }) => importId))].flatMap((id) => waitingChunks(id) ?? []),
        places,
      ),

    /** What an import that waits says of the windows; null where none of that name waits. */
    usageWaiting({ of, windows }: Pick<InPlace, 'of' | 'windows'>): UsageShare | null {
      const usage = waitingChunks(of)?.filter(({ kind }) => kind === 'usage')
      return usage ? usageInside(usage, windows) : null
    },

    /** Sends the whole workbook, for saving it as a file. */
    async sendWorkbook({ parcel }: { readonly parcel: string }): Promise<void> {
      const workbook = await opened().workbook()
      ground.outbox('files').send(
        parcel,
        workbook,
        workbook.imports.flatMap(({ chunks }) => buffersOf(chunks)),
      )
    },

    /** The file behind an import as it came, packed; `null` where it was not kept. */
    sourceFile: ({ id }: { readonly id: string }): Promise<SourceFile | null> => opened().sourceFile(id),

    async keptSources(): Promise<KeptSources> {
      const files = await opened().sourceFiles()
      return {
        importIds: files.map(({ importId }) => importId),
        bytes: files.reduce((sum, { packed }) => sum + packed.size, 0),
      }
    },

    keepSource: (file: SourceFile): Promise<StorageAnswer<null>> =>
      answered(async () => {
        await opened().keepSource(file)
        return [null, true]
      }),

    dropSources: (): Promise<StorageAnswer<null>> =>
      answered(async () => {
        await opened().dropSources()
        return [null, true]
      }),

    figuresOf: ({ of }: { readonly of: string }): Promise<unknown> => opened().figuresOf(of),

    /** Only to save time: where there is no room they are worked out again. */
    async keepFigures({ of, figures }: { readonly of: string; readonly figures: unknown }): Promise<void> {
      await opened()
        .keepFigures(of, figures)
        .catch(() => {})
    },

    /** Facts nobody will store. */
    forget({ parcel }: { readonly parcel: string }): void {
      ground.inbox.drop(parcel)
    },
  }
}

export type StorageJobs = ReturnType<typeof makeStorageJobs>

async function answered<T>(work: () => Promise<readonly [T, boolean]>): Promise<StorageAnswer<T>> {
  try {
    const [value, isCopied] = await work()
    return { ok: true, value, isCopied }
  } catch (cause) {
    return { ok: false, code: storageErrorOf(cause).code }
  }
}

/** False where the step is stored and only the second copy failed. */
async function copied(step: Promise<void>): Promise<boolean> {
  try {
    await step
    return true
  } catch (cause) {
    if (storageErrorOf(cause).code !== 'storage/second-copy') throw cause
    return false
  }
}
