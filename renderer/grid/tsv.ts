/**
 * Clipboard text as spreadsheets write and read it. On the other side are Excel, Sheets and LibreOffice: cells are
 * separated by tabs, lines by any line end, and a cell that holds a tab, a line end or a quote is quoted with its
 * quotes doubled.
 */

import { unguardFormula } from '../../shared/tables/index.ts'

const TAB = 9
const LINE_FEED = 10
const RETURN = 13
const QUOTE = 34

/** The block as a rectangle: short lines are filled with empty cells. One trailing line end is not a row. */
export function parseTsv(text: string): string[][] {
  if (text === '') return []
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  for (;;) {
    const isQuoted = text.charCodeAt(at) === QUOTE && closesProperly(text, at)
    const cell = isQuoted ? quotedCell(text, at) : plainCell(text, at)
    row.push(cell.text)
    at = cell.end
    if (at < text.length && text.charCodeAt(at) === TAB) {
      at += 1
      continue
    }
    rows.push(row)
    row = []
    if (at >= text.length) break
    at += text.charCodeAt(at) === RETURN && text.charCodeAt(at + 1) === LINE_FEED ? 2 : 1
    if (at >= text.length) break
  }
  const width = Math.max(...rows.map((cells) => cells.length))
  for (const cells of rows) while (cells.length < width) cells.push('')
  return rows
}

/** A block another program put on the clipboard, or we for it: without the apostrophes that keep texts from being computed. */
export function parseForeignTsv(text: string): string[][] {
  return parseTsv(text).map((cells) => cells.map(unguardFormula))
}

/** Lines end with LF, which every reader takes; Excel itself writes CRLF. */
export function formatTsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.map(quoted).join('\t')).join('\n')
}

function quotedCell(text: string, start: number): { text: string; end: number } {
  let cell = ''
  let from = start + 1
  for (;;) {
    const quote = text.indexOf('"', from)
    if (text.charCodeAt(quote + 1) === QUOTE) {
      cell += text.slice(from, quote + 1)
      from = quote + 2
      continue
    }
    cell += text.slice(from, quote)
    return { text: cell.replace(/\r\n?/g, '\n'), end: quote + 1 }
  }
}

function plainCell(text: string, start: number): { text: string; end: number } {
  let end = start
  while (end < text.length && !isCellEnd(text.charCodeAt(end))) end += 1
  return { text: text.slice(start, end), end }
}

/** `"hello` and `5" pipe`, typed by hand, begin with or hold a quote that ends nothing; such a cell is literal text. */
function closesProperly(text: string, start: number): boolean {
  let from = start + 1
  for (;;) {
    const quote = text.indexOf('"', from)
    if (quote < 0) return false
    const next = text.charCodeAt(quote + 1)
    if (next !== QUOTE) return Number.isNaN(next) || isCellEnd(next)
    from = quote + 2
  }
}

function isCellEnd(code: number): boolean {
  return code === TAB || code === LINE_FEED || code === RETURN
}

function quoted(cell: string): string {
  return /[\t\n\r"]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell
}
