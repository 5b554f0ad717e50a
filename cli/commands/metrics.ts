import { parseArgs } from 'node:util'
import { addDays, addMonths, type Day, firstDayOfWeek, monthOf, parseDay, weekOf } from '../../shared/calendar/index.ts'
import { tellIssue } from '../../shared/issues/index.ts'
import {
  measureSeries,
  measureWall,
  type Metric,
  metricById,
  METRICS,
  type SeriesPoint,
  type SeriesStep,
  type WallNumber,
} from '../../shared/metrics/index.ts'
import { type Command, type CommandIo, type ExitCode, UsageError } from '../command.ts'
import { contextOf, openWorkbook, settingsOf } from '../open-workbook.ts'
import { periodJson, valueJson, valueText } from '../show-metric.ts'

const STEPS = ['week', 'month', 'quarter'] as const satisfies readonly SeriesStep[]

export const metricsCommand: Command = {
  name: 'metrics',
  summary: 'Every metric of a workbook by week, month or fiscal quarter',
  help: [
    'Usage: quarterdeck metrics WORKBOOK [--by week|month|quarter] [--metric ID]... [--from DAY] [--to DAY] [--json] [--strict]',
    '',
    'Without --from: the last 13 weeks, 12 months or 8 quarters up to the last day the data speaks of.',
    '',
    '  --by      week (ISO, the default), month, or fiscal quarter',
    '  --metric  only this one; may be given several times',
    '  --json    {asOf, zone, currency, by, from, to, metrics: [{metric, name, unit, better, definition, current, currentPeriod,',
    '            points: [{label, from, to, …value}]}]}; a value is {known: true, value, n, quality, coverage, excluded,',
    '            interval, quantiles, note} or {known: false, code, message}. Shares are 0 … 1, durations hours.',
    '  --strict  exit code 1 when a metric is unknown for the last 28 days',
    '',
    `Metrics: ${METRICS.map(({ id }) => id).join(', ')}`,
    '',
    'Example: quarterdeck metrics team.quarterdeck --by month --metric rework-rate',
  ].join('\n'),
  run: runMetrics,
}

interface Measured {
  readonly metric: Metric
  readonly number: WallNumber
  readonly points: readonly SeriesPoint[]
}

async function runMetrics(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      by: { type: 'string', default: 'week' },
      metric: { type: 'string', multiple: true },
      from: { type: 'string' },
      to: { type: 'string' },
      json: { type: 'boolean' },
      strict: { type: 'boolean' },
    },
  })
  const by = STEPS.find((step) => step === values.by)
  if (by === undefined) throw new UsageError(`--by ${values.by}: wanted ${STEPS.join(', ')}.`)
  const metrics = values.metric === undefined ? METRICS : values.metric.map(chosenMetric)
  const asked = { from: dayArgument('--from', values.from), to: dayArgument('--to', values.to) }
  const workbook = await openWorkbook(positionals, io)
  if (workbook === null) return 3
  const context = contextOf(workbook)
  const { asOf } = context
  const wall = measureWall(context, { metrics, weeks: 0 })
  const fiscal = settingsOf(workbook)?.fiscal ?? { startMonth: 1 }
  const to = asked.to ?? asOf
  const from = asked.from ?? (to === null ? null : firstDayShown(to, by))
  const measured = metrics.map((metric, i): Measured => ({
    metric,
    number: wall.numbers[i]!,
    points:
      asOf === null || from === null || to === null
        ? []
        : measureSeries(metric, { ...context, asOf }, by, fiscal, from, to),
  }))
  const { zone, currency } = context.settings
  if (values.json === true) {
    io.out(JSON.stringify({ asOf, zone, currency, by, from, to, metrics: measured.map(metricJson) }, null, 2))
  } else {
    io.out(metricsText(asOf, measured, currency))
  }
  return values.strict === true && measured.some(({ number }) => !number.current.known) ? 1 : 0
}

function chosenMetric(id: string): Metric {
  const metric = metricById(id)
  if (metric === null)
    throw new UsageError(`--metric ${id}: not a metric. Known are: ${METRICS.map((own) => own.id).join(', ')}.`)
  return metric
}

function dayArgument(name: string, text: string | undefined): Day | null {
  if (text === undefined) return null
  const day = parseDay(text)
  if (!day.ok) throw new UsageError(`${name} ${text}: wanted a day written like 2026-02-01.`)
  return day.value
}

function firstDayShown(to: Day, by: SeriesStep): Day {
  if (by === 'week') return addDays(firstDayOfWeek(weekOf(to)), -12 * 7)
  return `${addMonths(monthOf(to), by === 'month' ? -11 : -21)}-01` as Day
}

function metricJson({ metric, number, points }: Measured) {
  const { id, name, unit, better, definition } = metric
  return {
    metric: id,
    name,
    unit,
    better,
    definition,
    current: valueJson(number.current),
    currentPeriod: periodJson(number.currentPeriod),
    points: points.map(({ label, period, value }) => ({
      label,
      from: period.from,
      to: period.to,
      ...valueJson(value),
    })),
  }
}

function metricsText(asOf: Day | null, measured: readonly Measured[], currency: string): string {
  const lines = [asOf === null ? 'Nothing is imported yet.' : `As of ${asOf}`]
  for (const { metric, number, points } of measured) {
    lines.push('', `${metric.name} [${metric.id}]`, `  28 days   ${valueText(number.current, metric.unit, currency)}`)
    if (!number.current.known) lines.push(`            ${tellIssue(number.current.why)}`)
    else if (number.current.note !== undefined) lines.push(`            ${number.current.note}`)
    for (const { label, value } of points)
      lines.push(`  ${label.padEnd(8)}  ${valueText(value, metric.unit, currency)}`)
  }
  return lines.join('\n')
}
