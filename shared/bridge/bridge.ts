import type { GitPart } from './git/git-commands.ts'

/**
 * The one table of channels between the desktop window and the process that owns the disk. Both ends derive their types
 * from it; nothing else crosses. The browser host implements the same face without a process behind it.
 */

export interface HostInfo {
  readonly host: 'electron' | 'browser'
  readonly version: string
  readonly platform: string
}

export type SaveResult =
  | { readonly kind: 'saved'; readonly where: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly reason: string }

export interface OpenedFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** A file of the second copy: a flat name such as `journal-A` or `import-7f3a`. */
export type VaultName = string

/** A clone the user picked; `id` names it in the calls that follow. */
export type PickedClone =
  | {
      readonly kind: 'opened'
      readonly id: string
      readonly name: string
      readonly branch: string
      readonly landings: number
      readonly warnings: readonly string[]
    }
  | { readonly kind: 'refused'; readonly reason: string }

export type GitRead =
  | { readonly kind: 'piece'; readonly bytes: Uint8Array; readonly landings: number }
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly reason: string }

/** Request channel -> [arguments, answer]. */
export interface BridgeCalls {
  'host:info': [[], HostInfo]
  /** Native save dialog; writes to a temporary file, flushes, renames. */
  'file:save': [[suggestedName: string, bytes: Uint8Array], SaveResult]
  /** Native open dialog for a workbook. */
  'file:open': [[], OpenedFile | null]
  'file:print': [[], boolean]
  /** https links of our own list, after the user confirmed. */
  'link:open': [[url: string], boolean]
  /** Native dialog for the folder of a clone, of which landings from this day on are wanted; null when cancelled. */
  'git:open': [[since: string | null], PickedClone | null]
  /** The next piece of one part of an opened clone. Git runs read-only and without network, see `git/git-commands.ts`. */
  'git:read': [[id: string, part: GitPart], GitRead]
  /** Stops what still runs and forgets the clone. */
  'git:close': [[id: string], void]
  'vault:list': [[], readonly VaultName[]]
  'vault:read': [[name: VaultName], Uint8Array | null]
  /** Whole file: temporary, flushed, renamed, folder flushed. */
  'vault:write': [[name: VaultName, bytes: Uint8Array], void]
  /** Appends and flushes before it answers. */
  'vault:append': [[name: VaultName, bytes: Uint8Array], void]
  'vault:remove': [[name: VaultName], void]
}
export type BridgeChannel = keyof BridgeCalls

export const BRIDGE_CHANNELS = [
  'host:info',
  'file:save',
  'file:open',
  'file:print',
  'link:open',
  'git:open',
  'git:read',
  'git:close',
  'vault:list',
  'vault:read',
  'vault:write',
  'vault:append',
  'vault:remove',
] as const satisfies readonly BridgeChannel[]

/** Commands the native menu sends to the page; the page decides what they mean where the focus is. */
export const MENU_COMMANDS = ['new', 'open', 'save', 'import', 'undo', 'redo', 'palette', 'theme', 'print'] as const
export type MenuCommand = (typeof MENU_COMMANDS)[number]
export const MENU_CHANNEL = 'menu:command'

/** What the page sees as `window.quarterdeck`: one method per channel and one listener. */
export interface Bridge {
  call<C extends BridgeChannel>(channel: C, ...args: BridgeCalls[C][0]): Promise<BridgeCalls[C][1]>
  /** Returns the function that stops listening. */
  onMenu(listener: (command: MenuCommand) => void): () => void
}

export const APP_SCHEME = 'app'
export const APP_HOST = 'quarterdeck'
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`
