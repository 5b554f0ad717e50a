import { bridge as hostBridge, downloadBlob } from '../bridge/index.ts'
import type { Bridge, SaveResult } from '../../shared/bridge/index.ts'
import { bridgeVault } from '../database/index.ts'
import { FIGURES_CODE, type Runners, startWorkers } from '../workers/index.ts'

/** Everything commands touch outside the page: clock, chance, disk, other threads. Tests hand in their own. */
export interface CommandHost {
  readonly bridge: Bridge
  /** Offers a file a worker made. In a browser its bytes never come to the page. */
  saveBlob(name: string, blob: Blob): Promise<SaveResult>
  readonly runners: Runners
  /** Which code works out the figures; null = figures are not kept from one start to the next. */
  readonly figuresCode: string | null
  readonly locks: LockManager | undefined
  /** Who is told when another window is about to upgrade the database. */
  onTakenOver(listener: () => void): void
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

/** For hosts that take bytes. */
export async function saveBytesOf(bridge: Bridge, name: string, blob: Blob): Promise<SaveResult> {
  return bridge.call('file:save', name, new Uint8Array(await blob.arrayBuffer()))
}

function pageHost(): CommandHost {
  const bridge = hostBridge()
  let takenOver = () => {}
  const channel = new BroadcastChannel('quarterdeck-changes')
  return {
    bridge,
    saveBlob: window.quarterdeck ? (name, blob) => saveBytesOf(bridge, name, blob) : downloadBlob,
    runners: startWorkers({
      vault: window.quarterdeck ? bridgeVault(bridge) : null,
      onTakenOver: () => takenOver(),
    }),
    figuresCode: FIGURES_CODE,
    onTakenOver: (listener) => {
      takenOver = listener
    },
    locks: navigator.locks,
    changes: {
      tell: () => channel.postMessage('stored'),
      listen: (listener) => {
        channel.onmessage = listener
      },
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
