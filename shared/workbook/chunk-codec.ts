import * as v from 'valibot'
import {
  CHUNK_ROWS,
  type ColumnData,
  type ColumnKind,
  FACT_KINDS,
  FACT_TABLES,
  type FactChunk,
  type FactKind,
  UNKNOWN_NANOS,
  unknownColumn,
} from '../facts/index.ts'
import { type Outcome, accepted, assertNever, refused } from '../issues/index.ts'
import { notReadable } from './messages.ts'

/**
 * One chunk of facts as a small JSON head and one run of bytes, little-endian whatever the machine.
 *
 * Bytes in order: keys, checks, contents (8 each), source rows (4 each), then the columns in the order of `columns`.
 * `none`: every row unknown, no bytes · `same`: one value for all rows · `each`: one value per row. Codes of text take
 * 1, 2 or 4 bytes by the number of words. Columns of repeats and gaps take no room, so a file of ours never unpacks to
 * a hundred times its size.
 */
export interface EncodedChunk {
  readonly head: unknown
  readonly bytes: Uint8Array
}

type Form = 'none' | 'same' | 'each'

const headSchema = v.strictObject({
  kind: v.picklist(FACT_KINDS),
  importId: v.string(),
  seq: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  rows: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(CHUNK_ROWS)),
  columns: v.array(
    v.strictObject({
      name: v.string(),
      form: v.picklist(['none', 'same', 'each'] as const),
      words: v.optional(v.array(v.string())),
    }),
  ),
})

export function encodeChunk(chunk: FactChunk): EncodedChunk {
  const columns = Object.entries(FACT_TABLES[chunk.kind]).map(([name, kind]) => {
    const column = chunk.columns[name] ?? unknownColumn(kind, chunk.rows)
    return { name, column, form: formOf(column, chunk.rows) }
  })
  const size = columns.reduce(
    (sum, { column, form }) => sum + widthOf(column) * countOf(form, chunk.rows),
    chunk.rows * 28,
  )
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const hashes of [chunk.keys, chunk.checks, chunk.contents]) at = writeDoubles(view, at, hashes, chunk.rows)
  for (let row = 0; row < chunk.rows; row++, at += 4) view.setUint32(at, chunk.sourceRows[row]!, true)
  for (const { column, form } of columns) at = writeColumn(view, at, column, countOf(form, chunk.rows))
  return {
    head: {
      kind: chunk.kind,
      importId: chunk.importId,
      seq: chunk.seq,
      rows: chunk.rows,
      columns: columns.map(({ name, column, form }) => ({
        name,
        form,
        ...(column.kind === 'text' && form !== 'none' ? { words: [...column.words] } : {}),
      })),
    },
    bytes,
  }
}

/** Issues: `workbook/not-readable` naming `at` and what does not fit. A column this version does not know is refused. */
export function decodeChunk(head: unknown, bytes: Uint8Array, at: string): Outcome<FactChunk> {
  const parsed = v.safeParse(headSchema, head)
  if (!parsed.success) return refused(notReadable(at, 'the head of a table of facts'))
  const { kind, importId, seq, rows, columns } = parsed.output
  const table = FACT_TABLES[kind] as Readonly<Record<string, ColumnKind>>
  const known = columns.map((column) => ({
    ...column,
    kind: Object.hasOwn(table, column.name) ? table[column.name]! : null,
  }))
  if (
    known.some((column) => column.kind === null) ||
    new Set(columns.map(({ name }) => name)).size !== columns.length
  ) {
    return refused(notReadable(at, `columns of the table ${kind}`))
  }
  const wordsFit = known.every(
    ({ kind: of, form, words }) => (of === 'text' && form !== 'none') === (words !== undefined),
  )
  const size = known.reduce((sum, column) => {
    const width = column.kind === 'text' ? codeWidth(column.words?.length ?? 0) : 8
    return sum + width * countOf(column.form, rows)
  }, rows * 28)
  if (!wordsFit || size !== bytes.length)
    return refused(notReadable(at, `${size} bytes for ${rows} facts`, `${bytes.length}`))
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const keys = readDoubles(view, 0, rows)
  const checks = readDoubles(view, rows * 8, rows)
  const contents = readDoubles(view, rows * 16, rows)
  const sourceRows = Uint32Array.from({ length: rows }, (_, row) => view.getUint32(rows * 24 + row * 4, true))
  const filled: Record<string, ColumnData> = {}
  for (const [name, columnKind] of Object.entries(table)) filled[name] = unknownColumn(columnKind, rows)
  let next = rows * 28
  for (const { name, kind: columnKind, form, words } of known) {
    const count = countOf(form, rows)
    const column = readColumn(view, next, columnKind!, form, rows, words ?? [])
    if (column === null) return refused(notReadable(at, `words for every code of ${name}`))
    filled[name] = column
    next += count * (columnKind === 'text' ? codeWidth(words?.length ?? 0) : 8)
  }
  return accepted({ kind: kind as FactKind, importId, seq, rows, columns: filled, keys, checks, contents, sourceRows })
}

