import type { Day, MonthKey } from '../calendar/index.ts'
import { nameKey, nearestName } from '../formula/index.ts'
import { tellIssue } from '../issues/index.ts'
import { METRICS, type MetricValue } from '../metrics/index.ts'
import {
  type History,
  type KnownFigure,
  type KnownFigures,
  knownKey,
  type KnownMention,
  knownMentions,
  type ModelRow,
} from '../model/index.ts'
import { toUnits } from '../money/index.ts'
import { type OwnPrices, priceBookOf } from '../prices/index.ts'
import type { TokenBuckets } from '../quantities/index.ts'
import { type Actuals, besideActuals, sumActuals } from './actuals.ts'
import type { Initiative } from './types.ts'

/** What `lookup`, `actual` and `history` are answered from. */
export interface FigureSources {
  /** ISO 4217: what `$` stands for in the model. */
  readonly currency: string
  readonly prices: OwnPrices
  readonly initiatives: Readonly<Record<string, Pick<Initiative, 'id' | 'name'>>>
  /** null = there is no workbook, or nothing is imported. */
  readonly actuals: Pick<Actuals, 'cells' | 'unpriced'> | null
  /** By id; those measured. */
  readonly metrics: ReadonlyMap<string, MetricValue>
  /** Columns that `from(…)` draws on; left out where no formula does, or none are at hand. */
  readonly history?: History
}

/**
 * Every figure that formulas of `rows` ask for, by `knownKey`; undefined where none does. What is not known is NaN with its
 * reason, never 0: `lookup("claude-opus-4-5", "output")` is 0.000025 $/tokens, $25 a million.
 */
export function knownFigures(
  rows: readonly ModelRow[],
  months: readonly MonthKey[],
  sources: FigureSources,
): KnownFigures | undefined {
  const mentions = knownMentions(rows)
  if (mentions.length === 0) return undefined
  const figureOf = {
    lookup: (args: readonly string[]) => priceOf(args, months, sources),
    actual: ([name = '']: readonly string[]) => spentOn(name, rows, months, sources),
    history: ([name = '']: readonly string[]) => measured(name, sources),
  } satisfies Record<KnownMention['name'], unknown>
  return Object.fromEntries(mentions.map((mention) => [knownKey(mention), figureOf[mention.name](mention.args)]))
}

const BUCKETS: Readonly<Record<string, keyof TokenBuckets>> = {
  input: 'uncachedInput',
  output: 'output',
  'cache read': 'cacheRead',
  'cache write': 'cacheWrite5m',
  'cache write 1h': 'cacheWrite1h',
}

function priceOf(
  [model = '', tokens = 'input']: readonly string[],
  months: readonly MonthKey[],
  { prices, currency }: FigureSources,
): KnownFigure {
  const bucket = BUCKETS[nameKey(tokens)]
  if (!bucket)
    return { wrong: `No kind of tokens is called “${tokens}”. There are ${Object.keys(BUCKETS).join(', ')}.` }
  const book = priceBookOf(prices)
  const rates = months.map((month) => book.rateOf(model, `${month}-01` as Day))
  if (rates.every((rate) => rate === null))
    return { wrong: `No price is known for “${model}”. Check the spelling, or enter a price of your own under Data.` }
  const other = rates.find((rate) => rate !== null && rate.currency !== currency)
  if (other)
    return {
      wrong: `“${model}” is priced in ${other.currency}, the plan counts in ${currency}; nothing is converted. Enter a price of your own in ${currency} under Data.`,
    }
  const values = rates.map((rate) => {
    const perMillion = rate?.perMillion[bucket] ?? null
    return perMillion === null ? Number.NaN : toUnits(perMillion) / 1e6
  })
  const why = `“${model}” has no price for ${tokens} tokens. Enter one of your own under Data, or type the number.`
  const isSteady = values.every((value) => Object.is(value, values[0]))
  return { values: isSteady ? values.slice(0, 1) : values, unit: '$/tokens', why }
}

