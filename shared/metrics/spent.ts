import { type Day, dayOfEpoch, epochDayOf } from '../calendar/index.ts'
import { COST_PREFERENCE, moneyAt, rollUpUsage, spentKindOf, type UsageCount, type UsageRollUp } from '../cube/index.ts'
import type { FactSet } from '../facts/index.ts'
import type { Issue } from '../issues/index.ts'
import { nanosOf, toUnits } from '../money/index.ts'
import { NO_OWN_PRICES, priceBookOf, type Rate } from '../prices/index.ts'
import { type CostKind, TOKEN_BUCKETS } from '../quantities/index.ts'
import { daysIn } from './bounds.ts'
import { needsCost, needsPricedTokens, needsUsage, needsUsageInPeriod, otherCurrency } from './messages.ts'
import type { MetricContext, Period } from './types.ts'

/** Usage by day, tool and model, by day: what every number about money and tokens is summed from. */
interface UsageDays {
  readonly rollUp: UsageRollUp
  /** Per tool the kind of cost that stands for it over all its usage. */
  readonly basis: ReadonlyMap<string | null, CostKind>
  /** The one all money is summed in, as in the plan. Only where nobody owes anything it is what seats cover, as a proxy. */
  readonly kind: CostKind | null
  /** Epoch day of each cell, rising; cells without a day are left out. */
  readonly day: Int32Array
  readonly firstDay: number
  readonly lastDay: number
  /** Per cell: all tokens stated, NaN = none. */
  readonly tokens: Float64Array
}

const days = new WeakMap<FactSet, UsageDays>()

function usageDays(facts: FactSet): UsageDays {
  let known = days.get(facts)
  if (known) return known
  const rollUp = rollUpUsage(facts, ['day', 'tool', 'model'])
  const [words, codes] = [rollUp.words[0]!, rollUp.codes[0]!]
  const epochDays = words.map((day) => epochDayOf(day as Day))
  let dated = 0
  while (dated < rollUp.cells && codes[dated]! < words.length) dated++
  const day = new Int32Array(dated)
  for (let i = 0; i < dated; i++) day[i] = epochDays[codes[i]!]!
  const basis = basisOf(rollUp)
  known = {
    rollUp,
    basis,
    kind: spentKindOf(basis) ?? ([...basis.values()].includes('included') ? 'included' : null),
    day,
    firstDay: dated === 0 ? Infinity : day[0]!,
    lastDay: dated === 0 ? -Infinity : day[dated - 1]!,
    tokens: Float64Array.from(day, (_, cell) => plainTokens(rollUp, cell)),
  }
  days.set(facts, known)
  return known
}

function countAt({ counts }: UsageRollUp, name: UsageCount, cell: number): number {
  return counts[name]?.[cell] ?? NaN
}

function plainTokens(rollUp: UsageRollUp, cell: number): number {
  let sum = NaN
  for (const name of [...TOKEN_BUCKETS, 'unsplitTokens'] as const) {
    const own = countAt(rollUp, name, cell)
    if (own === own) sum = sum === sum ? sum + own : own
  }
  return sum
}

/** Input price of the model all tokens are told in, as the list has it: Claude Sonnet 4.5, $3 a million. */
const REFERENCE_PRICE_NANOS = 3_000_000_000
export const REFERENCE_PRICE_NOTE =
  'Effective tokens: each kind weighs what it costs by your rates, else by the dated list, told in input tokens of Claude Sonnet 4.5 ($3 a million).'

const effective = new WeakMap<FactSet, Map<string, Float64Array>>()

/** Per cell its tokens weighed by price, in input tokens of the reference model; NaN = no price for them. */
function effectiveOf({ facts, settings }: Pick<MetricContext, 'facts' | 'settings'>): Float64Array {
  let byPrices = effective.get(facts)
  if (!byPrices) effective.set(facts, (byPrices = new Map<string, Float64Array>()))
  const { prices = NO_OWN_PRICES } = settings
  const key = prices === NO_OWN_PRICES ? '' : JSON.stringify(prices)
  let own = byPrices.get(key)
  if (!own) {
    const { rollUp, day } = usageDays(facts)
    const [book, list] = [priceBookOf(prices), priceBookOf({ ...prices, rates: [] })]
    own = Float64Array.from(day, (at, cell) => {
      const [model, on] = [wordAt(rollUp, 2, cell), dayOfEpoch(at)]
      const rate = book.rateOf(model, on)
      // Rates in other currencies are not converted: the list is in dollars.
      return effectiveTokens(rollUp, cell, rate?.currency === 'USD' ? rate : list.rateOf(model, on))
    })
    byPrices.set(key, own)
  }
  return own
}

