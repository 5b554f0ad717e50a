import { Dexie, type Table, type Transaction } from 'dexie'
import type { FactChunk } from '../../shared/facts/index.ts'
import type { ImportRecord, KeptAside } from '../../shared/importers/index.ts'
import type { Identified, RecordsDiff } from '../../shared/records/index.ts'
import {
  emptyRecords,
  readRecords,
  RECORD_TABLES,
  type StoredImport,
  type WorkbookRecords,
} from '../../shared/workbook/index.ts'
import { StorageError, storageErrorOf } from './errors.ts'
import { type ChunkSum, type Head, type ImportSum, joinSums, sumChunk, sumRecords } from './head.ts'
import { declareVersions, SCHEMA_VERSION } from './migrations/index.ts'

interface MetaRecord {
  readonly id: string
  readonly value: unknown
}

/** What one commit changes: hand-edited records, imports that come and imports that go, all or nothing. */
export interface DatabaseChange {
  readonly diff: RecordsDiff
  readonly added: readonly StoredImport[]
  readonly removed: readonly string[]
}

export interface DatabaseOptions {
  readonly indexedDB?: IDBFactory
  readonly IDBKeyRange?: typeof IDBKeyRange
  /** Another window is about to upgrade the database; this one has let go of it. */
  readonly onTakenOver?: () => void
}

/** What a look at the whole database finds. `problems` is empty when everything the head names is there, byte for byte. */
export interface DatabaseState {
  readonly head: Head | null
  readonly records: WorkbookRecords
  readonly imports: readonly ImportRecord[]
  readonly problems: readonly string[]
  /** Imports whose facts are all there. */
  readonly whole: ReadonlySet<string>
}

/** An imported file as it came, packed with gzip: it can be read again with other choices or by a newer version. */
export interface SourceFile {
  readonly importId: string
  readonly fileName: string
  /** Bytes before packing. */
  readonly size: number
  readonly packed: Blob
}

/** What was worked out from a certain state, known by a text of all it rests on. */
interface KeptFigures {
  readonly id: 'latest'
  readonly of: string
  readonly figures: unknown
}

/** Everything but hand-edited records. */
const FACT_STORES = ['imports', 'chunks', 'keptAside', 'sourceFiles', 'figures', 'meta'] as const

export const DATABASE_NAME = 'quarterdeck'

/** The working copy of the open workbook in IndexedDB. Every write is one strict transaction that moves the head. */
export class WorkbookDatabase {
  private readonly dexie: Dexie

  private constructor(dexie: Dexie) {
    this.dexie = dexie
  }

  /** Throws `storage/newer` for data of a later version, without touching it. */
  static async open(name: string, options: DatabaseOptions = {}): Promise<WorkbookDatabase> {
    // Looked at from outside first: opening, Dexie would add this version's stores to a later layout.
    const stored = await (options.indexedDB ?? indexedDB).databases().catch(() => [])
    // The browser's version number is ten times Dexie's.
    if (stored.some((one) => one.name === name && (one.version ?? 0) / 10 > SCHEMA_VERSION))
      throw new StorageError('storage/newer')
    const dexie = new Dexie(name, {
      // Relaxed durability lost up to 23 s of acknowledged edits in a power cut; strict costs some 5 ms.
      chromeTransactionDurability: 'strict',
      ...(options.indexedDB === undefined ? {} : { indexedDB: options.indexedDB }),
      ...(options.IDBKeyRange === undefined ? {} : { IDBKeyRange: options.IDBKeyRange }),
    })
    declareVersions(dexie)
    // Dexie would reopen by itself with this window's old code and write.
    dexie.on('versionchange', () => {
      dexie.close({ disableAutoOpen: true })
      options.onTakenOver?.()
      // Stops Dexie's own answer, which closes too but opens again at the next call.
      return false
    })
    const database = new WorkbookDatabase(dexie)
    try {
      await dexie.open()
      await database.claimVersion()
    } catch (cause) {
      dexie.close({ disableAutoOpen: true })
      throw cause instanceof Error && cause.name === 'VersionError'
        ? new StorageError('storage/newer', cause)
        : storageErrorOf(cause)
    }
    return database
  }

