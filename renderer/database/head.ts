import type { FactChunk } from '../../shared/facts/index.ts'
import type { StoredImport, WorkbookRecords } from '../../shared/workbook/index.ts'
import { canonicalText, RECORD_TABLES } from '../../shared/workbook/index.ts'
import { hashBytes, hashText, type RecordsDiff } from '../../shared/records/index.ts'

/** What one import must still hold when it is read again. */
export interface ImportSum {
  readonly rows: number
  readonly chunks: number
  readonly checksum: string
}

/**
 * Where the stored workbook stands and what it must hold. Written in the transaction of every commit and, in the same
 * words, to the second copy; comparing the two at start finds a store that was wiped, shrunk or set back.
 */
export interface Head {
  /** Counts workbooks: opening another one, or none, is the next. A counter, not a clock. */
  readonly epoch: number
  /** Counts commits within the epoch. */
  readonly seq: number
  /** False while the start page shows. */
  readonly isOpen: boolean
  readonly records: number
  /** Sum of the records' hashes, order-free. */
  readonly recordsSum: number
  readonly imports: Readonly<Record<string, ImportSum>>
}

export const NO_HEAD: Head = { epoch: 0, seq: 0, isOpen: false, records: 0, recordsSum: 0, imports: {} }

/** Negative: `a` is the older one. */
export function compareHeads(a: Pick<Head, 'epoch' | 'seq'>, b: Pick<Head, 'epoch' | 'seq'>): number {
  return a.epoch - b.epoch || a.seq - b.seq
}

/** Keeps sums exact: two summands below 2^52 stay below 2^53. */
const SUM_RANGE = 2 ** 52

function hashRecord(table: string, record: unknown): number {
  return hashText(`${table} ${canonicalText(record)}`) % SUM_RANGE
}

export function sumRecords(records: WorkbookRecords): Pick<Head, 'records' | 'recordsSum'> {
  let [count, sum] = [0, 0]
  for (const table of RECORD_TABLES) {
    for (const record of Object.values(records[table])) {
      count++
      sum = (sum + hashRecord(table, record)) % SUM_RANGE
    }
  }
  return { records: count, recordsSum: sum }
}

/** The sums after `diff`, without looking at records it does not touch. */
export function sumAfter(head: Head, diff: RecordsDiff): Pick<Head, 'records' | 'recordsSum'> {
  let [count, sum] = [head.records, head.recordsSum]
  for (const { table, before, after } of diff) {
    if (before !== null) {
      count--
      sum = (sum - hashRecord(table, before) + SUM_RANGE) % SUM_RANGE
    }
    if (after !== null) {
      count++
      sum = (sum + hashRecord(table, after)) % SUM_RANGE
    }
  }
  return { records: count, recordsSum: sum }
}

/** One chunk's part of the sum of its import. */
export interface ChunkSum extends Pick<FactChunk, 'kind' | 'seq' | 'rows'> {
  readonly text: string
}

export function sumImport({ chunks }: Pick<StoredImport, 'chunks'>): ImportSum {
  return joinSums(chunks.map(sumChunk))
}

export function joinSums(sums: readonly ChunkSum[]): ImportSum {
  const sorted = [...sums].sort((a, b) => (a.kind === b.kind ? a.seq - b.seq : a.kind < b.kind ? -1 : 1))
  return {
    rows: sorted.reduce((sum, { rows }) => sum + rows, 0),
    chunks: sorted.length,
    checksum: String(hashText(sorted.map(({ text }) => text).join(' '))),
  }
}

/** Every byte of a chunk and every word: a damaged store returns fewer or other rows without saying so. */
export function sumChunk(chunk: FactChunk): ChunkSum {
  const parts: (string | number)[] = [chunk.kind, chunk.seq, chunk.rows]
  for (const values of [chunk.keys, chunk.checks, chunk.contents, chunk.sourceRows]) parts.push(hashArray(values))
  for (const name of Object.keys(chunk.columns).sort()) {
    const column = chunk.columns[name]!
    parts.push(name, column.kind)
    if (column.kind === 'text') parts.push(hashArray(column.codes), hashText(column.words.join('\u001f')))
    else parts.push(hashArray(column.values))
  }
  const { kind, seq, rows } = chunk
  return { kind, seq, rows, text: parts.join(',') }
}

function hashArray(values: ArrayBufferView): number {
  return hashBytes(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
}
