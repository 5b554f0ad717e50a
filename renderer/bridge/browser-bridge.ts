import type { Bridge, BridgeCalls, BridgeChannel, OpenedFile, SaveResult } from '../../shared/bridge/index.ts'
import { isAllowedLink } from '../../shared/bridge/index.ts'

declare const __APP_VERSION__: string

type Answers = { readonly [C in BridgeChannel]: (...args: BridgeCalls[C][0]) => Promise<BridgeCalls[C][1]> }

/**
 * The same face without a process behind it. There is no native menu, a saved file goes where the browser puts downloads,
 * and the second copy lives in the origin's private file system, written by a worker of its own, not through here.
 */
export function browserBridge(): Bridge {
  const answers: Answers = {
    'host:info': () => Promise.resolve({ host: 'browser', version: __APP_VERSION__, platform: navigator.platform }),
    'file:save': saveByDownload,
    'file:open': openByInput,
    'file:print': () => {
      window.print()
      return Promise.resolve(true)
    },
    'link:open': (url) => {
      if (!isAllowedLink(url)) return Promise.resolve(false)
      window.open(url, '_blank', 'noopener,noreferrer')
      return Promise.resolve(true)
    },
    'git:open': () => Promise.resolve({ kind: 'refused', reason: NO_GIT }),
    'git:read': () => Promise.resolve({ kind: 'failed', reason: NO_GIT }),
    'git:close': () => Promise.resolve(),
    'vault:list': () => noVault(),
    'vault:read': () => noVault(),
    'vault:write': () => noVault(),
    'vault:append': () => noVault(),
    'vault:remove': () => noVault(),
  }
  return Object.freeze<Bridge>({
    call: (channel, ...args) => answers[channel](...args),
    onMenu: () => () => {},
  })
}

/** The server of this host only hands out the app's own files: one that ran programs would run them for any page that got past it. */
const NO_GIT = 'A page in a browser may not run programs. Use the desktop app, or: quarterdeck import --git FOLDER'

function noVault(): Promise<never> {
  return Promise.reject(
    new Error('The vault is a folder of the desktop host. In a browser the second copy lives in OPFS; use that one.'),
  )
}

/** How long the browser may take to start reading what it downloads. */
const DOWNLOAD_STARTS_WITHIN_MS = 60_000

function saveByDownload(suggestedName: string, bytes: Uint8Array): Promise<SaveResult> {
  return downloadBlob(suggestedName, new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/octet-stream' }))
}

/** Large files come as blobs a worker made: making one of tens of megabytes here would hold the page up. */
export function downloadBlob(suggestedName: string, blob: Blob): Promise<SaveResult> {
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = suggestedName
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), DOWNLOAD_STARTS_WITHIN_MS)
  return Promise.resolve({ kind: 'saved', where: `${suggestedName}, in your browser’s downloads` })
}

function openByInput(): Promise<OpenedFile | null> {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = '.quarterdeck'
  return new Promise((resolve, reject) => {
    input.addEventListener('cancel', () => resolve(null))
    input.addEventListener('change', () => {
      const file = input.files?.[0]
      if (file === undefined) resolve(null)
      else {
        file
          .arrayBuffer()
          .then((buffer) => resolve({ name: file.name, bytes: new Uint8Array(buffer) }))
          .catch(reject)
      }
    })
    input.click()
  })
}
