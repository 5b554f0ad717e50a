import { type Day, type Zone, dayIn, dayOfEpoch, epochDayOf, parseDay, parseInstant, UTC } from '../calendar/index.ts'
import type { Instant } from '../quantities/index.ts'
import type { RecordCells } from '../tables/index.ts'
import { CellMemo } from './cell-memo.ts'
import { digitsIn } from './read-bytes.ts'

export type DayOrder = 'day-first' | 'month-first'

export interface ReadDate {
  readonly day: Day
  /** Null for a date without a time, or a time whose zone nobody knows. */
  readonly at: Instant | null
  /** A time stood there, without a zone, and none was chosen. */
  readonly isZoneless: boolean
}

/**
 * Reads the cells of one date column. Days without a time stay as written. A time with an offset belongs to its UTC day;
 * one without is placed in `zone`, or, when none is known, keeps its day as written and no hour.
 */
export class DateReader {
  private readonly order: DayOrder | null
  private readonly zone: Zone | undefined
  private lastText = ''
  private lastDate: ReadDate | null = null
  private readonly plainDays = new CellMemo((cell) => this.parse(cell.trim()))
  /** The day read last, and its first moment. */
  private lastDay = -1
  private lastStart = 0

  constructor(order: DayOrder | null, zone: Zone | undefined) {
    this.order = order
    this.zone = zone
  }

  /** A cell of bytes that holds an ordinary UTC time or a day; null says nothing about it. */
  readPlain(cells: RecordCells, at: number): ReadDate | null {
    if (cells.strings !== null) return null
    const [from, to] = [cells.starts[at]!, cells.ends[at]!]
    if (to - from === 10) return this.plainDays.read(cells, at)
    const utc = this.utcIn(cells.bytes, from, to)
    return utc < 0 ? null : { day: this.dayOf(utc as Instant), at: utc as Instant, isZoneless: false }
  }

  read(cell: string): ReadDate | null {
    if (cell === this.lastText) return this.lastDate
    this.lastText = cell
    return (this.lastDate = this.parse(cell.trim()))
  }

  private parse(text: string): ReadDate | null {
    if (text.length > 40) return null
    if (text.length === 10 && text.charCodeAt(4) === 45) {
      const day = parseDay(text)
      return day.ok ? { day: day.value, at: null, isZoneless: false } : null
    }
    const slashed = SLASHED.exec(text)
    if (slashed) return this.order === null ? null : this.slashed(slashed)
    const at = parseInstant(text, this.zone)
    if (at.ok) return { day: this.dayOf(at.value), at: at.value, isZoneless: false }
    const wall = parseInstant(text, UTC)
    return wall.ok ? { day: dayIn(wall.value, UTC), at: null, isZoneless: true } : null
  }

  /** `2026-02-01T09:30:00Z`, with up to three decimals, in epoch ms; -1 for anything else. The common road of event files. */
  private utcIn(bytes: Uint8Array, from: number, to: number): number {
    const end = to - 1
    const length = end - from
    if (length < 19 || length > 23 || length === 20 || bytes[end] !== 90) return -1
    const letter = bytes[from + 10]
    if (bytes[from + 4] !== 45 || bytes[from + 7] !== 45 || (letter !== 84 && letter !== 32)) return -1
    if (bytes[from + 13] !== 58 || bytes[from + 16] !== 58) return -1
    const year = digitsIn(bytes, from, from + 4)
    const month = digitsIn(bytes, from + 5, from + 7)
    const date = digitsIn(bytes, from + 8, from + 10)
    const hour = digitsIn(bytes, from + 11, from + 13)
    const minute = digitsIn(bytes, from + 14, from + 16)
    const second = digitsIn(bytes, from + 17, from + 19)
    // Every part is a number of two digits or negative: one comparison each settles it.
    if (year < 1970 || year > 2199 || month < 1 || month > 12 || date < 1 || date > DAYS_AT_LEAST[month]!) return -1
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return -1
    let ms = 0
    if (length > 19) {
      const fraction = bytes[from + 19] === 46 ? digitsIn(bytes, from + 20, end) : -1
      if (fraction < 0) return -1
      ms = length === 23 ? fraction : length === 22 ? fraction * 10 : fraction * 100
    }
    const day = (year * 16 + month) * 32 + date
    if (day !== this.lastDay) {
      this.lastDay = day
      this.lastStart = Date.UTC(year, month - 1, date)
    }
    return this.lastStart + hour * 3_600_000 + minute * 60_000 + second * 1000 + ms
  }

  private dayOf(at: Instant): Day {
    return dayIn(at, this.zone ?? UTC)
  }

  private slashed(match: RegExpExecArray): ReadDate | null {
    const [, first = '', second = '', year = ''] = match
    const [date, month] = this.order === 'day-first' ? [first, second] : [second, first]
    const full = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
    const day = parseDay(full)
    return day.ok ? { day: day.value, at: null, isZoneless: false } : null
  }
}

/** February ends early here: the 29th takes the careful road. */
const DAYS_AT_LEAST = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const SLASHED = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})$/

/** What a whole column shows about the order of day and month. */
export class DateEvidence {
  private dayFirst: string | null = null
  private monthFirst: string | null = null
  private either: string | null = null
  private bareNumber: string | null = null
  private others = 0
  hasShortYears = false

  see(cell: string): void {
    const text = cell.trim()
    if (text === '' || text.length > 40) return
    const match = SLASHED.exec(text)
    if (!match) {
      if (/^\d+(?:\.\d+)?$/.test(text)) this.bareNumber ??= text
      else this.others++
      return
    }
    const [first, second] = [Number(match[1]), Number(match[2])]
    if (match[3]!.length === 2) this.hasShortYears = true
    if (first > 12 && second <= 12) this.dayFirst ??= text
    else if (second > 12 && first <= 12) this.monthFirst ??= text
    else this.either ??= text
  }

  /** `order` null = no date needs one. */
  decide():
    | { readonly kind: 'order'; readonly order: DayOrder | null }
    | { readonly kind: 'ambiguous' | 'mixed' | 'numbers'; readonly said: string } {
    if (this.dayFirst !== null && this.monthFirst !== null) {
      return { kind: 'mixed', said: `${this.dayFirst} and ${this.monthFirst}` }
    }
    if (this.dayFirst !== null) return { kind: 'order', order: 'day-first' }
    if (this.monthFirst !== null) return { kind: 'order', order: 'month-first' }
    if (this.either !== null) return { kind: 'ambiguous', said: this.either }
    if (this.bareNumber !== null && this.others === 0) return { kind: 'numbers', said: this.bareNumber }
    return { kind: 'order', order: null }
  }
}

/** UTC day of a Unix time in seconds, or null when it lies outside 1970 … 2199. */
export function dayOfUnixSeconds(seconds: number): Day | null {
  const epochDay = Math.floor(seconds / 86_400)
  if (!Number.isFinite(seconds) || epochDay < 0 || epochDay > LAST_DAY) return null
  return dayOfEpoch(epochDay)
}

const LAST_DAY = epochDayOf('2199-12-31' as Day)
