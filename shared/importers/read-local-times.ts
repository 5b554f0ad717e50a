import { parseInstant, type Zone } from '../calendar/index.ts'
import { type Issue, type Outcome, accepted, refused } from '../issues/index.ts'
import type { Instant } from '../quantities/index.ts'
import type { RawTable } from '../tables/index.ts'
import type { ReadContext } from './format.ts'
import { mixedDayOrder, needsDayOrder, needsZone, notATime } from './messages.ts'
import { DateEvidence, type DayOrder } from './read-dates.ts'
import type { RowReader } from './row-reader.ts'

/**
 * Times as trackers write them: in the words, order and zone of whoever exported. `28/Nov/25 5:03 PM`, `6/21/2025 16:14`,
 * `Tue May 14 2024 08:53:33 GMT+0000 (GMT)`, `2025-12-05 08:47:50.154` and ISO 8601 with its offset.
 */
export class LocalTimeReader {
  private readonly order: DayOrder | null
  private readonly zone: Zone | undefined

  constructor(order: DayOrder | null, zone: Zone | undefined) {
    this.order = order
    this.zone = zone
  }

  /** Null for an empty cell; a cell that cannot be read is the row's flaw. */
  read(read: RowReader, at: number): Instant | null {
    const text = read.raw(at).trim()
    if (text === '') return null
    const iso = isoOf(text, this.order)
    const instant = iso === null ? null : parseInstant(iso, this.zone)
    if (instant?.ok) return instant.value
    read.fail(at, notATime(text))
    return null
  }
}

/**
 * Looks through whole columns first: whether a date proves that days or months come first, and whether any time lacks its
 * zone. What cannot be known is asked; nothing is assumed.
 */
export function localTimesOf(
  table: RawTable,
  positions: readonly number[],
  context: ReadContext,
): Outcome<LocalTimeReader> {
  const evidence = new DateEvidence()
  const there = positions.filter((at) => at >= 0)
  let zoneless: { readonly column: string; readonly said: string } | null = null
  for (const { rows } of table.batches()) {
    for (const cells of rows) {
      for (const at of there) {
        const text = cells[at]?.trim() ?? ''
        if (text === '') continue
        if (SLASHED.test(text)) evidence.see(text.split(/[ ,T]/, 1)[0]!)
        zoneless ??= isZoneless(text) ? { column: table.header[at]!, said: text } : null
      }
    }
  }
  const column = table.header[there[0] ?? 0] ?? ''
  const order = context.choices.dayOrder ?? orderOf(evidence, column)
  if (order !== null && typeof order === 'object') return refused(order)
  if (zoneless !== null && context.zone === undefined) return refused(needsZone(zoneless.column, zoneless.said))
  return accepted(new LocalTimeReader(order, context.zone))
}

function orderOf(evidence: DateEvidence, column: string): DayOrder | null | Issue {
  const decided = evidence.decide()
  if (decided.kind === 'order') return decided.order
  if (decided.kind === 'numbers') return null
  return decided.kind === 'mixed' ? mixedDayOrder(column, decided.said) : needsDayOrder(column, decided.said)
}

const CLOCK = String.raw`(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\s*([AaPp])\.?[Mm]\.?)?`
const SLASHED = new RegExp(String.raw`^(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2}),?\s+${CLOCK}$`)
const NAMED = new RegExp(String.raw`^(\d{1,2})[-/. ]\s?([^\d\s/.-]{3,10})\.?[-/ ](\d{4}|\d{2}),?\s+${CLOCK}$`)
const JAVASCRIPT = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{2}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT([+-]\d{4})/

function isZoneless(text: string): boolean {
  if (JAVASCRIPT.test(text)) return false
  return SLASHED.test(text) || NAMED.test(text) || (/^\d{4}-\d{2}-\d{2}[T ]/.test(text) && !parseInstant(text).ok)
}

function isoOf(text: string, order: DayOrder | null): string | null {
  const javascript = JAVASCRIPT.exec(text)
  if (javascript) {
    const [, month = '', day = '', year = '', clock = '', offset = ''] = javascript
    const number = monthOfName(month)
    return number === null ? null : `${year}-${two(number)}-${day}T${clock}${offset}`
  }
  const named = NAMED.exec(text)
  if (named) {
    const [, day = '', name = '', year = '', ...clock] = named
    const month = monthOfName(name)
    return month === null ? null : withClock(year, month, Number(day), clock)
  }
  const slashed = SLASHED.exec(text)
  if (!slashed) return text
  const [, first = '', second = '', year = '', ...clock] = slashed
  if (order === null) return null
  const [day, month] = order === 'day-first' ? [first, second] : [second, first]
  return withClock(year, Number(month), Number(day), clock)
}

function withClock(year: string, month: number, day: number, clock: readonly (string | undefined)[]): string | null {
  const [hour = '', minute = '', second = '00', half] = clock
  let hours = Number(hour)
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return null
    hours = (hours % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  }
  const full = year.length === 2 ? `20${year}` : year
  return `${full}-${two(month)}-${two(day)}T${two(hours)}:${minute}:${second}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

/** Short names of months in the languages trackers are used in; what two of them share means the same month. */
const MONTHS: readonly (readonly string[])[] = [
  ['jan', 'ene', 'gen'],
  ['feb', 'fev'],
  ['mar', 'mrt', 'maa'],
  ['apr', 'avr', 'abr'],
  ['may', 'mai', 'mag', 'mei', 'maj'],
  ['jun', 'giu', 'juin'],
  ['jul', 'lug', 'juil'],
  ['aug', 'ago', 'aou'],
  ['sep', 'set'],
  ['oct', 'okt', 'ott', 'out'],
  ['nov'],
  ['dec', 'dez', 'dic'],
]

function monthOfName(name: string): number | null {
  const plain = name
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036F.]/g, '')
    .toLowerCase()
  const at = MONTHS.findIndex((names) => names.includes(plain.slice(0, 4)) || names.includes(plain.slice(0, 3)))
  return at < 0 ? null : at + 1
}
