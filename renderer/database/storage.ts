import type { FactChunk } from '../../shared/facts/index.ts'
import type { ImportRecord, KeptAside } from '../../shared/importers/index.ts'
import type { RecordsDiff } from '../../shared/records/index.ts'
import {
  changeRecords,
  emptyRecords,
  type StoredImport,
  type Workbook,
  type WorkbookRecords,
  writeStoredImport,
} from '../../shared/workbook/index.ts'
import { StorageError, storageErrorOf } from './errors.ts'
import { compareHeads, type Head, NO_HEAD, sumAfter, sumRecords } from './head.ts'
import type { PackedImport } from './pack-import.ts'
import { ONE_COPY_ONLY, SECOND_COPY_RENEWED, tellDamaged, tellRestored } from './messages.ts'
import { type CopyState, copyOf, SecondCopy } from './vault/second-copy.ts'
import type { Vault } from './vault/vault.ts'
import {
  DATABASE_NAME,
  type DatabaseOptions,
  type DatabaseState,
  type SourceFile,
  WorkbookDatabase,
} from './workbook-database.ts'

/** A workbook that takes the place of another. */
export interface PackedWorkbook {
  readonly records: WorkbookRecords
  readonly imports: readonly PackedImport[]
}

/** One step of the user: what it is called and what it changes, stored whole or not at all. */
export interface StorageStep {
  readonly label: string
  readonly diff?: RecordsDiff
  readonly added?: readonly PackedImport[]
  readonly removed?: readonly string[]
}

export interface OpenStorage {
  readonly vault: Vault | null
  readonly database?: DatabaseOptions
  readonly name?: string
}

/**
 * The open workbook in two copies. Order of every step: facts to the second copy and flushed, one strict transaction in
 * the database, one flushed entry in the journal; only then does it count as saved. A crash between leaves either the
 * state before or the state after, and the next start brings the two copies together before any figure shows.
 */
export class Storage {
  private readonly database: WorkbookDatabase
  private readonly copy: SecondCopy | null
  private head: Head
  private shown: { readonly records: WorkbookRecords; readonly imports: readonly ImportRecord[] }
  /** One sentence about how it was opened; null when there is nothing to say. */
  readonly notice: string | null

  private constructor(
    database: WorkbookDatabase,
    copy: SecondCopy | null,
    head: Head,
    shown: { readonly records: WorkbookRecords; readonly imports: readonly ImportRecord[] },
    notice: string | null,
  ) {
    this.database = database
    this.copy = copy
    this.head = head
    this.shown = shown
    this.notice = notice
  }

  /** Opens, compares the copies and restores what is missing. Throws `storage/newer` and other storage errors. */
  static async open({ vault, database: options = {}, name = DATABASE_NAME }: OpenStorage): Promise<Storage> {
    const database = await WorkbookDatabase.open(name, options)
    try {
      return await reconcile(database, vault, (...parts) => new Storage(...parts))
    } catch (cause) {
      database.close()
      throw storageErrorOf(cause)
    }
  }

  /** For a second window: what is stored, without touching the second copy. */
  static async openToRead(options: DatabaseOptions = {}, name = DATABASE_NAME): Promise<Storage> {
    const database = await WorkbookDatabase.open(name, options)
    const state = await database.look()
    return new Storage(database, null, state.head ?? NO_HEAD, state, null)
  }

  get isOpen(): boolean {
    return this.head.isOpen
  }
  get records(): WorkbookRecords {
    return this.shown.records
  }
  get imports(): readonly ImportRecord[] {
    return this.shown.imports
  }
  /** Changes with every commit; what was computed from one state is known by it. */
  get position(): string {
    return `${this.head.epoch}/${this.head.seq}`
  }

  close(): void {
    this.database.close()
  }

