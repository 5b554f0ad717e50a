import { parseArgs } from 'node:util'
import { addMonths, dayIn, monthOf, type MonthKey, monthsBetween, UTC } from '../../shared/calendar/index.ts'
import {
  compileModel,
  type FormulaError,
  modelFromText,
  type ModelRun,
  MOST_SAMPLES,
  type RowResult,
  runModel,
  type Spread,
} from '../../shared/model/index.ts'
import { knownFigures } from '../../shared/plan/index.ts'
import { NO_OWN_PRICES } from '../../shared/prices/index.ts'
import { instantOf, seedOf } from '../../shared/quantities/index.ts'
import { type Command, type CommandIo, type ExitCode, UsageError } from '../command.ts'
import { sharesOfRow, tellSobol } from '../sobol-table.ts'

const SAMPLES_AT_REST = 10_240
const MOST_MONTHS = 600

export const modelCommand: Command = {
  name: 'model',
  summary: 'Runs a model written as text, one named row a line, with ranges and odds',
  help: [
    'Usage: quarterdeck model FILE [options]',
    '',
    'FILE holds one row a line, Name = formula; - reads standard input. Names with spaces stand in quotes, -- begins a comment,',
    '10 to 20 is a range from P10 to P90. A unit may stand in brackets before the equals sign.',
    '',
    '  --samples N       samples to draw, 1 to 1,000,000 (10,240)',
    '  --seed N          chooses every draw: the same seed gives the same figures everywhere (1)',
    '  --months A..B     months of the model, such as 2026-10..2027-09 (twelve from this month)',
    '  --exact           adds up each(…) draw by draw, never in one step that is within 0.4%',
    '  --sobol ROW       what drives the spread of a row: of each range behind it the share it has alone, and in all it does',
    '                    together with others; takes as many runs as there are ranges, and two',
    '  --json            {samples, seed, months, rows: [{name, unit, values | p10, p50, p90, mean, sd, undefined}], errors:',
    '                    [{row, code, message, place}], notes, sobol: {of, samples, runs, inputs: [{name, alone, total}]}}; by month the figures are lists, unknown is null',
    '  --strict          exit code 1 when any row is in error',
    '',
    'Example file:',
    "  'Tokens per service' [tokens/services] = 12M to 70M",
    '  Services [services] = 250',
    '  Price [$/tokens] = $5 / 1M',
    "  Cost = each(Services, 'Tokens per service') * Price",
    '  Odds = p(Cost < $50k)',
    '',
    'Example: quarterdeck model refactor.txt --months 2026-10..2027-09 --json',
  ].join('\n'),
  run: runModelCommand,
}

interface ToldError {
  readonly row: string
  readonly code: string
  readonly message: string
  readonly place: { readonly line: number | null; readonly from: number; readonly to: number }
}

