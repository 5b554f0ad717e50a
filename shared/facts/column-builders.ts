import { dayOfEpoch, epochDayOf } from '../calendar/index.ts'
import type { Day } from '../calendar/index.ts'
import type { RowHashes } from '../records/index.ts'
import { halvesOf, nanosAt } from './nanos-halves.ts'
import { type Word, WordList } from './word-list.ts'
import { type ColumnData, type ColumnKind, UNKNOWN_NANOS } from './schema.ts'

/** Where the row at hand stands in its chunk; one for all columns of a table. */
export interface RowCursor {
  row: number
  /** Rows the columns have room for. */
  room: number
}

/** Ends the text of each cell in the text of a row. */
const CELL_END = 0x1f

/**
 * A column that is filled cell by cell. A column nobody puts anything into never takes memory of its own. At most one
 * `put` per row; a row without one is unknown.
 */
export class TextBuilder {
  private readonly cursor: RowCursor
  private codes: Uint32Array | null = null
  /** Another for each chunk: codes are those of one chunk. */
  private words = new WordList()
  private last = ''
  private lastCode = 0

  constructor(cursor: RowCursor) {
    this.cursor = cursor
  }

  put(value: string | null): void {
    if (value === null) return
    this.codes ??= new Uint32Array(this.cursor.room)
    if (this.lastCode === 0 || value !== this.last) {
      this.last = value
      this.lastCode = this.words.codeOf(value)
    }
    this.codes[this.cursor.row] = this.lastCode
  }

  /** As `put`, for a word somebody keeps: its code is looked up once per chunk. */
  putWord(word: Word): void {
    if (word.text === null) return
    this.codes ??= new Uint32Array(this.cursor.room)
    if (word.list !== this.words) word.moveTo(this.words)
    this.codes[this.cursor.row] = word.code
  }

  grow(room: number): void {
    if (this.codes) this.codes = grown(this.codes, new Uint32Array(room))
  }

  hashInto(hashes: RowHashes, rows: number): void {
    if (this.codes === null) hashes.unitToAll(CELL_END)
    else hashes.words(this.codes, rows, this.words, CELL_END)
  }

  take(rows: number, silent: SilentColumns): ColumnData {
    const column =
      this.codes === null
        ? silent.text(rows)
        : { kind: 'text' as const, codes: cut(this.codes, rows), words: this.words.all() }
    this.codes = null
    if (this.words.count > 0) this.words = this.words.emptied()
    this.last = ''
    this.lastCode = 0
    return column
  }
}

export class NumberBuilder {
  private readonly kind: 'number' | 'instant'
  private readonly cursor: RowCursor
  private values: Float64Array | null = null

  constructor(kind: 'number' | 'instant', cursor: RowCursor) {
    this.kind = kind
    this.cursor = cursor
  }

  put(value: number | null): void {
    if (value === null) return
    this.values ??= new Float64Array(this.cursor.room).fill(NaN)
    this.values[this.cursor.row] = value
  }

  grow(room: number): void {
    if (this.values) this.values = grown(this.values, new Float64Array(room).fill(NaN))
  }

  hashInto(hashes: RowHashes, rows: number): void {
    const { values } = this
    if (values === null) hashes.unitToAll(CELL_END)
    else hashes.numbers(values, rows, CELL_END)
  }

  take(rows: number, silent: SilentColumns): ColumnData {
    const values = this.values === null ? silent.numbers(rows) : cut(this.values, rows)
    this.values = null
    return { kind: this.kind, values }
  }
}

export class DayBuilder {
  private readonly cursor: RowCursor
  private values: Float64Array | null = null
  private last: Day | null = null
  private lastEpoch = NaN

  constructor(cursor: RowCursor) {
    this.cursor = cursor
  }

  put(day: Day | null): void {
    if (day === null) return
    this.values ??= new Float64Array(this.cursor.room).fill(NaN)
    if (day !== this.last) {
      this.last = day
      this.lastEpoch = epochDayOf(day)
    }
    this.values[this.cursor.row] = this.lastEpoch
  }

