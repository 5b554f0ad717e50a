import type { Session, WebContents } from 'electron'
import { APP_HOST, APP_SCHEME } from '../../shared/bridge/index.ts'

/** What the page may ask the platform for; everything else is refused without a question. */
const PERMISSIONS: readonly string[] = ['clipboard-sanitized-write', 'persistent-storage']

/** Schemes that never leave the machine; devtools: is the inspector itself. */
const LOCAL_SCHEMES: readonly string[] = ['blob:', 'data:', 'devtools:']

export function isOwnAddress(address: string): boolean {
  try {
    // `origin` is "null" for schemes Node does not know, so the two halves are compared.
    const { protocol, host } = new URL(address)
    return protocol === `${APP_SCHEME}:` && host === APP_HOST
  } catch {
    return false
  }
}

/** Denies by default: permissions, devices, every request that is not ours, downloads, dictionaries from a network. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, decide, details) =>
    decide(PERMISSIONS.includes(permission) && isOwnAddress(details.requestingUrl)),
  )
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => PERMISSIONS.includes(permission) && isOwnAddress(origin),
  )
  session.setDevicePermissionHandler(() => false)
  // A content security policy stops neither prefetching nor navigation; this stops both.
  session.webRequest.onBeforeRequest((details, decide) => decide({ cancel: !isLocal(details.url) }))
  session.on('will-download', (event) => event.preventDefault())
  session.setSpellCheckerEnabled(false)
}

function isLocal(address: string): boolean {
  return isOwnAddress(address) || LOCAL_SCHEMES.some((scheme) => address.startsWith(scheme))
}

/** Keeps every page where it is: links to elsewhere go through `link:open`, which asks first. */
export function guardContents(contents: WebContents): void {
  const stayHome = (event: { readonly url: string; preventDefault(): void }): void => {
    if (!isOwnAddress(event.url)) event.preventDefault()
  }
  contents.on('will-navigate', stayHome)
  contents.on('will-redirect', stayHome)
  contents.on('will-frame-navigate', stayHome)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  // Peer connections would otherwise tell other machines our addresses, policy or not.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
}