  close(): void {
    this.dexie.close({ disableAutoOpen: true })
  }

  private table<T>(name: string): Table<T> {
    return this.dexie.table<T>(name)
  }

  private async claimVersion(): Promise<void> {
    const known = await this.table<MetaRecord>('meta').get('schema')
    if (known === undefined || (typeof known.value === 'number' && known.value < SCHEMA_VERSION)) {
      await this.dexie.transaction('rw', ['meta'], () =>
        this.table<MetaRecord>('meta').put({ id: 'schema', value: SCHEMA_VERSION }),
      )
    } else if (typeof known.value !== 'number' || known.value > SCHEMA_VERSION) {
      throw new StorageError('storage/newer')
    }
  }

  async head(): Promise<Head | null> {
    const record = await this.table<MetaRecord>('meta').get('head')
    return (record?.value as Head | undefined) ?? null
  }

  /** Reads and proves everything: records against their schemas and sum, facts against their checksums. */
  async look(): Promise<DatabaseState> {
    const head = await this.head()
    const read = await this.readRecords()
    const checked = readRecords(read, 'database')
    const records = checked.ok ? checked.value : emptyRecords()
    const imports = (await this.table<ImportRecord>('imports').toArray()).sort((a, b) => a.seq - b.seq)
    if (head === null) return { head, records, imports, problems: [], whole: new Set() }
    const problems: string[] = checked.ok ? [] : checked.issues.map(({ where }) => where?.at ?? 'records')
    const found = sumRecords(records)
    if (checked.ok && (found.records !== head.records || found.recordsSum !== head.recordsSum)) problems.push('records')
    const whole = new Set<string>()
    for (const [id, sum] of Object.entries(head.imports)) {
      const record = imports.find((one) => one.id === id)
      const held = await this.sumStored(id)
      if (record && held.checksum === sum.checksum && held.rows === sum.rows && held.chunks === sum.chunks)
        whole.add(id)
      else problems.push(record?.fileName ?? id)
    }
    if (imports.some(({ id }) => head.imports[id] === undefined)) problems.push('imports')
    return { head, records, imports, problems, whole }
  }

  private async readRecords(): Promise<Record<string, Record<string, unknown>>> {
    const records: Record<string, Record<string, unknown>> = {}
    for (const name of RECORD_TABLES) {
      const rows = await this.table<Identified>(name).toArray()
      records[name] = Object.fromEntries(rows.map((row) => [row.id, row]))
    }
    return records
  }

  /** One chunk after the other: an import of millions of rows need not fit into memory to be proven. */
  private async sumStored(importId: string): Promise<ImportSum> {
    const parts: ChunkSum[] = []
    const own = this.table<FactChunk>('chunks').where('importId').equals(importId)
    await own.each((chunk) => void parts.push(sumChunk(chunk)))
    return joinSums(parts)
  }

  async chunksOf(importId: string): Promise<readonly FactChunk[]> {
    return this.table<FactChunk>('chunks').where('importId').equals(importId).toArray()
  }

  async keptAsideOf(importId: string): Promise<readonly KeptAside[]> {
    const record = await this.table<{ rows: readonly KeptAside[] }>('keptAside').get(importId)
    return record?.rows ?? []
  }

  async storedImport(record: ImportRecord): Promise<StoredImport> {
    return { record, chunks: await this.chunksOf(record.id), keptAside: await this.keptAsideOf(record.id) }
  }

