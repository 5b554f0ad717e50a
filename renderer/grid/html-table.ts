import { unguardFormula } from '../../shared/tables/index.ts'

/** The same block as a table: what Excel, Sheets, Word and mail programs take when both are on the clipboard. */
export function formatHtmlTable(rows: readonly (readonly string[])[]): string {
  const lines = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`)
  return `<meta charset="utf-8"><table>${lines.join('')}</table>`
}

/**
 * The first table of a page on the clipboard, for programs that put no text beside it. Read as text: nothing of it becomes
 * part of this page. A cell over several columns or rows fills the first and leaves the others empty.
 */
export function parseHtmlTable(html: string): string[][] {
  const table = /<table[\s>][\s\S]*?<\/table>/i.exec(
    html.replace(/<(style|script)[\s>][\s\S]*?<\/\1>|<!--[\s\S]*?-->/gi, ''),
  )
  const rows: string[][] = []
  let room = MOST_SPANNED
  for (const [at, [, line]] of [
    ...(table?.[0] ?? '').matchAll(/<tr(?:\s[^>]*)?>([\s\S]*?)(?=<tr[\s>]|<\/tr>|<\/table>)/gi),
  ].entries()) {
    const row = (rows[at] ??= [])
    let column = 0
    for (const [, attributes, content] of line!.matchAll(/<t[dh](\s[^>]*)?>([\s\S]*?)(?=<t[dh][\s>]|<\/t[dh]>|$)/gi)) {
      while (row[column] !== undefined) column += 1
      const said = ['colspan', 'rowspan'].map((name) => spanOf(attributes ?? '', name)) as [number, number]
      const [wide, high] = said[0] * said[1] <= room ? said : [1, 1]
      room -= wide * high
      for (let down = 0; down < high; down++) {
        const below = (rows[at + down] ??= [])
        for (let right = 0; right < wide; right++) below[column + right] = ''
      }
      row[column] = unguardFormula(textOf(content!))
      column += wide
    }
  }
  const width = Math.max(0, ...rows.map((cells) => cells.length))
  return rows.map((cells) => Array.from({ length: width }, (_, column) => cells[column] ?? ''))
}

const MOST_SPAN = 1000
/** Cells all spans of a table may fill; beyond it a cell is one cell, or a page could make a table larger than the memory. */
const MOST_SPANNED = 1_000_000

function spanOf(attributes: string, name: string): number {
  const found = new RegExp(`\\b${name}\\s*=\\s*["']?(\\d+)`, 'i').exec(attributes)
  return Math.max(1, Math.min(MOST_SPAN, Number(found?.[1] ?? 1)))
}

/** Line breaks of the source mean nothing; those of the page are kept. */
function textOf(content: string): string {
  return content
    .replace(/\s+/g, ' ')
    .replace(/ ?<br\s*\/?> ?|<\/(?:p|div)>\s*(?=<(?:p|div)[\s>])/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
      const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : null
      if (code !== null) return code <= 0x10ffff ? String.fromCodePoint(code) : whole
      return ENTITIES[name!.toLowerCase()] ?? whole
    })
    .replace(/\u00a0/g, ' ')
    .trim()
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' }

function escaped(cell: string): string {
  return cell
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\n/g, '<br>')
}
