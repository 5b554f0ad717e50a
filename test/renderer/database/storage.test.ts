import { Dexie } from 'dexie'
import { IDBDatabase } from 'fake-indexeddb'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { DATABASE_NAME, packImport, Storage, StorageError } from '../../../renderer/database/index.ts'
import { SCHEMA_VERSION } from '../../../renderer/database/migrations/index.ts'
import { STORES_V1 } from '../../../renderer/database/migrations/v1.ts'
import { JOURNAL_ENTRIES } from '../../../renderer/database/vault/second-copy.ts'
import { isVaultName } from '../../../electron/handlers/argument-guards.ts'
import type { WeekKey } from '../../../shared/calendar/index.ts'
import type { WeekNote } from '../../../shared/metrics/index.ts'
import { EMPTY, usageImport } from '../../shared/workbook/workbook-cases.ts'
import { addObjective, Disk, edit, MemoryVault, packedOf, stateOf } from './storage-cases.ts'

const NOTE: WeekNote = {
  id: 'n1',
  week: '2026-W46' as WeekKey,
  kind: 'note',
  text: '',
  metricId: null,
  owner: '',
  due: null,
  isDone: false,
  order: 0,
}

/** A disk on which a workbook with two imports and three edits was saved, and the state it must come back to. */
async function savedDisk(): Promise<{ disk: Disk; state: string }> {
  const disk = new Disk()
  const storage = await disk.open()
  await storage.replace(packedOf(EMPTY))
  await storage.commit({ label: 'Import', added: [packImport(usageImport('one', 1))] })
  await storage.commit(edit(storage, addObjective('o1')))
  await storage.commit({ label: 'Import', added: [packImport(usageImport('two', 2, 5))] })
  await storage.commit(edit(storage, addObjective('o2')))
  await storage.commit(edit(storage, addObjective('o1', 'renamed')))
  const state = await stateOf(storage)
  storage.close()
  return { disk, state }
}

async function reopened(disk: Disk): Promise<{ state: string; notice: string | null; storage: Storage }> {
  const storage = await disk.open()
  return { state: await stateOf(storage), notice: storage.notice, storage }
}

/** Changes what lies in the database behind the product's back. */
async function meddle(disk: Disk, work: (database: Dexie) => Promise<unknown>): Promise<void> {
  const database = new Dexie(DATABASE_NAME, disk.options() as never)
  await database.open()
  await work(database)
  database.close()
}

afterEach(() => vi.restoreAllMocks())

describe('start', () => {
  test('nothing anywhere: the start page, without a word', async () => {
    const { storage, notice } = await reopened(new Disk())
    expect([storage.isOpen, notice]).toEqual([false, null])
  })

  test('a saved workbook comes back as it was, without a word', async () => {
    const { disk, state } = await savedDisk()
    expect(await reopened(disk)).toMatchObject({ state, notice: null })
  })

  test('a closed workbook stays closed, whichever copy is left', async () => {
    const { disk } = await savedDisk()
    const { storage } = await reopened(disk)
    await storage.replace(null)
    storage.close()
    expect((await disk.open()).isOpen).toBe(false)
    disk.wipeDatabase()
    const again = await disk.open()
    expect([again.isOpen, again.notice]).toEqual([false, null])
    expect([...disk.vault!.files.keys()].filter((name) => name.startsWith('import'))).toEqual([])
  })
})

