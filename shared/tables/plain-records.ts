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
 * What it reads it reads as `RecordSplitter` and `splitCells` do; `\n` and `\r\n` end records.
 */
export function readPlainRecords(
  text: string,
  from: number,
  delimiter: string,
  firstLine: number,
  headerLine: number,
  into: PlainRecords,
): { readonly end: number; readonly lines: number } {
  const between = delimiter.charCodeAt(0)
  const { length } = text
  const { rows, lines } = into
  let line = firstLine
  let record = from
  let above: readonly string[] = []
  while (record < length) {
    // Columns repeat themselves: the cell above is taken again where it is the same, which spares the copy.
    const cells: string[] = []
    cells.length = above.length
    let count = 0
    let inner = 0
    let i = record
    let end = -1
    while (end < 0) {
      let code = i < length ? text.charCodeAt(i) : -1
      if (code === QUOTE) {
        const start = ++i
        code = i < length ? text.charCodeAt(i) : -1
        while (code !== QUOTE && code !== -1) {
          if (code === LF) inner++
          code = ++i < length ? text.charCodeAt(i) : -1
        }
        const close = i++
        code = i < length ? text.charCodeAt(i) : -1
        if (code === CR && i + 1 < length && text.charCodeAt(i + 1) === LF) {
          code = LF
          i++
        }
        if (code !== between && code !== LF) return { end: record, lines: line - firstLine }
        cells[count] = close === start ? '' : cellOf(text, start, close, above[count])
        count++
        if (code === LF) end = i
        i++
        continue
      }
      if (code === SPACE && isPadded(text, i)) return { end: record, lines: line - firstLine }
      const start = i
      while (code !== between && code !== LF && code !== -1) code = ++i < length ? text.charCodeAt(i) : -1
      if (code === -1) return { end: record, lines: line - firstLine }
      let close = i
      if (code === LF) {
        end = i
        if (close > start && text.charCodeAt(close - 1) === CR) close--
      }
      cells[count] = close === start ? '' : cellOf(text, start, close, above[count])
      count++
      i++
    }
    if (count < cells.length) cells.length = count
    if (end - record > LIMITS.fieldChars) return { end: record, lines: line - firstLine }
    const isEmpty = cells.length === 1 && cells[0] === '' && text.charCodeAt(record) !== QUOTE
    if (line > headerLine && !isEmpty) {
      rows.push(cells)
      lines.push(line)
    }
    above = cells
    line += 1 + inner
    record = end + 1
  }
  return { end: record, lines: line - firstLine }
}

function cellOf(text: string, start: number, close: number, above: string | undefined): string {
  const length = close - start
  if (above === undefined || above.length !== length || length > MAX_COMPARED) return text.slice(start, close)
  // Numbers and times differ at their ends first.
  for (let i = length - 1; i >= 0; i--)
    if (above.charCodeAt(i) !== text.charCodeAt(start + i)) return text.slice(start, close)
  return above
}

const MAX_COMPARED = 64

function isPadded(text: string, from: number): boolean {
  let i = from
  while (text.charCodeAt(i) === SPACE) i++
  return text.charCodeAt(i) === QUOTE
}
