import type { Day } from '../calendar/index.ts'
import type { FactKey } from '../facts/index.ts'
import type { Issue } from '../issues/index.ts'
import type { Nanos } from '../money/index.ts'
import { amountOutOfRange, missing, notACount, notADay, notAnAmount } from './messages.ts'
import type { DateReader, ReadDate } from './read-dates.ts'
import { type DecimalMark, readAmount, readCount, readQuantity } from './read-numbers.ts'

/**
 * Reads cells of one record by position and remembers the first that cannot be read, so that a format reads straight
 * through and asks once at the end. One reader serves all records of a file. Position -1 = the layout has no such column.
 */
export class RowReader {
  private readonly header: readonly string[]
  private cells: readonly string[] = []
  flaw: { readonly column: string | null; readonly issue: Issue } | null = null

  constructor(header: readonly string[]) {
    this.header = header
  }

  begin(cells: readonly string[]): void {
    this.cells = cells
    this.flaw = null
  }

  raw(at: number): string {
    return at < 0 ? '' : (this.cells[at] ?? '')
  }

  /** Null when empty. Our own exports put an apostrophe before text a spreadsheet would run; it is taken off here. */
  text(at: number): string | null {
    const cell = this.raw(at)
    if (cell === '') return null
    const first = cell.charCodeAt(0)
    const last = cell.charCodeAt(cell.length - 1)
    if (first > 39 && first < 128 && last > 32 && last < 128) return cell
    const bare = cell.trim()
    if (bare === '') return null
    return bare.length > 1 && bare[0] === "'" && /^[=+\-@\t\r]/.test(bare.slice(1)) ? bare.slice(1) : bare
  }

  count(at: number): number | null {
    const cell = this.raw(at)
    const value = readCount(cell)
    if (value === null || !Number.isNaN(value)) return value
    this.fail(at, notACount(cell))
    return null
  }

  quantity(at: number): number | null {
    const cell = this.raw(at)
    const value = readQuantity(cell)
    if (value === null || !Number.isNaN(value)) return value
    this.fail(at, notACount(cell))
    return null
  }

  money(at: number, mark: DecimalMark = '.'): Nanos | null {
    return this.amount(at, this.raw(at), mark)
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
    for (const at of positions) key.unit(0x1f).text(this.raw(at).trim())
    return key
  }

  /** These cells as one text for a key, each ended so that no two lists make the same text. */
  key(prefix: string, positions: readonly number[]): string {
    let key = prefix
    for (const at of positions) key += `\u001f${this.raw(at).trim()}`
    return key
  }
}
