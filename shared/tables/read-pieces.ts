import type { Issue } from '../issues/index.ts'
import { decodePieces } from './decode.ts'
import { LIMITS } from './limits.ts'
import { damagedText } from './messages.ts'
import { addRecord, lineAt, readPiece, type ReadSettings, type Records } from './read-batches.ts'
import { findCells, type RecordEnd, RecordCells } from './record-cells.ts'
import { RecordSplitter, type SplitRecord } from './split-records.ts'

/** The records of one piece of a file, gone through by `next`. */
export interface RecordPiece {
  /** Goes to the next record; false behind the last. */
  next(): boolean
  readonly cells: RecordCells
  /** 1-based number of the record at hand; the header and empty lines are not counted. */
  readonly row: number
  /** Physical line it starts on. */
  readonly line: number
  /** Why it must not be used; its one cell is then the text as it stood. */
  readonly flaw: Issue | null
  /** 0 … 1 of the file, at the end of this piece. */
  readonly share: number
  /** Set on the last piece when reading stopped because of bytes that do not fit; nothing after it was read. */
  readonly stopped: Issue | null
}

/**
 * The records of `readBatches`, found in the bytes wherever they are plain UTF-8. Whatever is not (other encodings, damaged
 * bytes, NULs, a record `findCells` must not judge) is read as strings by the careful readers, which decide what is true.
 */
export function* readPieces(settings: ReadSettings, headerLine: number): Generator<RecordPiece, void> {
  const { bytes, encoding, from, delimiter, newline, chunkBytes, stopAtDamage } = settings
  const splitter = new RecordSplitter(delimiter, newline, LIMITS.recordChars)
  const cells = new RecordCells()
  const isInBytes = encoding === 'utf-8' && newline === 'lf'
  let isSuspect = false
  let row = 0
  let start = from
  for (const { text, end, damagedAt } of decodePieces(bytes, encoding, from, chunkBytes)) {
    if (damagedAt !== null && (stopAtDamage || encoding !== 'utf-8')) {
      const stopped = damagedText(encoding, lineAt(settings, damagedAt), damagedAt)
      yield new StringPiece(noRecords(), cells, row, 1, stopped)
      return
    }
    isSuspect ||= damagedAt !== null || text.includes('\0')
    const share = end / bytes.length
    const piece =
      isInBytes && !isSuspect
        ? new BytePiece(bytes.subarray(start, end), text, splitter, delimiter, headerLine, cells, row, share)
        : new StringPiece(readPiece(text, splitter, settings, headerLine, isSuspect), cells, row, share, null)
    yield piece
    row = piece.row
    start = end
  }
  const rest: SplitRecord[] = []
  splitter.finish(rest)
  const records = noRecords()
  for (const record of rest) addRecord(record, records, delimiter, headerLine, isSuspect)
  if (records.rows.length > 0) yield new StringPiece(records, cells, row, 1, null)
}

function noRecords(): Records {
  return { rows: [], lines: [], flaws: new Map() }
}

class StringPiece implements RecordPiece {
  readonly cells: RecordCells
  row: number
  line = 0
  flaw: Issue | null = null
  readonly share: number
  readonly stopped: Issue | null
  private readonly records: Records
  private at = 0

  constructor(records: Records, cells: RecordCells, row: number, share: number, stopped: Issue | null) {
    this.records = records
    this.cells = cells
    this.row = row
    this.share = share
    this.stopped = stopped
  }

  next(): boolean {
    const { rows, lines, flaws } = this.records
    if (this.at === rows.length) return false
    this.cells.hold(rows[this.at]!)
    this.line = lines[this.at]!
    this.flaw = flaws.get(this.at) ?? null
    this.at++
    this.row++
    return true
  }
}

class BytePiece implements RecordPiece {
  readonly cells: RecordCells
  row: number
  line = 0
  flaw: Issue | null = null
  readonly share: number
  readonly stopped = null
  private readonly bytes: Uint8Array
  private readonly text: string
  private readonly splitter: RecordSplitter
  private readonly delimiter: string
  private readonly delimiterByte: number
  private readonly headerLine: number
  private at = 0
  /** One place of the text and the byte it begins at. */
  private knownByte = 0
  private knownUnit = 0
  private readonly end: RecordEnd = { at: 0, lines: 0, isEmpty: false }

  constructor(
    bytes: Uint8Array,
    text: string,
    splitter: RecordSplitter,
    delimiter: string,
    headerLine: number,
    cells: RecordCells,
    row: number,
    share: number,
  ) {
    this.bytes = bytes
    this.text = text
    this.splitter = splitter
    this.delimiter = delimiter
    this.delimiterByte = delimiter.charCodeAt(0)
    this.headerLine = headerLine
    this.cells = cells
    this.row = row
    this.share = share
    cells.turnTo(bytes, text)
  }

  next(): boolean {
    const { splitter, end } = this
    while (this.at < this.bytes.length) {
      if (splitter.isBetween && findCells(this.cells, this.at, this.delimiterByte, LIMITS.fieldChars, end)) {
        const line = splitter.recordStart
        splitter.skipLines(end.lines)
        this.at = end.at
        if (end.isEmpty || line <= this.headerLine) continue
        this.line = line
        this.flaw = null
        this.row++
        return true
      }
      if (this.takeCarefully()) return true
    }
    return false
  }

  /** Reads on as text to the end of one record; false when that is no record to be counted, or lies behind this piece. */
  private takeCarefully(): boolean {
    const found: SplitRecord[] = []
    this.at = this.byteOf(this.splitter.takeOne(this.text, this.unitOf(this.at), found))
    const records = noRecords()
    for (const record of found) addRecord(record, records, this.delimiter, this.headerLine, false)
    if (records.rows.length === 0) return false
    this.cells.hold(records.rows[0]!)
    this.line = records.lines[0]!
    this.flaw = records.flaws.get(0) ?? null
    this.row++
    return true
  }

  /** Place in the text of a byte at or behind the one asked for last. */
  private unitOf(byte: number): number {
    if (this.text.length === this.bytes.length) return byte
    for (; this.knownByte < byte; this.knownByte++) this.knownUnit += unitsBegunBy(this.bytes[this.knownByte]!)
    return this.knownUnit
  }

  private byteOf(unit: number): number {
    const { bytes } = this
    if (this.text.length === bytes.length) return unit
    while (this.knownByte < bytes.length && (this.knownUnit < unit || unitsBegunBy(bytes[this.knownByte]!) === 0))
      this.knownUnit += unitsBegunBy(bytes[this.knownByte++]!)
    return this.knownByte
  }
}

/** UTF-16 units of the letter that this byte of UTF-8 begins; 0 for bytes inside a letter. */
function unitsBegunBy(byte: number): number {
  return byte >= 0xf0 ? 2 : (byte & 0xc0) === 0x80 ? 0 : 1
}
