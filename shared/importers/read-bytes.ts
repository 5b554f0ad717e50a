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
