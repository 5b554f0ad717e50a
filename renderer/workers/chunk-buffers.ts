import type { FactChunk } from '../../shared/facts/index.ts'

/** The memory behind chunks, to be moved to another thread instead of copied. */
export function buffersOf(chunks: readonly FactChunk[]): readonly ArrayBufferLike[] {
  return chunks.flatMap((chunk) => [
    chunk.keys.buffer,
    chunk.checks.buffer,
    chunk.contents.buffer,
    chunk.sourceRows.buffer,
    ...Object.values(chunk.columns).map((column) => (column.kind === 'text' ? column.codes : column.values).buffer),
  ])
}
