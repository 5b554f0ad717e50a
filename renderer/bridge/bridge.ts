import type { Bridge } from '../../shared/bridge/index.ts'
import { browserBridge } from './browser-bridge.ts'

declare global {
  interface Window {
    /** Put there by Electron's preload; absent in a browser. */
    readonly quarterdeck?: Bridge
  }
}

let own: Bridge | undefined

/** The host the page runs in: Electron's bridge when its preload ran, else what a browser can do by itself. */
export function bridge(): Bridge {
  return window.quarterdeck ?? (own ??= browserBridge())
}
