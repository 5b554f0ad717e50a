import type { FactOrigin, FactTable } from './fact-set.ts'
import type { FactKind, NumberColumn, TextColumn } from './schema.ts'

/** Different texts, numbered from 0 as they come: columns that share one are joined by number instead of by text. */
export class NumberedTexts {
  readonly texts: string[] = []
  private readonly numbers = new Map<string, number>()

  numberOf(text: string): number {
    let number = this.numbers.get(text)
    if (number === undefined) this.numbers.set(text, (number = this.texts.push(text) - 1))
    return number
  }
}

/**
 * The rows of a table that hold, numbered from 0 through all its chunks and read by column: for tables of which an object
 * per row is too much.
 */
export class TableReader<K extends FactKind = FactKind> {
  readonly length: number
  private readonly chunks: FactTable<K>['chunks']
  private readonly live: FactTable<K>['live']
  private readonly chunkAt: Uint32Array
  private readonly rowAt: Uint32Array

  constructor({ chunks, live, rows }: FactTable<K>) {
    this.chunks = chunks
    this.live = live
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
    const own = new Float64Array(this.length)
    let next = 0
    this.chunks.forEach(({ columns }, at) => {
      const { values } = columns[column] as NumberColumn
      const holds = this.live[at] ?? null
      if (holds === null) {
        own.set(values, next)
        next += values.length
      } else for (let row = 0; row < values.length; row++) if (holds[row] === 1) own[next++] = values[row]!
    })
    return own
  }

  texts(column: string): (row: number) => string | null {
    const { codes, words } = this.coded(column)
    return byCode(codes, words)
  }

  /** What a function says of each text, asked once per word of a chunk; `null` for rows without a text. */
  answers<T>(column: string, answer: (text: string) => T): (row: number) => T | null {
    const { codes, words } = this.coded(column)
    return byCode(
      codes,
      words.map((word) => answer(word)),
    )
  }

  /** Number of the text of each row; -1 = none. */
  numbersOfTexts(column: string, texts: NumberedTexts): Int32Array {
    const { codes, words } = this.coded(column)
    const own = new Int32Array(codes.length)
    if (words.length === 0) return own.fill(-1)
    const numbers = new Int32Array(words.length + 1).fill(-1)
    words.forEach((word, i) => (numbers[i + 1] = texts.numberOf(word)))
    for (let row = 0; row < own.length; row++) own[row] = numbers[codes[row]!]!
    return own
  }

  /** The words of all chunks one after the other, counted from 1, and which of them stands in each row; 0 = none. */
  private coded(column: string): { readonly codes: Uint32Array; readonly words: readonly string[] } {
    const codes = new Uint32Array(this.length)
    let next = 0
    let words: readonly string[] = []
    this.chunks.forEach(({ columns }, at) => {
      const own = columns[column] as TextColumn
      const holds = this.live[at] ?? null
      const before = words.length
      if (holds === null && before === 0) {
        codes.set(own.codes, next)
        next += own.codes.length
      } else
        for (let row = 0; row < own.codes.length; row++) {
          if (holds !== null && holds[row] === 0) continue
          const code = own.codes[row]!
          codes[next++] = code === 0 ? 0 : code + before
        }
      words = before === 0 ? own.words : words.concat(own.words)
    })
    return { codes, words }
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

/** What stands in each row, by codes counted from 1; `null` for code 0. */
function byCode<T>(codes: Uint32Array, said: readonly T[]): (row: number) => T | null {
  if (said.length === 0) return () => null
  return (row) => {
    const code = codes[row]!
    return code === 0 ? null : said[code - 1]!
  }
}
