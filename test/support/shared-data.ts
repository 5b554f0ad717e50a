import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe } from 'vitest'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../shared')

/** Folder of real exports beside the checkout; `null` where it is absent, which skips the tests that need it. */
export const sharedData: string | null = existsSync(root) ? root : null

/** Like `describe`, reported as skipped where the real exports are absent. */
export const describeReal: ReturnType<typeof describe.skipIf> = describe.skipIf(sharedData === null)

/** Bytes of one real file, `delivery/git/x.txt` below its data folder. */
export function readShared(file: string): Uint8Array {
  return readFileSync(path.join(sharedData ?? '', 'data', file))
}
