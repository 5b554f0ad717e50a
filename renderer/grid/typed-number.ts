/** A number as people type it into a planning cell. */
export interface TypedNumber {
  readonly value: number
  /** How it was written, so that a series of percents goes on as percents. */
  readonly written: 'plain' | 'percent' | 'currency' | 'scaled'
}

const SCALES: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, mm: 1e6, b: 1e9, bn: 1e9, t: 1e12 }
const GROUPS = /[,' _\u00a0\u202f]/g
const PATTERN =
  /^([+-])?\s*([$€£¥])?\s*([+-])?\s*((?:\d{1,3}(?:[,' _\u00a0\u202f]\d{3})+|\d+)(?:\.\d*)?|\.\d+)(?:e([+-]?\d{1,3}))?\s*(k|mm|m|bn|b|t)?\s*(%|bps)?\s*([$€£¥])?$/i

/**
 * Reads `$1.2k` (1,200), `3M`, `12%` (0.12), `25bps` (0.0025), `(1,200)` (-1,200), `−5`, `1 234`, `.5`.
 * Null when it is not one number: `1,2` (a group needs three digits, so this may be a decimal comma), `Q1 2026`, `--5`.
 */
export function parseTypedNumber(text: string): TypedNumber | null {
  const trimmed = text.trim().replace(/\u2212/g, '-')
  const isBracketed = trimmed.startsWith('(') && trimmed.endsWith(')')
  const match = PATTERN.exec(isBracketed ? trimmed.slice(1, -1).trim() : trimmed)
  if (!match) return null
  const [, outerSign, currencyBefore, innerSign, digits = '', exponent, scale, suffix, currencyAfter] = match
  const sign = outerSign ?? innerSign
  if ((outerSign && innerSign) || (isBracketed && sign === '-')) return null
  const plain = Number(digits.replace(GROUPS, '') + (exponent === undefined ? '' : `e${exponent}`))
  if (!Number.isFinite(plain)) return null
  const scaled = scale === undefined ? plain : rounded(plain * SCALES[scale.toLowerCase()]!)
  const value = suffix === undefined ? scaled : rounded(scaled / (suffix === '%' ? 100 : 10_000))
  const isNegative = (isBracketed || sign === '-') && value !== 0
  return {
    value: isNegative ? -value : value,
    written: suffix ? 'percent' : currencyBefore || currencyAfter ? 'currency' : scale ? 'scaled' : 'plain',
  }
}

/** 1.1 * 1000 must be 1100 and 33.3 / 100 must be 0.333: fifteen digits are what a double holds for certain. */
function rounded(value: number): number {
  return Number(value.toPrecision(15))
}
