import { parseArgs } from 'node:util'
import type { MonthKey } from '../../shared/calendar/index.ts'
import { formatNanos, type Nanos, roundNanos, sumNanos, toUnits } from '../../shared/money/index.ts'
import { type ActualCell, besideActuals, estimatesOfActual, sumActuals } from '../../shared/plan/index.ts'
import { type EstimateBehind, priceBookOf } from '../../shared/prices/index.ts'
import { factReadingOf, type Workbook } from '../../shared/workbook/index.ts'
import { type Command, type CommandIo, type ExitCode, UsageError } from '../command.ts'
import { actualsIn, contextOf, openWorkbook, statedFacts } from '../open-workbook.ts'
import { estimateJson, estimatesText } from '../show-metric.ts'

export const actualsCommand: Command = {
  name: 'actuals',
  summary: 'What was spent by initiative and month, of one kind of cost, and what is beside it',
  help: [
    'Usage: quarterdeck actuals WORKBOOK [--month MONTH]... [--json] [--strict]',
    '',
    'The actuals of the plan: attribution rules give each use to an initiative, the first that fits; the rest is shown as',
    'unattributed. Kinds of cost are never added: sums are of the strongest kind that any tool states (billed, else',
    'estimated, else listed), and what other tools state is beside them. An estimate names its rate, its dates and its source.',
    '',
    '  --month   only this month, 2026-10; may be given several times',
    '  --json    {currency, kind, months, cells: [{initiative, month, tool, kind, counts, amount, shared}], beside: [{kind,',
    '            amount}], estimates: [{tool, model, rows, tokens, amount, by}], unpriced: [{tool, month, rows}], undated,',
    '            otherCurrencies}; amounts are decimal text, initiative null = unattributed',
    '  --strict  exit code 1 when something is unattributed, unpriced or beside the sums',
    '',
    'Example: quarterdeck actuals team.quarterdeck --month 2026-10',
  ].join('\n'),
  run: runActuals,
}

interface Told {
  readonly currency: string
  readonly kind: ActualCell['basis'] | null
  readonly months: readonly MonthKey[]
  readonly cells: readonly (ActualCell & { readonly initiative: string | null })[]
  readonly estimates: readonly EstimateBehind[]
  readonly unpriced: readonly { readonly tool: string | null; readonly month: MonthKey; readonly rows: number }[]
  readonly undated: number
  readonly otherCurrencies: readonly string[]
}

async function runActuals(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      month: { type: 'string', multiple: true },
      json: { type: 'boolean' },
      strict: { type: 'boolean' },
    },
  })
  for (const month of values.month ?? [])
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw new UsageError(`--month ${month}: write a month like 2026-10.`)
  const workbook = await openWorkbook(positionals, io)
  if (workbook === null) return 3
  const told = actualsTold(workbook, values.month)
  if (told === null) {
    io.out(values.json === true ? 'null' : 'Nothing is imported yet.')
    return values.strict === true ? 1 : 0
  }
  io.out(values.json === true ? JSON.stringify(actualsJson(told), null, 2) : actualsText(told))
  const isWhole = told.unpriced.length === 0 && !told.cells.some((cell) => cell.initiative === null || cell.isBeside)
  return values.strict === true && !isWhole ? 1 : 0
}

function actualsTold(workbook: Workbook, only: readonly string[] | undefined): Told | null {
  const context = contextOf(workbook)
  const actuals = actualsIn(workbook, context)
  if (actuals === null) return null
  const isAsked = ({ month }: { readonly month: MonthKey }) => only === undefined || only.includes(month)
  const { records } = workbook
  const cells = actuals.cells.filter(isAsked).map((cell) => ({
    ...cell,
    // A rule can still name an initiative that is gone.
    initiative: cell.initiativeId === null ? null : (records.initiatives[cell.initiativeId]?.name ?? null),
  }))
  const { people, prices } = factReadingOf(records)
  const rules = Object.values(records.attributionRules)
  return {
    currency: context.settings.currency,
    kind: actuals.kind,
    months: [...new Set(cells.map(({ month }) => month))].sort(),
    cells,
    estimates: estimatesOfActual(statedFacts(workbook), cells, rules, people, priceBookOf(prices)),
    unpriced: actuals.unpriced.filter(isAsked),
    undated: actuals.undated,
    otherCurrencies: actuals.otherCurrencies,
  }
}