/**
 * Tokens weighed by their price: 1,000 input at $3, 9,000 cache reads at $0.30 and 500 output at $15 a million are
 * 1,000 + 900 + 2,500 = 4,400. NaN where the model has no price, or only totals of tokens are stated; totals beside tokens by
 * kind are left out.
 */
function effectiveTokens(rollUp: UsageRollUp, cell: number, rate: Rate | null): number {
  if (rate === null) return NaN
  let sum = NaN
  for (const bucket of TOKEN_BUCKETS) {
    const tokens = countAt(rollUp, bucket, cell)
    if (Number.isNaN(tokens)) continue
    const price = rate.perMillion[bucket] ?? rate.perMillion.uncachedInput
    if (price === null) return NaN
    sum = (Number.isNaN(sum) ? 0 : sum) + (tokens * Number(price)) / REFERENCE_PRICE_NANOS
  }
  return sum
}

function wordAt({ words, codes }: UsageRollUp, dimension: number, cell: number): string | null {
  return words[dimension]![codes[dimension]![cell]!] ?? null
}

export type Spent =
  | {
      readonly ok: true
      readonly value: number
      /** Share of the period's days and of the usage rows that the sum speaks for. */
      readonly coverage: number
      readonly excluded: Readonly<Record<string, number>>
      readonly kind: CostKind | null
      readonly note?: string
    }
  | { readonly ok: false; readonly why: Issue }

/** All tokens of a period, plain: cache reads count like any other token. */
export function tokensIn(context: MetricContext, period: Period): Spent {
  const usage = usageDays(context.facts)
  return summed(usage, usage.tokens, period, 'rows without tokens', needsUsageInPeriod)
}

/** Tokens of a period weighed by price; a model without a price is left out, counted and named. */
export function effectiveTokensIn(context: MetricContext, period: Period): Spent {
  const usage = usageDays(context.facts)
  const weights = effectiveOf(context)
  const spent = summed(usage, weights, period, UNPRICED, needsPricedTokens)
  if (!spent.ok) return spent
  const { share, rows } = unweighed(usage, weights, period)
  return {
    ...spent,
    coverage: spent.coverage * (1 - share),
    excluded: { ...spent.excluded, ...rows },
    note: REFERENCE_PRICE_NOTE,
  }
}

const UNPRICED = 'rows without tokens that have a price'

/**
 * Tokens without a weight of tools that have some with one: their share of the plain tokens of these tools, and rows by model
 * of the days, tools and models none of whose tokens has one.
 */
function unweighed(
  usage: UsageDays,
  weights: Float64Array,
  period: Period,
): { readonly share: number; readonly rows: Readonly<Record<string, number>> } {
  const { rollUp, tokens } = usage
  const [from, to] = cellsIn(usage, period)
  const speaking = new Set<string | null>()
  for (let cell = from; cell < to; cell++) if (!Number.isNaN(weights[cell]!)) speaking.add(wordAt(rollUp, 1, cell))
  let [all, without] = [0, 0]
  const rows: Record<string, number> = {}
  for (let cell = from; cell < to; cell++) {
    if (Number.isNaN(tokens[cell]!) || !speaking.has(wordAt(rollUp, 1, cell))) continue
    all += tokens[cell]!
    if (Number.isNaN(weights[cell]!)) {
      without += tokens[cell]!
      const reason = `${wordAt(rollUp, 2, cell) ?? 'unnamed model'}: ${UNPRICED}`
      rows[reason] = (rows[reason] ?? 0) + rollUp.rows[cell]!
    } else without += countAt(rollUp, 'unsplitTokens', cell) || 0
  }
  return { share: all === 0 ? 0 : without / all, rows }
}

