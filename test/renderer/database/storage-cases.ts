import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { canonicalText, diffRecords, type Workbook, type WorkbookRecords } from '../../../shared/workbook/index.ts'
import {
  type DatabaseOptions,
  type PackedWorkbook,
  packImport,
  Storage,
  type StorageStep,
  type Vault,
} from '../../../renderer/database/index.ts'

/** A vault in memory that can be told to fail, or to stop in the middle of a write as a crash does. */
export class MemoryVault implements Vault {
  readonly files = new Map<string, Uint8Array>()
  /** Throws before the next writes. */
  failure: Error | null = null
  /** Calls that changed something, for tests of order. */
  readonly log: string[] = []

  list(): Promise<readonly string[]> {
    return Promise.resolve([...this.files.keys()])
  }
  read(name: string): Promise<Uint8Array | null> {
    return Promise.resolve(this.files.get(name)?.slice() ?? null)
  }
  async write(name: string, bytes: Uint8Array): Promise<void> {
    this.note('write', name)
    this.files.set(name, bytes.slice())
  }
  async append(name: string, bytes: Uint8Array): Promise<void> {
    this.note('append', name)
    this.files.set(name, new Uint8Array([...(this.files.get(name) ?? []), ...bytes]))
  }
  async remove(name: string): Promise<void> {
    this.log.push(`remove ${name}`)
    this.files.delete(name)
  }
  copy(): MemoryVault {
    const other = new MemoryVault()
    for (const [name, bytes] of this.files) other.files.set(name, bytes.slice())
    return other
  }
  private note(call: string, name: string): void {
    if (this.failure) throw this.failure
    this.log.push(`${call} ${name}`)
  }
}

/** A disk of its own: a database and a vault, opened as often as a test likes. */
export class Disk {
  factory = new IDBFactory()
  vault: MemoryVault | null = new MemoryVault()

  options(): DatabaseOptions {
    return { indexedDB: this.factory, IDBKeyRange: IDBKeyRange as never }
  }
  open(): Promise<Storage> {
    return Storage.open({ vault: this.vault, database: this.options() })
  }
  wipeDatabase(): void {
    this.factory = new IDBFactory()
  }
}

/** Everything a workbook holds as one text, to compare states by. */
export async function stateOf(storage: Storage): Promise<string> {
  const workbook: Workbook = await storage.workbook()
  return canonicalText({
    records: workbook.records,
    imports: workbook.imports.map(({ record, chunks, keptAside }) => ({
      record,
      keptAside,
      rows: chunks.map((chunk) => [chunk.kind, chunk.seq, chunk.rows, [...chunk.keys], [...chunk.sourceRows]]),
    })),
  })
}

/** What commands hand to storage, packed in place. */
export function packedOf({ records, imports }: Workbook): PackedWorkbook {
  return { records, imports: imports.map(packImport) }
}

export function edit(
  storage: Storage,
  change: (records: WorkbookRecords) => WorkbookRecords,
  label = 'Edit',
): StorageStep {
  return { label, diff: diffRecords(storage.records, change(storage.records)) }
}

export function addObjective(id: string, name = id): (records: WorkbookRecords) => WorkbookRecords {
  return (records) => ({
    ...records,
    objectives: { ...records.objectives, [id]: { id, name, owner: '', quarter: '2026-10', order: 0 } },
  })
}
