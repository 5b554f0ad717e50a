import { accepted, type Outcome, refused } from '../../../shared/issues/index.ts'
import type { ImportRecord } from '../../../shared/importers/index.ts'
import { hashText, type RecordsDiff } from '../../../shared/records/index.ts'
import {
  changeRecords,
  readImportRecord,
  readJson,
  readRecords,
  readStoredImport,
  RECORD_TABLES,
  type StoredImport,
  type WorkbookRecords,
  writeJson,
} from '../../../shared/workbook/index.ts'
import { type Head, type ImportSum, sumImport } from '../head.ts'
import { frame, readFrames } from './frames.ts'
import type { Vault } from './vault.ts'

/**
 * The workbook a second time, outside IndexedDB:
 *
 * - `snapshot-A` / `snapshot-B`: records and list of imports in one frame, written in turns; the newer whole one counts;
 * - `journal-<generation>`: one frame per commit since the snapshot of that generation;
 * - `import-<epoch>-<id>`: the facts of one import, written once, before anything names it.
 *
 * A crash can tear only what was being written: the last frame of the journal, the snapshot that is not the newest, a
 * file of facts that nothing names yet. Order is told by counters, never by a clock.
 */
export interface CopiedImport extends ImportSum {
  readonly record: ImportRecord
}

export interface CopyState {
  readonly epoch: number
  readonly seq: number
  readonly isOpen: boolean
  readonly records: WorkbookRecords
  readonly imports: readonly CopiedImport[]
}

export interface JournalEntry {
  readonly epoch: number
  readonly seq: number
  /** For people who read a journal by hand. */
  readonly label: string
  readonly diff: RecordsDiff
  readonly added: readonly CopiedImport[]
  readonly removed: readonly string[]
}

interface Snapshot extends CopyState {
  readonly version: 1
  readonly generation: number
}

const SLOTS = ['snapshot-A', 'snapshot-B'] as const
/** A new snapshot is written when the journal is longer than this; reading it back stays a matter of milliseconds. */
export const JOURNAL_BYTES = 1_000_000
export const JOURNAL_ENTRIES = 500

export class SecondCopy {
  private readonly vault: Vault
  private generation = 0
  /** Slot of the newest whole snapshot; the next one goes to the other. */
  private slot: 0 | 1 = 0
  private journalBytes = 0
  private journalEntries = 0
  /** Nothing can be appended safely until a snapshot starts a new journal. */
  private needsSnapshot = true

  constructor(vault: Vault) {
    this.vault = vault
  }

  /** The last state that can be proven; null when there is none. Throws where the vault itself does not answer. */
  async read(): Promise<CopyState | null> {
    let newest: Snapshot | null = null
    for (const slot of [0, 1] as const) {
      const bytes = await this.vault.read(SLOTS[slot])
      const payload = bytes && readFrames(bytes).payloads[0]
      const snapshot = payload && readSnapshot(payload, SLOTS[slot])
      if (!snapshot?.ok || (newest && newest.generation > snapshot.value.generation)) continue
      newest = snapshot.value
      this.slot = slot
    }
    const journals = (await this.vault.list())
      .map((name) => /^journal-(\d+)$/.exec(name))
      .filter((match) => match !== null)
      .map((match) => Number(match[1]))
      .sort((a, b) => a - b)
    this.generation = Math.max(newest?.generation ?? 0, ...journals)
    this.needsSnapshot = true
    if (!newest) return null
    let state: CopyState = newest
    for (const generation of journals.filter((one) => one >= newest.generation)) {
      const bytes = await this.vault.read(journalName(generation))
      const { payloads, isTorn } = readFrames(bytes ?? new Uint8Array())
      let isBroken = isTorn
      for (const payload of payloads) {
        const entry = readEntry(payload)
        isBroken ||= entry === null || entry.epoch !== state.epoch || entry.seq !== state.seq + 1
        if (entry === null || entry.epoch !== state.epoch || entry.seq !== state.seq + 1) break
        state = applyEntry(state, entry)
      }
      this.needsSnapshot = isBroken || generation !== newest.generation
      this.journalBytes = bytes?.length ?? 0
      this.journalEntries = payloads.length
    }
    const records = readRecords(state.records, 'second copy')
    return records.ok ? { ...state, records: records.value } : newest
  }

  /** Facts of an import, whole and flushed, before any commit names them. */
  async writeImport(epoch: number, id: string, bytes: Uint8Array): Promise<void> {
    await this.vault.write(importName(epoch, id), bytes)
  }

  async readImport(epoch: number, copied: CopiedImport): Promise<StoredImport | null> {
    const bytes = await this.vault.read(importName(epoch, copied.record.id))
    const read = bytes === null ? null : readStoredImport(bytes)
    if (!read?.ok) return null
    const sum = sumImport(read.value)
    return sum.checksum === copied.checksum && sum.rows === copied.rows
      ? { ...read.value, record: copied.record }
      : null
  }