describe('the database is lost', () => {
  test('wiped: restored, and a sentence says what', async () => {
    const { disk, state } = await savedDisk()
    disk.wipeDatabase()
    const first = await reopened(disk)
    expect(first.state).toBe(state)
    expect(first.notice).toBe(
      'The database of this app was found empty. Restored from the second copy: 2 imports with 8 rows and 3 hand-edited records. Nothing that was shown as saved is missing.',
    )
    first.storage.close()
    expect(await reopened(disk)).toMatchObject({ state, notice: null })
  })

  test.each<[string, (database: Dexie) => Promise<unknown>]>([
    [
      'a chunk is gone',
      (db) =>
        db
          .table('chunks')
          .toCollection()
          .first()
          .then((c) =>
            db
              .table('chunks')
              .where('importId')
              .equals((c as { importId: string }).importId)
              .delete(),
          ),
    ],
    ['a record is gone', (db) => db.table('objectives').delete('o1')],
    ['a record is another', (db) => db.table('objectives').update('o1', { name: 'x' })],
    ['a record is no record', (db) => db.table('objectives').put({ id: 'o1' })],
    ['an import is gone', (db) => db.table('imports').delete('one')],
    ['an import too many', (db) => db.table('imports').put({ ...usageImport('zzz', 9).record })],
    [
      'all tables are empty',
      (db) => Promise.all(db.tables.filter(({ name }) => name !== 'meta').map((table) => table.clear())),
    ],
    [
      'one cell of a chunk is another',
      (db) =>
        db
          .table('chunks')
          .toCollection()
          .modify((chunk: { columns: { output: { values: Float64Array } } }) => {
            chunk.columns.output.values[0] = 77
          }),
    ],
    ['the head is gone', (db) => db.table('meta').delete('head')],
  ])('%s: noticed and restored', async (_name, work) => {
    const { disk, state } = await savedDisk()
    await meddle(disk, work)
    const { state: after, notice } = await reopened(disk)
    expect(after).toBe(state)
    expect(notice).toMatch(/Restored from the second copy: 2 imports with 8 rows and 3 hand-edited records/)
  })

  test('set back to an earlier state: restored', async () => {
    const { disk, state } = await savedDisk()
    const old = new Disk()
    old.vault = new MemoryVault()
    const storage = await old.open()
    await storage.replace(packedOf(EMPTY))
    storage.close()
    disk.factory = old.factory
    const { state: after, notice } = await reopened(disk)
    expect(after).toBe(state)
    expect(notice).toMatch(/set back to an earlier state/)
  })

  test('a file of facts is lost as well: the sentence names the file, the rest is there', async () => {
    const { disk } = await savedDisk()
    disk.wipeDatabase()
    disk.vault!.files.delete('import-1-one')
    const { storage, notice } = await reopened(disk)
    expect(storage.imports.map(({ id }) => id)).toEqual(['two'])
    expect(notice).toMatch(/Not readable in either copy: one\.csv\. Import these files again\./)
  })
})

describe('the second copy is lost or late', () => {
  test('gone: written again, and a sentence says so', async () => {
    const { disk, state } = await savedDisk()
    disk.vault = new MemoryVault()
    const { notice, storage } = await reopened(disk)
    expect(notice).toBe('The second copy of this workbook was missing and was written again.')
    storage.close()
    disk.wipeDatabase()
    expect((await reopened(disk)).state).toBe(state)
  })

  test('out of reach: one copy only, and a sentence says so', async () => {
    const { disk, state } = await savedDisk()
    disk.vault = null
    const { notice, state: after } = await reopened(disk)
    expect(after).toBe(state)
    expect(notice).toMatch(/kept in one copy only/)
  })

  test('a crash between database and journal: the second copy catches up', async () => {
    const { disk } = await savedDisk()
    const { storage } = await reopened(disk)
    disk.vault!.failure = new Error('crash')
    await expect(storage.commit(edit(storage, addObjective('o3')))).rejects.toMatchObject({
      code: 'storage/second-copy',
    })
    const state = await stateOf(storage)
    storage.close()
    disk.vault!.failure = null
    const second = await reopened(disk)
    expect(second).toMatchObject({ state, notice: null })
    second.storage.close()
    disk.wipeDatabase()
    expect((await reopened(disk)).state).toBe(state)
  })

  test('journal cut at every byte: what was whole before the cut is there, nothing else', async () => {
    const disk = new Disk()
    const storage = await disk.open()
    await storage.replace(packedOf(EMPTY))
    const states = [await stateOf(storage)]
    const ends = [0]
    for (const id of ['o1', 'o2', 'o3']) {
      await storage.commit(edit(storage, addObjective(id)))
      states.push(await stateOf(storage))
      ends.push(disk.vault!.files.get('journal-1')!.length)
    }
    storage.close()
    const whole = disk.vault!.files.get('journal-1')!
    for (let cut = 0; cut <= whole.length; cut++) {
      const torn = new Disk()
      torn.vault = disk.vault!.copy()
      torn.vault.files.set('journal-1', whole.slice(0, cut))
      const opened = await torn.open()
      const expected = states[ends.filter((end) => end <= cut).length - 1]!
      expect(await stateOf(opened)).toBe(expected)
      if (cut % 40 === 0) {
        // What is written behind a torn entry must be readable again.
        await opened.commit(edit(opened, addObjective('o9')))
        const state = await stateOf(opened)
        opened.close()
        torn.wipeDatabase()
        expect((await reopened(torn)).state).toBe(state)
      } else opened.close()
    }
  })

  test('the newer snapshot is damaged: the older one and both journals give the same state', async () => {
    const disk = new Disk()
    const storage = await disk.open()
    await storage.replace(packedOf(EMPTY))
    for (let n = 0; n <= JOURNAL_ENTRIES; n++) await storage.commit(edit(storage, addObjective('o', `name ${n}`)))
    await storage.commit(edit(storage, addObjective('last')))
    const state = await stateOf(storage)
    storage.close()
    expect([...disk.vault!.files.keys()].sort()).toEqual(['journal-1', 'journal-2', 'snapshot-A', 'snapshot-B'])
    for (const slot of ['snapshot-A', 'snapshot-B']) {
      const hurt = new Disk()
      hurt.vault = disk.vault!.copy()
      hurt.vault.files.get(slot)!.fill(7, 40, 60)
      const first = await reopened(hurt)
      expect(first.state).toBe(state)
      await first.storage.commit(edit(first.storage, addObjective('more')))
      const later = await stateOf(first.storage)
      first.storage.close()
      hurt.wipeDatabase()
      expect((await reopened(hurt)).state).toBe(later)
    }
  })

  test('both snapshots damaged and the database whole: the database counts', async () => {
    const { disk, state } = await savedDisk()
    for (const slot of ['snapshot-A', 'snapshot-B']) disk.vault!.files.get(slot)?.fill(7, 40, 60)
    expect((await reopened(disk)).state).toBe(state)
  })
})

