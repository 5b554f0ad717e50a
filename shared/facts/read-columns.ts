import type { FactChunk, FactKind, NumberColumn, TextColumn } from './schema.ts'
import type { FactOrigin, FactTable } from './fact-set.ts'

/** Cells of one chunk by column and row, for loops over more rows than an object each is affordable for. */
export interface ChunkReader {
  text(column: string): (row: number) => string | null
  number<T extends number>(column: string): (row: number) => T | null
  origin(row: number): FactOrigin
}

/** Calls `visit` per chunk of a table with the means to read it and the rows that hold, in order. */
export function eachChunk<K extends FactKind>(
  table: FactTable<K>,
  visit: (reader: ChunkReader, eachRow: (row: (at: number) => void) => void) => void,
): void {
  table.chunks.forEach((chunk, at) => {
    const live = table.live[at]
    visit(readerOf(chunk), (row) => {
      for (let i = 0; i < chunk.rows; i++) if (!live || live[i] === 1) row(i)
    })
  })
}

function readerOf(chunk: FactChunk): ChunkReader {
  return {
    text(column) {
      const { codes, words } = chunk.columns[column] as TextColumn
      return (row) => {
        const code = codes[row]!
        return code === 0 ? null : words[code - 1]!
      }
    },
    number<T extends number>(column: string) {
      const { values } = chunk.columns[column] as NumberColumn
      return (row: number) => {
        const value = values[row]!
        return value === value ? (value as T) : null
      }
    },
    origin: (row) => ({ importId: chunk.importId, sourceRow: chunk.sourceRows[row]! }),
  }
}
