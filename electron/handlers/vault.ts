import { existsSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { isVaultName } from './argument-guards.ts'
import type { Handlers } from './register-handlers.ts'
import { flushFolder, UNFINISHED, writeWholeFile } from './write-whole-file.ts'

type VaultChannel = 'vault:list' | 'vault:read' | 'vault:write' | 'vault:append' | 'vault:remove'

/**
 * The second copy of everything, outside the browser engine's storage: a folder of flat files. Nothing is answered before
 * it has reached the disk, and calls are carried out in the order they came, so that a journal never overtakes its snapshot.
 */
export function answerVault(folder: string): Handlers<VaultChannel> {
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work)
    last = next.catch(() => {})
    return next
  }
  const opened = inTurn(() => prepare(folder))
  // Told to whoever calls next, not to the process as an unhandled rejection.
  opened.catch(() => {})
  const ready = <T>(work: () => Promise<T>): Promise<T> => inTurn(() => opened.then(work))
  return {
    'vault:list': () => ready(async () => (await readdir(folder)).filter(isVaultName).sort()),
    'vault:read': (_page, name) => ready(() => readIfThere(fileOf(folder, name))),
    'vault:write': (_page, name, bytes) => ready(() => writeWholeFile(fileOf(folder, name), bytes)),
    'vault:append': (_page, name, bytes) => ready(() => append(folder, name, bytes)),
    'vault:remove': (_page, name) => ready(() => remove(folder, name)),
  }
}

async function prepare(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const name of await readdir(folder)) {
    if (name.endsWith(UNFINISHED)) await rm(path.join(folder, name), { force: true })
  }
}

function fileOf(folder: string, name: string): string {
  // Checked at the door already; a second look costs nothing where a path is made.
  if (!isVaultName(name)) throw new Error(`not a name for the vault: ${JSON.stringify(name)}`)
  return path.join(folder, name)
}

async function readIfThere(file: string): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await readFile(file))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

async function append(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const file = fileOf(folder, name)
  const isNew = !existsSync(file)
  const handle = await open(file, 'a')
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
  if (isNew) await flushFolder(folder)
}

async function remove(folder: string, name: string): Promise<void> {
  await rm(fileOf(folder, name), { force: true })
  await flushFolder(folder)
}
