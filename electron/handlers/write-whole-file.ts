import { randomBytes } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import path from 'node:path'

/** Ending of files that are still being written; one left behind by a crash is never taken for a finished file. */
export const UNFINISHED = '.unfinished'

/** Writes beside the target, flushes, renames, flushes the folder: the old file or the new one exists, never half of one. */
export async function writeWholeFile(file: string, bytes: Uint8Array): Promise<void> {
  const folder = path.dirname(file)
  const beside = path.join(folder, `.${randomBytes(8).toString('hex')}${UNFINISHED}`)
  try {
    const handle = await open(beside, 'wx')
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(beside, file)
  } finally {
    await rm(beside, { force: true })
  }
  await flushFolder(folder)
}

/** Makes names survive a power cut. Windows cannot open a folder this way and keeps names by itself. */
export async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
