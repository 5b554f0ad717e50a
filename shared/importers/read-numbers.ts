import { type Nanos, parseNanos } from '../money/index.ts'
import type { RecordCells } from '../tables/index.ts'
import { digitsIn } from './read-bytes.ts'

export type DecimalMark = '.' | ','

const MAX_NANOS = 2n ** 63n - 1n

/** Whole number of 0 or more; `31422.0` counts as whole. null = empty, NaN = something else. */
export function readCount(text: string): number | null {
  const length = text.length
  if (length === 0) return null
  let value = 0
  for (let i = 0; i < length; i++) {
    const digit = text.charCodeAt(i) - 48
    if (digit >= 0 && digit <= 9) value = value * 10 + digit
    else if (digit === -2 && i > 0 && isZeros(text, i + 1)) break
    else return text.trim() === text ? NaN : readCount(text.trim())
  }
  return value <= Number.MAX_SAFE_INTEGER ? value : NaN
}

function isZeros(text: string, from: number): boolean {
  for (let i = from; i < text.length; i++) if (text.charCodeAt(i) !== 48) return false
  return true
}

/** Like `readCount`, with a decimal point allowed: `0.8999999999999999` premium requests. */
export function readQuantity(text: string): number | null {
  const bare = text.trim()
  if (bare === '') return null
  return bare.length <= 40 && /^\d{1,15}(?:\.\d{1,20})?$/.test(bare) ? Number(bare) : NaN
}

/** null = empty, `bad` = not an amount, `range` = more than columns of 64 bits hold. */
export function readAmount(text: string, mark: DecimalMark = '.'): Nanos | null | 'bad' | 'range' {
  const bare = text.trim()
  if (bare === '') return null
  const plain = plainDecimal(bare, mark)
  if (plain === null) return 'bad'
  const parsed = parseNanos(plain)
  if (!parsed.ok) return /[eE]/.test(plain) ? 'range' : 'bad'
  return parsed.value > MAX_NANOS || parsed.value < -MAX_NANOS ? 'range' : parsed.value
}

/**
 * A number as people and spreadsheets write it, as a plain decimal: `1.234,50` with mark `,` is `1234.50`; `(3)`, `3-` and
 * `−3` are `-3`. Group signs only where groups belong (three digits; two and then three as in 1,23,456). null = no number.
 */
export function plainDecimal(text: string, mark: DecimalMark): string | null {
  if (text.length > 60) return null
  if (mark === '.' && /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/.test(text)) return text
  let body = text
  let isNegative = false
  if (body.startsWith('(') && body.endsWith(')')) [body, isNegative] = [body.slice(1, -1), true]
  else if (body.startsWith('-') || body.startsWith('\u2212')) [body, isNegative] = [body.slice(1), true]
  else if (body.endsWith('-') || body.endsWith('\u2212')) [body, isNegative] = [body.slice(0, -1), true]
  else if (body.startsWith('+')) body = body.slice(1)
  const at = body.lastIndexOf(mark)
  const whole = at < 0 ? body : body.slice(0, at)
  const fraction = at < 0 ? '' : body.slice(at + 1)
  if (at >= 0 && !/^\d+(?:[eE][+-]?\d{1,3})?$/.test(fraction)) return null
  const digits = ungroup(whole, mark)
  if (digits === null) return null
  return `${isNegative ? '-' : ''}${digits}${at < 0 ? '' : `.${fraction}`}`
}

function ungroup(whole: string, mark: DecimalMark): string | null {
  if (/^\d+$/.test(whole)) return whole
  const sign = /[^\d]/.exec(whole)?.[0]
  if (sign === undefined || sign === mark || !GROUP_SIGNS.has(sign)) return null
  const groups = whole.split(sign)
  const [first = '', ...rest] = groups
  if (!groups.every((group) => /^\d+$/.test(group)) || first.length > 3) return null
  const last = rest.at(-1)!
  const isThousands = rest.every((group) => group.length === 3)
  const isLakh =
    sign === ',' && first.length <= 2 && last.length === 3 && rest.slice(0, -1).every((group) => group.length === 2)
  return isThousands || isLakh ? groups.join('') : null
}

const GROUP_SIGNS: ReadonlySet<string> = new Set([',', '.', "'", '\u2019', ' ', '\u00A0', '\u202F'])

/** Whether one to three digits could stand before a group of three. */
function isGroupStart(text: string): boolean {
  const digits = text.replaceAll(/^\D+/g, '')
  return digits.length >= 1 && digits.length <= 3 && digits !== '0'
}

/** What a whole column shows about its decimal mark. */
export class DecimalEvidence {
  private hasPoint = false
  private hasComma = false
  /** A value both marks could explain. */
  private ambiguous: string | null = null

  /** As `see`: most cells hold digits alone, which show nothing and need not be made strings. */
  seeCell(cells: RecordCells, at: number): void {
    if (cells.strings === null && (cells.isEmpty(at) || digitsIn(cells.bytes, cells.starts[at]!, cells.ends[at]!) >= 0))
      return
    this.see(cells.text(at))
  }

  see(text: string): void {
    const bare = text.trim()
    const point = bare.lastIndexOf('.')
    const comma = bare.lastIndexOf(',')
    if (point < 0 && comma < 0) return
    if (point >= 0 && comma >= 0) {
      if (point > comma) this.hasPoint = true
      else this.hasComma = true
      return
    }
    const [at, isPoint] = point >= 0 ? [point, true] : [comma, false]
    const isRepeated = bare.indexOf(isPoint ? '.' : ',') !== at
    const couldGroup = bare.length - at - 1 === 3 && isGroupStart(bare.slice(0, at))
    if (isRepeated) {
      if (isPoint) this.hasComma = true
      else this.hasPoint = true
    } else if (!couldGroup) {
      if (isPoint) this.hasPoint = true
      else this.hasComma = true
    } else this.ambiguous ??= bare
  }

  /** The mark the column proves, `.` where no value has any; null with the value that could be either. */
  decide(): { readonly mark: DecimalMark } | { readonly mark: null; readonly said: string } {
    if (this.hasPoint && this.hasComma)
      return this.ambiguous === null ? { mark: '.' } : { mark: null, said: this.ambiguous }
    if (this.hasPoint) return { mark: '.' }
    if (this.hasComma) return { mark: ',' }
    return this.ambiguous === null ? { mark: '.' } : { mark: null, said: this.ambiguous }
  }
}
