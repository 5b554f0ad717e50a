import type { VaultAnswer, VaultRequest } from './opfs-protocol.ts'
import type { Vault } from './vault.ts'

interface Waiting {
  readonly resolve: (value: VaultAnswer & { readonly ok: true }) => void
  readonly reject: (cause: Error) => void
}

/** The browser's second copy: the origin's private file system, reached through a worker because only workers can flush. */
export function opfsVault(worker: Worker): Vault {
  const waiting = new Map<number, Waiting>()
  let next = 1
  let broken: Error | null = null
  worker.onmessage = ({ data }: MessageEvent<VaultAnswer>) => {
    const asked = waiting.get(data.id)
    waiting.delete(data.id)
    if (data.ok) asked?.resolve(data)
    else asked?.reject(named(data.errorName, data.message))
  }
  worker.onerror = (event) => {
    event.preventDefault()
    broken = new Error(`the worker of the second copy stopped: ${event.message}`)
    for (const { reject } of waiting.values()) reject(broken)
    waiting.clear()
  }
  function ask(
    call: VaultRequest['call'],
    name: string,
    bytes?: Uint8Array,
  ): Promise<VaultAnswer & { readonly ok: true }> {
    if (broken) return Promise.reject(broken)
    return new Promise((resolve, reject) => {
      const id = next++
      waiting.set(id, { resolve, reject })
      const request: VaultRequest = bytes === undefined ? { id, call, name } : { id, call, name, bytes }
      worker.postMessage(request)
    })
  }
  return {
    list: async () => (await ask('list', '')).value as readonly string[],
    read: async (name) => (await ask('read', name)).value as Uint8Array | null,
    write: async (name, bytes) => void (await ask('write', name, bytes)),
    append: async (name, bytes) => void (await ask('append', name, bytes)),
    remove: async (name) => void (await ask('remove', name)),
  }
}

function named(name: string, message: string): Error {
  const error = new Error(message)
  error.name = name
  return error
}
