import { dayOfEpoch } from '../calendar/index.ts'
import { hashText, PairHash, RowHashes } from '../records/index.ts'
import { builderOf, type BuilderOf, type Cells, cut, type RowCursor, SilentColumns } from './column-builders.ts'
import { WordList } from './word-list.ts'
import { chunkOf, KeyIndex, rowOf } from './key-index.ts'
import {
  CHUNK_ROWS,
  type ColumnData,
  type ColumnKind,
  FACT_TABLES,
  type FactChunk,
  type FactKind,
  type FactRow,
  INCIDENTAL_COLUMNS,
  laterColumnsOf,
  UNKNOWN_NANOS,
} from './schema.ts'

const CHECK_SALT = 0x5bd1e995
const FIRST_ROOM = 1024

/** The natural key of a record, fed part by part; see `FactBuilder.add`. */
export type FactKey = PairHash

export function factKey(): FactKey {
  return new PairHash(0, CHECK_SALT)
}

/** Columns of one table to put cells into: what stays unsaid of a row is unknown. */
export type FactColumns<K extends FactKind> = {
  readonly [C in keyof (typeof FACT_TABLES)[K]]: BuilderOf[(typeof FACT_TABLES)[K][C] & ColumnKind]
}

/** A statement that was left out, and the record of the file whose statement stands for it. */
export interface Repeat {
  readonly sourceRow: number
  readonly of: number
  readonly chunk: FactChunk
  readonly at: number
}

const MOST_REPEATS = 100

/** Fills chunks of every table of one import, in the order rows come. */
export class FactBuilder {
  readonly importId: string
  private readonly tables = new Map<FactKind, TableBuilder>()
  /** The first statements that were left out, known when finished. */
  readonly repeats: Repeat[] = []
  private last: TableBuilder | null = null
  private readonly silent = new SilentColumns()
  private readonly key = factKey()

  constructor(importId: string) {
    this.importId = importId
  }

  /**
   * `key` is the natural key as text, unique over all sources (`cursor|2025-09-05T…|…`). `saidAt`: of rows that share it the
   * one said last stays.
   */
  add<K extends FactKind>(
    kind: K,
    row: FactRow<K>,
    key: string,
    sourceRow: number,
    saidAt: number | null = null,
  ): void {
    const table = this.table(kind)
    table.put(row as Readonly<Record<string, unknown>>)
    if (saidAt !== null) table.date(saidAt)
    table.close(this.key.begin().text(key), sourceRow)
  }

  /** The columns of a table, for formats of many rows: put the cells of one row, then `close` it. */
  columns<K extends FactKind>(kind: K): FactColumns<K> {
    return this.table(kind).columns as unknown as FactColumns<K>
  }

  /** Ends the row whose cells were put into `columns(kind)`. `key` hashes to the same as the text of its parts joined. */
  close(kind: FactKind, key: FactKey, sourceRow: number): void {
    this.table(kind).close(key, sourceRow)
  }

  /**
   * Rows of one file that share a key are told apart here, without regard to their order. Usage may truly happen twice
   * (two rows of one day, equal in every dimension): each keeps a key of its own, numbered by content. Everything else is a
   * record that exists once: the statement said last stays, the others are left out.
   */
  finish(): readonly FactChunk[] {
    return [...this.tables].flatMap(([kind, table]) => {
      const chunks = table.finish()
      return kind === 'usage' ? numberRepeats(chunks) : dropRepeats(chunks, table.saidAt, this.repeats)
    })
  }

  private table(kind: FactKind): TableBuilder {
    if (this.last?.kind === kind) return this.last
    let table = this.tables.get(kind)
    if (!table) this.tables.set(kind, (table = new TableBuilder(kind, this.importId, this.silent)))
    return (this.last = table)
  }
}