describe('one step is whole or absent', () => {
  test('order: facts, database, journal', async () => {
    const disk = new Disk()
    const storage = await disk.open()
    await storage.replace(packedOf(EMPTY))
    disk.vault!.log.length = 0
    const put = vi.spyOn(disk.vault!, 'write').mockImplementation(async (name) => {
      disk.vault!.log.push(`${name} while database at ${storage.position}`)
    })
    await storage.commit({ label: 'Import', added: [packImport(usageImport('one', 1))] })
    expect(disk.vault!.log).toEqual(['import-1-one while database at 1/0', 'append journal-1'])
    put.mockRestore()
  })

  test('full disk while facts are copied: nothing of the import is anywhere', async () => {
    const { disk, state } = await savedDisk()
    const { storage } = await reopened(disk)
    disk.vault!.failure = new DOMException('full', 'QuotaExceededError')
    const files = [...disk.vault!.files.keys()]
    await expect(
      storage.commit({ label: 'Import', added: [packImport(usageImport('three', 3))] }),
    ).rejects.toMatchObject({
      code: 'storage/full',
    })
    expect(await stateOf(storage)).toBe(state)
    expect([...disk.vault!.files.keys()]).toEqual(files)
    disk.vault!.failure = null
    await storage.commit({ label: 'Import', added: [packImport(usageImport('three', 3))] })
    expect(storage.imports).toHaveLength(3)
  })

  test('a database error in the middle of an import takes all of it back', async () => {
    const { disk, state } = await savedDisk()
    const { storage } = await reopened(disk)
    const imported = usageImport('three', 3)
    // The last chunk cannot be stored: functions do not clone.
    const bad = {
      ...imported,
      chunks: [...imported.chunks, { ...imported.chunks[0]!, seq: 1, columns: { x: () => 0 } as never }],
    }
    vi.spyOn(console, 'error').mockImplementation(() => {})
    await expect(
      storage.commit({ label: 'Import', added: [{ ...packImport(imported), imported: bad }] }),
    ).rejects.toThrow()
    expect(await stateOf(storage)).toBe(state)
    storage.close()
    expect(await reopened(disk)).toMatchObject({ state, notice: null })
  })

  test('any id makes a name every disk takes, and two ids that differ in case make two', async () => {
    const disk = new Disk()
    const storage = await disk.open()
    await storage.replace(packedOf(EMPTY))
    const ids = ['aB_c', 'ab_c', 'x'.repeat(100), '2f9c1c1e-8a55-4b6f-9d2e-0a1b2c3d4e5f']
    for (const [index, id] of ids.entries()) {
      await storage.commit({ label: 'Import', added: [packImport(usageImport(id, index + 1))] })
    }
    const names = [...disk.vault!.files.keys()].filter((name) => name.startsWith('import-'))
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(4)
    for (const name of disk.vault!.files.keys()) expect(isVaultName(name)).toBe(true)
    const state = await stateOf(storage)
    storage.close()
    disk.wipeDatabase()
    expect((await reopened(disk)).state).toBe(state)
  })

  test('taking an import back leaves nothing of it, in either copy', async () => {
    const { disk } = await savedDisk()
    const { storage } = await reopened(disk)
    await storage.commit({ label: 'Take back', removed: ['one'] })
    expect(await storage.chunksOf('one')).toEqual([])
    expect(await storage.keptAsideOf('one')).toEqual([])
    const state = await stateOf(storage)
    storage.close()
    disk.wipeDatabase()
    expect((await reopened(disk)).state).toBe(state)
    expect([...disk.vault!.files.keys()]).not.toContain('import-1-one')
  })

  test('every transaction that writes is strict', async () => {
    const seen: [string, string | undefined][] = []
    const real = IDBDatabase.prototype.transaction
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: never, names, mode, options) {
      seen.push([mode ?? 'readonly', options?.durability])
      return real.call(this, names, mode, options)
    })
    const { disk } = await savedDisk()
    disk.wipeDatabase()
    await reopened(disk)
    const writing = seen.filter(([mode]) => mode === 'readwrite')
    expect(writing.length).toBeGreaterThan(7)
    expect(writing.every(([, durability]) => durability === 'strict')).toBe(true)
  })
})

