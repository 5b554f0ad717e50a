import type { Issue } from '../issues/index.ts'
import { type Encoding, decodePieces, showDamage } from './decode.ts'
import { LIMITS } from './limits.ts'
import {
  controlCharacter,
  damagedText,
  fieldTooLong,
  notEncoded,
  recordTooLong,
  textAfterQuote,
  unterminatedQuote,
} from './messages.ts'
import { readPlainRecords } from './plain-records.ts'
import type { Delimiter } from './sniff-dialect.ts'
import { RecordSplitter, splitCells, type SplitRecord } from './split-records.ts'

export interface RecordBatch {
  /** 1-based number of the first record; the header and empty lines are not counted. */
  readonly first: number
  readonly rows: readonly (readonly string[])[]
  /** Physical lines the records start on. */
  readonly lines: readonly number[]
  /** Records that must not be used, by index in `rows`; their one cell is the text as it stood. */
  readonly flaws: ReadonlyMap<number, Issue>
  /** 0 … 1. */
  readonly share: number
  /** Set on the last batch when reading stopped because of bytes that do not fit; nothing after it was read. */
  readonly stopped: Issue | null
}

export interface ReadSettings {
  readonly bytes: Uint8Array
  readonly encoding: Encoding
  readonly from: number
  readonly delimiter: Delimiter
  readonly newline: 'lf' | 'cr'
  readonly chunkBytes: number
  readonly stopAtDamage: boolean
}

export function lineAt({ bytes, from, encoding }: ReadSettings, byte: number): number {
  let line = 1
  const step = encoding === 'utf-8' || encoding === 'windows-1252' ? 1 : 2
  for (let i = from; i < byte; i += step) if (bytes[i] === 10 || (step === 2 && bytes[i + 1] === 10)) line++
  return line
}

export function* readBatches(settings: ReadSettings, headerLine: number): Generator<RecordBatch, void> {
  const { bytes, encoding, from, delimiter, newline, chunkBytes, stopAtDamage } = settings
  const splitter = new RecordSplitter(delimiter, newline, LIMITS.recordChars)
  let first = 1
  let isSuspect = false
  for (const { text, end, damagedAt } of decodePieces(bytes, encoding, from, chunkBytes)) {
    if (damagedAt !== null && (stopAtDamage || encoding !== 'utf-8')) {
      const stopped = damagedText(encoding, lineAt(settings, damagedAt), damagedAt)
      yield { first, rows: [], lines: [], flaws: new Map(), share: 1, stopped }
      return
    }
    isSuspect ||= damagedAt !== null || text.includes('\0')
    const batch = readPiece(text, splitter, settings, headerLine, isSuspect)
    if (batch.rows.length > 0) yield { first, ...batch, share: end / bytes.length, stopped: null }
    first += batch.rows.length
  }
  const rest: SplitRecord[] = []
  splitter.finish(rest)
  const batch: Records = { rows: [], lines: [], flaws: new Map() }
  for (const record of rest) addRecord(record, batch, delimiter, headerLine, isSuspect)
  if (batch.rows.length > 0) yield { first, ...batch, share: 1, stopped: null }
}

export interface Records {
  readonly rows: (readonly string[])[]
  readonly lines: number[]
  readonly flaws: Map<number, Issue>
}

/** Whole plain records at full speed; one that is odd, long or cut by the end of the piece goes through the splitter. */
export function readPiece(
  text: string,
  splitter: RecordSplitter,
  { delimiter, newline }: ReadSettings,
  headerLine: number,
  isSuspect: boolean,
): Records {
  const batch: Records = { rows: [], lines: [], flaws: new Map() }
  let isPlain = newline === 'lf' && !isSuspect
  let at = 0
  while (at < text.length) {
    if (isPlain && splitter.isBetween) {
      const read = readPlainRecords(text, at, delimiter, splitter.recordStart, headerLine, batch)
      splitter.skipLines(read.lines)
      at = read.end
      isPlain = read.isAgreed
      if (at >= text.length) break
    }
    const records: SplitRecord[] = []
    at = splitter.takeOne(text, at, records)
    for (const record of records) addRecord(record, batch, delimiter, headerLine, isSuspect)
  }
  return batch
}

export function addRecord(
  { text, line, flaw }: SplitRecord,
  { rows, lines, flaws }: Records,
  delimiter: string,
  headerLine: number,
  isSuspect: boolean,
): void {
  if (line <= headerLine || text === '') return
  const cells = flaw === null ? splitCells(text, delimiter) : [text]
  const bad = flaw === null ? badText(text, cells, isSuspect) : flawIssue(flaw, text)
  if (bad !== null) flaws.set(rows.length, bad)
  rows.push(cells)
  lines.push(line)
}

function flawIssue(flaw: NonNullable<SplitRecord['flaw']>, text: string): Issue {
  if (flaw.kind === 'text-after-quote') return textAfterQuote(text.slice(0, 200))
  return flaw.kind === 'unterminated-quote' ? unterminatedQuote(flaw.lines) : recordTooLong(flaw.lines)
}

/** Cells that are too long, hold NULs or bytes of another encoding; the whole record is looked at once, cells only then. */
function badText(text: string, cells: readonly string[], isSuspect: boolean): Issue | null {
  let bad: Issue | null = null
  if (text.length > LIMITS.fieldChars) {
    const long = cells.find((cell) => cell.length > LIMITS.fieldChars)
    if (long !== undefined) bad = fieldTooLong(long.length)
  }
  if (!isSuspect) return bad
  if (text.includes('\0')) bad = controlCharacter(text.replaceAll('\0', '\u2400').slice(0, 200))
  const damage = HAS_DAMAGE.test(text) ? showDamage(text) : null
  return damage === null ? bad : notEncoded(damage)
}

/** One class, no repetition: linear. */
const HAS_DAMAGE = /[\uDC80-\uDCFF]/
