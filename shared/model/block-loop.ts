import { binaryLoop } from './elementwise.ts'
import type { BinaryCode } from './instructions.ts'

type Both = (out: Float64Array, a: Float64Array, b: Float64Array, count: number) => void
type OneFixed = (out: Float64Array, a: Float64Array, fixed: number, count: number) => void

/**
 * `binaryLoop` over the samples of a block, where almost all the time of a run goes: four samples a turn, and loops of their
 * own where one side is the same in every sample (`am` or `bm` is 0: only its first number counts). Up to three places after
 * `count` may be written; every block has room for them. Same answers bit for bit.
 */
export function blockLoop(
  code: BinaryCode,
  out: Float64Array,
  a: Float64Array,
  am: number,
  ao: number,
  b: Float64Array,
  bm: number,
  bo: number,
  count: number,
): void {
  if (am !== 0 && bm !== 0) {
    const both = BOTH[code]
    if (both) return both(out, a, b, count)
  } else if (am !== 0) {
    const right = FIXED_RIGHT[code]
    if (right) return right(out, a, b[bo]!, count)
  } else if (bm !== 0) {
    const left = FIXED_LEFT[code]
    if (left) return left(out, b, a[ao]!, count)
  }
  binaryLoop(code, out, 0, a, ao, am, b, bo, bm, count)
}

const BOTH: Partial<Record<BinaryCode, Both>> = { '+': add, '-': subtract, '*': multiply, '/': divide }
const FIXED_RIGHT: Partial<Record<BinaryCode, OneFixed>> = {
  '+': addFixed,
  '-': subtractFixed,
  '*': multiplyFixed,
  '/': divideByFixed,
  min: leastOf,
  max: mostOf,
}
/** x + y and x * y are the same either way round. */
const FIXED_LEFT: Partial<Record<BinaryCode, OneFixed>> = {
  '+': addFixed,
  '-': subtractFromFixed,
  '*': multiplyFixed,
  min: leastOf,
  max: mostOf,
}

function add(out: Float64Array, a: Float64Array, b: Float64Array, count: number): void {
  for (let i = 0; i < count; i += 4) {
    const first = a[i]! + b[i]!
    const second = a[i + 1]! + b[i + 1]!
    const third = a[i + 2]! + b[i + 2]!
    const fourth = a[i + 3]! + b[i + 3]!
    out[i] = first
    out[i + 1] = second
    out[i + 2] = third
    out[i + 3] = fourth
  }
}

function subtract(out: Float64Array, a: Float64Array, b: Float64Array, count: number): void {
  for (let i = 0; i < count; i += 4) {
    const first = a[i]! - b[i]!
    const second = a[i + 1]! - b[i + 1]!
    const third = a[i + 2]! - b[i + 2]!
    const fourth = a[i + 3]! - b[i + 3]!
    out[i] = first
    out[i + 1] = second
    out[i + 2] = third
    out[i + 3] = fourth
  }
}

function multiply(out: Float64Array, a: Float64Array, b: Float64Array, count: number): void {
  for (let i = 0; i < count; i += 4) {
    const first = a[i]! * b[i]!
    const second = a[i + 1]! * b[i + 1]!
    const third = a[i + 2]! * b[i + 2]!
    const fourth = a[i + 3]! * b[i + 3]!
    out[i] = first
    out[i + 1] = second
    out[i + 2] = third
    out[i + 3] = fourth
  }
}

function divide(out: Float64Array, a: Float64Array, b: Float64Array, count: number): void {
  for (let i = 0; i < count; i += 2) {
    const y = b[i]!
    const next = b[i + 1]!
    out[i] = y === 0 ? Number.NaN : a[i]! / y
    out[i + 1] = next === 0 ? Number.NaN : a[i + 1]! / next
  }
}

function addFixed(out: Float64Array, a: Float64Array, y: number, count: number): void {
  for (let i = 0; i < count; i += 4) {
    const first = a[i]! + y
    const second = a[i + 1]! + y
    const third = a[i + 2]! + y
    const fourth = a[i + 3]! + y
    out[i] = first
    out[i + 1] = second
    out[i + 2] = third
    out[i + 3] = fourth
  }
}

function subtractFixed(out: Float64Array, a: Float64Array, y: number, count: number): void {
  for (let i = 0; i < count; i += 4) {
    const first = a[i]! - y
    const second = a[i + 1]! - y
    const third = a[i + 2]! - y
    const fourth = a[i + 3]! - y
    out[i] = first
    out[i + 1] = second
    out[i + 2] = third
    out[i + 3] = fourth
  }
}

function subtractFromFixed(out: Float64Array, a: Float64Array, y: number, count: number): void {
  for (let i = 0; i < count; i += 4) {
    const first = y - a[i]!
    const second = y - a[i + 1]!
    const third = y - a[i + 2]!
    const fourth = y - a[i + 3]!
    out[i] = first
    out[i + 1] = second
    out[i + 2] = third
    out[i + 3] = fourth
  }
}

function multiplyFixed(out: Float64Array, a: Float64Array, y: number, count: number): void {
  for (let i = 0; i < count; i += 4) {
    const first = a[i]! * y
    const second = a[i + 1]! * y
    const third = a[i + 2]! * y
    const fourth = a[i + 3]! * y
    out[i] = first
    out[i + 1] = second
    out[i + 2] = third
    out[i + 3] = fourth
  }
}

function divideByFixed(out: Float64Array, a: Float64Array, y: number, count: number): void {
  if (y === 0) out.fill(Number.NaN, 0, count)
  else for (let i = 0; i < count; i++) out[i] = a[i]! / y
}

function leastOf(out: Float64Array, a: Float64Array, y: number, count: number): void {
  for (let i = 0; i < count; i++) {
    const x = a[i]!
    out[i] = x <= y ? x : y < x ? y : Number.NaN
  }
}

function mostOf(out: Float64Array, a: Float64Array, y: number, count: number): void {
  for (let i = 0; i < count; i++) {
    const x = a[i]!
    out[i] = x >= y ? x : y > x ? y : Number.NaN
  }
}
