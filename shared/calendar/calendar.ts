import { type Issue, type Outcome, accepted, refused } from '../issues/index.ts'
import { type Instant, instantOf } from '../quantities/index.ts'

/** A calendar day without a zone, `2026-02-01`. Date-only values of exports stay such; they are never shifted. */
export type Day = string & { readonly unit: 'Day' }
/** `2026-02`. */
export type MonthKey = string & { readonly unit: 'MonthKey' }
/** ISO 8601 week, Monday to Sunday, `2026-W06`. */
export type WeekKey = string & { readonly unit: 'WeekKey' }
/** IANA name, `Europe/Berlin`; `UTC` when nothing else is known. */
export type Zone = string & { readonly unit: 'Zone' }

export const UTC = 'UTC' as Zone
export const MS_PER_DAY = 86_400_000
export const MS_PER_HOUR = 3_600_000

/** Fiscal years start on the first of `startMonth` and are named after the calendar year in which they end. */
export interface FiscalCalendar {
  /** 1 … 12. */
  readonly startMonth: number
}

export interface FiscalQuarter {
  readonly fiscalYear: number
  /** 1 … 4. */
  readonly quarter: number
  readonly months: readonly [MonthKey, MonthKey, MonthKey]
}

/** Days since 1970-01-01; the form columns store. */
export function epochDayOf(day: Day): number {
  return Math.floor(
    Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))) / MS_PER_DAY,
  )
}

export function dayOfEpoch(epochDay: number): Day {
  return new Date(epochDay * MS_PER_DAY).toISOString().slice(0, 10) as Day
}

/** Refuses 2026-02-30 and anything outside 1970-01-01 … 2199-12-31, the range of every date we keep. */
export function parseDay(text: string): Outcome<Day> {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim())
  if (match) {
    const day = text.trim() as Day
    if (isInRange(Number(match[1])) && dayOfEpoch(epochDayOf(day)) === day) return accepted(day)
  }
  return refused(notADate(text, 'a day written like 2026-02-01'))
}

/**
 * Reads an ISO 8601 instant with an offset (`Z`, `+05:30`, `+0530`), up to seven fractional digits, `T` or space.
 * A text without an offset is read in `zone`; without a zone it is refused, because guessing shifts days.
 */
export function parseInstant(text: string, zone?: Zone): Outcome<Instant> {
  const plain = plainInstant(text)
  if (plain === plain) return accepted(instantOf(plain))
  const match =
    /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/.exec(
      text.trim(),
    )
  if (!match) return refused(notADate(text, 'a time written like 2026-02-01T09:30:00Z'))
  const [, year, month, date, hour, minute, second = '0', fraction = '', offset] = match
  const wall = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(date),
    Number(hour),
    Number(minute),
    Number(second),
    Math.trunc(Number(`0.${fraction || '0'}`) * 1000),
  )
  const sane =
    isInRange(Number(year)) &&
    isRealDate(Number(year), Number(month), Number(date)) &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) <= 60
  if (!sane) return refused(notADate(text, 'a time that exists'))
  if (offset === undefined) {
    if (zone === undefined) return refused(notADate(text, 'a time with its zone, like 2026-02-01T09:30:00Z'))
    return accepted(instantOf(wall - offsetAt(wall, zone)))
  }
  return accepted(instantOf(wall - offsetMs(offset)))
}

/** `2026-02-01T09:30:00Z` and `2026-02-01T09:30:00+05:30`, which logs hold by the million; NaN says nothing. */
function plainInstant(text: string): number {
  const { length } = text
  const isUtc = length === 20 && text.charCodeAt(19) === 90
  if (!isUtc && length !== 25) return NaN
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45 || text.charCodeAt(10) !== 84) return NaN
  if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return NaN
  const year = digitsAt(text, 0, 4)
  const month = digitsAt(text, 5, 7)
  const date = digitsAt(text, 8, 10)
  const hour = digitsAt(text, 11, 13)
  const minute = digitsAt(text, 14, 16)
  const second = digitsAt(text, 17, 19)
  if (!isInRange(year) || !isRealDate(year, month, date)) return NaN
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return NaN
  const wall = Date.UTC(year, month - 1, date, hour, minute, second)
  if (isUtc) return wall
  const sign = text.charCodeAt(19)
  const hours = digitsAt(text, 20, 22)
  const minutes = digitsAt(text, 23, 25)
  if ((sign !== 43 && sign !== 45) || text.charCodeAt(22) !== 58 || hours < 0 || minutes < 0) return NaN
  return wall - (sign === 45 ? -1 : 1) * (hours * 60 + minutes) * 60_000
}

