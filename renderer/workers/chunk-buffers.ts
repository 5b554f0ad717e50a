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

/** The part of chunks that tells records apart, and whose they are on which day, in memory of its own. */
export function hashesOf(chunks: readonly FactChunk[]): readonly FactChunk[] {
  return chunks.map((chunk) => ({
    ...chunk,
    columns: chunk.kind === 'usage' ? placesOf(chunk) : {},
    keys: chunk.keys.slice(),
    checks: chunk.checks.slice(),
    contents: chunk.contents.slice(),
    sourceRows: new Uint32Array(),
  }))
}

function placesOf({ columns }: FactChunk): FactChunk['columns'] {
  const { day, account } = columns
  return {
    ...(day?.kind === 'day' && { day: { ...day, values: day.values.slice() } }),
    ...(account?.kind === 'text' && { account: { ...account, codes: account.codes.slice() } }),
  }
}