function formOf(column: ColumnData, rows: number): Form {
  const isUnknown = (row: number): boolean =>
    column.kind === 'text'
      ? column.codes[row] === 0
      : column.kind === 'nanos'
        ? column.values[row] === UNKNOWN_NANOS
        : Number.isNaN(column.values[row])
  const data: ArrayLike<number | bigint> = column.kind === 'text' ? column.codes : column.values
  let [allUnknown, allSame] = [true, rows > 0]
  for (let row = 0; row < rows && (allUnknown || allSame); row++) {
    if (!isUnknown(row)) allUnknown = false
    if (!Object.is(data[row], data[0])) allSame = false
  }
  // Words nothing points at would be lost with a column of gaps.
  if (allUnknown && (column.kind !== 'text' || column.words.length === 0)) return 'none'
  return allSame ? 'same' : 'each'
}

function countOf(form: Form, rows: number): number {
  return form === 'none' ? 0 : form === 'same' ? Math.min(1, rows) : rows
}

function widthOf(column: ColumnData): number {
  return column.kind === 'text' ? codeWidth(column.words.length) : 8
}

function codeWidth(words: number): 1 | 2 | 4 {
  return words < 256 ? 1 : words < 65_536 ? 2 : 4
}

function writeDoubles(view: DataView, at: number, values: Float64Array, count: number): number {
  for (let row = 0; row < count; row++) view.setFloat64(at + row * 8, values[row]!, true)
  return at + count * 8
}

function writeColumn(view: DataView, at: number, column: ColumnData, count: number): number {
  switch (column.kind) {
    case 'text': {
      const width = codeWidth(column.words.length)
      for (let row = 0; row < count; row++) {
        const code = column.codes[row]!
        if (width === 1) view.setUint8(at + row, code)
        else if (width === 2) view.setUint16(at + row * 2, code, true)
        else view.setUint32(at + row * 4, code, true)
      }
      return at + count * width
    }
    case 'nanos':
      for (let row = 0; row < count; row++) view.setBigInt64(at + row * 8, column.values[row]!, true)
      return at + count * 8
    case 'number':
    case 'instant':
    case 'day':
      return writeDoubles(view, at, column.values, count)
    default:
      return assertNever(column)
  }
}

function readDoubles(view: DataView, at: number, count: number): Float64Array {
  const values = new Float64Array(count)
  for (let row = 0; row < count; row++) values[row] = view.getFloat64(at + row * 8, true)
  return values
}

function readColumn(
  view: DataView,
  at: number,
  kind: ColumnKind,
  form: Form,
  rows: number,
  words: readonly string[],
): ColumnData | null {
  if (form === 'none') return unknownColumn(kind, rows)
  const step = form === 'same' ? 0 : 1
  if (kind === 'text') {
    const width = codeWidth(words.length)
    const codes = new Uint32Array(rows)
    for (let row = 0; row < rows; row++) {
      const place = at + row * step * width
      const code =
        width === 1 ? view.getUint8(place) : width === 2 ? view.getUint16(place, true) : view.getUint32(place, true)
      if (code > words.length) return null
      codes[row] = code
    }
    return { kind, codes, words }
  }
  if (kind === 'nanos') {
    const values = new BigInt64Array(rows)
    for (let row = 0; row < rows; row++) values[row] = view.getBigInt64(at + row * step * 8, true)
    return { kind, values }
  }
  const values = new Float64Array(rows)
  for (let row = 0; row < rows; row++) values[row] = view.getFloat64(at + row * step * 8, true)
  return { kind, values }
}
