import { parseArgs } from 'node:util'
import { tellIssue } from '../../shared/issues/index.ts'
import {
  type PaidOutput,
  type Explanation,
  measureWall,
  metricById,
  type MetricSettings,
  type Wall,
  type WallContext,
} from '../../shared/metrics/index.ts'
import type { Command, CommandIo, ExitCode } from '../command.ts'
import type { Workbook } from '../../shared/workbook/index.ts'
import { type Behind, contextOf, explainedIn, openWorkbook } from '../open-workbook.ts'
import { estimateJson, periodJson, rowJson, rowsText, valueJson, valueText } from '../show-metric.ts'

export const wallCommand: Command = {
  name: 'wall',
  summary: 'The five weekly numbers of a workbook, thirteen weeks of each',
  help: [
    'Usage: quarterdeck wall WORKBOOK [--rows] [--json] [--strict]',
    '',
    'Cycle time, rework rate, wait-state ratio, token cost per shipped feature and acceptance of AI changes: the last 28 days',
    'that can be judged, the 28 before, and thirteen ISO weeks. What is unknown says why and which import would make it known.',
    '',
    '  --json    {asOf, zone, currency, illusion, numbers: [{metric, name, unit, better, definition, current, currentPeriod,',
    '            before, beforePeriod, change: {change, low, high, isNoise}, weeks: [{week, …value}]}]}; a value is {known:',
    '            true, value, n, quality, coverage, excluded, interval, quantiles, note} or {known: false, code, message}.',
    '            Shares are 0 … 1, durations hours; low and high are the 95% interval of the change.',
    '  --rows    what is behind each number: the groups and stages that moved it, the changes, and where money went to waste;',
    '            with --json {splits: [{name, ofWhat, change, parts: [{name, now, before, contribution}]}], rows, waste, estimates}',
    '  --strict  exit code 1 when one of the five is unknown for the last 28 days',
    '',
    'Example: quarterdeck wall team.quarterdeck --json',
  ].join('\n'),
  run: runWall,
}

async function runWall(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean' }, rows: { type: 'boolean' }, strict: { type: 'boolean' } },
  })
  const workbook = await openWorkbook(positionals, io)
  if (workbook === null) return 3
  const context = contextOf(workbook)
  const wall = measureWall(context)
  const behind = values.rows === true ? explainNumbers(workbook, wall, context) : new Map<string, Behind>()
  const files = new Map(workbook.imports.map(({ record: { id, fileName } }) => [id, fileName]))
  if (values.json === true) io.out(JSON.stringify(wallJson(wall, context.settings, behind, files), null, 2))
  else io.out(wallText(wall, context.settings.currency, behind))
  return values.strict === true && wall.numbers.some(({ current }) => !current.known) ? 1 : 0
}

/** By metric; what the app shows when a number of the Wall is opened. */
function explainNumbers(workbook: Workbook, wall: Wall, context: WallContext): ReadonlyMap<string, Behind> {
  const behind = new Map<string, Behind>()
  for (const { metricId, currentPeriod, beforePeriod } of wall.numbers) {
    const metric = metricById(metricId)
    if (metric && currentPeriod && beforePeriod)
      behind.set(metricId, explainedIn(workbook, context, metric, currentPeriod, beforePeriod)!)
  }
  return behind
}

function behindJson({ splits, rowCount, rows, waste, estimates }: Behind, files: ReadonlyMap<string, string>) {
  const lines = waste?.lines.map(({ rows: ofLine, ...line }) => ({
    ...line,
    rows: ofLine.map((row) => rowJson(row, files)),
  }))
  const repeats = waste?.repeats.map(({ rows: ofPlace, ...place }) => ({
    ...place,
    rows: ofPlace.map((row) => rowJson(row, files)),
  }))
  return {
    splits,
    rowCount,
    rows: rows.map((row) => rowJson(row, files)),
    waste: waste === null ? null : { ...waste, lines, repeats },
    estimates: estimates.map(estimateJson),
  }
}