describe('versions and windows', () => {
  test('data of a newer version is refused and stays as it is', async () => {
    const { disk } = await savedDisk()
    await meddle(disk, (db) => db.table('meta').put({ id: 'schema', value: SCHEMA_VERSION + 1 }))
    await expect(disk.open()).rejects.toMatchObject({ code: 'storage/newer' })
    await meddle(disk, async (db) => expect(await db.table('objectives').count()).toBe(2))
  })

  test('a workbook stored by the first version opens, and takes what that version did not know', async () => {
    const { disk } = await savedDisk()
    const saved = new Map<string, readonly unknown[]>()
    await meddle(disk, async (db) => {
      for (const name of Object.keys(STORES_V1)) saved.set(name, await db.table(name).toArray())
    })
    disk.wipeDatabase()
    const first = new Dexie(DATABASE_NAME, disk.options() as never)
    first.version(1).stores(STORES_V1)
    await first.open()
    for (const [name, rows] of saved) await first.table(name).bulkPut(rows)
    await first.table('meta').put({ id: 'schema', value: 1 })
    first.close()
    const { storage, notice } = await reopened(disk)
    expect([notice, Object.keys(storage.records.objectives), storage.imports.length]).toEqual([null, ['o1', 'o2'], 2])
    const weekNotes = { n1: { ...NOTE, text: 'kept' } }
    await storage.commit(edit(storage, (records) => ({ ...records, weekNotes })))
    storage.close()
    expect((await disk.open()).records.weekNotes).toEqual(weekNotes)
    await meddle(disk, async (db) => expect((await db.table('meta').get('schema')).value).toBe(SCHEMA_VERSION))
  })

  test('a database of a newer layout is refused', async () => {
    const disk = new Disk()
    const later = new Dexie(DATABASE_NAME, disk.options() as never)
    later.version(7).stores({ meta: 'id', more: 'id' })
    await later.open()
    later.close()
    await expect(disk.open()).rejects.toMatchObject({ code: 'storage/newer' })
  })

  test('a window that has not seen the last write cannot write over it', async () => {
    const { disk } = await savedDisk()
    const first = await disk.open()
    const second = await Storage.openToRead(disk.options())
    await first.commit(edit(first, addObjective('mine')))
    const late = second.commit(edit(second, addObjective('late')))
    await expect(late).rejects.toBeInstanceOf(StorageError)
    await expect(late).rejects.toMatchObject({ code: 'storage/other-window' })
    expect(Object.keys(first.records.objectives)).toContain('mine')
  })

  test('an upgrade in another window takes the database from this one', async () => {
    const disk = new Disk()
    const takenOver = vi.fn()
    const storage = await Storage.open({ vault: disk.vault, database: { ...disk.options(), onTakenOver: takenOver } })
    await storage.replace(packedOf(EMPTY))
    const later = new Dexie(DATABASE_NAME, disk.options() as never)
    later.version(SCHEMA_VERSION + 1).stores({ meta: 'id' })
    await later.open()
    expect(takenOver).toHaveBeenCalledOnce()
    await expect(storage.commit(edit(storage, addObjective('late')))).rejects.toMatchObject({ code: 'storage/closed' })
    later.close()
  })
})