async function runModelCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      samples: { type: 'string' },
      seed: { type: 'string' },
      months: { type: 'string' },
      exact: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      sobol: { type: 'string' },
      strict: { type: 'boolean', default: false },
    },
  })
  const [file, ...more] = positionals
  if (file === undefined) throw new UsageError('model: no file was named.')
  if (more.length > 0) throw new UsageError(`model: one file is read at a time; ${more.length + 1} were named.`)
  const samples = readWhole('--samples', values.samples, SAMPLES_AT_REST, 1, MOST_SAMPLES)
  const seed = seedOf(readWhole('--seed', values.seed, 1, 0, 4294967295))
  const months = values.months === undefined ? nextTwelve(io) : readMonths(values.months)

  const text = new TextDecoder('utf-8').decode(await io.readFile(file === '-' ? '/dev/stdin' : file))
  const { model, errors: unread, lines } = modelFromText(text, months)
  const figures = { currency: 'USD', prices: NO_OWN_PRICES, initiatives: {}, actuals: null, metrics: new Map() }
  const known = knownFigures(model.rows, months, figures)
  const compiled = compileModel({ ...model, ...(known && { known }) })
  const run = runModel(compiled, { samples, seed, sums: values.exact ? 'draw by draw' : 'short' })
  const errors = allErrors(compiled.errors, run, unread, lines)
  const notes = run.notes
  const sobol = values.sobol === undefined ? null : sharesOfRow(compiled.model, values.sobol, { samples, seed })
  if (values.json) {
    const rows = [...run.rows.values()].map((row) => jsonOf(row, errors, run.rows))
    io.out(
      JSON.stringify({ samples: run.samples, seed, months, rows, errors, notes, ...(sobol && { sobol }) }, null, 2),
    )
  } else {
    const lines = tableOf(run, months)
    if (sobol) lines.push('', ...tellSobol(sobol))
    if (lines.length > 0) io.out(lines.join('\n'))
    for (const error of errors) {
      const line = error.place.line === null ? '' : `Line ${error.place.line}${error.row === '' ? '' : ', '}`
      io.err(`${line}${error.row}: ${error.code} ${error.message}`)
    }
    for (const note of notes) io.err(note)
  }
  if (![...run.rows.values()].some((row) => row.shape !== 'error' || row.error.code !== '#SYNTAX!')) {
    if (errors.length === 0) io.err(`${file}: no rows were found. Write one row a line, such as Cost = 10 to 20.`)
    return 3
  }
  return values.strict && errors.length > 0 ? 1 : 0
}

/** Every cause once: lines that are no row, formulas that cannot be read or do not fit, values that do not exist. */
function allErrors(
  compiled: readonly FormulaError[],
  run: ModelRun,
  unread: ReturnType<typeof modelFromText>['errors'],
  lines: ReadonlyMap<string, number>,
): readonly ToldError[] {
  const nameOf = (id: string) => run.rows.get(id)?.name ?? id
  const told: ToldError[] = compiled.map((error) => ({
    row: nameOf(error.row),
    code: error.code,
    message: error.message,
    place: { line: lines.get(error.row) ?? null, ...error.place },
  }))
  for (const { row, message, place, line } of unread) {
    if (!told.some((error) => error.row === row && error.message === message)) {
      told.push({ row, code: '#SYNTAX!', message, place: { line, ...place } })
    }
  }
  for (const row of run.rows.values()) {
    if (row.shape !== 'error' || /^“.*” waits for “/.test(row.error.message)) continue
    if (compiled.some((error) => error.row === row.id)) continue
    if (compiled.some((error) => error.code === '#CYCLE!' && error.message === row.error.message)) continue
    const { code, message, place } = row.error
    told.push({ row: row.name, code, message, place: { line: lines.get(row.id) ?? null, ...place } })
  }
  return told.sort((a, b) => (a.place.line ?? 0) - (b.place.line ?? 0))
}

function jsonOf(
  row: RowResult,
  errors: readonly ToldError[],
  rows: ReadonlyMap<string, RowResult>,
): Record<string, unknown> {
  const head = { name: row.name, unit: row.unit }
  const shown = (value: number) => jsonNumber(value, row.unit)
  switch (row.shape) {
    case 'number':
      return { ...head, values: shown(row.value) }
    case 'months':
      return { ...head, values: row.values.map(shown) }
    case 'spread':
      return { ...head, ...spreadJson(row.spread, shown) }
    case 'spread by month': {
      const each = row.spreads.map((spread) => spreadJson(spread, shown))
      return { ...head, ...Object.fromEntries(SPREAD_KEYS.map((key) => [key, each.map((spread) => spread[key])])) }
    }
    case 'error': {
      const { code, message, place } = row.error
      const known = errors.find((error) => error.row === row.name && error.message === message)
      const name = rows.get(row.error.row)?.name ?? row.name
      return { ...head, error: known ?? { row: name, code, message, place } }
    }
  }
}

const SPREAD_KEYS = ['p10', 'p50', 'p90', 'mean', 'sd', 'undefined'] as const

