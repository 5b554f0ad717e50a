import { dayOfEpoch, epochDayOf } from '../calendar/index.ts'
import type { Day } from '../calendar/index.ts'
import { hashText } from '../records/index.ts'
import {
  CHUNK_ROWS,
  type ColumnData,
  type ColumnKind,
  FACT_TABLES,
  type FactChunk,
  type FactKind,
  type FactRow,
  UNKNOWN_NANOS,
} from './schema.ts'

/** Fills chunks of every table of one import, in the order rows come. */
export class FactBuilder {
  readonly importId: string
  private readonly tables = new Map<FactKind, TableBuilder>()

  constructor(importId: string) {
    this.importId = importId
  }

  /**
   * `key` is the natural key as text, unique over all sources (`cursor|2025-09-05T…|…`); `occurrence` tells true
   * duplicates inside one file apart and must not depend on the order of rows.
   */
  add<K extends FactKind>(kind: K, row: FactRow<K>, key: string, sourceRow: number): void {
    let table = this.tables.get(kind)
    if (!table) this.tables.set(kind, (table = new TableBuilder(kind, this.importId)))
    table.add(row as Readonly<Record<string, unknown>>, key, sourceRow)
  }

  finish(): readonly FactChunk[] {
    return [...this.tables.values()].flatMap((table) => table.finish())
  }
}

class TableBuilder {
  private readonly columns: readonly (readonly [string, ColumnKind])[]
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
    for (let i = 0; i < count; i++) contents[i] = contentHash(this.rows[i]!, this.columns)
    this.done.push({
      kind: this.kind,
      importId: this.importId,
      seq: this.done.length,
      rows: count,
      columns: Object.fromEntries(this.columns.map(([name, kind]) => [name, buildColumn(kind, this.rows, name)])),
      keys: Float64Array.from(this.keys, (key) => hashText(key)),
      checks: Float64Array.from(this.keys, (key) => hashText(key, 0x5bd1e995)),
      contents,
      sourceRows: Uint32Array.from(this.sourceRows),
    })
    this.rows = []
    this.keys = []
    this.sourceRows = []
  }
}

function contentHash(row: Readonly<Record<string, unknown>>, columns: readonly (readonly [string, ColumnKind])[]): number {
  let text = ''
  for (const [name] of columns) text += `${String(row[name] ?? '')}\u001f`
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
    return { kind, values: Float64Array.from(rows, (row) => (row![name] === null ? NaN : epochDayOf(row![name] as Day))) }
  }
  return { kind, values: Float64Array.from(rows, (row) => (row![name] as number | null) ?? NaN) }
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