  /** All or nothing. `expected` is the head this window knows; another one in the store means another window wrote. */
  async commit(change: DatabaseChange, expected: Head, next: Head): Promise<void> {
    await this.write([...RECORD_TABLES, ...FACT_STORES], async () => {
      const stored = (await this.table<MetaRecord>('meta').get('head'))?.value as Head | undefined
      if ((stored?.epoch ?? 0) !== expected.epoch || (stored?.seq ?? 0) !== expected.seq) {
        throw new StorageError('storage/other-window')
      }
      for (const { table, id, after } of change.diff) {
        if (after === null) await this.table(table).delete(id)
        else await this.table(table).put(after)
      }
      for (const id of change.removed) await this.dropImport(id)
      for (const imported of change.added) await this.putImport(imported)
      await this.table<MetaRecord>('meta').put({ id: 'head', value: next })
    })
  }

  /** Puts another workbook in place of what is stored, in one transaction. `kept` imports stay as they lie. */
  async replace(
    records: WorkbookRecords,
    added: readonly StoredImport[],
    next: Head,
    kept: ReadonlySet<string> = new Set(),
  ): Promise<void> {
    await this.write([...RECORD_TABLES, ...FACT_STORES], async () => {
      for (const name of RECORD_TABLES) {
        await this.table(name).clear()
        await this.table(name).bulkPut(Object.values(records[name]))
      }
      const held = new Set<string>()
      for (const store of ['imports', 'keptAside', 'sourceFiles']) {
        for (const id of await this.table(store).toCollection().primaryKeys()) held.add(id as string)
      }
      for (const key of await this.table('chunks').orderBy('importId').uniqueKeys()) held.add(key as string)
      for (const id of held) if (!kept.has(id)) await this.dropImport(id)
      await this.table('figures').clear()
      for (const imported of added) await this.putImport(imported)
      await this.table<MetaRecord>('meta').put({ id: 'head', value: next })
    })
  }

  private async putImport({ record, chunks, keptAside }: StoredImport): Promise<void> {
    await this.table('imports').put(record)
    for (const chunk of chunks) await this.table('chunks').put(chunk)
    if (keptAside.length > 0) await this.table('keptAside').put({ importId: record.id, rows: keptAside })
  }

  private async dropImport(id: string): Promise<void> {
    await this.table('imports').delete(id)
    await this.table('chunks').where('importId').equals(id).delete()
    await this.table('keptAside').delete(id)
    await this.table('sourceFiles').delete(id)
  }

  async sourceFile(importId: string): Promise<SourceFile | null> {
    return (await this.table<SourceFile>('sourceFiles').get(importId)) ?? null
  }

  async sourceFiles(): Promise<readonly SourceFile[]> {
    return this.table<SourceFile>('sourceFiles').toArray()
  }

  /** Kept beside the import it is of; nothing where that import is gone. */
  async keepSource(file: SourceFile): Promise<void> {
    await this.write(['imports', 'sourceFiles'], async () => {
      const isThere = (await this.table('imports').where('id').equals(file.importId).count()) > 0
      if (isThere) await this.table('sourceFiles').put(file)
    })
  }

  async dropSources(): Promise<void> {
    await this.write(['sourceFiles'], async () => {
      await this.table('sourceFiles').clear()
    })
  }

  /** What was kept under exactly this text; `null` = something it rests on is another. */
  async figuresOf(of: string): Promise<unknown> {
    const kept = await this.table<KeptFigures>('figures').get('latest')
    return kept?.of === of ? kept.figures : null
  }

  async keepFigures(of: string, figures: unknown): Promise<void> {
    await this.write(['figures'], async () => {
      await this.table<KeptFigures>('figures').put({ id: 'latest', of, figures })
    })
  }

  /** Inside, nothing but Dexie is awaited and no error is caught: either would commit half of it. */
  private async write(tables: readonly string[], work: (transaction: Transaction) => Promise<void>): Promise<void> {
    try {
      await this.dexie.transaction('rw', [...tables], work)
    } catch (cause) {
      throw storageErrorOf(cause)
    }
  }
}