  /**
   * Throws a `StorageError`. All codes but `storage/second-copy` mean that nothing was stored; that one means that the
   * step is stored in the database and the second copy follows with the next step.
   */
  async commit({ label, diff = [], added = [], removed = [] }: StorageStep): Promise<void> {
    const sums = Object.fromEntries(added.map(({ imported, sum }) => [imported.record.id, sum]))
    const imported = added.map((packed) => packed.imported)
    const kept = Object.fromEntries(Object.entries(this.head.imports).filter(([id]) => !removed.includes(id)))
    const { epoch } = this.head
    const next: Head = {
      ...this.head,
      ...sumAfter(this.head, diff),
      seq: this.head.seq + 1,
      imports: { ...kept, ...sums },
    }
    await this.copyImports(epoch, added)
    await this.database.commit({ diff, added: imported, removed }, this.head, next)
    const imports = [
      ...this.shown.imports.filter(({ id }) => !removed.includes(id) && sums[id] === undefined),
      ...imported.map(({ record }) => record),
    ].sort((a, b) => a.seq - b.seq)
    this.head = next
    this.shown = { records: changeRecords(this.shown.records, diff), imports }
    const copied = imported.map(({ record }) => ({ record, ...sums[record.id]! }))
    await this.follow((copy) =>
      copy.append(
        { epoch, seq: next.seq, label, diff, added: copied, removed },
        copyOf(next, this.shown.records, imports),
      ),
    )
    for (const id of removed) if (sums[id] === undefined) await this.copy?.removeImport(epoch, id)
  }

  /** Puts another workbook in place of the open one; `null` closes it and leaves the start page. */
  async replace(workbook: PackedWorkbook | null): Promise<void> {
    const packed = workbook?.imports ?? []
    const imports = packed.map(({ imported }) => imported)
    const records = workbook?.records ?? emptyRecords()
    const next: Head = {
      epoch: this.head.epoch + 1,
      seq: 0,
      isOpen: workbook !== null,
      ...sumRecords(records),
      imports: Object.fromEntries(packed.map(({ imported, sum }) => [imported.record.id, sum])),
    }
    await this.copyImports(next.epoch, packed)
    await this.database.replace(records, imports, next)
    this.head = next
    this.shown = { records, imports: imports.map(({ record }) => record).sort((a, b) => a.seq - b.seq) }
    await this.follow((copy) => copy.writeSnapshot(copyOf(next, records, this.shown.imports)))
  }

  chunksOf(importId: string): Promise<readonly FactChunk[]> {
    return this.database.chunksOf(importId)
  }

  keptAsideOf(importId: string): Promise<readonly KeptAside[]> {
    return this.database.keptAsideOf(importId)
  }

  /** The whole workbook, for saving it as a file. */
  async workbook(): Promise<Workbook> {
    const imports: StoredImport[] = []
    for (const record of this.shown.imports) imports.push(await this.database.storedImport(record))
    return { records: this.shown.records, imports }
  }

  sourceFile(importId: string): Promise<SourceFile | null> {
    return this.database.sourceFile(importId)
  }

  sourceFiles(): Promise<readonly SourceFile[]> {
    return this.database.sourceFiles()
  }

  /** In the database only: what it would cost twice is too much for what can be imported again. */
  keepSource(file: SourceFile): Promise<void> {
    return this.database.keepSource(file)
  }

  dropSources(): Promise<void> {
    return this.database.dropSources()
  }

  figuresOf(of: string): Promise<unknown> {
    return this.database.figuresOf(of)
  }

  keepFigures(of: string, figures: unknown): Promise<void> {
    return this.database.keepFigures(of, figures)
  }

  private async copyImports(epoch: number, imports: readonly PackedImport[]): Promise<void> {
    if (!this.copy) return
    const written: string[] = []
    try {
      for (const { imported, bytes } of imports) {
        written.push(imported.record.id)
        await this.copy.writeImport(epoch, imported.record.id, bytes)
      }
    } catch (cause) {
      for (const id of written) await this.copy.removeImport(epoch, id)
      throw storageErrorOf(cause)
    }
  }

  private async follow(write: (copy: SecondCopy) => Promise<void>): Promise<void> {
    if (!this.copy) return
    try {
      await write(this.copy)
    } catch (cause) {
      throw new StorageError('storage/second-copy', cause)
    }
  }
}

type Made = (
  database: WorkbookDatabase,
  copy: SecondCopy | null,
  head: Head,
  shown: { readonly records: WorkbookRecords; readonly imports: readonly ImportRecord[] },
  notice: string | null,
) => Storage

