import { Dexie } from 'dexie'
import { expect, test } from 'vitest'
import { DATABASE_NAME, packImport } from '../../../renderer/database/index.ts'
import { SCHEMA_VERSION } from '../../../renderer/database/migrations/index.ts'
import { STORES_V1 } from '../../../renderer/database/migrations/v1.ts'
import { STORES_V2 } from '../../../renderer/database/migrations/v2.ts'
import { STORES_V3 } from '../../../renderer/database/migrations/v3.ts'
import { STORES_V4 } from '../../../renderer/database/migrations/v4.ts'
import { EMPTY, usageImport } from '../../shared/workbook/workbook-cases.ts'
import { addObjective, Disk, edit, packedOf, stateOf } from './storage-cases.ts'

const VERSIONS: readonly Readonly<Record<string, string>>[] = [STORES_V1, STORES_V2, STORES_V3, STORES_V4]

function declare(disk: Disk, version: number): Dexie {
  const database = new Dexie(DATABASE_NAME, disk.options() as never)
  VERSIONS.slice(0, version).forEach((stores, i) => database.version(i + 1).stores(stores))
  return database
}

/** A workbook as code of this version stored it: its stores, its schema number, what they held then. */
async function storedBy(version: number): Promise<{ readonly disk: Disk; readonly state: string }> {
  const disk = new Disk()
  const storage = await disk.open()
  await storage.replace(packedOf(EMPTY))
  await storage.commit({ label: 'Import', added: [packImport(usageImport('one', 1, 4))] })
  await storage.commit(edit(storage, addObjective('o1')))
  const state = await stateOf(storage)
  storage.close()
  const current = declare(disk, VERSIONS.length)
  await current.open()
  const names = Object.keys(Object.assign({}, ...VERSIONS.slice(0, version)) as object)
  const held = new Map<string, readonly unknown[]>()
  for (const name of names) held.set(name, await current.table(name).toArray())
  current.close()
  disk.wipeDatabase()
  const former = declare(disk, version)
  await former.open()
  for (const [name, rows] of held) await former.table(name).bulkPut(rows)
  await former.table('meta').put({ id: 'schema', value: version })
  former.close()
  return { disk, state }
}

test('every version has its case here', () => {
  expect(VERSIONS).toHaveLength(SCHEMA_VERSION)
})

test.each(VERSIONS.map((_, i) => i + 1))(
  'stored by version %i, all of it is there and new things fit',
  async (version) => {
    const { disk, state } = await storedBy(version)
    const storage = await disk.open()
    expect([await stateOf(storage), storage.notice]).toEqual([state, null])
    await storage.keepSource({ importId: 'one', fileName: 'one.csv', size: 3, packed: new Blob(['abc']) })
    await storage.keepFigures('of this', { wall: 1 })
    storage.close()
    const again = await disk.open()
    expect([await stateOf(again), again.notice]).toEqual([state, null])
    expect(await (await again.sourceFile('one'))!.packed.text()).toBe('abc')
    expect([await again.figuresOf('of this'), await again.figuresOf('of that')]).toEqual([{ wall: 1 }, null])
    again.close()
  },
)

test('files and figures belong to one workbook', async () => {
  const { disk } = await storedBy(SCHEMA_VERSION)
  const storage = await disk.open()
  await storage.keepSource({ importId: 'gone', fileName: 'gone.csv', size: 1, packed: new Blob(['x']) })
  expect(await storage.sourceFiles()).toEqual([])
  await storage.keepSource({ importId: 'one', fileName: 'one.csv', size: 1, packed: new Blob(['x']) })
  await storage.keepFigures('of this', 1)
  await storage.replace(packedOf(EMPTY))
  expect([await storage.sourceFiles(), await storage.figuresOf('of this')]).toEqual([[], null])
})
