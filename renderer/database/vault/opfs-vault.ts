import type { Vault } from './vault.ts'

/** Sync handles exist in dedicated workers only; the page's types do not know them. */
interface SyncHandle {
  getSize(): number
  write(from: Uint8Array, options: { readonly at: number }): number
  truncate(size: number): void
  flush(): void
  close(): void
}
type SyncFile = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncHandle> }
type Folder = FileSystemDirectoryHandle & { keys(): AsyncIterable<string> }

const FOLDER = 'second-copy'

/**
 * The browser's second copy: files in a folder of the origin's private file system, written through synchronous handles
 * because only those flush. Works in a worker only.
 */
export function opfsVault(): Vault {
  return {
    async list() {
      const names: string[] = []
      for await (const key of (await folderOf()).keys()) names.push(key)
      return names
    },
    async read(name) {
      const file = await (await folderOf()).getFileHandle(name).catch(nullWhereAbsent)
      return file === null ? null : new Uint8Array(await (await file.getFile()).arrayBuffer())
    },
    write: async (name, bytes) => put(await fileOf(name), bytes, 'write'),
    append: async (name, bytes) => put(await fileOf(name), bytes, 'append'),
    async remove(name) {
      await (await folderOf()).removeEntry(name).catch(nullWhereAbsent)
    },
  }
}

async function folderOf(): Promise<Folder> {
  const root = await navigator.storage.getDirectory()
  return (await root.getDirectoryHandle(FOLDER, { create: true })) as Folder
}

async function fileOf(name: string): Promise<SyncFile> {
  return (await (await folderOf()).getFileHandle(name, { create: true })) as SyncFile
}

async function put(file: SyncFile, bytes: Uint8Array, call: 'write' | 'append'): Promise<void> {
  const handle = await file.createSyncAccessHandle()
  const from = call === 'append' ? handle.getSize() : 0
  try {
    if (call === 'write') handle.truncate(0)
    for (let done = 0; done < bytes.length;) {
      const written = handle.write(bytes.subarray(done), { at: from + done })
      if (written <= 0) throw new DOMException('no room for the second copy', 'QuotaExceededError')
      done += written
    }
    handle.flush()
  } catch (cause) {
    // What was there before an append stays readable.
    handle.truncate(from)
    throw cause
  } finally {
    handle.close()
  }
}

function nullWhereAbsent(cause: unknown): null {
  if (cause instanceof DOMException && cause.name === 'NotFoundError') return null
  throw cause
}
