import { hashBytes } from '../records/index.ts'
import type { FactChunk } from './schema.ts'

/** One text over what the chunks of an import say and in which order; compared at start to notice damaged or missing facts. */
export function checksumOf(chunks: readonly FactChunk[]): string {
  let sum = 'facts'
  for (const { kind, seq, rows, keys, contents } of chunks) {
    sum += `|${kind}/${seq}/${rows}/${hashDoubles(keys)}/${hashDoubles(contents)}`
  }
  const bytes = Uint8Array.from(sum, (letter) => letter.charCodeAt(0))
  const part = (salt: number) => hashBytes(bytes, salt).toString(16).padStart(14, '0')
  return part(1) + part(2)
}

function hashDoubles(values: Float64Array): string {
  return hashBytes(new Uint8Array(values.buffer, values.byteOffset, values.byteLength)).toString(36)
}