  grow(room: number): void {
    if (this.values) this.values = grown(this.values, new Float64Array(room).fill(NaN))
  }

  hashInto(hashes: RowHashes, rows: number): void {
    const { values } = this
    if (values === null) return hashes.unitToAll(CELL_END)
    const days = new WordList()
    const codes = new Uint32Array(rows)
    let last = NaN
    let lastCode = 0
    for (let row = 0; row < rows; row++) {
      const value = values[row]!
      if (value !== last) {
        last = value
        lastCode = value === value ? days.codeOf(dayOfEpoch(value)) : 0
      }
      codes[row] = lastCode
    }
    hashes.words(codes, rows, days, CELL_END)
  }

  take(rows: number, silent: SilentColumns): ColumnData {
    const values = this.values === null ? silent.numbers(rows) : cut(this.values, rows)
    this.values = null
    return { kind: 'day', values }
  }
}

export class NanosBuilder {
  private readonly cursor: RowCursor
  private values: BigInt64Array | null = null

  constructor(cursor: RowCursor) {
    this.cursor = cursor
  }

  put(value: bigint | null): void {
    if (value === null) return
    this.values ??= new BigInt64Array(this.cursor.room).fill(UNKNOWN_NANOS)
    this.values[this.cursor.row] = value
  }

  grow(room: number): void {
    if (this.values) this.values = grown(this.values, new BigInt64Array(room).fill(UNKNOWN_NANOS))
  }

  hashInto(hashes: RowHashes, rows: number): void {
    const { values } = this
    if (values !== null) {
      const halves = halvesOf(values)
      for (let row = 0; row < rows; row++) {
        const nanos = nanosAt(halves, row)
        if (nanos === Infinity) hashes.text(row, String(values[row]!))
        else if (nanos === nanos) hashes.number(row, nanos)
      }
    }
    hashes.unitToAll(CELL_END)
  }

  take(rows: number, silent: SilentColumns): ColumnData {
    const values = this.values === null ? silent.nanos(rows) : cut(this.values, rows)
    this.values = null
    return { kind: 'nanos', values }
  }
}

export interface BuilderOf {
  text: TextBuilder
  number: NumberBuilder
  instant: NumberBuilder
  day: DayBuilder
  nanos: NanosBuilder
}

export function builderOf(kind: ColumnKind, cursor: RowCursor): BuilderOf[ColumnKind] {
  if (kind === 'text') return new TextBuilder(cursor)
  if (kind === 'nanos') return new NanosBuilder(cursor)
  return kind === 'day' ? new DayBuilder(cursor) : new NumberBuilder(kind, cursor)
}

/** Columns without a single value share their memory among all of one length. */
export class SilentColumns {
  private readonly codes = new Map<number, Uint32Array>()
  private readonly gaps = new Map<number, Float64Array>()
  private readonly unknown = new Map<number, BigInt64Array>()

  text(rows: number): ColumnData {
    return { kind: 'text', codes: known(this.codes, rows, () => new Uint32Array(rows)), words: [] }
  }

  numbers(rows: number): Float64Array {
    return known(this.gaps, rows, () => new Float64Array(rows).fill(NaN))
  }

  nanos(rows: number): BigInt64Array {
    return known(this.unknown, rows, () => new BigInt64Array(rows).fill(UNKNOWN_NANOS))
  }
}

function known<T>(made: Map<number, T>, rows: number, make: () => T): T {
  let own = made.get(rows)
  if (own === undefined) made.set(rows, (own = make()))
  return own
}

export type Cells = Uint32Array | Float64Array | BigInt64Array

function grown<T extends Cells>(from: T, into: T): T {
  into.set(from as never)
  return into
}

/** Exactly these rows: a view would keep the room behind it alive. */
export function cut<T extends Cells>(cells: T, rows: number): T {
  return cells.length === rows ? cells : (cells.slice(0, rows) as T)
}
