import { bridge as hostBridge } from '../bridge/index.ts'
import type { Bridge } from '../../shared/bridge/index.ts'
import { type DatabaseOptions, bridgeVault, opfsVault, type Vault } from '../database/index.ts'
import { type Runners, startVaultWorker, startWorkers } from '../workers/index.ts'

/** Everything commands touch outside the page: clock, chance, disk, other threads. Tests hand in their own. */
export interface CommandHost {
  readonly bridge: Bridge
  readonly runners: Runners
  readonly database: DatabaseOptions
  readonly locks: LockManager | undefined
  /** null where there is no place for a second copy. */
  openVault(): Promise<Vault | null>
  /** Asks the browser not to throw the data away under pressure. */
  keepData(): Promise<void>
  /** Word between windows that something was stored. */
  readonly changes: { tell(): void; listen(listener: () => void): void }
  now(): number
  newId(): string
  zone(): string
  locale(): string
}

let host: CommandHost | null = null

export function commandHost(): CommandHost {
  return (host ??= pageHost())
}

/** For tests. */
export function setCommandHost(other: CommandHost): void {
  host = other
}

function pageHost(): CommandHost {
  const bridge = hostBridge()
  const channel = new BroadcastChannel('quarterdeck-changes')
  return {
    bridge,
    runners: startWorkers(),
    database: {},
    locks: navigator.locks,
    changes: {
      tell: () => channel.postMessage('stored'),
      listen: (listener) => {
        channel.onmessage = listener
      },
    },
    async openVault() {
      const { host: kind } = await bridge.call('host:info')
      const vault = kind === 'electron' ? bridgeVault(bridge) : opfsVault(startVaultWorker())
      try {
        await vault.list()
        return vault
      } catch {
        return null
      }
    },
    async keepData() {
      await navigator.storage.persist().catch(() => false)
    },
    now: () => Date.now(),
    newId: () => crypto.randomUUID(),
    zone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    locale: () => navigator.language,
  }
}