  async hasImport(epoch: number, id: string): Promise<boolean> {
    return (await this.vault.list()).includes(importName(epoch, id))
  }

  /** One commit, flushed. `state` is what holds after it, for when a snapshot is due. */
  async append(entry: JournalEntry, state: CopyState): Promise<void> {
    if (this.needsSnapshot) return this.writeSnapshot(state)
    const bytes = frame(writeJson(entry))
    try {
      await this.vault.append(journalName(this.generation), bytes)
    } catch (cause) {
      // Half an entry may stand there; anything appended behind it could never be read.
      this.needsSnapshot = true
      throw cause
    }
    this.journalBytes += bytes.length
    this.journalEntries++
    if (this.journalBytes > JOURNAL_BYTES || this.journalEntries >= JOURNAL_ENTRIES) await this.writeSnapshot(state)
  }

  /** Everything anew; afterwards what nothing names any more is removed. */
  async writeSnapshot(state: CopyState): Promise<void> {
    const generation = this.generation + 1
    const snapshot: Snapshot = { ...state, version: 1, generation }
    this.needsSnapshot = true
    const slot = this.slot === 0 ? 1 : 0
    await this.vault.write(SLOTS[slot], frame(writeJson(snapshot)))
    this.slot = slot
    this.generation = generation
    await this.vault.write(journalName(generation), new Uint8Array())
    this.journalBytes = 0
    this.journalEntries = 0
    this.needsSnapshot = false
    await this.removeUnnamed(state)
  }

  async removeImport(epoch: number, id: string): Promise<void> {
    await this.vault.remove(importName(epoch, id)).catch(ignored)
  }

  /** Left-overs of crashes and of former generations. Failing to tidy up harms nothing. */
  private async removeUnnamed(state: CopyState): Promise<void> {
    const named = new Set<string>([
      ...SLOTS,
      journalName(this.generation),
      journalName(this.generation - 1),
      ...state.imports.map(({ record }) => importName(state.epoch, record.id)),
    ])
    const names = await this.vault.list().catch(() => [])
    for (const name of names) if (!named.has(name)) await this.vault.remove(name).catch(ignored)
  }
}

function ignored(): void {}

function journalName(generation: number): string {
  return `journal-${generation}`
}

/**
 * The epoch keeps a workbook that is being put in place apart from the one that still counts. Ids that some disk could
 * confuse or refuse (capitals, underscores, long ones) go by their hash.
 */
function importName(epoch: number, id: string): string {
  const isPlain = /^[a-z0-9][a-z0-9-]{0,59}$/.test(id)
  return `import-${epoch}-${isPlain ? id : `x-${hashText(id).toString(16)}-${hashText(id, 1).toString(16)}`}`
}

export function copyOf(head: Head, records: WorkbookRecords, imports: readonly ImportRecord[]): CopyState {
  return {
    epoch: head.epoch,
    seq: head.seq,
    isOpen: head.isOpen,
    records,
    imports: imports.map((record) => ({ record, ...head.imports[record.id]! })),
  }
}

function applyEntry(state: CopyState, entry: JournalEntry): CopyState {
  return {
    ...state,
    seq: entry.seq,
    records: changeRecords(state.records, entry.diff),
    imports: [...state.imports.filter(({ record }) => !entry.removed.includes(record.id)), ...entry.added],
  }
}

function readSnapshot(payload: Uint8Array, at: string): Outcome<Snapshot> {
  const json = readJson(payload, at)
  if (!json.ok) return json
  const snapshot = json.value as Snapshot
  if (
    snapshot.version !== 1 ||
    !isCounter(snapshot.generation) ||
    !isCounter(snapshot.epoch) ||
    !isCounter(snapshot.seq)
  ) {
    return refused()
  }
  const records = readRecords(snapshot.records, at)
  if (!records.ok) return records
  for (const [index, { record }] of snapshot.imports.entries()) {
    const checked = readImportRecord(record, at, `imports.${index}`)
    if (!checked.ok) return checked
  }
  return accepted({ ...snapshot, records: records.value })
}

function readEntry(payload: Uint8Array): JournalEntry | null {
  const json = readJson(payload, 'journal')
  if (!json.ok) return null
  const entry = json.value as JournalEntry
  const isWhole =
    isCounter(entry.epoch) && isCounter(entry.seq) && Array.isArray(entry.diff) && Array.isArray(entry.added)
  const knowsTables = isWhole && entry.diff.every(({ table }) => (RECORD_TABLES as readonly string[]).includes(table))
  return knowsTables && entry.added.every(({ record }) => readImportRecord(record, 'journal', 'added').ok)
    ? entry
    : null
}

function isCounter(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