function summed(
  usage: UsageDays,
  values: Float64Array,
  period: Period,
  without: string,
  why: (period: Period) => Issue,
): Spent {
  if (usage.day.length === 0) return { ok: false, why: needsUsage() }
  const [from, to] = cellsIn(usage, period)
  if (from === to) return { ok: false, why: needsUsageInPeriod(period) }
  let sum = NaN
  for (let cell = from; cell < to; cell++) {
    const own = values[cell]!
    if (own === own) sum = sum === sum ? sum + own : own
  }
  if (Number.isNaN(sum)) return { ok: false, why: why(period) }
  const silent = rowsWithout(usage, from, to, (cell) => !Number.isNaN(values[cell]!))
  return {
    ok: true,
    value: sum,
    coverage: dayShare(usage, period) * (1 - silent.share),
    excluded: Object.fromEntries(silent.tools.map(([tool, rows]) => [`${tool}: ${without}`, rows])),
    kind: null,
  }
}

/**
 * Money of a period in currency units: one kind of cost only, the strongest any tool states over all its usage, so that a
 * trend never changes its kind. Tools that do not state it are left out, counted and named, and so are uses no rate prices.
 */
export function costIn(context: MetricContext, period: Period): Spent {
  const { facts, settings } = context
  const usage = usageDays(facts)
  if (usage.day.length === 0) return { ok: false, why: needsUsage() }
  const { kind, states } = standingCost(facts)
  if (kind === null) return { ok: false, why: needsCost() }
  const [from, to] = cellsIn(usage, period)
  if (from === to) return { ok: false, why: needsUsageInPeriod(period) }
  const stated = usage.rollUp.words[1]!.map(states)
  const counts = (cell: number): boolean => stated[usage.rollUp.codes[1]![cell]!] ?? states(null)
  const columns = usage.rollUp.money.filter((column) => column.kind === kind)
  const own = columns.find(({ currency }) => currency === settings.currency)
  const others = columns.filter((column) => column !== own)
  let nanos: bigint | null = null
  let [all, unpriced, foreign] = [0, 0, 0]
  const foreignCodes = new Set<string>()
  for (let cell = from; cell < to; cell++) {
    all += usage.rollUp.rows[cell]!
    if (!counts(cell)) continue
    unpriced += countAt(usage.rollUp, 'unpriced', cell) || 0
    const money = own === undefined ? null : moneyAt(own, cell)
    if (money !== null) nanos = (nanos ?? 0n) + money
    const elsewhere = others.filter((column) => !Number.isNaN(column.low[cell]!))
    for (const { currency, rows } of elsewhere) {
      foreign += rows[cell]!
      foreignCodes.add(currency)
    }
  }
  if (nanos === null) {
    const codes = [...foreignCodes].sort()
    if (codes.length > 0) return { ok: false, why: otherCurrency(codes, settings.currency) }
    return { ok: false, why: needsUsageInPeriod(period) }
  }
  const silent = rowsWithout(usage, from, to, counts)
  return {
    ok: true,
    value: toUnits(nanosOf(nanos)),
    coverage: dayShare(usage, period) * (1 - silent.share - unpriced / all),
    excluded: {
      ...Object.fromEntries(silent.tools.map(([tool, rows]) => [`${tool}: rows without ${kind} cost`, rows])),
      'rows no rate prices': unpriced,
      'rows in another currency': foreign,
    },
    kind,
  }
}

/** The one kind of cost that stands for all usage, and which tools state it; `null` = no cost at all. */
export function standingCost(facts: FactSet): {
  readonly kind: CostKind | null
  readonly states: (tool: string | null) => boolean
} {
  const { basis, kind } = usageDays(facts)
  return { kind, states: (tool) => kind !== null && basis.get(tool) === kind }
}

/** Per tool the strongest kind of cost it states anywhere, from the roll-up at hand; see `costBasisOf`. */
function basisOf(rollUp: UsageRollUp): ReadonlyMap<string | null, CostKind> {
  const basis = new Map<string | null, CostKind>()
  const tools = rollUp.words[1]!
  for (const kind of [...COST_PREFERENCE].reverse()) {
    for (const column of rollUp.money) {
      if (column.kind !== kind) continue
      for (let cell = 0; cell < rollUp.cells; cell++)
        if (!Number.isNaN(column.low[cell]!)) basis.set(tools[rollUp.codes[1]![cell]!] ?? null, kind)
    }
  }
  return basis
}

/** The standing cost of the cells of a roll-up. */
export interface StandingCost {
  readonly kind: CostKind
  /** Whether the cell states it in the currency. */
  readonly isStated: (cell: number) => boolean
  /** Where it does, the amount. */
  readonly high: Float64Array
  readonly low: Float64Array
}

