/** Series over a selection: a total spread over its months, linear steps, growth. Pure; money goes by whole nanos. */
import { formatNanos, parseNanos, splitNanos } from '../../shared/money/index.ts'
import { type Rect, type Selection, lastRect } from './range.ts'
import type { EditPlan } from './sheet-edits.ts'
import { type Sheet, type SheetEdit, cellAt } from './sheet.ts'
import { parseTypedNumber } from './typed-number.ts'

export type Series =
  /** `weightOf`: whole numbers, by id of the column. */
  | { readonly kind: 'spread'; readonly total: string; readonly weightOf: (columnId: string) => bigint }
  | { readonly kind: 'linear'; readonly step: number }
  /** `rate` 0.05 = five percent more in each cell than in the one before. */
  | { readonly kind: 'growth'; readonly rate: number }

/** Decimal digits kept in money and counts; shares keep more. */
const DECIMALS = 2

/**
 * A total becomes parts that add up to it to the cent: 100 over three equal months is 33.34, 33.33, 33.33. Null when the
 * total is no number or nothing weighs anything.
 */
export function spreadTotal(total: string, weights: readonly bigint[]): readonly string[] | null {
  const number = parseTypedNumber(total)
  if (!number) return null
  const nanos = parseNanos(number.value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 9 }))
  if (!nanos.ok) return null
  const parts = splitNanos(nanos.value, weights, DECIMALS)
  return parts.ok ? parts.value.map(formatNanos) : null
}

/** The rows of the selection, each continued from its own first cell; a single column is continued downwards. */
export function seriesEdits(sheet: Sheet, selection: Selection, series: Series): EditPlan {
  const rect = lastRect(selection)
  const isDown = rect.left === rect.right && series.kind !== 'spread'
  const edits: SheetEdit[] = []
  let skipped = 0
  for (const whole of lanesOf(rect, isDown)) {
    // Actuals and variances stand between the months of a plan; a series steps over them.
    const lane = whole.filter(({ row, column }) => cellAt(sheet, row, column).isEditable)
    const first = lane[0] ? cellAt(sheet, lane[0].row, lane[0].column) : null
    const weights = (weightOf: (columnId: string) => bigint) =>
      lane.map(({ column }) => weightOf(sheet.columns[column]!.id))
    const texts =
      first === null
        ? null
        : series.kind === 'spread'
          ? spreadTotal(series.total, weights(series.weightOf))
          : stepped(parseTypedNumber(first.raw)?.value ?? first.value, lane.length, series)
    if (texts === null) {
      skipped += Math.max(1, lane.length)
      continue
    }
    for (const [at, { row, column }] of lane.entries()) {
      if (at === 0 && series.kind !== 'spread') continue
      edits.push({ rowId: sheet.rows[row]!.id, columnId: sheet.columns[column]!.id, text: texts[at]!, how: 'placed' })
    }
  }
  return { edits, skipped, selection }
}

/** Sum of what can be typed in the first selected row, as typed text, which is what a spread starts from; '' when there are none. */
export function totalOf(sheet: Sheet, selection: Selection): string {
  const { top, left, right } = lastRect(selection)
  const values: number[] = []
  for (let column = left; column <= right; column++) {
    const { value, isEditable } = cellAt(sheet, top, column)
    if (value !== null && isEditable) values.push(value)
  }
  return values.length === 0
    ? ''
    : String(
        rounded(
          values.reduce((sum, value) => sum + value, 0),
          DECIMALS,
        ),
      )
}

function lanesOf(rect: Rect, isDown: boolean): { readonly row: number; readonly column: number }[][] {
  const rows = Array.from({ length: rect.bottom - rect.top + 1 }, (_, at) => rect.top + at)
  const columns = Array.from({ length: rect.right - rect.left + 1 }, (_, at) => rect.left + at)
  if (isDown) return columns.map((column) => rows.map((row) => ({ row, column })))
  return rows.map((row) => columns.map((column) => ({ row, column })))
}

function stepped(
  first: number | null,
  length: number,
  series: Extract<Series, { readonly kind: 'linear' | 'growth' }>,
): readonly string[] | null {
  if (first === null) return null
  const decimals = Math.abs(first) < 1 ? 6 : DECIMALS
  return Array.from({ length }, (_, at) => {
    const value = series.kind === 'linear' ? first + series.step * at : first * (1 + series.rate) ** at
    return String(rounded(value, decimals))
  })
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals))
}
