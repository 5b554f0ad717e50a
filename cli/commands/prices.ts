import { parseArgs } from 'node:util'
import { parseDay } from '../../shared/calendar/index.ts'
import { formatNanos } from '../../shared/money/index.ts'
import {
  LIST_DATE,
  type ModelAlias,
  type OwnPrices,
  type OwnRate,
  priceBookOf,
  type PricedGroup,
  pricingOf,
  type Repriced,
  type RepricedSide,
  repricing,
  tellPrices,
  tellRate,
  tellUnpriced,
  type WrittenRates,
} from '../../shared/prices/index.ts'
import { factReadingOf, type Workbook, writeWorkbookFile } from '../../shared/workbook/index.ts'
import { type Command, type CommandIo, type ExitCode, UsageError } from '../command.ts'
import { openWorkbook, statedFacts } from '../open-workbook.ts'

export const pricesCommand: Command = {
  name: 'prices',
  summary: 'Rates behind the estimates, what is unpriced, and what a rate of yours would change',
  help: [
    'Usage: quarterdeck prices WORKBOOK [--rate FIELDS]... [--alias WRITTEN=MODEL]... [--out WORKBOOK] [--json] [--strict]',
    '',
    `Usage of tools that state no cost is estimated from dated rates: those of your own first, then the price list of ${LIST_DATE}.`,
    'A model nobody names a price for stays unpriced: it is listed, never zero, never guessed.',
    '',
    '  --rate    a rate of your own, USD per million tokens unless said: model=NAME,input=3,output=15; also write (5 minutes),',
    '            write-1h, read, from=DAY, to=DAY, currency=EUR, batch=0.5 (factor), note=TEXT',
    '  --alias   what a name in an export means: team-default=claude-sonnet-5',
    '  --out     keeps the rates and aliases in this workbook; without it only what they would change is told',
    '  --json    {listDate, priced: [{tool, model, rate, prices, terms, rows, tokens, cost, currency, from, to}],',
    '            unpriced: [{tool, model, why, rows, tokens, from, to}], changes: [{tool, model, rows, tokens, before, after}]}',
    '  --strict  exit code 1 when anything is unpriced',
    '',
    "Example: quarterdeck prices team.quarterdeck --rate 'model=house-1,input=0.5,output=2,from=2026-07-01'",
  ].join('\n'),
  run: runPrices,
}

async function runPrices(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rate: { type: 'string', multiple: true, default: [] },
      alias: { type: 'string', multiple: true, default: [] },
      out: { type: 'string' },
      json: { type: 'boolean', default: false },
      strict: { type: 'boolean', default: false },
    },
  })
  const rates = values.rate.map(readRate)
  const aliases = values.alias.map(readAlias)
  if (values.out !== undefined && rates.length + aliases.length === 0)
    throw new UsageError('--out keeps rates and aliases: name one with --rate or --alias.')
  const workbook = await openWorkbook(positionals, io)
  if (workbook === null) return 3
  const facts = statedFacts(workbook)
  const after = withOwn(workbook, rates, aliases)
  const [book, next] = [workbook, after].map(({ records }) => priceBookOf(pricesOf(records)))
  const groups = pricingOf(facts, next!)
  const changes = repricing(facts, book!, next!)
  const unpriced = groups.filter(({ why }) => why !== null)
  const priced = groups.filter(({ why }) => why === null)
  if (values.json) {
    const told = { listDate: LIST_DATE, priced: priced.map(pricedJson), unpriced: unpriced.map(unpricedJson) }
    io.out(JSON.stringify({ ...told, changes: changes.map(changeJson) }, null, 2))
  } else {
    io.out([...pricedText(priced), ...unpricedText(unpriced), ...changesText(changes)].join('\n'))
  }
  if (values.out !== undefined) {
    await io.writeFile(values.out, writeWorkbookFile(after))
    io.err(`Kept in ${values.out}.`)
  }
  return values.strict && unpriced.length > 0 ? 1 : 0
}

function pricesOf(records: Workbook['records']): OwnPrices {
  return factReadingOf(records).prices
}

/** Rates and aliases of the same name and start replace earlier ones. */
function withOwn(workbook: Workbook, rates: readonly OwnRate[], aliases: readonly ModelAlias[]): Workbook {
  const { records } = workbook
  return {
    ...workbook,
    records: {
      ...records,
      rates: { ...records.rates, ...Object.fromEntries(rates.map((rate) => [rate.id, rate])) },
      modelAliases: { ...records.modelAliases, ...Object.fromEntries(aliases.map((alias) => [alias.id, alias])) },
    },
  }
}

const BUCKET_OF: Readonly<Record<string, keyof WrittenRates>> = {
  input: 'uncachedInput',
  write: 'cacheWrite5m',
  'write-1h': 'cacheWrite1h',
  read: 'cacheRead',
  output: 'output',
}

