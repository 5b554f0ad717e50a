import { tellIssue } from '../../shared/issues/index.ts'
import type { Metric, SeriesPoint } from '../../shared/metrics/index.ts'
import { quoted } from './kept-aside-csv.ts'

/**
 * Metrics as CSV, one line per metric and step. Shares are 0 … 1, durations hours. An unknown value is an empty cell with
 * its reason beside it, never 0.
 */
export function metricsCsv(
  metrics: readonly Metric[],
  series: Readonly<Record<string, readonly SeriesPoint[]>>,
  currency: string,
): string {
  const lines = metrics.flatMap(({ id, name, unit, definition }) =>
    (series[id] ?? []).map(({ label, period, value }) => {
      const numbers = value.known
        ? [value.value, value.n, value.coverage, value.interval?.[0] ?? '', value.interval?.[1] ?? '']
        : ['', '', '', '', '']
      return [
        quoted(name),
        quoted(id),
        quoted(unit === '$' ? currency : unit),
        quoted(label),
        period.from,
        period.to,
        ...numbers.map(String),
        quoted(value.known ? value.quality : 'unknown'),
        quoted(value.known ? (value.note ?? '') : tellIssue(value.why)),
        quoted(definition),
      ].join(',')
    }),
  )
  const head =
    'Metric,Id,Unit,Step,From,To,Value,Cases,Coverage,Interval from,Interval to,Quality,Note or reason,Definition'
  return [head, ...lines, ''].join('\r\n')
}
