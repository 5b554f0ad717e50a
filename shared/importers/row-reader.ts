import type { Day } from '../calendar/index.ts'
import { type FactKey, Word } from '../facts/index.ts'
import type { Issue } from '../issues/index.ts'
import { type Nanos, nanosOf } from '../money/index.ts'
import { RecordCells } from '../tables/index.ts'
import { ColumnMemos } from './cell-memo.ts'
import { amountOutOfRange, missing, notACount, notADay, notAnAmount } from './messages.ts'
import { countIn, digitsIn, nanosIn } from './read-bytes.ts'
import type { DateReader, ReadDate } from './read-dates.ts'
import { type DecimalMark, readAmount, readCount, readQuantity } from './read-numbers.ts'

/**
 * Reads cells of one record by position and remembers the first that cannot be read, so that a format reads straight
 * through and asks once at the end. One reader serves all records of a file. Position -1 = the layout has no such column.
 *
 * Ordinary cells are read from the bytes of the file; whatever is not ordinary becomes a string and goes to the careful
 * readers, which alone decide what such a cell means.
 */
export class RowReader {
  private readonly header: readonly string[]
  private cells = new RecordCells()
  private readonly words = new ColumnMemos((cell) => new CellText(cell))
  /** Words by position, and the count of the record they were found in: keys and columns ask for the same ones. */
  private readonly found: CellText[] = []
  private readonly foundIn: number[] = []
  private record = 0
  flaw: { readonly column: string | null; readonly issue: Issue } | null = null

  constructor(header: readonly string[]) {
    this.header = header
  }

  begin(cells: RecordCells): void {
    this.cells = cells
    this.flaw = null
    this.record++
  }

  raw(at: number): string {
    return this.cells.text(at)
  }

  /** Not even white space. */
  isEmpty(at: number): boolean {
    return this.cells.isEmpty(at)
  }

  /** Nothing, or white space. */
  isBlank(at: number): boolean {
    return !this.cells.beginsVisibly(at) && this.trimmed(at) === ''
  }

  /** Without white space around; '' when empty. */
  trimmed(at: number): string {
    return this.word(at).trimmed
  }

  /** As `trimmed`, in lower case. */
  lowered(at: number): string {
    return this.word(at).lowered
  }

  /** Null when empty. Our own exports put an apostrophe before text a spreadsheet would run; it is taken off here. */
  text(at: number): string | null {
    return this.word(at).text
  }

  /** As `text`, to be put into a column. */
  word(at: number): CellText {
    if (this.foundIn[at] === this.record) return this.found[at]!
    if (this.cells.isEmpty(at)) return NO_WORD
    this.foundIn[at] = this.record
    return (this.found[at] = this.words.read(this.cells, at))
  }

  count(at: number): number | null {
    const { cells } = this
    if (cells.isEmpty(at)) return null
    if (cells.strings === null) {
      const count = countIn(cells.bytes, cells.starts[at]!, cells.ends[at]!)
      if (count >= 0) return count
    }
    const cell = this.raw(at)
    const value = readCount(cell)
    if (value === null || !Number.isNaN(value)) return value
    this.fail(at, notACount(cell))
    return null
  }

  /** Known without making the cell a string; false says nothing. */
  isDigits(at: number): boolean {
    const { cells } = this
    return (
      cells.strings === null && !cells.isEmpty(at) && digitsIn(cells.bytes, cells.starts[at]!, cells.ends[at]!) >= 0
    )
  }

  quantity(at: number): number | null {
    const cell = this.raw(at)
    const value = readQuantity(cell)
    if (value === null || !Number.isNaN(value)) return value
    this.fail(at, notACount(cell))
    return null
  }

  money(at: number, mark: DecimalMark = '.'): Nanos | null {
    const plain = mark === '.' ? this.plainMoney(at) : null
    return plain ?? this.amount(at, this.raw(at), mark)
  }

  /** An amount written like `-12.34`; null says nothing about the cell. */
  plainMoney(at: number): Nanos | null {
    const { cells } = this
    if (cells.strings !== null || cells.isEmpty(at)) return null
    const nanos = nanosIn(cells.bytes, cells.starts[at]!, cells.ends[at]!)
    return Number.isNaN(nanos) ? null : nanosOf(BigInt(nanos))
  }

  /** An amount the format has already taken out of its wrapping. */
  amount(at: number, text: string, mark: DecimalMark = '.'): Nanos | null {
    const value = readAmount(text, mark)
    if (value === 'bad') this.fail(at, notAnAmount(this.raw(at)))
    else if (value === 'range') this.fail(at, amountOutOfRange(this.raw(at)))
    else return value
    return null
  }

  date(at: number, reader: DateReader): ReadDate | null {
    if (!this.cells.isEmpty(at)) {
      const plain = reader.readPlain(this.cells, at)
      if (plain !== null) return plain
    }
    const cell = this.raw(at)
    const date = reader.read(cell)
    if (date === null) this.fail(at, cell.trim() === '' ? missing('a date') : notADay(cell))
    return date
  }

  day(at: number, reader: DateReader): Day | null {
    return this.date(at, reader)?.day ?? null
  }

  fail(at: number, issue: Issue): void {
    this.flaw ??= { column: at < 0 ? null : (this.header[at] ?? null), issue }
  }

  /** As `key`, fed to the hash of a key instead of built. */
  feed(key: FactKey, positions: readonly number[]): FactKey {
    for (const at of positions) {
      key.unit(0x1f)
      const word = this.word(at)
      if (word.isAscii && this.cells.strings === null) this.feedBytes(key, at)
      else key.text(word.trimmed)
    }
    return key
  }

  /** As `feed`, of the cells in lower case. */
  feedLowered(key: FactKey, positions: readonly number[]): FactKey {
    for (const at of positions) {
      key.unit(0x1f)
      const word = this.word(at)
      if (word.isLowered && this.cells.strings === null) this.feedBytes(key, at)
      else key.text(word.lowered)
    }
    return key
  }

  private feedBytes(key: FactKey, at: number): void {
    const { cells } = this
    if (!cells.isEmpty(at)) key.bytes(cells.bytes, cells.starts[at]!, cells.ends[at]!)
  }

  /** These cells as one text for a key, each ended so that no two lists make the same text. */
  key(prefix: string, positions: readonly number[]): string {
    let key = prefix
    for (const at of positions) key += `\u001f${this.trimmed(at)}`
    return key
  }
}

/** A cell in the forms formats ask for; as a word it is what `text` says. */
class CellText extends Word {
  readonly trimmed: string
  readonly lowered: string
  /** The bytes of the cell are the letters of `trimmed`; and those of `lowered`. */
  readonly isAscii: boolean
  readonly isLowered: boolean

  constructor(cell: string) {
    const bare = cell.trim()
    super(plainText(bare))
    this.trimmed = bare
    this.lowered = bare.toLowerCase()
    this.isAscii = bare.length === cell.length && !BEYOND_ASCII.test(bare)
    this.isLowered = this.isAscii && this.lowered === bare
  }
}

/** One class, no repetition: linear. */
const BEYOND_ASCII = /[^ -~]/

const NO_WORD = new CellText('')

function plainText(bare: string): string | null {
  if (bare === '') return null
  return bare.length > 1 && bare[0] === "'" && /^[=+\-@\t\r]/.test(bare.slice(1)) ? bare.slice(1) : bare
}