/** Brings the two copies together: the later whole one wins, and what it lacks is taken from the other. */
async function reconcile(database: WorkbookDatabase, vault: Vault | null, made: Made): Promise<Storage> {
  const state = await database.look()
  const { copy, copied } = await readCopy(vault)
  const head = state.head ?? NO_HEAD
  if (!copy) {
    const notice = state.problems.length > 0 ? tellDamaged(state.problems) : ONE_COPY_ONLY
    return made(database, null, head, state, notice)
  }
  if (copied === null) {
    if (state.head === null) return made(database, copy, head, state, null)
    const notice =
      state.problems.length > 0 ? tellDamaged(state.problems) : state.head.isOpen ? SECOND_COPY_RENEWED : null
    const isWritten = await catchUp(database, copy, state, head)
    return made(database, copy, head, state, isWritten ? notice : ONE_COPY_ONLY)
  }
  const order = state.head === null ? -1 : compareHeads(state.head, copied)
  if (state.problems.length === 0 && order >= 0) {
    const isWhole = order === 0 && (await holdsAll(copy, state, copied))
    const isWritten = isWhole || (await catchUp(database, copy, state, head))
    return made(database, copy, head, state, isWritten ? null : ONE_COPY_ONLY)
  }
  return restore(database, copy, state, copied, made)
}

async function readCopy(vault: Vault | null): Promise<{ copy: SecondCopy | null; copied: CopyState | null }> {
  if (!vault) return { copy: null, copied: null }
  const copy = new SecondCopy(vault)
  try {
    return { copy, copied: await copy.read() }
  } catch {
    return { copy: null, copied: null }
  }
}

async function holdsAll(copy: SecondCopy, state: DatabaseState, copied: CopyState): Promise<boolean> {
  const same = sumRecords(copied.records).recordsSum === state.head?.recordsSum
  const inBoth = copied.imports.every(({ record, checksum }) => state.head?.imports[record.id]?.checksum === checksum)
  if (!same || !inBoth || copied.imports.length !== state.imports.length) return false
  for (const { record } of copied.imports) if (!(await copy.hasImport(copied.epoch, record.id))) return false
  return true
}

/**
 * The database is ahead: a crash came between the two writes, or the second copy was out of reach for a while. Answers
 * whether the second copy is whole now; a full disk must not keep anyone from their work.
 */
async function catchUp(
  database: WorkbookDatabase,
  copy: SecondCopy,
  state: DatabaseState,
  head: Head,
): Promise<boolean> {
  const whole = state.imports.filter(({ id }) => state.whole.has(id))
  try {
    for (const record of whole) {
      if (!(await copy.hasImport(head.epoch, record.id)))
        await copy.writeImport(head.epoch, record.id, writeStoredImport(await database.storedImport(record)))
    }
    await copy.writeSnapshot(copyOf(head, state.records, whole))
    return true
  } catch {
    return false
  }
}

async function restore(
  database: WorkbookDatabase,
  copy: SecondCopy,
  state: DatabaseState,
  copied: CopyState,
  made: Made,
): Promise<Storage> {
  const [added, records, lost]: [StoredImport[], ImportRecord[], string[]] = [[], [], []]
  const kept = new Set<string>()
  for (const one of copied.imports) {
    const { id } = one.record
    if (state.whole.has(id) && state.head?.imports[id]?.checksum === one.checksum) kept.add(id)
    else {
      const imported = await copy.readImport(copied.epoch, one)
      if (!imported) {
        lost.push(one.record.fileName)
        continue
      }
      added.push(imported)
    }
    records.push(one.record)
  }
  const held = new Set(records.map(({ id }) => id))
  const sums = copied.imports.filter(({ record }) => held.has(record.id))
  const head: Head = {
    // Ahead of both, so that neither copy can be taken for the later one while this one is being written.
    epoch: Math.max(copied.epoch, state.head?.epoch ?? 0),
    seq: Math.max(copied.seq, state.head?.seq ?? 0) + 1,
    isOpen: copied.isOpen,
    ...sumRecords(copied.records),
    imports: Object.fromEntries(
      sums.map(({ record, rows, chunks, checksum }) => [record.id, { rows, chunks, checksum }]),
    ),
  }
  await database.replace(copied.records, added, head, kept)
  const shown = { records: copied.records, imports: records.sort((a, b) => a.seq - b.seq) }
  for (const record of shown.imports) {
    if (!(await copy.hasImport(head.epoch, record.id)))
      await copy.writeImport(head.epoch, record.id, writeStoredImport(await database.storedImport(record)))
  }
  await copy.writeSnapshot(copyOf(head, shown.records, shown.imports))
  const why = state.head === null ? 'empty' : state.problems.length > 0 ? 'damaged' : 'behind'
  const rows = sums.reduce((sum, one) => sum + one.rows, 0)
  const edits = sumRecords(copied.records).records
  const notice = copied.isOpen ? tellRestored({ why, imports: records.length, rows, edits, lost }) : null
  return made(database, copy, head, shown, notice)
}
