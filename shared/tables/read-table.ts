import { type Issue, type Outcome, accepted, refused } from '../issues/index.ts'
import { type BytesLook, type Encoding, decodePieces, showDamage } from './decode.ts'
import { LIMITS } from './limits.ts'
import { damagedText, emptyFile, headerDamaged, headerNameTooLong, tooManyColumns } from './messages.ts'
import { lineAt, readBatches, type ReadSettings, type RecordBatch } from './read-batches.ts'
import { readPieces, type RecordPiece } from './read-pieces.ts'
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
  /** Records as strings, for looking a file over. Reads from the start each time it is called. */
  batches(): Generator<RecordBatch, void>
  /** The same records one by one, made strings only where something asks for it. Reads from the start each time. */
  pieces(): Generator<RecordPiece, void>
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
    pieces: () => readPieces(settings, headerLine),
  })
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
