import type { FactOrigin, FactTable } from './fact-set.ts'
import type { FactKind, NumberColumn, TextColumn } from './schema.ts'

/**
 * The rows of a table that hold, numbered from 0 through all its chunks and read by column: for tables of which an object
 * per row is too much.
 */
export class TableReader<K extends FactKind = FactKind> {
  readonly length: number
  private readonly chunks: FactTable<K>['chunks']
  private readonly chunkAt: Uint32Array
  private readonly rowAt: Uint32Array

  constructor({ chunks, live, rows }: FactTable<K>) {
    this.chunks = chunks
    this.length = rows
    this.chunkAt = new Uint32Array(rows)
    this.rowAt = new Uint32Array(rows)
    let next = 0
    chunks.forEach((chunk, at) => {
      const holds = live[at] ?? null
      for (let row = 0; row < chunk.rows; row++) {
        if (holds !== null && holds[row] === 0) continue
        this.chunkAt[next] = at
        this.rowAt[next++] = row
      }
    })
  }

  /** NaN = unknown. */
  numbers(column: string): Float64Array {
    const values = this.chunks.map(({ columns }) => (columns[column] as NumberColumn).values)
    const own = new Float64Array(this.length)
    for (let row = 0; row < own.length; row++) own[row] = values[this.chunkAt[row]!]![this.rowAt[row]!]!
    return own
  }

  texts(column: string): (row: number) => string | null {
    const texts = this.chunks.map(({ columns }) => columns[column] as TextColumn)
    const { chunkAt, rowAt } = this
    return (row) => {
      const { codes, words } = texts[chunkAt[row]!]!
      const code = codes[rowAt[row]!]!
      return code === 0 ? null : words[code - 1]!
    }
  }

  /** What a function says of each text, asked once per word of a chunk; `null` for rows without a text. */
  answers<T>(column: string, answer: (text: string) => T): (row: number) => T | null {
    const said = this.chunks.map(({ columns }) => {
      const { codes, words } = columns[column] as TextColumn
      return { codes, answers: [null, ...words.map(answer)] }
    })
    const { chunkAt, rowAt } = this
    return (row) => {
      const { codes, answers } = said[chunkAt[row]!]!
      return answers[codes[rowAt[row]!]!] ?? null
    }
  }

  /** Whether rows stand in one import. */
  importOf(row: number): string {
    return this.chunks[this.chunkAt[row]!]!.importId
  }

  originOf(row: number): FactOrigin {
    const { importId, sourceRows } = this.chunks[this.chunkAt[row]!]!
    return { importId, sourceRow: sourceRows[this.rowAt[row]!]! }
  }
}
