import { parseTypedNumber } from './typed-number.ts'

export interface FillOptions {
  /** Fill up or left: the lane is continued before its first cell. */
  readonly isReverse?: boolean
  /** Copy instead of continuing (Ctrl while dragging, Ctrl+D, Ctrl+R). */
  readonly isCopy?: boolean
}

/**
 * Continues one lane of cells: a column when filling down, a row when filling right. One number repeats, two or more go
 * on linearly; month, quarter, date and numbered names count on; formulas and everything else repeat.
 * `['10%', '20%']` goes on with `30%`, `['Nov 26']` with `Dec 26`.
 */
export function fillLane(source: readonly string[], count: number, options: FillOptions = {}): string[] {
  const lane = options.isReverse ? [...source].reverse() : source
  if (lane.length === 0) return []
  if (options.isCopy || lane.some((text) => text.startsWith('='))) return repeat(lane, count)
  return goOnLinearly(lane, count) ?? countOn(lane, count, options.isReverse ? -1 : 1) ?? repeat(lane, count)
}

function repeat(lane: readonly string[], count: number): string[] {
  return Array.from({ length: count }, (_, index) => lane[index % lane.length]!)
}

/** Least squares, as spreadsheets do it; a constant step goes on exactly. */
function goOnLinearly(lane: readonly string[], count: number): string[] | null {
  const numbers = lane.map(parseTypedNumber)
  if (lane.length < 2 || numbers.some((number) => number === null)) return null
  const values = numbers.map((number) => number!.value)
  const middle = (values.length - 1) / 2
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  let [covariance, variance] = [0, 0]
  for (const [index, value] of values.entries()) {
    covariance += (index - middle) * (value - mean)
    variance += (index - middle) ** 2
  }
  const isPercent = numbers[0]!.written === 'percent'
  return Array.from({ length: count }, (_, index) => {
    const value = mean + (covariance / variance) * (values.length + index - middle)
    return isPercent ? `${shortest(value * 100)}%` : String(shortest(value))
  })
}

function shortest(value: number): number {
  return Number(value.toPrecision(12))
}

function countOn(lane: readonly string[], count: number, sign: 1 | -1): string[] | null {
  const series = lane.map(readSeries)
  const [first, second] = series
  if (!first || series.some((member) => member?.family !== first.family)) return null
  const step = second ? second.position - first.position : sign
  const isRegular = series.every((member, index) => member!.position === first.position + step * index)
  if (!isRegular || step === 0) return null
  const last = first.position + step * (lane.length - 1)
  return Array.from({ length: count }, (_, index) => first.show(last + step * (index + 1)))
}

interface SeriesMember {
  /** Members of one family follow each other. */
  readonly family: string
  readonly position: number
  show(position: number): string
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function readSeries(text: string): SeriesMember | null {
  return readMonth(text) ?? readQuarter(text) ?? readMonthKey(text) ?? readDate(text) ?? readNumbered(text)
}

/** `Nov`, `Nov 26`, `Nov-2026`. */
function readMonth(text: string): SeriesMember | null {
  const match = /^([A-Z][a-z]{2})(?:([ -])(\d{4}|\d{2}))?$/.exec(text)
  const month = match ? MONTHS.indexOf(match[1]!) : -1
  if (!match || month < 0) return null
  const [, , separator = '', year] = match
  if (year === undefined) return { family: 'month', position: month, show: (at) => MONTHS[modulo(at, 12)]! }
  return {
    family: `month${separator}${year.length}`,
    position: Number(year) * 12 + month,
    show: (at) => `${MONTHS[modulo(at, 12)]}${separator}${String(Math.floor(at / 12)).padStart(year.length, '0')}`,
  }
}

/** `Q3`, `Q3 2026`. */
function readQuarter(text: string): SeriesMember | null {
  const match = /^Q([1-4])(?:([ -])(\d{4}|\d{2}))?$/.exec(text)
  if (!match) return null
  const [, quarter, separator = '', year] = match
  const index = Number(quarter) - 1
  if (year === undefined) return { family: 'quarter', position: index, show: (at) => `Q${modulo(at, 4) + 1}` }
  return {
    family: `quarter${separator}${year.length}`,
    position: Number(year) * 4 + index,
    show: (at) => `Q${modulo(at, 4) + 1}${separator}${String(Math.floor(at / 4)).padStart(year.length, '0')}`,
  }
}

/** `2026-11`. */
function readMonthKey(text: string): SeriesMember | null {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text)
  if (!match) return null
  return {
    family: 'month key',
    position: Number(match[1]) * 12 + Number(match[2]) - 1,
    show: (at) => `${Math.floor(at / 12)}-${String(modulo(at, 12) + 1).padStart(2, '0')}`,
  }
}

/** `2026-11-20`. */
function readDate(text: string): SeriesMember | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return null
  const position = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / 86_400_000
  return { family: 'date', position, show: (at) => new Date(at * 86_400_000).toISOString().slice(0, 10) }
}

/** `KR 7`, `W09`: a name that ends in a number. */
function readNumbered(text: string): SeriesMember | null {
  const match = /^(.*?\D)(\d{1,9})$/.exec(text)
  if (!match) return null
  const [, name = '', digits = ''] = match
  const width = digits.startsWith('0') ? digits.length : 0
  return { family: `name ${name}`, position: Number(digits), show: (at) => name + String(at).padStart(width, '0') }
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by
}
