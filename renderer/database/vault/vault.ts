/**
 * Where the second copy lives: a folder of flat files outside IndexedDB, which browsers have deleted whole. `write` and
 * `append` answer only when the bytes are flushed. A write may be torn by a crash where the host cannot rename, so
 * whoever writes frames its bytes with a checksum and never overwrites the only good copy.
 */
export interface Vault {
  list(): Promise<readonly string[]>
  read(name: string): Promise<Uint8Array | null>
  write(name: string, bytes: Uint8Array): Promise<void>
  append(name: string, bytes: Uint8Array): Promise<void>
  remove(name: string): Promise<void>
}