/** -1 when one of them is no digit. */
function digitsAt(text: string, from: number, to: number): number {
  let value = 0
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

/** Local day of an instant. */
export function dayIn(at: Instant, zone: Zone): Day {
  if (zone === UTC) return utcDayOf(Math.floor(at / MS_PER_DAY))
  return new Date(at + zoneOffset(at, zone)).toISOString().slice(0, 10) as Day
}

/** Event files hold many times of few days. */
const utcDays = new Map<number, Day>()

function utcDayOf(epochDay: number): Day {
  let day = utcDays.get(epochDay)
  if (day === undefined) utcDays.set(epochDay, (day = dayOfEpoch(epochDay)))
  return day
}

export function formatInstant(at: Instant): string {
  return new Date(at).toISOString()
}

export function monthOf(day: Day): MonthKey {
  return day.slice(0, 7) as MonthKey
}

/** The week that owns the day's Thursday (ISO 8601): 2027-01-01 is in 2026-W53. */
export function weekOf(day: Day): WeekKey {
  const epochDay = epochDayOf(day)
  const thursday = epochDay + 3 - ((epochDay + 3) % 7)
  const year = Number(dayOfEpoch(thursday).slice(0, 4))
  const first = epochDayOf(`${year}-01-01` as Day)
  return `${year}-W${String(Math.floor((thursday - first) / 7) + 1).padStart(2, '0')}` as WeekKey
}

/** Monday of a week. */
export function firstDayOfWeek(week: WeekKey): Day {
  const year = Number(week.slice(0, 4))
  const fourth = epochDayOf(`${year}-01-04` as Day)
  const monday = fourth - ((fourth + 3) % 7)
  return dayOfEpoch(monday + (Number(week.slice(6)) - 1) * 7)
}

export function addDays(day: Day, days: number): Day {
  return dayOfEpoch(epochDayOf(day) + days)
}

export function addMonths(month: MonthKey, months: number): MonthKey {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((((index % 12) + 12) % 12) + 1).padStart(2, '0')}` as MonthKey
}

/** Both ends included; empty when `to` is before `from`. */
export function monthsBetween(from: MonthKey, to: MonthKey): readonly MonthKey[] {
  const months: MonthKey[] = []
  for (let month = from; month <= to; month = addMonths(month, 1)) months.push(month)
  return months
}

export function lastDayOfMonth(month: MonthKey): Day {
  return addDays(`${addMonths(month, 1)}-01` as Day, -1)
}

/** 2026-11-20 with a February start is fiscal year 2027, period 10, quarter 4. */
export function fiscalPeriodOf(
  month: MonthKey,
  calendar: FiscalCalendar,
): { fiscalYear: number; period: number; quarter: number } {
  const calendarMonth = Number(month.slice(5, 7))
  const period = ((calendarMonth - calendar.startMonth + 12) % 12) + 1
  const startsInYear = Number(month.slice(0, 4)) - (calendarMonth < calendar.startMonth ? 1 : 0)
  const fiscalYear = calendar.startMonth === 1 ? startsInYear : startsInYear + 1
  return { fiscalYear, period, quarter: Math.ceil(period / 3) }
}

export function fiscalQuarterOf(month: MonthKey, calendar: FiscalCalendar): FiscalQuarter {
  const { fiscalYear, period, quarter } = fiscalPeriodOf(month, calendar)
  const first = addMonths(month, -((period - 1) % 3))
  return { fiscalYear, quarter, months: [first, addMonths(first, 1), addMonths(first, 2)] }
}

export function nextQuarter(quarter: FiscalQuarter, calendar: FiscalCalendar, by = 1): FiscalQuarter {
  return fiscalQuarterOf(addMonths(quarter.months[0], 3 * by), calendar)
}

/** `FY26 Q4`. */
export function nameQuarter(quarter: FiscalQuarter): string {
  return `FY${String(quarter.fiscalYear % 100).padStart(2, '0')} Q${quarter.quarter}`
}

/** Whether the runtime knows this IANA zone. */
export function isZone(name: string): name is Zone {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** Reading a million event times must not make a million dates to compare with. */
function isRealDate(year: number, month: number, date: number): boolean {
  if (month < 1 || month > 12 || date < 1) return false
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = month === 2 ? (isLeap ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
  return date <= days
}

function isInRange(year: number): boolean {
  return year >= 1970 && year <= 2199
}

function offsetMs(offset: string): number {
  if (offset === 'Z' || offset === 'UTC') return 0
  const sign = offset.startsWith('-') ? -1 : 1
  return sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2))) * 60_000
}

/**
 * Offset that turns this wall time into UTC; the earlier reading where a clock change makes two. A time the clocks leave out
 * is read as if they had not been changed yet, so that a day that begins with it begins where the day before ends.
 */
function offsetAt(wall: number, zone: Zone): number {
  if (zone === UTC) return 0
  const before = zoneOffset(wall - MS_PER_DAY, zone)
  const after = zoneOffset(wall + MS_PER_DAY, zone)
  if (before === after) return before
  const isOnlyAfter = zoneOffset(wall - before, zone) !== before && zoneOffset(wall - after, zone) === after
  return isOnlyAfter ? after : before
}

const formats = new Map<string, Intl.DateTimeFormat>()

function zoneOffset(at: number, zone: Zone): number {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    formats.set(zone, format)
  }
  const parts: Record<string, number> = {}
  for (const part of format.formatToParts(new Date(at))) parts[part.type] = Number(part.value)
  const wall = Date.UTC(
    parts['year']!,
    parts['month']! - 1,
    parts['day'],
    parts['hour'],
    parts['minute'],
    parts['second'],
  )
  return wall - Math.floor(at / 1000) * 1000
}

function notADate(text: string, wanted: string): Issue {
  return { code: 'calendar/not-a-date', said: text, wanted, did: 'kept-aside' }
}