function spentOn(
  name: string,
  rows: readonly ModelRow[],
  months: readonly MonthKey[],
  { actuals, initiatives }: FigureSources,
): KnownFigure {
  const isMeant = (each: { readonly name: string }) => nameKey(each.name) === nameKey(name)
  const all = Object.values(initiatives)
  const row = rows.find((each) => each.kind === 'budget line' && isMeant(each))
  const initiative = all.find(isMeant) ?? all.find(({ id }) => id === row?.group)
  if (!initiative) {
    if (row)
      return {
        wrong: `“${name}” belongs to no initiative, so no spending is given to it. Put it under one that attribution rules name.`,
      }
    const names = [...all, ...rows.filter(({ kind }) => kind === 'budget line')].map((each) => each.name)
    const near = nearestName(name, names)
    return {
      wrong: `No initiative or budget line is called “${name}”. ${near === null ? 'Check the spelling.' : `Did you mean '${near}'?`}`,
    }
  }
  const lines = rows.filter(({ kind, group }) => kind === 'budget line' && group === initiative.id)
  if (!isMeant(initiative) && lines.length > 1)
    return {
      wrong: `“${initiative.name}” has ${lines.length} budget lines, and what is spent is known for all of them together. Write actual('${initiative.name}').`,
    }
  const cells = actuals?.cells ?? []
  const imported = new Set(cells.map(({ month }) => month))
  // Usage without a price may be this initiative's: then what it spent in that month is not known. Of a tool that is beside
  // the sums it is in none of them, as what has a price there.
  const besideTools = new Set(cells.filter(({ isBeside }) => isBeside).map(({ tool }) => tool))
  const owed = (actuals?.unpriced ?? []).filter(({ tool }) => !besideTools.has(tool))
  const unpriced = new Set(owed.map(({ month }) => month))
  const values = months.map((month) => {
    const own = cells.filter((cell) => cell.initiativeId === initiative.id && cell.month === month)
    // Only a cost of a kind that is in no actual: something was spent, so it is not nothing.
    const isOnlyBeside = own.length > 0 && own.every(({ isBeside }) => isBeside)
    return imported.has(month) && !unpriced.has(month) && !isOnlyBeside ? toUnits(sumActuals(own)) : Number.NaN
  })
  const last = [...imported].sort().at(-1)
  const found = last === undefined ? 'no spending is imported' : `imported spending ends with ${last}`
  const also = months.some((month) => unpriced.has(month)) ? ', and some usage has no price' : ''
  const beside = besideActuals(cells.filter(({ initiativeId }) => initiativeId === initiative.id))
  const kinds = beside.map(({ kind }) => kind).join(' and ')
  const only = kinds === '' ? '' : `, and some of its cost is only ${kinds}, which no actual adds`
  const why = `What was spent on “${initiative.name}” is not known: ${found}${also}${only}. Import it, or write iferror(actual('${initiative.name}'), …) with what to take instead.`
  return { values, unit: '$', why }
}

const UNITS: Readonly<Record<string, string>> = { share: '%', 'per week': '1/week' }

/** By its name or its id, letter case aside. */
function metricCalled(name: string) {
  return METRICS.find((each) => nameKey(each.name) === nameKey(name) || each.id === nameKey(name))
}

function measured(name: string, { metrics }: FigureSources): KnownFigure {
  const metric = metricCalled(name)
  if (!metric) {
    const near = nearestName(
      name,
      METRICS.map((each) => each.name),
    )
    return {
      wrong: `No metric is called “${name}”. ${near === null ? 'The metrics page names them all.' : `Did you mean "${near}"?`}`,
    }
  }
  const value = metrics.get(metric.id)
  const unit = UNITS[metric.unit] ?? metric.unit
  if (value?.known) return { values: [value.value], unit, why: '' }
  const reason = value ? tellIssue(value.why) : 'Nothing is imported to measure it from.'
  return {
    values: [Number.NaN],
    unit,
    why: `“${metric.name}” is not known: ${reason} Import it, or write iferror(history("${metric.name}"), …) with what to take instead.`,
  }
}

/** Whether a formula needs to know what was spent: it is worth adding up only then. */
export function asksForActuals(rows: readonly Pick<ModelRow, 'formula'>[]): boolean {
  return knownMentions(rows).some(({ name }) => name === 'actual')
}

/** The metrics formulas ask for, by id. */
export function metricsAsked(rows: readonly Pick<ModelRow, 'formula'>[]): readonly string[] {
  return knownMentions(rows).flatMap(({ name, args }) => {
    const metric = name === 'history' ? metricCalled(args[0] ?? '') : undefined
    return metric ? [metric.id] : []
  })
}