function readRate(text: string): OwnRate {
  const said = new Map(text.split(',').map((part) => keyAndValue(part, '--rate')))
  const perMillion: { -readonly [Key in keyof WrittenRates]: WrittenRates[Key] } = {}
  for (const [key, bucket] of Object.entries(BUCKET_OF)) {
    if (said.has(key)) perMillion[bucket] = decimal(key, said.get(key)!)
    said.delete(key)
  }
  const take = (key: string) => {
    const value = said.get(key)
    said.delete(key)
    return value
  }
  const [model, from, to] = [take('model'), take('from'), take('to')]
  const [currency, batch, note] = [take('currency') ?? 'USD', take('batch'), take('note')]
  if (said.size > 0) throw new UsageError(`--rate: ${[...said.keys()].join(', ')} is not known here. See --help.`)
  if (model === undefined || model === '') throw new UsageError('--rate: which model? Say model=NAME.')
  if (Object.keys(perMillion).length === 0)
    throw new UsageError(`--rate: ${model} has no price. Say input=3 or output=15.`)
  if (!/^[A-Z]{3}$/.test(currency)) throw new UsageError(`--rate: ${currency} is no currency code such as USD.`)
  return {
    id: `rate-${model}-${from ?? 'always'}`,
    model,
    from: from === undefined ? null : dayOf(from),
    to: to === undefined ? null : dayOf(to),
    currency,
    perMillion,
    longPrompts: null,
    batch: batch === undefined ? null : decimal('batch', batch),
    regions: {},
    note: note ?? '',
  }
}

function readAlias(text: string): ModelAlias {
  const [written, model] = keyAndValue(text, '--alias')
  return { id: `alias-${written.toLowerCase()}`, written, model }
}

function keyAndValue(text: string, option: string): readonly [string, string] {
  const at = text.indexOf('=')
  if (at <= 0 || at === text.length - 1) throw new UsageError(`${option}: ${text} is not NAME=VALUE.`)
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()]
}

function decimal(key: string, text: string): string {
  if (!/^\d+(\.\d{1,9})?$/.test(text)) throw new UsageError(`--rate: ${key}=${text} is not a plain decimal number.`)
  return text
}

function dayOf(text: string) {
  const day = parseDay(text)
  if (!day.ok) throw new UsageError(`--rate: ${text} is not a day such as 2026-07-01.`)
  return day.value
}

function pricedJson({ rate, nanos, why: _why, example: _example, ...group }: PricedGroup) {
  return {
    ...group,
    rate: rate && tellRate(rate),
    prices: rate && tellPrices(rate),
    cost: nanos === null ? null : formatNanos(nanos),
    currency: rate?.currency ?? null,
  }
}

function unpricedJson({ tool, model, why, rows, tokens, from, to }: PricedGroup) {
  return { tool, model, why: why && tellUnpriced(why), rows, tokens, from, to }
}

function changeJson({ before, after, ...change }: Repriced) {
  return { ...change, before: sideJson(before), after: sideJson(after) }
}

function sideJson({ nanos, rate, unpricedRows }: RepricedSide) {
  return {
    cost: nanos === null ? null : formatNanos(nanos),
    currency: rate?.currency ?? null,
    rate: rate && tellRate(rate),
    unpricedRows,
  }
}

function pricedText(groups: readonly PricedGroup[]): readonly string[] {
  if (groups.length === 0) return ['Nothing is estimated: every tool states its own cost, or no usage is imported.']
  return [
    `Estimated, in force (price list of ${LIST_DATE}):`,
    ...groups.flatMap(({ tool, model, rate, terms, rows, tokens, nanos }) => [
      `  ${nameOf(tool, model)}${terms === '' ? '' : ` (${terms})`}: ${formatNanos(nanos!)} ${rate!.currency}, ${rows} rows, ${tokens} tokens`,
      `      ${tellRate(rate!)}: ${tellPrices(rate!)}`,
    ]),
  ]
}

function unpricedText(groups: readonly PricedGroup[]): readonly string[] {
  if (groups.length === 0) return []
  return [
    '',
    'Waiting for a price:',
    ...groups.map(
      ({ tool, model, why, rows, tokens }) =>
        `  ${nameOf(tool, model)}: ${rows} rows, ${tokens ?? 'no'} tokens; ${tellUnpriced(why!)}`,
    ),
  ]
}

function changesText(changes: readonly Repriced[]): readonly string[] {
  if (changes.length === 0) return []
  return [
    '',
    'Would change:',
    ...changes.map(
      ({ tool, model, rows, before, after }) =>
        `  ${nameOf(tool, model)}: ${rows} rows, ${sideText(before)} to ${sideText(after)}`,
    ),
  ]
}

function sideText({ nanos, rate }: RepricedSide): string {
  return nanos === null ? 'unpriced' : `${formatNanos(nanos)} ${rate!.currency}`
}

function nameOf(tool: string | null, model: string | null): string {
  return `${tool ?? 'tool not named'}, ${model ?? 'model not named'}`
}