/** The standing cost of a roll-up whose dimension `tool` names the tool; `null` = no cost is known. */
export function standingNanos(context: MetricContext, rollUp: UsageRollUp): StandingCost | null {
  const { kind, states } = standingCost(context.facts)
  if (kind === null) return null
  const tool = rollUp.dimensions.indexOf('tool')
  const stated = Uint8Array.from([...rollUp.words[tool]!, null], (word) => (states(word) ? 1 : 0))
  const codes = rollUp.codes[tool]!
  const { high, low } = rollUp.money.find((own) => own.kind === kind && own.currency === context.settings.currency) ?? {
    high: NO_AMOUNTS,
    low: NO_AMOUNTS,
  }
  return {
    kind,
    high,
    low,
    isStated: (cell) => stated[codes[cell]!] === 1 && cell < low.length && low[cell] === low[cell],
  }
}

const NO_AMOUNTS = new Float64Array(0)

/** The standing cost of one cell; `null` = none. */
export function standingAt(standing: StandingCost | null, cell: number): bigint | null {
  return standing?.isStated(cell) ? moneyAt(standing, cell) : null
}

/** What `costIn` or `effectiveTokensIn` sums, by tool or model; empty where that is unknown. */
export function spentBy(
  context: MetricContext,
  period: Period,
  unit: '$' | 'tokens',
  by: 'tool' | 'model',
): ReadonlyMap<string, number> {
  const usage = usageDays(context.facts)
  const dimension = by === 'tool' ? 1 : 2
  const [from, to] = cellsIn(usage, period)
  const standing = standingNanos(context, usage.rollUp)
  const weighed = effectiveOf(context)
  const nanosOfName = new Map<string, bigint>()
  const tokensOfName = new Map<string, number>()
  for (let cell = from; cell < to; cell++) {
    const name = wordAt(usage.rollUp, dimension, cell) ?? `${by === 'tool' ? 'Tool' : 'Model'} not named`
    const tokens = weighed[cell]!
    if (!Number.isNaN(tokens)) tokensOfName.set(name, (tokensOfName.get(name) ?? 0) + tokens)
    const nanos = standingAt(standing, cell)
    if (nanos !== null) nanosOfName.set(name, (nanosOfName.get(name) ?? 0n) + nanos)
  }
  if (unit === 'tokens') return tokensOfName
  return new Map([...nanosOfName].map(([name, nanos]) => [name, toUnits(nanosOf(nanos))]))
}

/** First cell of the period … first cell after it. */
function cellsIn({ day }: UsageDays, period: Period): readonly [number, number] {
  return [firstFrom(day, epochDayOf(period.from)), firstFrom(day, epochDayOf(period.to) + 1)]
}

function firstFrom(day: Int32Array, wanted: number): number {
  let [low, high] = [0, day.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (day[middle]! < wanted) low = middle + 1
    else high = middle
  }
  return low
}

/** Share of the period's days between the first and the last day usage speaks of. */
function dayShare({ firstDay, lastDay }: UsageDays, period: Period): number {
  const from = Math.max(firstDay, epochDayOf(period.from))
  const to = Math.min(lastDay, epochDayOf(period.to))
  return Math.max(0, to - from + 1) / daysIn(period)
}

/** Tools of which no cell speaks, with their rows and their share of all rows. */
function rowsWithout(
  { rollUp }: UsageDays,
  from: number,
  to: number,
  speaks: (cell: number) => boolean,
): { readonly tools: readonly (readonly [string, number])[]; readonly share: number } {
  const tools = new Map<string, { rows: number; speaks: boolean }>()
  let all = 0
  for (let cell = from; cell < to; cell++) {
    const name = wordAt(rollUp, 1, cell) ?? 'unnamed tool'
    const rows = rollUp.rows[cell]!
    all += rows
    const own = tools.get(name)
    if (!own) tools.set(name, { rows, speaks: speaks(cell) })
    else {
      own.rows += rows
      own.speaks ||= speaks(cell)
    }
  }
  const silent = [...tools].filter(([, own]) => !own.speaks).map(([tool, own]) => [tool, own.rows] as const)
  return { tools: silent, share: all === 0 ? 0 : silent.reduce((sum, [, own]) => sum + own, 0) / all }
}
