/** What the worker that stores asks the page of the desktop app, which alone reaches the disk; one answer each. */
export interface VaultRequest {
  readonly id: number
  readonly call: 'list' | 'read' | 'write' | 'append' | 'remove'
  readonly name: string
  readonly bytes?: Uint8Array
}

export type VaultAnswer =
  | { readonly id: number; readonly ok: true; readonly value: readonly string[] | Uint8Array | null }
  | { readonly id: number; readonly ok: false; readonly errorName: string; readonly message: string }
