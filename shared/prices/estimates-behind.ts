import { dayOfEpoch, MS_PER_DAY } from '../calendar/index.ts'
import { type FactRow, type FactSet, type NanosColumn, type NumberColumn, UNKNOWN_NANOS } from '../facts/index.ts'
import { type Nanos, nanosOf, ZERO_NANOS } from '../money/index.ts'
import { toolsWithCost } from './estimate-usage.ts'
import type { PriceBook } from './price-book.ts'
import { termsOf } from './price-use.ts'
import { isAsked, type PricingChoices, pricingOf, rowReader, termsText, tokenCounter } from './pricing.ts'
import type { Rate } from './rates.ts'
import { tellPrices, tellRate } from './tell-rate.ts'

/** How a cost was estimated. */
export interface EstimateRate {
  /** `null` = the export states the estimate itself, by rates it does not name. */
  readonly rate: Rate | null
  /** What was applied beside the rate: `batch`, `long prompt`, `us`; '' = nothing. */
  readonly terms: string
}

/** Part of an estimated cost: all uses of one model by one rate. */
export interface EstimateBehind extends EstimateRate {
  readonly tool: string | null
  readonly model: string | null
  readonly rows: number
  readonly tokens: number | null
  readonly nanos: Nanos
}

/**
 * What the estimated cost of some usage rests on, largest first: each rate of the price book with its model and dates, and
 * estimates the exports state themselves. The parts add up to the cost. Facts as they were resolved, without estimates.
 */
export function estimatesBehind(
  facts: FactSet,
  book: PriceBook,
  { currency, ...choices }: PricingChoices & { readonly currency: string },
): readonly EstimateBehind[] {
  const priced = pricingOf(facts, book, choices).flatMap(
    ({ tool, model, rate, terms, rows, tokens, nanos }): readonly EstimateBehind[] =>
      rate?.currency === currency && nanos !== null ? [{ tool, model, rate, terms, rows, tokens, nanos }] : [],
  )
  return [...priced, ...statedEstimates(facts, currency, choices)].sort((a, b) => Number(b.nanos - a.nanos))
}

function statedEstimates(facts: FactSet, currency: string, choices: PricingChoices): readonly EstimateBehind[] {
  const groups = new Map<string, { -readonly [K in keyof EstimateBehind]: EstimateBehind[K] }>()
  facts.usage.chunks.forEach((chunk, at) => {
    const live = facts.usage.live[at] ?? null
    const { values } = chunk.columns['estimated'] as NanosColumn
    const [days, moments] = [chunk.columns['day'] as NumberColumn, chunk.columns['at'] as NumberColumn]
    const tokensAt = tokenCounter(chunk)
    const read = rowReader(chunk)
    for (let row = 0; row < chunk.rows; row++) {
      if (values[row] === UNKNOWN_NANOS || (live !== null && live[row] === 0)) continue
      const textOf = read(row)
      if (textOf('currency') !== currency) continue
      const day = Number.isNaN(days.values[row]!) ? Math.floor(moments.values[row]! / MS_PER_DAY) : days.values[row]!
      if (!isAsked(choices, Number.isNaN(day) ? null : dayOfEpoch(day), textOf)) continue
      const [tool, model] = [textOf('tool'), textOf('model')]
      const key = JSON.stringify([tool, model])
      let group = groups.get(key)
      if (!group)
        groups.set(key, (group = { tool, model, rate: null, terms: '', rows: 0, tokens: null, nanos: ZERO_NANOS }))
      group.rows++
      group.nanos = nanosOf(group.nanos + values[row]!)
      const tokens = tokensAt(row)
      if (tokens !== null) group.tokens = (group.tokens ?? 0) + tokens
    }
  })
  return [...groups.values()]
}

/** How the estimated cost of a single use came about, for uses that have one. */
export function estimateRates(
  facts: FactSet,
  book: PriceBook,
): (
  use: Pick<FactRow<'usage'>, 'tool' | 'model' | 'day' | 'at' | 'detail' | 'region' | 'contextWindow'>,
) => EstimateRate {
  const stated = toolsWithCost(facts)
  return ({ tool, model, day, at, detail, region, contextWindow }) => {
    const moment = day ?? (at === null ? null : dayOfEpoch(Math.floor(at / MS_PER_DAY)))
    if (stated.has(tool) || moment === null) return { rate: null, terms: '' }
    const terms = termsText(termsOf(detail, region ?? null, contextWindow ?? null))
    return { rate: book.rateOf(model, moment), terms }
  }
}

/** Which rate, of which model and day, agreed or published: `price list of 2026-09-23, gpt-5 since 2025-08-07, as batch`. */
export function tellEstimate({ rate, terms }: EstimateRate): string {
  if (rate === null) return 'stated as an estimate by the export, which does not name its rates'
  return `${tellRate(rate)}${terms === '' ? '' : `, as ${terms}`}`
}

/** The same with its prices. */
export function tellEstimateInFull(estimate: EstimateRate): string {
  return estimate.rate === null ? tellEstimate(estimate) : `${tellEstimate(estimate)}: ${tellPrices(estimate.rate)}`
}
