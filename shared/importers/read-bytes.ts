/** Cells as exports write them most, read where they stand. Whatever else a cell may be is for the careful readers to say. */

const [MINUS, POINT, ZERO, NINE] = [45, 46, 48, 57] as const

/** `31422` or `31422.0`, at most 15 letters; -1 for everything else. */
export function countIn(bytes: Uint8Array, from: number, to: number): number {
  if (to - from > 15) return -1
  let value = 0
  let i = from
  for (; i < to; i++) {
    const digit = bytes[i]! - ZERO
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
  }
  if (i === to) return value
  if (i === from || bytes[i] !== POINT) return -1
  for (i++; i < to; i++) if (bytes[i] !== ZERO) return -1
  return value
}

/**
 * `-12.34` with at most six digits before the point and any number behind it, in nanos, the tenth decimal rounded half away
 * from zero: `0.00340000005` is 3,400,000. NaN for everything else.
 */
export function nanosIn(bytes: Uint8Array, from: number, to: number): number {
  const isNegative = bytes[from] === MINUS
  const start = isNegative ? from + 1 : from
  let value = 0
  let i = start
  for (; i < to; i++) {
    const digit = bytes[i]! - ZERO
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
  }
  if (i === start || i - start > 6) return NaN
  let decimals = 0
  if (i < to) {
    if (bytes[i] !== POINT || i + 1 === to || to - i > 40) return NaN
    for (i++; i < to; i++) {
      const code = bytes[i]!
      if (code < ZERO || code > NINE) return NaN
      if (decimals === 9 && code >= ZERO + 5) value++
      if (decimals < 9) value = value * 10 + code - ZERO
      decimals++
    }
  }
  if (decimals < 9) value *= POWERS[9 - decimals]!
  return isNegative && value !== 0 ? -value : value
}

const POWERS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]

/** -1 when one of them is no digit. */
export function digitsIn(bytes: Uint8Array, from: number, to: number): number {
  let value = 0
  for (let i = from; i < to; i++) {
    const digit = bytes[i]! - ZERO
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

const [DASH, COLON, SPACE, LETTER_T, LETTER_Z, PLUS] = [45, 58, 32, 84, 90, 43] as const

/** Times of one column as logs and event files write them; neighbours mostly share their day. */
export class PlainTimes {
  /** The day read last, and its first moment. */
  private lastDay = -1
  private lastStart = 0

  /** `2026-02-01T09:30:00Z`, with up to three decimals, or `2026-02-01T09:30:00+05:30`, in epoch ms; -1 for anything else. */
  read(bytes: Uint8Array, from: number, to: number): number {
    const length = to - from
    if (length < 20 || length > 25) return -1
    const letter = bytes[from + 10]
    if (bytes[from + 4] !== DASH || bytes[from + 7] !== DASH || (letter !== LETTER_T && letter !== SPACE)) return -1
    if (bytes[from + 13] !== COLON || bytes[from + 16] !== COLON) return -1
    const year = twoDigits(bytes, from) * 100 + twoDigits(bytes, from + 2)
    const month = twoDigits(bytes, from + 5)
    const date = twoDigits(bytes, from + 8)
    const hour = twoDigits(bytes, from + 11)
    const minute = twoDigits(bytes, from + 14)
    const second = twoDigits(bytes, from + 17)
    // Every part is a number of two digits or negative: one comparison each settles it.
    if (year < 1970 || year > 2199 || month < 1 || month > 12 || date < 1 || date > DAYS_AT_LEAST[month]!) return -1
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return -1
    const rest = bytes[to - 1] === LETTER_Z ? fractionIn(bytes, from + 19, to - 1) : offsetIn(bytes, from + 19, to)
    const day = (year * 16 + month) * 32 + date
    if (day !== this.lastDay) {
      this.lastDay = day
      this.lastStart = Date.UTC(year, month - 1, date)
    }
    const at = this.lastStart + hour * 3_600_000 + minute * 60_000 + second * 1000 + rest
    return at >= 0 ? at : -1
  }
}

/** Less than -100 when one of them is no digit. */
function twoDigits(bytes: Uint8Array, from: number): number {
  const ten = bytes[from]! - ZERO
  const one = bytes[from + 1]! - ZERO
  return ten >= 0 && ten <= 9 && one >= 0 && one <= 9 ? ten * 10 + one : -10_000
}

/** February ends early here: the 29th takes the careful road. */
const DAYS_AT_LEAST = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** `.5`, `.25`, `.125` or nothing, in ms; NaN for anything else. */
function fractionIn(bytes: Uint8Array, from: number, to: number): number {
  if (from === to) return 0
  const decimals = to - from - 1
  const fraction = bytes[from] === POINT && decimals > 0 && decimals < 4 ? digitsIn(bytes, from + 1, to) : -1
  return fraction < 0 ? NaN : fraction * POWERS[3 - decimals]!
}

/** What `+05:30` takes off a time on the wall, in ms; NaN for anything else. */
function offsetIn(bytes: Uint8Array, from: number, to: number): number {
  const sign = bytes[from]
  if (to - from !== 6 || bytes[from + 3] !== COLON || (sign !== PLUS && sign !== MINUS)) return NaN
  const hours = twoDigits(bytes, from + 1)
  const minutes = twoDigits(bytes, from + 4)
  if (hours < 0 || minutes < 0) return NaN
  return (hours * 60 + minutes) * (sign === PLUS ? -60_000 : 60_000)
}
