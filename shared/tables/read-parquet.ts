import { type FileMetaData, parquetMetadata, parquetReadObjects, type SchemaElement } from 'hyparquet'
import { type Outcome, accepted, refused } from '../issues/index.ts'
import { LIMITS } from './limits.ts'
import { parquetTooBig, parquetUnread } from './messages.ts'

const MAGIC = [0x50, 0x41, 0x52, 0x31]
/** Rows made into text at a time. */
const BATCH = 20_000

/** By its first and last four bytes, `PAR1`. */
export function isParquet(bytes: Uint8Array): boolean {
  const end = bytes.length - MAGIC.length
  return end > MAGIC.length && MAGIC.every((byte, i) => bytes[i] === byte && bytes[end + i] === byte)
}

/**
 * A Parquet file as CSV text of the same rows, so that every layout that comes as a table may come as Parquet too. Decimals
 * keep all their digits, days and moments are ISO 8601, nested values are JSON, gaps are empty cells.
 *
 * Issues: `tables/parquet-not-read` (damaged, or packed with anything but Snappy), `tables/parquet-too-big`.
 */
export async function csvOfParquet(bytes: Uint8Array): Promise<Outcome<Uint8Array>> {
  try {
    return await written(bytes)
  } catch (cause) {
    return refused(parquetUnread(cause instanceof Error ? cause.message : String(cause)))
  }
}

async function written(bytes: Uint8Array): Promise<Outcome<Uint8Array>> {
  const buffer = wholeBuffer(bytes)
  const metadata = parquetMetadata(buffer)
  const rows = Number(metadata.num_rows)
  const inflated = metadata.row_groups.reduce((sum, { total_byte_size: size }) => sum + Number(size), 0)
  if (rows > LIMITS.parquetRows || inflated > LIMITS.parquetBytes) return refused(parquetTooBig(rows, inflated))
  const columns = columnsOf(metadata)
  const encoder = new TextEncoder()
  const parts: Uint8Array[] = [encoder.encode(`${columns.map(({ name }) => quoted(name)).join(',')}\n`)]
  const file = { byteLength: buffer.byteLength, slice: (from: number, to?: number) => buffer.slice(from, to) }
  for (let rowStart = 0; rowStart < rows; rowStart += BATCH) {
    const rowEnd = Math.min(rows, rowStart + BATCH)
    const objects = await parquetReadObjects({ file, metadata, rowStart, rowEnd, utf8: false, parsers: PARSERS })
    const lines = objects.map((object) => columns.map(({ name, scale }) => cellText(object[name], scale)).join(','))
    parts.push(encoder.encode(`${lines.join('\n')}\n`))
  }
  return accepted(joined(parts))
}

interface ParquetColumn {
  readonly name: string
  /** Digits behind the point of a decimal; null for everything else. */
  readonly scale: number | null
}

/** Top columns; decimals are marked as plain numbers, because the reader would make doubles of them. */
function columnsOf(metadata: FileMetaData): readonly ParquetColumn[] {
  const [root, ...rest] = metadata.schema
  const columns: ParquetColumn[] = []
  for (let at = 0; columns.length < (root?.num_children ?? 0) && at < rest.length;) {
    const element = rest[at]!
    const isLeaf = !element.num_children
    columns.push({ name: element.name, scale: isLeaf ? takeScale(element) : null })
    at += isLeaf ? 1 : spanOf(rest, at)
  }
  return columns
}

function takeScale(element: SchemaElement): number | null {
  if (element.converted_type !== 'DECIMAL') return null
  const { scale = 0 } = element
  delete element.converted_type
  delete element.logical_type
  return scale
}

function spanOf(elements: readonly SchemaElement[], at: number): number {
  let span = 1
  for (let child = 0; child < (elements[at]!.num_children ?? 0); child++) span += spanOf(elements, at + span)
  return span
}

const PARSERS = {
  timestampFromMilliseconds: (ms: bigint) => new Date(Number(ms)).toISOString(),
  timestampFromMicroseconds: (micros: bigint) => new Date(Number(micros / 1000n)).toISOString(),
  timestampFromNanoseconds: (nanos: bigint) => new Date(Number(nanos / 1_000_000n)).toISOString(),
  dateFromDays: (days: number) => new Date(days * 86_400_000).toISOString().slice(0, 10),
}

function cellText(value: unknown, scale: number | null): string {
  if (value === null || value === undefined) return ''
  if (scale !== null) return decimalText(value, scale)
  if (typeof value === 'string') return quoted(value)
  if (value instanceof Uint8Array) return quoted(new TextDecoder('utf-8').decode(value))
  if (typeof value === 'object') return quoted(JSON.stringify(value, plainly))
  return String(value as number | bigint | boolean)
}

function plainly(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value)
  return value instanceof Uint8Array ? new TextDecoder('utf-8').decode(value) : value
}

/** Big-endian two's complement, or a whole number, with the point put in its place. */
function decimalText(value: unknown, scale: number): string {
  let unscaled = 0n
  if (value instanceof Uint8Array) {
    for (const byte of value) unscaled = (unscaled << 8n) | BigInt(byte)
    unscaled = BigInt.asIntN(value.length * 8, unscaled)
  } else unscaled = BigInt(value as number | bigint)
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0')
  const point = digits.length - scale
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, point)}${scale === 0 ? '' : `.${digits.slice(point)}`}`
}

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function wholeBuffer(bytes: Uint8Array): ArrayBuffer {
  const isWhole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength
  return (isWhole ? bytes.buffer : bytes.slice().buffer) as ArrayBuffer
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
