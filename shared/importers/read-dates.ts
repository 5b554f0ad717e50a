import { type Day, type Zone, dayIn, dayOfEpoch, epochDayOf, parseDay, parseInstant, UTC } from '../calendar/index.ts'
import type { Instant } from '../quantities/index.ts'
import type { RecordCells } from '../tables/index.ts'
import { CellMemo } from './cell-memo.ts'
import { PlainTimes } from './read-bytes.ts'

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
  private readonly times = new PlainTimes()

  constructor(order: DayOrder | null, zone: Zone | undefined) {
    this.order = order
    this.zone = zone
  }

  /** A cell of bytes that holds an ordinary UTC time or a day; null says nothing about it. */
  readPlain(cells: RecordCells, at: number): ReadDate | null {
    if (cells.strings !== null) return null
    const from = cells.starts[at]!
    const to = cells.ends[at]!
    if (to - from === 10) return this.plainDays.read(cells, at)
    const utc = this.times.read(cells.bytes, from, to)
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

const DASH = 45

const SLASHED = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})$/

/** What a whole column shows about the order of day and month. */
export class DateEvidence {
  private dayFirst: string | null = null
  private monthFirst: string | null = null
  private either: string | null = null
  private bareNumber: string | null = null
  private others = 0
  hasShortYears = false

  /** As `see`: a cell that begins like `2026-` is neither slashed nor a number, and need not be made a string. */
  seeCell(cells: RecordCells, at: number): void {
    if (cells.isEmpty(at)) return
    const from = cells.starts[at]!
    const length = cells.ends[at]! - from
    if (cells.strings === null && length >= 10 && length <= 40 && cells.bytes[from + 4] === DASH) this.others++
    else this.see(cells.text(at))
  }

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
