import type { VaultAnswer, VaultRequest } from './vault-protocol.ts'
import type { Vault } from './vault.ts'

interface Waiting {
  readonly resolve: (value: VaultAnswer & { readonly ok: true }) => void
  readonly reject: (cause: Error) => void
}

/** A vault on the other side of a port, where `serveVault` answers. */
export function portVault(port: MessagePort): Vault {
  const waiting = new Map<number, Waiting>()
  let next = 1
  port.onmessage = ({ data }: MessageEvent<VaultAnswer>) => {
    const asked = waiting.get(data.id)
    waiting.delete(data.id)
    if (data.ok) asked?.resolve(data)
    else asked?.reject(Object.assign(new Error(data.message), { name: data.errorName }))
  }
  function ask(
    call: VaultRequest['call'],
    name: string,
    bytes?: Uint8Array,
  ): Promise<VaultAnswer & { readonly ok: true }> {
    return new Promise((resolve, reject) => {
      const id = next++
      waiting.set(id, { resolve, reject })
      port.postMessage({ id, call, name, ...(bytes === undefined ? {} : { bytes }) } satisfies VaultRequest)
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

/** Answers `portVault` on the other side, one request after the other. */
export function serveVault(port: MessagePort, vault: Vault): void {
  let order: Promise<void> = Promise.resolve()
  port.onmessage = ({ data }: MessageEvent<VaultRequest>) => {
    order = order.then(async () => port.postMessage(await answer(vault, data)))
  }
}

async function answer(vault: Vault, { id, call, name, bytes = new Uint8Array() }: VaultRequest): Promise<VaultAnswer> {
  try {
    if (call === 'list') return { id, ok: true, value: await vault.list() }
    if (call === 'read') return { id, ok: true, value: await vault.read(name) }
    if (call === 'remove') await vault.remove(name)
    else await vault[call](name, bytes)
    return { id, ok: true, value: null }
  } catch (cause) {
    const { name: errorName, message } = cause as Error
    return { id, ok: false, errorName, message }
  }
}
