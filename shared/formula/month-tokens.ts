import { ExternalTokenizer } from '@lezer/lr'
import { Month } from './parser.terms.ts'

/**
 * Reads `2026-03` as a month. A tokenizer of its own because the longest match alone would also read the start of
 * `2000-100`: a month needs a year 1900 … 2199, two digits 01 … 12, and nothing after it that continues a number.
 * A subtraction that looks like a month is written with spaces, `2026 - 03`.
 */
export const monthTokens = new ExternalTokenizer((input) => {
  const century = digit(input.peek(0)) * 10 + digit(input.peek(1))
  if (!(century >= 19 && century <= 21)) return
  if (!(digit(input.peek(2)) >= 0 && digit(input.peek(3)) >= 0) || input.peek(4) !== 45) return
  const month = digit(input.peek(5)) * 10 + digit(input.peek(6))
  if (!(month >= 1 && month <= 12)) return
  const next = input.peek(7)
  const isDecimal = next === 46 && input.peek(8) !== 46
  const isWord = (next | 32) >= 97 && (next | 32) <= 122
  if (digit(next) >= 0 || isDecimal || isWord || next === 37 || next === 95) return
  input.acceptToken(Month, 7)
})

function digit(code: number): number {
  return code >= 48 && code <= 57 ? code - 48 : Number.NaN
}
