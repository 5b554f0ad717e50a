import { exactExp, exactLog, exactPower } from '../chance/index.ts'
import type { BinaryCode, UnaryCode } from './instructions.ts'

const LN_10 = exactLog(10)

/**
 * One loop per operator over `count` values from offset `o`. A mask of -1 walks an operand, 0 repeats its first value, so one
 * loop serves vectors and numbers alike. Undefined (NaN) in, undefined out; a division by zero is undefined, not infinite.
 */
export function binaryLoop(
  code: BinaryCode,
  out: Float64Array,
  o: number,
  a: Float64Array,
  ao: number,
  am: number,
  b: Float64Array,
  bo: number,
  bm: number,
  count: number,
): void {
  switch (code) {
    case '+':
      for (let i = 0; i < count; i++) out[o + i] = a[ao + (i & am)]! + b[bo + (i & bm)]!
      return
    case '-':
      for (let i = 0; i < count; i++) out[o + i] = a[ao + (i & am)]! - b[bo + (i & bm)]!
      return
    case '*':
      for (let i = 0; i < count; i++) out[o + i] = a[ao + (i & am)]! * b[bo + (i & bm)]!
      return
    case '/':
      for (let i = 0; i < count; i++) {
        const y = b[bo + (i & bm)]!
        out[o + i] = y === 0 ? Number.NaN : a[ao + (i & am)]! / y
      }
      return
    case '^':
      for (let i = 0; i < count; i++) out[o + i] = exactPower(a[ao + (i & am)]!, b[bo + (i & bm)]!)
      return
    case '=':
      for (let i = 0; i < count; i++) {
        const x = a[ao + (i & am)]!
        const y = b[bo + (i & bm)]!
        out[o + i] = x === y ? 1 : x - y !== x - y ? Number.NaN : 0
      }
      return
    case '<>':
      for (let i = 0; i < count; i++) {
        const x = a[ao + (i & am)]!
        const y = b[bo + (i & bm)]!
        out[o + i] = x === y ? 0 : x - y !== x - y ? Number.NaN : 1
      }
      return
    case '<':
      for (let i = 0; i < count; i++) {
        const x = a[ao + (i & am)]!
        const y = b[bo + (i & bm)]!
        out[o + i] = x < y ? 1 : x >= y ? 0 : Number.NaN
      }
      return
    case '>':
      for (let i = 0; i < count; i++) {
        const x = a[ao + (i & am)]!
        const y = b[bo + (i & bm)]!
        out[o + i] = x > y ? 1 : x <= y ? 0 : Number.NaN
      }
      return
    case '<=':
      for (let i = 0; i < count; i++) {
        const x = a[ao + (i & am)]!
        const y = b[bo + (i & bm)]!
        out[o + i] = x <= y ? 1 : x > y ? 0 : Number.NaN
      }
      return
    case '>=':
      for (let i = 0; i < count; i++) {
        const x = a[ao + (i & am)]!
        const y = b[bo + (i & bm)]!
        out[o + i] = x >= y ? 1 : x < y ? 0 : Number.NaN
      }
      return
    case 'min':
      for (let i = 0; i < count; i++) {
        const x = a[ao + (i & am)]!
        const y = b[bo + (i & bm)]!
        out[o + i] = x <= y ? x : y < x ? y : Number.NaN
      }
      return
    case 'max':
      for (let i = 0; i < count; i++) {
        const x = a[ao + (i & am)]!
        const y = b[bo + (i & bm)]!
        out[o + i] = x >= y ? x : y > x ? y : Number.NaN
      }
      return
    case 'and':
      for (let i = 0; i < count; i++) {
        const x = a[ao + (i & am)]!
        const y = b[bo + (i & bm)]!
        out[o + i] = x !== x || y !== y ? Number.NaN : x !== 0 && y !== 0 ? 1 : 0
      }
      return
    case 'or':
      for (let i = 0; i < count; i++) {
        const x = a[ao + (i & am)]!
        const y = b[bo + (i & bm)]!
        out[o + i] = x !== x || y !== y ? Number.NaN : x !== 0 || y !== 0 ? 1 : 0
      }
      return
    case 'iferror':
      for (let i = 0; i < count; i++) {
        const x = a[ao + (i & am)]!
        out[o + i] = Number.isFinite(x) ? x : b[bo + (i & bm)]!
      }
      return
    case 'mod':
      for (let i = 0; i < count; i++) {
        const x = a[ao + (i & am)]!
        const y = b[bo + (i & bm)]!
        out[o + i] = y === 0 ? Number.NaN : x - y * Math.floor(x / y)
      }
      return
    case 'round':
    case 'roundup':
    case 'rounddown':
      for (let i = 0; i < count; i++) out[o + i] = roundTo(code, a[ao + (i & am)]!, b[bo + (i & bm)]!)
  }
}