class TableBuilder {
  readonly columns: Readonly<Record<string, BuilderOf[ColumnKind]>>
  private readonly named: readonly (readonly [string, BuilderOf[ColumnKind]])[]
  private readonly saying: readonly BuilderOf[ColumnKind][]
  private readonly later: readonly string[]
  private readonly cursor: RowCursor = { row: 0, room: FIRST_ROOM }
  private readonly done: FactChunk[] = []
  /** Moments by the place of the row among all rows; most tables have none. */
  readonly saidAt = new Map<number, number>()
  private keys = new Float64Array(FIRST_ROOM)
  private checks = new Float64Array(FIRST_ROOM)
  private sourceRows = new Uint32Array(FIRST_ROOM)
  readonly kind: FactKind
  private readonly importId: string
  private readonly silent: SilentColumns

  constructor(kind: FactKind, importId: string, silent: SilentColumns) {
    this.kind = kind
    this.importId = importId
    this.silent = silent
    this.named = Object.entries(FACT_TABLES[kind]).map(([name, column]) => [name, builderOf(column, this.cursor)])
    this.columns = Object.fromEntries(this.named)
    const later = laterColumnsOf(kind)
    this.later = later
    this.saying = this.named.flatMap(([name, column]) =>
      INCIDENTAL_COLUMNS.has(`${kind}.${name}`) || later.includes(name) ? [] : [column],
    )
  }

  put(row: Readonly<Record<string, unknown>>): void {
    for (const [name, column] of this.named) {
      const value = row[name]
      // Most of a row is silent.
      if (value !== null && value !== undefined) column.put(value as never)
    }
  }

  /** The row at hand was said then. */
  date(saidAt: number): void {
    this.saidAt.set(this.done.length * CHUNK_ROWS + this.cursor.row, saidAt)
  }

  close(key: FactKey, sourceRow: number): void {
    const { cursor } = this
    this.keys[cursor.row] = key.hash()
    this.checks[cursor.row] = key.other()
    this.sourceRows[cursor.row] = sourceRow
    if (++cursor.row === cursor.room) this.makeRoom()
  }

  private makeRoom(): void {
    const { room } = this.cursor
    if (room === CHUNK_ROWS) this.flush()
    else this.grow(room * 4)
  }

  finish(): readonly FactChunk[] {
    if (this.cursor.row > 0) this.flush()
    return this.done
  }

  private grow(room: number): void {
    this.cursor.room = room
    for (const [, column] of this.named) column.grow(room)
    const [keys, checks, sourceRows] = [new Float64Array(room), new Float64Array(room), new Uint32Array(room)]
    keys.set(this.keys)
    checks.set(this.checks)
    sourceRows.set(this.sourceRows)
    Object.assign(this, { keys, checks, sourceRows })
  }

  private flush(): void {
    const { cursor } = this
    const rows = cursor.row
    const hashes = new RowHashes(rows)
    for (const column of this.saying) column.hashInto(hashes, rows)
    const columns = Object.fromEntries(this.named.map(([name, column]) => [name, column.take(rows, this.silent)]))
    for (const name of this.later) hashSaid(hashes, name, columns[name]!, rows)
    this.done.push({
      kind: this.kind,
      importId: this.importId,
      seq: this.done.length,
      rows,
      columns,
      keys: cut(this.keys, rows),
      checks: cut(this.checks, rows),
      contents: hashes.hashes(),
      sourceRows: cut(this.sourceRows, rows),
    })
    this.keys = new Float64Array(cursor.room)
    this.checks = new Float64Array(cursor.room)
    this.sourceRows = new Uint32Array(cursor.room)
    cursor.row = 0
  }
}

/** Only cells that say something, each with the name of its column: silence leaves the content of a row as it is. */
function hashSaid(hashes: RowHashes, name: string, column: ColumnData, rows: number): void {
  if (column.kind === 'text') {
    const said = new WordList()
    for (const word of column.words) said.codeOf(`${name}=${word}\u001f`)
    if (said.count > 0) hashes.words(column.codes, rows, said, null)
    return
  }
  for (let row = 0; row < rows; row++) {
    const said = cellAt(column, row)
    if (said !== null) hashes.text(row, `${name}=${said}\u001f`)
  }
}

