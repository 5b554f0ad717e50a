import { dayOfEpoch, epochDayOf } from '../calendar/index.ts'
import type { Day } from '../calendar/index.ts'
import { hashText } from '../records/index.ts'
import { KeyIndex } from './key-index.ts'
import {
  CHUNK_ROWS,
  type ColumnData,
  type ColumnKind,
  FACT_TABLES,
  type FactChunk,
  type FactKind,
  type FactRow,
  INCIDENTAL_COLUMNS,
  UNKNOWN_NANOS,
} from './schema.ts'

const CHECK_SALT = 0x5bd1e995

/** Fills chunks of every table of one import, in the order rows come. */
export class FactBuilder {
  readonly importId: string
  private readonly tables = new Map<FactKind, TableBuilder>()

  constructor(importId: string) {
    this.importId = importId
  }

  /** `key` is the natural key as text, unique over all sources (`cursor|2025-09-05T…|…`). */
  add<K extends FactKind>(kind: K, row: FactRow<K>, key: string, sourceRow: number): void {
    let table = this.tables.get(kind)
    if (!table) this.tables.set(kind, (table = new TableBuilder(kind, this.importId)))
    table.add(row as Readonly<Record<string, unknown>>, key, sourceRow)
  }

  /**
   * Rows of one file that share a key are told apart here, without regard to their order. Usage may truly happen twice
   * (two rows of one day, equal in every dimension): each keeps a key of its own, numbered by content. Everything else is a
   * record that exists once: one statement stays, the others are left out.
   */
  finish(): readonly FactChunk[] {
    return [...this.tables].flatMap(([kind, table]) => {
      const chunks = table.finish()
      return kind === 'usage' ? numberRepeats(chunks) : dropRepeats(chunks)
    })
  }
}

class TableBuilder {
  private readonly columns: readonly (readonly [string, ColumnKind])[]
  private readonly saying: readonly (readonly [string, ColumnKind])[]
  private readonly done: FactChunk[] = []
  private rows: (Readonly<Record<string, unknown>> | undefined)[] = []
  private keys: string[] = []
  private sourceRows: number[] = []
  private readonly kind: FactKind
  private readonly importId: string

  constructor(kind: FactKind, importId: string) {
    this.kind = kind
    this.importId = importId
    this.columns = Object.entries(FACT_TABLES[kind])
    this.saying = this.columns.filter(([name]) => !INCIDENTAL_COLUMNS.has(`${kind}.${name}`))
  }

  add(row: Readonly<Record<string, unknown>>, key: string, sourceRow: number): void {
    this.rows.push(row)
    this.keys.push(key)
    this.sourceRows.push(sourceRow)
    if (this.rows.length === CHUNK_ROWS) this.flush()
  }

  finish(): readonly FactChunk[] {
    if (this.rows.length > 0) this.flush()
    return this.done
  }

  private flush(): void {
    const count = this.rows.length
    const contents = new Float64Array(count)
    for (let i = 0; i < count; i++) contents[i] = contentHash(this.rows[i]!, this.saying)
    this.done.push({
      kind: this.kind,
      importId: this.importId,
      seq: this.done.length,
      rows: count,
      columns: Object.fromEntries(this.columns.map(([name, kind]) => [name, buildColumn(kind, this.rows, name)])),
      keys: Float64Array.from(this.keys, (key) => hashText(key)),
      checks: Float64Array.from(this.keys, (key) => hashText(key, CHECK_SALT)),
      contents,
      sourceRows: Uint32Array.from(this.sourceRows),
    })
    this.rows = []
    this.keys = []
    this.sourceRows = []
  }
}

function contentHash(
  row: Readonly<Record<string, unknown>>,
  columns: readonly (readonly [string, ColumnKind])[],
): number {
  let text = ''
  for (const [name] of columns)
    text += `${String((row[name] as string | number | bigint | null | undefined) ?? '')}\u001f`
  return hashText(text)
}

function buildColumn(
  kind: ColumnKind,
  rows: readonly (Readonly<Record<string, unknown>> | undefined)[],
  name: string,
): ColumnData {
  if (kind === 'text') {
    const words: string[] = []
    const codeOf = new Map<string, number>()
    const codes = new Uint32Array(rows.length)
    rows.forEach((row, i) => {
      const value = row![name] as string | null
      if (value === null) return
      let code = codeOf.get(value)
      if (code === undefined) {
        words.push(value)
        codeOf.set(value, (code = words.length))
      }
      codes[i] = code
    })
    return { kind, codes, words }
  }
  if (kind === 'nanos') {
    return { kind, values: BigInt64Array.from(rows, (row) => (row![name] as bigint | null) ?? UNKNOWN_NANOS) }
  }
  if (kind === 'day') {
    return {
      kind,
      values: Float64Array.from(rows, (row) => (row![name] === null ? NaN : epochDayOf(row![name] as Day))),
    }
  }
  return { kind, values: Float64Array.from(rows, (row) => (row![name] as number | null) ?? NaN) }
}

interface RowPlace {
  readonly chunk: number
  readonly row: number
}

/** Groups of rows that share a key, by the place of the first. */
function repeatsOf(chunks: readonly FactChunk[]): readonly (readonly RowPlace[])[] {
  const index = new KeyIndex(chunks.reduce((sum, { rows }) => sum + rows, 0))
  const groups = new Map<number, RowPlace[]>()
  chunks.forEach(({ keys, checks, rows }, chunk) => {
    for (let row = 0; row < rows; row++) {
      const first = index.get(keys[row]!, checks[row]!)
      if (first === null) {
        index.put(keys[row]!, checks[row]!, chunk, row)
        continue
      }
      const at = first.chunk * CHUNK_ROWS + first.row
      const group = groups.get(at)
      if (group) group.push({ chunk, row })
      else groups.set(at, [first, { chunk, row }])
    }
  })
  const contentAt = ({ chunk, row }: RowPlace) => chunks[chunk]!.contents[row]!
  return [...groups.values()].map((group) => group.sort((a, b) => contentAt(a) - contentAt(b)))
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

function dropRepeats(chunks: readonly FactChunk[]): readonly FactChunk[] {
  const dropped = new Map<number, Set<number>>()
  for (const group of repeatsOf(chunks)) {
    for (const { chunk, row } of group.slice(0, -1)) {
      const rows = dropped.get(chunk) ?? new Set<number>()
      dropped.set(chunk, rows.add(row))
    }
  }
  return chunks.map((chunk, at) => {
    const gone = dropped.get(at)
    return gone ? withoutRows(chunk, gone) : chunk
  })
}

function withoutRows(chunk: FactChunk, gone: ReadonlySet<number>): FactChunk {
  const stays = (_: unknown, row: number) => !gone.has(row)
  const columns: Record<string, ColumnData> = {}
  for (const [name, column] of Object.entries(chunk.columns)) {
    if (column.kind === 'text') columns[name] = { ...column, codes: column.codes.filter(stays) }
    else if (column.kind === 'nanos') columns[name] = { ...column, values: column.values.filter(stays) }
    else columns[name] = { ...column, values: column.values.filter(stays) }
  }
  return {
    ...chunk,
    rows: chunk.rows - gone.size,
    columns,
    keys: chunk.keys.filter(stays),
    checks: chunk.checks.filter(stays),
    contents: chunk.contents.filter(stays),
    sourceRows: chunk.sourceRows.filter(stays),
  }
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
