import type { ModelRow, RowResult } from '../model/index.ts'

/** What a row's formula comes to, in words: `P10 $15 · P50 $42.4 · P90 $120`, or the number. */
export function readRow(row: ModelRow, result: RowResult | undefined): string {
  if (!result) return row.formula
  switch (result.shape) {
    case 'number':
      return readNumber(result.value, row.unit)
    case 'months':
      return `${readNumber(result.values[0] ?? Number.NaN, row.unit)} in the first month`
    case 'spread': {
      const { p10, p50, p90 } = result.spread
      return `P10 ${readNumber(p10, row.unit)} · P50 ${readNumber(p50, row.unit)} · P90 ${readNumber(p90, row.unit)}`
    }
    case 'spread by month': {
      const first = result.spreads[0]
      return first
        ? `P10 ${readNumber(first.p10, row.unit)} · P90 ${readNumber(first.p90, row.unit)} in the first month`
        : row.formula
    }
    case 'error':
      return result.error.code
  }
}

/** Three significant digits, thousands from 10,000 up in full; `%` of a share; `$` in front. */
export function readNumber(value: number, unit: string): string {
  if (!Number.isFinite(value)) return 'undefined'
  if (unit === '%') return `${trim(value * 100)}%`
  const sign = value < 0 ? '-' : ''
  if (unit.startsWith('$')) return `${sign}$${trim(Math.abs(value))}${unit.slice(1)}`
  return `${trim(value)}${unit === '' || unit === '1' ? '' : ` ${unit}`}`
}

function trim(value: number): string {
  if (Math.abs(value) >= 1e7) return `${trim(value / 1e6)}M`
  const rounded = Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3))
  return rounded.toLocaleString('en-US', { maximumFractionDigits: 6 })
}