/** Groups of rows that share a key, by the place of the first. */
function repeatsOf(chunks: readonly FactChunk[]): readonly (readonly RowPlace[])[] {
  const index = new KeyIndex(chunks)
  const groups = new Map<number, RowPlace[]>()
  chunks.forEach(({ rows }, chunk) => {
    for (let row = 0; row < rows; row++) {
      const first = index.putFirst(chunk, row)
      if (first < 0) continue
      const group = groups.get(first)
      if (group) group.push({ chunk, row })
      else
        groups.set(first, [
          { chunk: chunkOf(first), row: rowOf(first) },
          { chunk, row },
        ])
    }
  })
  const contentAt = ({ chunk, row }: RowPlace) => chunks[chunk]!.contents[row]!
  return [...groups.values()].map((group) => group.sort((a, b) => contentAt(a) - contentAt(b)))
}

interface RowPlace {
  readonly chunk: number
  readonly row: number
}

function numberRepeats(chunks: readonly FactChunk[]): readonly FactChunk[] {
  for (const group of repeatsOf(chunks)) {
    group.forEach(({ chunk, row }, rank) => {
      if (rank === 0) return
      const { keys, checks } = chunks[chunk]!
      const text = `${keys[row]!}|${checks[row]!}|${rank}`
      keys[row] = hashText(text)
      checks[row] = hashText(text, CHECK_SALT)
    })
  }
  return chunks
}

function dropRepeats(
  chunks: readonly FactChunk[],
  saidAt: ReadonlyMap<number, number>,
  repeats: Repeat[],
): readonly FactChunk[] {
  const dropped = new Map<number, number[]>()
  const momentOf = ({ chunk, row }: RowPlace) => saidAt.get(chunk * CHUNK_ROWS + row) ?? 0
  for (const group of repeatsOf(chunks)) {
    // By content where both were said at one moment: the order of rows decides nothing.
    const sorted = saidAt.size === 0 ? group : [...group].sort((a, b) => momentOf(a) - momentOf(b) || 0)
    const stays = sorted.at(-1)!
    const of = chunks[stays.chunk]!.sourceRows[stays.row]!
    for (const { chunk, row } of sorted.slice(0, -1)) {
      const rows = dropped.get(chunk)
      if (rows) rows.push(row)
      else dropped.set(chunk, [row])
      const sourceRow = chunks[chunk]!.sourceRows[row]!
      if (sourceRow !== of && repeats.length < MOST_REPEATS)
        repeats.push({ sourceRow, of, chunk: chunks[chunk]!, at: row })
    }
  }
  return chunks.map((chunk, at) => {
    const gone = dropped.get(at)
    return gone ? withoutRows(chunk, Uint32Array.from(gone).sort()) : chunk
  })
}

/** `gone` from the first to the last. */
function withoutRows(chunk: FactChunk, gone: Uint32Array): FactChunk {
  const columns: Record<string, ColumnData> = {}
  for (const [name, column] of Object.entries(chunk.columns)) {
    if (column.kind === 'text') columns[name] = { ...column, codes: without(column.codes, gone) }
    else if (column.kind === 'nanos') columns[name] = { ...column, values: without(column.values, gone) }
    else columns[name] = { ...column, values: without(column.values, gone) }
  }
  return {
    ...chunk,
    rows: chunk.rows - gone.length,
    columns,
    keys: without(chunk.keys, gone),
    checks: without(chunk.checks, gone),
    contents: without(chunk.contents, gone),
    sourceRows: without(chunk.sourceRows, gone),
  }
}

function without<T extends Cells>(cells: T, gone: Uint32Array): T {
  const stays = cells.slice(gone.length) as T
  let from = 0
  for (let i = 0; i <= gone.length; i++) {
    const to = gone[i] ?? cells.length
    stays.set(cells.subarray(from, to) as never, from - i)
    from = to + 1
  }
  return stays
}

/** One cell back as the value a `FactRow` holds. */
export function cellAt(column: ColumnData, row: number): string | number | bigint | null {
  if (column.kind === 'text') {
    const code = column.codes[row]!
    return code === 0 ? null : column.words[code - 1]!
  }
  if (column.kind === 'nanos') {
    const value = column.values[row]!
    return value === UNKNOWN_NANOS ? null : value
  }
  const value = column.values[row]!
  if (Number.isNaN(value)) return null
  return column.kind === 'day' ? dayOfEpoch(value) : value
}
