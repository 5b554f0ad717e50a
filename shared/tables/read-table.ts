import Papa from 'papaparse'
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
  let count = 0
  for (const { records, share, stopped } of splitPieces(settings)) {
    const wanted = records.filter(({ line, text }) => line > headerLine && text !== '')
    if (wanted.length === 0 && stopped === null) continue
    yield { first: count + 1, ...parseRecords(wanted, settings.delimiter), share, stopped }
    count += wanted.length
  }
}

function parseRecords(
  records: readonly SplitRecord[],
  delimiter: string,
): { rows: readonly (readonly string[])[]; lines: readonly number[]; flaws: ReadonlyMap<number, Issue> } {
  const flaws = new Map<number, Issue>()
  const lines: number[] = []
  const plain: string[] = []
  let oddCount = 0
  for (const { text, line, flaw, isPadded } of records) {
    lines.push(line)
    if (flaw !== null || isPadded) oddCount++
    else plain.push(text)
  }
  const parsed = parseMany(plain, delimiter)
  let rows = parsed
  if (oddCount > 0) {
    let next = 0
    rows = records.map(({ text, flaw, isPadded }, i) => {
      if (flaw === null) return isPadded ? splitCells(text, delimiter) : parsed[next++]!
      flaws.set(i, flawIssue(flaw, text))
      return [text]
    })
  }
  markBadText(records, rows, flaws)
  return { rows, lines, flaws }
}

/** papaparse sees whole records, ended alike, of which it is known how many there are; if it disagrees our own reading holds. */
function parseMany(texts: readonly string[], delimiter: string): readonly (readonly string[])[] {
  if (texts.length === 0) return []
  const { data, errors } = Papa.parse<string[]>(texts.join('\n'), { delimiter, newline: '\n' })
  if (data.length === texts.length && errors.length === 0) return data
  return texts.map((text) => splitCells(text, delimiter))
}

function flawIssue(flaw: NonNullable<SplitRecord['flaw']>, text: string): Issue {
  if (flaw.kind === 'text-after-quote') return textAfterQuote(text.slice(0, 200))
  return flaw.kind === 'unterminated-quote' ? unterminatedQuote(flaw.lines) : recordTooLong(flaw.lines)
}

/** Cells that are too long, hold NULs or bytes of another encoding; the whole record is looked at once, cells only then. */
function markBadText(
  records: readonly SplitRecord[],
  rows: readonly (readonly string[])[],
  flaws: Map<number, Issue>,
): void {
  for (let i = 0; i < records.length; i++) {
    if (flaws.has(i)) continue
    const { text } = records[i]!
    if (text.length > LIMITS.fieldChars) {
      const long = rows[i]!.find((cell) => cell.length > LIMITS.fieldChars)
      if (long !== undefined) flaws.set(i, fieldTooLong(long.length))
    }
    if (text.includes('\0')) flaws.set(i, controlCharacter(text.replaceAll('\0', '\u2400').slice(0, 200)))
    if (HAS_DAMAGE.test(text)) {
      const damage = showDamage(text)
      if (damage !== null) flaws.set(i, notEncoded(damage))
    }
  }
}

/** One class, no repetition: linear. */
const HAS_DAMAGE = /[\uDC80-\uDCFF]/
