import type { VaultAnswer, VaultRequest } from '../../database/vault/opfs-protocol.ts'

/*
 * Owns the browser's second copy: files in a folder of the origin's private file system, written through synchronous
 * handles because only those flush. One request at a time, answered when its bytes are on the disk.
 */

/** Sync handles exist in dedicated workers only; the page's types do not know them. */
interface SyncHandle {
  getSize(): number
  read(into: Uint8Array, options: { readonly at: number }): number
  write(from: Uint8Array, options: { readonly at: number }): number
  truncate(size: number): void
  flush(): void
  close(): void
}
type SyncFile = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncHandle> }
type Folder = FileSystemDirectoryHandle & { keys(): AsyncIterable<string> }

const FOLDER = 'second-copy'

let order: Promise<void> = Promise.resolve()

self.onmessage = ({ data }: MessageEvent<VaultRequest>) => {
  order = order.then(async () => {
    self.postMessage(await answer(data))
  })
}

async function answer(request: VaultRequest): Promise<VaultAnswer> {
  try {
    return { id: request.id, ok: true, value: await perform(request) }
  } catch (cause) {
    const { name, message } = cause as Error
    return { id: request.id, ok: false, errorName: name, message }
  }
}

async function perform({
  call,
  name,
  bytes = new Uint8Array(),
}: VaultRequest): Promise<readonly string[] | Uint8Array | null> {
  const root = await navigator.storage.getDirectory()
  const folder = (await root.getDirectoryHandle(FOLDER, { create: true })) as Folder
  switch (call) {
    case 'list': {
      const names: string[] = []
      for await (const key of folder.keys()) names.push(key)
      return names
    }
    case 'read': {
      const file = await folder.getFileHandle(name).catch(nullWhereAbsent)
      return file === null ? null : new Uint8Array(await (await file.getFile()).arrayBuffer())
    }
    case 'remove':
      await folder.removeEntry(name).catch(nullWhereAbsent)
      return null
    case 'write':
    case 'append':
      await put((await folder.getFileHandle(name, { create: true })) as SyncFile, bytes, call)
      return null
  }
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
