import { parseArgs } from 'node:util'
import { addDays, addMonths, type Day, firstDayOfWeek, monthOf, parseDay, weekOf } from '../../shared/calendar/index.ts'
import { tellIssue } from '../../shared/issues/index.ts'
import {
  type Dimension,
  DIMENSIONS,
  GROUPING_NAMES,
  measureBy,
  measureSeries,
  measureWall,
  type Metric,
  metricById,
  METRICS,
  SERIES_STEPS,
  type SeriesPoint,
  type SeriesStep,
  type WallNumber,
} from '../../shared/metrics/index.ts'
import { type Command, type CommandIo, type ExitCode, UsageError } from '../command.ts'
import { type Behind, contextOf, explainedIn, openWorkbook, settingsOf } from '../open-workbook.ts'
import { estimateJson, periodJson, rowJson, rowsText, valueJson, valueText } from '../show-metric.ts'

export const metricsCommand: Command = {
  name: 'metrics',
  summary: 'Every metric of a workbook by week, month or quarter, and by team, repository, model …',
  help: [
    'Usage: quarterdeck metrics WORKBOOK [--by STEP] [--by DIMENSION]... [--rows] [--metric ID]... [--from DAY] [--to DAY]',
    '                           [--json] [--strict]',
    '',
    'Without --from: the last 13 weeks (or rolling ends), 12 months or 8 quarters up to the last day the data speaks of.',
    '',
    '  --by      a step: week (ISO, the default), month, quarter (fiscal) or rolling (28 days, a week apart)',
    `            and dimensions: ${DIMENSIONS.join(', ')};`,
    '            groups are of the last 28 days that can be judged, and of fewer than five people never told',
    '  --rows    the changes, deployments or work items behind the last 28 days, largest first, at most 200',
    '  --metric  only this one; may be given several times',
    '  --json    {asOf, zone, currency, by, from, to, metrics: [{metric, name, unit, better, definition, current, currentPeriod,',
    '            points: [{label, from, to, …value}], by: {DIMENSION: {adds, groups: [{group, …value}]} or {code, message}},',
    '            rows: [{title, repository, number, url, authorGroup, aiMarked, part, whole, cost, file, row}]}]}; a value is',
    '            {known: true, value, n, quality, coverage, excluded, interval, quantiles, note} or {known: false, code,',
    '            message}. Shares are 0 … 1, durations hours.',
    '  --strict  exit code 1 when a metric is unknown for the last 28 days',
    '',
    `Metrics: ${METRICS.map(({ id }) => id).join(', ')}`,
    '',
    'Example: quarterdeck metrics team.quarterdeck --by month --by repository --metric rework-rate --rows',
  ].join('\n'),
  run: runMetrics,
}

interface Measured {
  readonly metric: Metric
  readonly number: WallNumber
  readonly points: readonly SeriesPoint[]
  readonly groups: readonly (readonly [Dimension, ReturnType<typeof measureBy>])[]
  readonly behind: Behind | null
}

