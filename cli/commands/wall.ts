import { parseArgs } from 'node:util'
import { tellIssue } from '../../shared/issues/index.ts'
import { measureWall, type Wall } from '../../shared/metrics/index.ts'
import type { Command, CommandIo, ExitCode } from '../command.ts'
import { contextOf, openWorkbook } from '../open-workbook.ts'
import { periodJson, valueJson, valueText } from '../show-metric.ts'

export const wallCommand: Command = {
  name: 'wall',
  summary: 'The five weekly numbers of a workbook, thirteen weeks of each',
  help: [
    'Usage: quarterdeck wall WORKBOOK [--json] [--strict]',
    '',
    'Cycle time, rework rate, wait-state ratio, token cost per shipped feature and acceptance of AI changes: the last 28 days',
    'that can be judged, the 28 before, and thirteen ISO weeks. What is unknown says why and which import would make it known.',
    '',
    '  --json    {asOf, zone, currency, illusion, numbers: [{metric, name, unit, better, definition, current, currentPeriod,',
    '            before, beforePeriod, change: {change, low, high, isNoise}, weeks: [{week, …value}]}]}; a value is {known:',
    '            true, value, n, quality, coverage, excluded, interval, quantiles, note} or {known: false, code, message}.',
    '            Shares are 0 … 1, durations hours; low and high are the 95 % interval of the change.',
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
    options: { json: { type: 'boolean' }, strict: { type: 'boolean' } },
  })
  const workbook = await openWorkbook(positionals, io)
  if (workbook === null) return 3
  const context = contextOf(workbook)
  const wall = measureWall(context)
  if (values.json === true)
    io.out(JSON.stringify(wallJson(wall, context.settings.zone, context.settings.currency), null, 2))
  else io.out(wallText(wall, context.settings.currency))
  return values.strict === true && wall.numbers.some(({ current }) => !current.known) ? 1 : 0
}

function wallJson(wall: Wall, zone: string, currency: string) {
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
    })),
  }
}

function wallText(wall: Wall, currency: string): string {
  const lines = [wall.asOf === null ? 'Nothing is imported yet.' : `As of ${wall.asOf}`]
  if (wall.illusion) {
    const rises = wall.illusion.rises.map(({ name, share }) => `${name} +${Math.round(share * 100)} %`)
    const { now, before } = wall.illusion.output
    lines.push('', `Illusion of velocity: ${before} to ${now} merged changes, but ${rises.join(', ')}.`)
  }
  for (const { name, unit, current, before, currentPeriod, interval, weeks } of wall.numbers) {
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
  }
  return lines.join('\n')
}
