/** What the page asks the worker that owns the origin's private files; answered in order, one answer each. */
export interface VaultRequest {
  readonly id: number
  readonly call: 'list' | 'read' | 'write' | 'append' | 'remove'
  readonly name: string
  readonly bytes?: Uint8Array
}

export type VaultAnswer =
  | { readonly id: number; readonly ok: true; readonly value: readonly string[] | Uint8Array | null }
  | { readonly id: number; readonly ok: false; readonly errorName: string; readonly message: string }