function spreadJson(
  spread: Spread,
  shown: (value: number) => number | string | null,
): Record<(typeof SPREAD_KEYS)[number], unknown> {
  return {
    p10: shown(spread.p10),
    p50: shown(spread.p50),
    p90: shown(spread.p90),
    mean: shown(spread.mean),
    sd: Number.isFinite(spread.sd) ? spread.sd : null,
    undefined: spread.undefined,
  }
}

function jsonNumber(value: number, unit: string): number | string | null {
  if (!Number.isFinite(value)) return null
  return unit === 'month' ? monthName(value) : value
}

function tableOf(run: ModelRun, months: readonly MonthKey[]): string[] {
  const single: string[][] = [['Row', 'Unit', 'P10', 'P50', 'P90', 'Mean', 'No value']]
  const monthly: string[][] = [['Row', 'Unit', '', ...months]]
  for (const row of run.rows.values()) {
    const show = (value: number) => shortNumber(value, row.unit)
    if (row.shape === 'number') single.push([row.name, row.unit, '', show(row.value), '', '', ''])
    else if (row.shape === 'error') single.push([row.name, row.unit, '', row.error.code, '', '', ''])
    else if (row.shape === 'spread') {
      const { p10, p50, p90, mean, undefined: missing } = row.spread
      single.push([
        row.name,
        row.unit,
        show(p10),
        show(p50),
        show(p90),
        show(mean),
        missing === 0 ? '' : `${missing} of ${run.samples}`,
      ])
    } else if (row.shape === 'months') monthly.push([row.name, row.unit, '', ...row.values.map(show)])
    else
      for (const key of ['p10', 'p50', 'p90'] as const)
        monthly.push([row.name, row.unit, key.toUpperCase(), ...row.spreads.map((spread) => show(spread[key]))])
  }
  const tables = [single, monthly].filter((table) => table.length > 1).map(aligned)
  return tables.flatMap((table, index) => (index === 0 ? table : ['', ...table]))
}

function aligned(table: readonly (readonly string[])[]): string[] {
  const widths = table[0]!.map((_, column) => Math.max(...table.map((line) => line[column]!.length)))
  return table.map((line) =>
    line
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ')
      .trimEnd(),
  )
}

/** Four digits are as many as ten thousand samples support. */
function shortNumber(value: number, unit: string): string {
  if (!Number.isFinite(value)) return '–'
  if (unit === 'month') return monthName(value)
  if (unit === '%') return `${(value * 100).toLocaleString('en-US', { maximumSignificantDigits: 4 })}%`
  return value.toLocaleString('en-US', { maximumSignificantDigits: 4 })
}

function monthName(serial: number): string {
  return addMonths('0000-01' as MonthKey, Math.round(serial))
}

function readWhole(option: string, text: string | undefined, otherwise: number, least: number, most: number): number {
  if (text === undefined) return otherwise
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new UsageError(
    `${option} ${text}: a whole number from ${least.toLocaleString('en-US')} to ${most.toLocaleString('en-US')} is wanted.`,
  )
}

function readMonths(text: string): readonly MonthKey[] {
  const match = /^(\d{4}-(?:0[1-9]|1[0-2]))\.\.(\d{4}-(?:0[1-9]|1[0-2]))$/.exec(text)
  if (!match) throw new UsageError(`--months ${text}: two months are wanted, such as 2026-10..2027-09.`)
  const [first, last] = [match[1] as MonthKey, match[2] as MonthKey]
  if (first > last) throw new UsageError(`--months ${text}: the last month is before the first.`)
  const count =
    (Number(last.slice(0, 4)) - Number(first.slice(0, 4))) * 12 + Number(last.slice(5)) - Number(first.slice(5)) + 1
  if (count > MOST_MONTHS)
    throw new UsageError(`--months ${text}: ${count} months, at most ${MOST_MONTHS} are modelled.`)
  return monthsBetween(first, last)
}

function nextTwelve(io: CommandIo): readonly MonthKey[] {
  const first = monthOf(dayIn(instantOf(io.now()), UTC))
  return monthsBetween(first, addMonths(first, 11))
}
