import { tellIssue } from '../../shared/issues/index.ts'
import type { GroupSeries, Metric, MetricValue, Period, SeriesPoint, WallNumber } from '../../shared/metrics/index.ts'
import { quoted } from './kept-aside-csv.ts'

const VALUE_COLUMNS = 'Value,Cases,Coverage,Interval from,Interval to,Quality,Note or reason'

/** Shares are 0 … 1, durations hours. An unknown value is an empty cell with its reason beside it, never 0. */
function valueCells(value: MetricValue): readonly string[] {
  const numbers = value.known
    ? [value.value, value.n, value.coverage, value.interval?.[0] ?? '', value.interval?.[1] ?? '']
    : ['', '', '', '', '']
  return [
    ...numbers.map(String),
    quoted(value.known ? value.quality : 'unknown'),
    quoted(value.known ? (value.note ?? '') : tellIssue(value.why)),
  ]
}

function metricCells({ id, name, unit }: Pick<Metric, 'id' | 'name' | 'unit'>, currency: string): readonly string[] {
  return [quoted(name), quoted(id), quoted(unit === '$' ? currency : unit)]
}

function csvOf(head: string, lines: readonly (readonly string[])[]): string {
  return [head, ...lines.map((cells) => cells.join(',')), ''].join('\r\n')
}

/** Metrics as CSV that no spreadsheet computes, one line per metric and step. */
export function metricsCsv(
  metrics: readonly Metric[],
  series: Readonly<Record<string, readonly SeriesPoint[]>>,
  currency: string,
): string {
  return csvOf(
    `Metric,Id,Unit,Step,From,To,${VALUE_COLUMNS},Definition`,
    metrics.flatMap((metric) =>
      (series[metric.id] ?? []).map(({ label, period, value }) => [
        ...metricCells(metric, currency),
        quoted(label),
        period.from,
        period.to,
        ...valueCells(value),
        quoted(metric.definition),
      ]),
    ),
  )
}

/** One metric by a dimension, one line per group and step; the number itself has an empty group. */
export function groupsCsv(metric: Metric, dimension: string, series: GroupSeries, currency: string): string {
  const lines = [{ group: '', values: series.all }, ...series.groups].flatMap(({ group, values }) =>
    series.steps.flatMap(({ label, period }, at) => {
      const value = values[at]
      if (!value) return []
      return [
        [
          ...metricCells(metric, currency),
          quoted(dimension),
          quoted(group),
          quoted(label),
          period.from,
          period.to,
          ...valueCells(value),
        ],
      ]
    }),
  )
  return csvOf(`Metric,Id,Unit,Dimension,Group,Step,From,To,${VALUE_COLUMNS}`, lines)
}

/** Every metric in two periods, one line each, with how far the change may be chance. */
export function comparisonCsv(
  numbers: readonly WallNumber[],
  period: Period,
  beforePeriod: Period,
  currency: string,
): string {
  const lines = numbers.map((number) => {
    const { current, before, interval, metricId: id } = number
    const change = current.known && before.known ? String(current.value - before.value) : ''
    return [
      ...metricCells({ ...number, id }, currency),
      beforePeriod.from,
      beforePeriod.to,
      ...valueCells(before),
      period.from,
      period.to,
      ...valueCells(current),
      change,
      String(interval?.low ?? ''),
      String(interval?.high ?? ''),
      interval ? (interval.isNoise ? 'within noise' : 'more than noise') : '',
    ]
  })
  const before = VALUE_COLUMNS.split(',').map((name) => `${name} before`)
  return csvOf(
    `Metric,Id,Unit,From before,To before,${before.join(',')},From,To,${VALUE_COLUMNS},Change,Change from,Change to,Reads as`,
    lines,
  )
}