async function runMetrics(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      by: { type: 'string', multiple: true, default: [] },
      rows: { type: 'boolean' },
      metric: { type: 'string', multiple: true },
      from: { type: 'string' },
      to: { type: 'string' },
      json: { type: 'boolean' },
      strict: { type: 'boolean' },
    },
  })
  const { by, dimensions } = readBy(values.by)
  const metrics = values.metric === undefined ? METRICS : values.metric.map(chosenMetric)
  const asked = { from: dayArgument('--from', values.from), to: dayArgument('--to', values.to) }
  const workbook = await openWorkbook(positionals, io)
  if (workbook === null) return 3
  const { facts, settings, asOf } = contextOf(workbook)
  const wall = measureWall({ facts, settings, asOf }, { metrics, weeks: 0 })
  const fiscal = settingsOf(workbook)?.fiscal ?? { startMonth: 1 }
  const to = asked.to ?? asOf
  const from = asked.from ?? (to === null ? null : firstDayShown(to, by))
  const measured = metrics.map((metric, i): Measured => {
    const number = wall.numbers[i]!
    if (asOf === null || from === null || to === null) return { metric, number, points: [], groups: [], behind: null }
    const context = { facts, settings, asOf }
    const { currentPeriod, beforePeriod } = number
    return {
      metric,
      number,
      points: measureSeries(metric, context, by, fiscal, from, to),
      groups: currentPeriod
        ? dimensions.map((dimension) => [dimension, measureBy(metric, context, currentPeriod, dimension)] as const)
        : [],
      behind:
        values.rows === true && currentPeriod && beforePeriod
          ? explainedIn(workbook, context, metric, currentPeriod, beforePeriod)
          : null,
    }
  })
  const files = new Map(workbook.imports.map(({ record: { id, fileName } }) => [id, fileName]))
  const { zone, currency } = settings
  if (values.json === true) {
    const metricsJson = measured.map((one) => metricJson(one, files))
    io.out(JSON.stringify({ asOf, zone, currency, by, from, to, metrics: metricsJson }, null, 2))
  } else {
    io.out(metricsText(asOf, measured, currency))
  }
  return values.strict === true && measured.some(({ number }) => !number.current.known) ? 1 : 0
}

/** At most one step, any dimensions. */
function readBy(asked: readonly string[]): { readonly by: SeriesStep; readonly dimensions: readonly Dimension[] } {
  let step: SeriesStep | null = null
  const dimensions: Dimension[] = []
  for (const one of asked) {
    const dimension = DIMENSIONS.find((own) => own === one)
    const wanted = SERIES_STEPS.find((own) => own === one)
    if (dimension) dimensions.push(dimension)
    else if (!wanted) throw new UsageError(`--by ${one}: wanted ${[...SERIES_STEPS, ...DIMENSIONS].join(', ')}.`)
    else if (step !== null) throw new UsageError(`--by ${one}: one step at a time, there is ${step} already.`)
    else step = wanted
  }
  return { by: step ?? 'week', dimensions }
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
  if (by === 'rolling') return addDays(to, -12 * 7)
  return `${addMonths(monthOf(to), by === 'month' ? -11 : -21)}-01` as Day
}

function metricJson({ metric, number, points, groups, behind }: Measured, files: ReadonlyMap<string, string>) {
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
    ...(groups.length > 0
      ? { by: Object.fromEntries(groups.map(([name, grouped]) => [name, groupsJson(grouped)])) }
      : {}),
    ...(behind
      ? {
          rowCount: behind.rowCount,
          rows: behind.rows.map((row) => rowJson(row, files)),
          estimates: behind.estimates.map(estimateJson),
        }
      : {}),
  }
}

function groupsJson(grouped: ReturnType<typeof measureBy>) {
  if (!('groups' in grouped)) return valueJson(grouped)
  return {
    adds: grouped.adds,
    groups: grouped.groups.map(({ group, value }) => ({ group, ...valueJson(value) })),
  }
}

function metricsText(asOf: Day | null, measured: readonly Measured[], currency: string): string {
  const lines = [asOf === null ? 'Nothing is imported yet.' : `As of ${asOf}`]
  for (const { metric, number, points, groups, behind } of measured) {
    lines.push('', `${metric.name} [${metric.id}]`, `  28 days   ${valueText(number.current, metric.unit, currency)}`)
    if (!number.current.known) lines.push(`            ${tellIssue(number.current.why)}`)
    else if (number.current.note !== undefined) lines.push(`            ${number.current.note}`)
    for (const { label, value } of points)
      lines.push(`  ${label.padEnd(8)}  ${valueText(value, metric.unit, currency)}`)
    for (const [dimension, grouped] of groups) {
      lines.push(`  by ${GROUPING_NAMES[dimension].toLowerCase()}`)
      if (!('groups' in grouped)) lines.push(`    ${tellIssue(grouped.why)}`)
      else
        for (const { group, value } of grouped.groups)
          lines.push(`    ${group.padEnd(32)}  ${valueText(value, metric.unit, currency)}`)
    }
    if (behind) lines.push(...rowsText(behind, currency))
  }
  return lines.join('\n')
}
