import { type Issue, type Outcome, accepted, refused } from '../issues/index.ts'
import { type BytesLook, type Encoding, decodePieces, showDamage } from './decode.ts'
import { LIMITS } from './limits.ts'
import {
  controlCharacter,
  damagedText,
  emptyFile,
  fieldTooLong,
  headerDamaged,
  headerNameTooLong,
  notEncoded,
  recordTooLong,
  textAfterQuote,
  tooManyColumns,
  unterminatedQuote,
} from './messages.ts'
import { readPlainRecords } from './plain-records.ts'
import { type Delimiter, sniffDialect } from './sniff-dialect.ts'
import { RecordSplitter, splitCells, type SplitRecord } from './split-records.ts'

export interface TableChoices {
  /** Said by the user. With `utf-8` rows of other bytes are kept aside; unsaid, such a file is refused with a question. */
  readonly encoding?: 'utf-8' | 'windows-1252'
  /** 1-based physical line of the header where it is not the first that holds anything. */
  readonly headerLine?: number
  readonly delimiter?: Delimiter
  /** Bytes decoded at a time; any size gives the same records. */
  readonly chunkBytes?: number
}

/** A table of strings: a header list whose names may repeat, and records whose cells are addressed by position. */
export interface RawTable {
  readonly encoding: Encoding
  readonly delimiter: Delimiter
  /** As they stand, trimmed of white space and invisible marks. */
  readonly header: readonly string[]
  readonly headerLine: number
  /** Reads from the start each time it is called. */
  batches(): Generator<RecordBatch, void>
}

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

const DEFAULT_CHUNK = 1024 * 1024
const SAMPLE_CHARS = 128 * 1024

export function readTable(bytes: Uint8Array, look: BytesLook, choices: TableChoices = {}): Outcome<RawTable> {
  const encoding = choices.encoding === 'windows-1252' && look.encoding === 'utf-8' ? 'windows-1252' : look.encoding
  const sample = sampleText(bytes, encoding, look.bomBytes)
  const dialect = sniffDialect(sample.text, sample.isWhole)
  const delimiter = choices.delimiter ?? dialect.delimiter
  const settings: ReadSettings = {
    bytes,
    encoding,
    from: look.bomBytes,
    delimiter,
    newline: dialect.newline,
    chunkBytes: choices.chunkBytes ?? DEFAULT_CHUNK,
    stopAtDamage: choices.encoding === undefined,
  }
  const head = findHeader(settings, choices.headerLine ?? 1)
  if (!head.ok) return head
  const { header, headerLine } = head.value
  return accepted({
    encoding,
    delimiter,
    header,
    headerLine,
    batches: () => readBatches(settings, headerLine),
  })
}

interface ReadSettings {
  readonly bytes: Uint8Array
  readonly encoding: Encoding
  readonly from: number
  readonly delimiter: Delimiter
  readonly newline: 'lf' | 'cr'
  readonly chunkBytes: number
  readonly stopAtDamage: boolean
}

/** Of fixed size, whatever the chunk size, so that the dialect never depends on it. */
function sampleText(bytes: Uint8Array, encoding: Encoding, from: number): { text: string; isWhole: boolean } {
  const { value } = decodePieces(bytes.subarray(0, from + SAMPLE_CHARS * 2), encoding, from, SAMPLE_CHARS * 2).next()
  return { text: value?.text ?? '', isWhole: bytes.length <= from + SAMPLE_CHARS * 2 }
}

interface Piece {
  readonly records: readonly SplitRecord[]
  readonly share: number
  readonly stopped: Issue | null
}

function* splitPieces(settings: ReadSettings): Generator<Piece, void> {
  const { bytes, encoding, from, delimiter, newline, chunkBytes, stopAtDamage } = settings
  const splitter = new RecordSplitter(delimiter, newline, LIMITS.recordChars)
  for (const { text, end, damagedAt } of decodePieces(bytes, encoding, from, chunkBytes)) {
    const records: SplitRecord[] = []
    if (damagedAt !== null && (stopAtDamage || encoding !== 'utf-8')) {
      yield { records, share: 1, stopped: damagedText(encoding, lineAt(settings, damagedAt), damagedAt) }
      return
    }
    splitter.push(text, records)
    if (records.length > 0) yield { records, share: end / bytes.length, stopped: null }
  }
  const records: SplitRecord[] = []
  splitter.finish(records)
  yield { records, share: 1, stopped: null }
}

function lineAt({ bytes, from, encoding }: ReadSettings, byte: number): number {
  let line = 1
  const step = encoding === 'utf-8' || encoding === 'windows-1252' ? 1 : 2
  for (let i = from; i < byte; i += step) if (bytes[i] === 10 || (step === 2 && bytes[i + 1] === 10)) line++
  return line
}

const SEP_LINE = /^sep=[,;\t|]$/i

function findHeader(
  settings: ReadSettings,
  fromLine: number,
): Outcome<{ header: readonly string[]; headerLine: number }> {
  for (const { records, stopped } of splitPieces(settings)) {
    for (const record of records) {
      if (record.line < fromLine || record.text.trim() === '' || isSepLine(record)) continue
      if (record.flaw !== null) return refused(headerDamaged(record.text.slice(0, 200)))
      const header = splitCells(record.text, settings.delimiter).map(cleanName)
      if (header.every((name) => name === '' || isNul(name))) continue
      if (header.length > LIMITS.columns) return refused(tooManyColumns(header.length))
      const long = header.find((name) => name.length > LIMITS.headerNameChars)
      if (long !== undefined) return refused(headerNameTooLong(long))
      const damage = showDamage(record.text)
      if (damage !== null) return refused(headerDamaged(damage))
      return accepted({ header, headerLine: record.line })
    }
    if (stopped) return refused(stopped)
  }
  return refused(emptyFile())
}

function isSepLine({ line, text }: SplitRecord): boolean {
  return line === 1 && text.length === 5 && SEP_LINE.test(text)
}

function isNul(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== 0) return false
  return true
}

/** White space and marks nobody sees are no part of a name; line feeds inside a quoted name are. Linear, unlike a pattern for ends. */
function cleanName(name: string): string {
  let [from, to] = [0, name.length]
  while (from < to && isUnseen(name[from]!)) from++
  while (to > from && isUnseen(name[to - 1]!)) to--
  return name.slice(from, to)
}

function isUnseen(letter: string): boolean {
  return letter === '\u200B' || letter === '\u2060' || letter === '\uFEFF' || letter.trim() === ''
}

function* readBatches(settings: ReadSettings, headerLine: number): Generator<RecordBatch, void> {
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

interface Records {
  readonly rows: (readonly string[])[]
  readonly lines: number[]
  readonly flaws: Map<number, Issue>
}

/** Whole plain records at full speed; one that is odd, long or cut by the end of the piece goes through the splitter. */
function readPiece(
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

function addRecord(
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
