/** The one platform class besides ES2022 that shared/ uses; every host (browser, worker, Node, Electron) has it. */
declare class TextDecoder {
  constructor(label: 'utf-8' | 'utf-16le' | 'utf-16be', options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(input: Uint8Array): string
}