export function unaryLoop(
  code: UnaryCode,
  out: Float64Array,
  o: number,
  a: Float64Array,
  ao: number,
  am: number,
  count: number,
): void {
  switch (code) {
    case 'negate':
      for (let i = 0; i < count; i++) out[o + i] = -a[ao + (i & am)]!
      return
    case 'abs':
      for (let i = 0; i < count; i++) out[o + i] = Math.abs(a[ao + (i & am)]!)
      return
    case 'int':
      for (let i = 0; i < count; i++) out[o + i] = Math.floor(a[ao + (i & am)]!)
      return
    case 'exp':
      for (let i = 0; i < count; i++) out[o + i] = exactExp(a[ao + (i & am)]!)
      return
    case 'ln':
      for (let i = 0; i < count; i++) out[o + i] = positiveLog(a[ao + (i & am)]!)
      return
    case 'log10':
      for (let i = 0; i < count; i++) out[o + i] = log10(a[ao + (i & am)]!)
      return
    case 'sqrt':
      for (let i = 0; i < count; i++) out[o + i] = Math.sqrt(a[ao + (i & am)]!)
      return
    case 'sign':
      for (let i = 0; i < count; i++) out[o + i] = Math.sign(a[ao + (i & am)]!)
      return
    case 'not':
      for (let i = 0; i < count; i++) {
        const x = a[ao + (i & am)]!
        out[o + i] = x !== x ? Number.NaN : x === 0 ? 1 : 0
      }
      return
    case 'month':
      for (let i = 0; i < count; i++) out[o + i] = monthOfYear(a[ao + (i & am)]!)
      return
    case 'quarter':
      for (let i = 0; i < count; i++) out[o + i] = Math.ceil(monthOfYear(a[ao + (i & am)]!) / 3)
      return
    case 'year':
      for (let i = 0; i < count; i++) out[o + i] = Math.floor(a[ao + (i & am)]! / 12)
  }
}

/** Halves away from zero. The factor lifts 2.675, stored as 2.67499999999999982, over its half, as Excel's ROUND does. */
export function roundTo(code: 'round' | 'roundup' | 'rounddown', x: number, digits: number): number {
  const places = Math.trunc(digits)
  if (!Number.isFinite(x) || Math.abs(places) > 300) return places > 300 ? x : Number.NaN
  const scale = exactPower(10, Math.abs(places))
  const size = places >= 0 ? Math.abs(x) * scale : Math.abs(x) / scale
  if (size > 4503599627370496) return x
  const nudge = size * 4.440892098500626e-16
  const whole =
    code === 'round'
      ? Math.floor(size + nudge + 0.5)
      : code === 'roundup'
        ? Math.ceil(size - nudge)
        : Math.floor(size + nudge)
  const result = places >= 0 ? whole / scale : whole * scale
  return x < 0 ? -result : result
}

function positiveLog(x: number): number {
  return x > 0 ? exactLog(x) : Number.NaN
}

function log10(x: number): number {
  const value = positiveLog(x) / LN_10
  const whole = Math.round(value)
  // Powers of ten come out whole.
  return Math.abs(value - whole) < 1e-12 && Math.abs(whole) <= 22 && exactPower(10, whole) === x ? whole : value
}

function monthOfYear(serial: number): number {
  return serial - 12 * Math.floor(serial / 12) + 1
}