function actualsJson({ currency, kind, months, cells, estimates, unpriced, undated, otherCurrencies }: Told) {
  return {
    currency,
    kind,
    months,
    cells: cells.map(({ initiative, month, tool, basis, isBeside, amount, shared }) => ({
      initiative,
      month,
      tool,
      kind: basis,
      counts: !isBeside,
      amount,
      shared: shared ?? null,
    })),
    beside: besideActuals(cells).map((own) => ({ kind: own.kind, amount: formatNanos(own.nanos) })),
    estimates: estimates.map(estimateJson),
    unpriced,
    undated,
    otherCurrencies,
  }
}

function actualsText(told: Told): string {
  const { currency, kind, months, cells, estimates, unpriced, undated, otherCurrencies } = told
  const names = [...new Set(cells.map(({ initiative }) => initiative))].sort(
    (a, b) => Number(a === null) - Number(b === null) || (a! < b! ? -1 : 1),
  )
  const counted = cells.filter(({ isBeside }) => !isBeside)
  const line = (name: string, own: readonly ActualCell[]) =>
    [
      `  ${name.slice(0, 32).padEnd(32)}`,
      ...months.map((month) => ofMonth(own, month).padStart(14)),
      (own.length === 0 ? '–' : cents(sumActuals(own))).padStart(14),
    ].join('')
  const beside = besideActuals(cells)
  return [
    kind === null ? `No tool states what it cost, ${currency}` : `Actual cost, ${kind}, ${currency}`,
    `  ${''.padEnd(32)}${months.map((month) => month.padStart(14)).join('')}${'Sum'.padStart(14)}`,
    ...names.map((name) =>
      line(
        name ?? 'Unattributed',
        counted.filter(({ initiative }) => initiative === name),
      ),
    ),
    line('Sum', counted),
    ...(beside.length === 0 ? [] : ['', 'Beside it, in no sum, because kinds of cost are never added:']),
    ...beside.map(
      (own) => `  ${cents(own.nanos)} ${own.kind}: ${toolsOf(cells.filter(({ basis }) => basis === own.kind))}`,
    ),
    ...(estimates.length === 0 ? [] : ['', 'Estimated by:', ...estimatesText(estimates, currency)]),
    ...(unpriced.length === 0 ? [] : ['', 'Without a price, in no sum:']),
    ...unpriced.map(({ tool, month, rows }) => `  ${tool ?? 'tool not named'}, ${month}: ${rows} rows`),
    ...(undated === 0 ? [] : [`${undated} rows have no date and are in no month.`]),
    ...(otherCurrencies.length === 0 ? [] : [`Cost in ${otherCurrencies.join(', ')} is not converted and in no sum.`]),
  ].join('\n')
}

function ofMonth(cells: readonly ActualCell[], month: MonthKey): string {
  const own = cells.filter((cell) => cell.month === month)
  return own.length === 0 ? '–' : cents(sumActuals(own))
}

function toolsOf(cells: readonly ActualCell[]): string {
  const tools = [...new Set(cells.map(({ tool }) => tool))]
  return tools
    .map(
      (tool) =>
        `${tool ?? 'tool not named'} ${cents(sumNanos(cells.filter((own) => own.tool === tool).map(({ nanos }) => nanos)))}`,
    )
    .join(', ')
}

function cents(nanos: Nanos): string {
  return toUnits(roundNanos(nanos, 2)).toFixed(2)
}
