/** How people write numbers: `1,234.5` or `1.234,5`. Kept text always has the point; only what is shown and typed has the other. */

/** comma: the comma is the decimal mark and the point groups thousands. */
export type DecimalMark = 'point' | 'comma'

/** A column that says how its numbers are written; absent = with the point. */
export interface MarkedColumn {
  readonly kind: 'name' | 'text' | 'number'
  readonly decimalMark?: DecimalMark
}

/** Kept text as it is shown in a column: `$1,234.5` is `$1.234,5` with the comma. Formulas are the same everywhere. */
export function showIn(column: MarkedColumn | undefined, text: string): string {
  if (!hasComma(column) || text.startsWith('=')) return text
  return text.replace(/(?<=\d)[.,](?=\d)/g, (mark) => (mark === '.' ? ',' : '.'))
}

/**
 * What was typed or pasted into a column, as it is kept. With the comma as decimal mark `1.234,5` is `1234.5`, `1,5k to
 * 2,5k` is `1.5k to 2.5k`, `1.234` is `1234`; what can only mean one thing means it, as `1.5` and `1,234.5` do.
 */
export function readIn(column: MarkedColumn | undefined, text: string): string {
  if (!hasComma(column) || text.trimStart().startsWith('=')) return text
  return text.replace(/\d[\d.,]*\d|\d/g, withPoint)
}

function hasComma(column: MarkedColumn | undefined): boolean {
  return column?.kind === 'number' && column.decimalMark === 'comma'
}

function withPoint(number: string): string {
  const [comma, point] = [number.lastIndexOf(','), number.lastIndexOf('.')]
  if (comma >= 0 && point >= 0)
    return comma > point ? number.replaceAll('.', '').replace(',', '.') : number.replaceAll(',', '')
  if (comma >= 0) return number.indexOf(',') === comma ? number.replace(',', '.') : number.replaceAll(',', '')
  return /^\d{1,3}(\.\d{3})+$/.test(number) ? number.replaceAll('.', '') : number
}
