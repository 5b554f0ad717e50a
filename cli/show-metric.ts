import { tellIssue } from '../shared/issues/index.ts'
import type { BehindRow, Metric, MetricValue, Period } from '../shared/metrics/index.ts'
import { formatNanos, toUnits } from '../shared/money/index.ts'
import { type EstimateBehind, tellEstimateInFull } from '../shared/prices/index.ts'
import type { Behind } from './open-workbook.ts'

/** A value as every command prints it for machines: all keys present, `null` where there is nothing to say. */
export function valueJson(value: MetricValue) {
  if (!value.known) {
    return { known: false, code: value.why.code, message: tellIssue(value.why) } as const
  }
  const { value: number, n, quality, coverage, excluded, interval, note, quantiles } = value
  return {
    known: true,
    value: number,
    n,
    quality,
    coverage,
    excluded,
    interval: interval ?? null,
    quantiles: quantiles ?? null,
    note: note ?? null,
  } as const
}

export function periodJson(period: Period | undefined) {
  return period === undefined ? null : { from: period.from, to: period.to }
}

/** `18.7 h`, `12.3%`, `151.20 USD`, `1.24M tokens`; `unknown` with the reason's code. */
export function valueText(value: MetricValue, unit: Metric['unit'], currency: string): string {
  if (!value.known) return `unknown (${value.why.code.replace('metrics/', '')})`
  const number = numberText(value.value, unit, currency)
  const mark = value.quality === 'exact' ? '' : ` ${value.quality}`
  const coverage = value.coverage > 0.995 ? '' : ` ${Math.round(value.coverage * 100)}% known`
  return `${number}${mark}${coverage}`
}

function numberText(value: number, unit: Metric['unit'], currency: string): string {
  switch (unit) {
    case 'h':
      return `${value.toFixed(1)} h`
    case 'share':
      return `${(value * 100).toFixed(1)}%`
    case '$':
      return `${value.toFixed(2)} ${currency}`
    case 'tokens':
      return `${value >= 1e6 ? `${(value / 1e6).toFixed(2)}M` : value >= 1e3 ? `${(value / 1e3).toFixed(1)}k` : value.toFixed(0)} tokens`
    case 'per week':
      return `${value.toFixed(2)} per week`
    case '1':
      return value.toFixed(2)
  }
}

/** One change behind a number, with the file and row it was imported from. */
export function rowJson(row: BehindRow, files: ReadonlyMap<string, string>) {
  const { title, repository, number, url, authorGroup, isAgentMarked, part, whole, cost, origin } = row
  return {
    title,
    repository,
    number,
    url,
    authorGroup,
    aiMarked: isAgentMarked,
    part,
    whole,
    cost,
    file: origin === null ? null : (files.get(origin.importId) ?? null),
    row: origin?.sourceRow ?? null,
  } as const
}

/** The rates an estimated cost rests on, as every command prints them. */
export function estimatesText(estimates: readonly EstimateBehind[], currency: string): readonly string[] {
  return estimates.map(
    ({ model, nanos, ...rate }) =>
      `    ${toUnits(nanos).toFixed(2)} ${currency} ${model ?? 'model not named'}: ${tellEstimateInFull(rate)}`,
  )
}

/** The same for machines. */
export function estimateJson({ tool, model, rows, tokens, nanos, ...rate }: EstimateBehind) {
  return { tool, model, rows, tokens, amount: formatNanos(nanos), by: tellEstimateInFull(rate) } as const
}

const ROWS_PRINTED = 20

/** The largest rows behind a number; all of them are in the JSON. */
export function rowsText(
  { rows, rowCount, partName, wholeName, estimates }: Behind,
  currency: string,
): readonly string[] {
  const rates = estimates.length === 0 ? [] : ['  estimated by', ...estimatesText(estimates, currency)]
  if (rows.length === 0) return ['  no rows behind it', ...rates]
  const shown = rows.slice(0, ROWS_PRINTED)
  const part = (row: BehindRow): string =>
    partName === '' ? '' : `${row.part.toFixed(1)}${wholeName === '' ? '' : ` of ${row.whole.toFixed(1)}`}`.padEnd(20)
  return [
    `  rows behind it: ${rowCount}${partName === '' ? '' : ` (${partName}${wholeName === '' ? '' : ` of ${wholeName}`})`}`,
    ...shown.map(
      (row) => `    ${part(row)}${row.repository} ${row.number === null ? '' : `#${row.number} `}${row.title}`,
    ),
    ...(rowCount > shown.length ? [`    … ${rowCount - shown.length} more; the first 200 are in --json`] : []),
    ...rates,
  ]
}
