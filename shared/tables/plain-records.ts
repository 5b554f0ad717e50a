import Papa from 'papaparse'
import { LIMITS } from './limits.ts'

const [LF, CR, SPACE, QUOTE] = [10, 13, 32, 34] as const

export interface PlainRecords {
  readonly rows: (readonly string[])[]
  /** 1-based physical line each record starts on. */
  readonly lines: number[]
}

/**
 * Reads whole records from `from` on and adds those below the header that are not empty. Stops before a record it must
 * not judge: one with doubled quotes, spaces around quotes, text after a quote, no end in this text, or of unusual length.
 *
 * papaparse cuts the cells. It is given text that ends at record borders, whose line ends are all alike and whose number
 * of records is known, because it glues records where line ends mix and swallows the rest of a text behind a stray quote.
 */
export function readPlainRecords(
  text: string,
  from: number,
  delimiter: string,
  firstLine: number,
  headerLine: number,
  into: PlainRecords,
): PlainReading {
  let at = from
  let line = firstLine
  for (;;) {
    const stretch = findPlainStretch(text, at, delimiter, line)
    if (stretch.end === at) return { end: at, lines: line - firstLine, isAgreed: true }
    if (!addStretch(text.slice(at, stretch.end), stretch, delimiter, headerLine, into))
      return { end: at, lines: line - firstLine, isAgreed: false }
    at = stretch.end
    line = stretch.nextLine
  }
}

export interface PlainReading {
  readonly end: number
  readonly lines: number
  /** False where papaparse counts other records than were found: this text is for the careful reader alone. */
  readonly isAgreed: boolean
}

interface PlainStretch {
  readonly end: number
  readonly nextLine: number
  readonly newline: '\n' | '\r\n'
  /** Per record the physical line it starts on; negative where the record is an empty line. */
  readonly starts: readonly number[]
}

/** As many plain records as have the same line end as the first. */
function findPlainStretch(text: string, from: number, delimiter: string, firstLine: number): PlainStretch {
  const between = delimiter.charCodeAt(0)
  const { length } = text
  const starts: number[] = []
  let newline: '\n' | '\r\n' | null = null
  let line = firstLine
  let record = from
  search: while (record < length) {
    let inner = 0
    let i = record
    let end = -1
    while (end < 0) {
      let code = i < length ? text.charCodeAt(i) : -1
      if (code === QUOTE) {
        code = ++i < length ? text.charCodeAt(i) : -1
        while (code !== QUOTE && code !== -1) {
          if (code === LF) inner++
          code = ++i < length ? text.charCodeAt(i) : -1
        }
        code = ++i < length ? text.charCodeAt(i) : -1
        if (code === CR && i + 1 < length && text.charCodeAt(i + 1) === LF) {
          code = LF
          i++
        }
        if (code !== between && code !== LF) break search
      } else {
        if (code === SPACE && isPadded(text, i)) break search
        while (code !== between && code !== LF && code !== -1) code = ++i < length ? text.charCodeAt(i) : -1
        if (code === -1) break search
      }
      if (code === LF) end = i
      i++
    }
    if (end - record > LIMITS.fieldChars) break
    const isReturned = end > record && text.charCodeAt(end - 1) === CR
    const ending = isReturned ? '\r\n' : '\n'
    newline ??= ending
    if (ending !== newline) break
    starts.push(end - record === (isReturned ? 1 : 0) ? -line : line)
    line += 1 + inner
    record = end + 1
  }
  return { end: record, nextLine: line, newline: newline ?? '\n', starts }
}

function addStretch(
  text: string,
  { newline, starts }: PlainStretch,
  delimiter: string,
  headerLine: number,
  { rows, lines }: PlainRecords,
): boolean {
  const { data, errors } = Papa.parse<string[]>(text.slice(0, -newline.length), { delimiter, newline })
  if (data.length !== starts.length || errors.length > 0) return false
  for (const [index, start] of starts.entries()) {
    if (start <= headerLine) continue
    rows.push(data[index]!)
    lines.push(start)
  }
  return true
}

function isPadded(text: string, from: number): boolean {
  let i = from
  while (text.charCodeAt(i) === SPACE) i++
  return text.charCodeAt(i) === QUOTE
}