function wallJson(
  wall: Wall,
  { zone, currency }: MetricSettings,
  behind: ReadonlyMap<string, Behind>,
  files: ReadonlyMap<string, string>,
) {
  return {
    asOf: wall.asOf,
    zone,
    currency,
    illusion: wall.illusion ?? null,
    numbers: wall.numbers.map((number) => ({
      metric: number.metricId,
      name: number.name,
      unit: number.unit,
      better: number.better,
      definition: number.definition,
      current: valueJson(number.current),
      currentPeriod: periodJson(number.currentPeriod),
      before: valueJson(number.before),
      beforePeriod: periodJson(number.beforePeriod),
      change: number.interval ?? null,
      weeks: number.weeks.map(({ week, value }) => ({ week, ...valueJson(value) })),
      ...(behind.has(number.metricId) ? { behind: behindJson(behind.get(number.metricId)!, files) } : {}),
    })),
  }
}

function wallText(wall: Wall, currency: string, behind: ReadonlyMap<string, Behind>): string {
  const lines = [wall.asOf === null ? 'Nothing is imported yet.' : `As of ${wall.asOf}`]
  if (wall.illusion) {
    const { output, rises, quarter, reachDays } = wall.illusion
    const list = ({ rises: own }: Pick<PaidOutput, 'rises'>) =>
      own.map(({ name, share }) => `${name} +${Math.round(share * 100)}%`).join(', ')
    lines.push('', `Illusion of velocity: ${output.before} to ${output.now} merged changes, but ${list({ rises })}.`)
    lines.push(
      quarter === null
        ? `The data reach back ${reachDays} days; whether it lasts shows from 182 on.`
        : `Over 91 days: ${quarter.output.before} to ${quarter.output.now} merged changes, ${list(quarter) || 'and none of these rose faster'}.`,
    )
  }
  for (const { metricId, name, unit, current, before, currentPeriod, interval, weeks } of wall.numbers) {
    lines.push('', name)
    const period = currentPeriod === undefined ? '' : `  (${currentPeriod.from} to ${currentPeriod.to})`
    lines.push(`  28 days   ${valueText(current, unit, currency)}${period}`)
    if (current.known && current.note !== undefined) lines.push(`            ${current.note}`)
    if (!current.known) lines.push(`            ${tellIssue(current.why)}`)
    if (wall.asOf === null) continue
    lines.push(
      `  before    ${valueText(before, unit, currency)}${interval?.isNoise ? '  (the change is within noise)' : ''}`,
    )
    for (const { week, value } of weeks) lines.push(`  ${week}  ${valueText(value, unit, currency)}`)
    const own = behind.get(metricId)
    if (own) lines.push(...splitsText(own), ...wasteText(own, currency), ...rowsText(own, currency))
  }
  return lines.join('\n')
}

/** What moved the number, by stage, team, model and the rest; the contributions of a split add up to its change. */
function splitsText({ splits }: Explanation): readonly string[] {
  const number = (value: number | null): string => (value === null ? '' : value.toPrecision(3))
  return splits.flatMap(({ name, ofWhat, change, parts }) => [
    `  by ${name.toLowerCase()}${change === null ? '' : `, ${ofWhat} ${number(change)}`}`,
    ...parts.map(
      ({ name: part, now, contribution }) =>
        `    ${part.padEnd(36)}${number(now).padStart(10)}${contribution === null ? '' : `  gives ${number(contribution)}`}`,
    ),
  ])
}

function wasteText({ waste }: Explanation, currency: string): readonly string[] {
  if (waste === null) return []
  return [
    '  where money went to waste',
    ...waste.lines.map(
      ({ name, count, amount, untold }) =>
        `    ${name.padEnd(36)}${(untold === undefined ? String(count) : '–').padStart(6)}  ${amount === null ? `unknown${untold === undefined ? '' : `: ${untold}`}` : `${amount.toFixed(2)} ${currency}`}`,
    ),
  ]
}
