import { calcPrice, type ModelPrice } from '@pydantic/genai-prices'
import { type Day, epochDayOf, MS_PER_DAY } from '../calendar/index.ts'
import { type Nanos, nanosOf, parseNanos } from '../money/index.ts'
import { TOKEN_BUCKETS, type TokenBuckets } from '../quantities/index.ts'
import { plainModel, providerOf } from './model-names.ts'

/** What a million tokens cost; `null` = the source names no price for that bucket. */
export type TokenRates = Readonly<Record<keyof TokenBuckets, Nanos | null>>

/** One row of a price list, with where it is from: an estimated cost names it. */
export interface Rate {
  readonly source: 'list' | 'own'
  /** As the list names it; of own rates, as the user wrote it. */
  readonly model: string
  readonly provider: string | null
  readonly currency: string
  /** First day it holds; null = from the beginning. */
  readonly from: Day | null
  readonly perMillion: TokenRates
  /** Longer prompts cost more; sums over many requests cannot tell them apart and take the first tier. */
  readonly isTiered: boolean
}

/** A rate agreed with a vendor; it comes before the list. Days included at both ends, null = open. */
export interface OwnRate {
  /** Compared as models are: case, dates of display names and effort do not matter. */
  readonly model: string
  readonly from: Day | null
  readonly to: Day | null
  readonly currency: string
  /** Decimal text for a million tokens. */
  readonly perMillion: Readonly<Partial<Record<keyof TokenBuckets, string>>>
}

export interface PriceBook {
  /** null = nobody named a price: unpriced, which is not zero. */
  rateOf(model: string | null, day: Day): Rate | null
}

/** Day of the list's last change that is in this version. */
export const LIST_DATE = '2026-09-23' as Day

const LIST_KEYS: Readonly<Record<keyof TokenBuckets, readonly string[]>> = {
  uncachedInput: ['input_mtok'],
  cacheWrite5m: ['cache_write_mtok'],
  cacheWrite1h: ['cache_write_1h_mtok'],
  // Five minutes is what a write costs unless more was asked for; lists without a price for writes charge them as input.
  cacheWriteUnknown: ['cache_write_mtok', 'input_mtok'],
  cacheRead: ['cache_read_mtok'],
  output: ['output_mtok'],
}

/** List prices of the day of use, own rates first. One book answers for many rows: what it has looked up it keeps. */
export function priceBookOf(own: readonly OwnRate[] = []): PriceBook {
  const known = new Map<string, Rate | null>()
  const agreed = own.map((rate) => ({ ...rate, name: plainModel(rate.model) }))
  return {
    rateOf(model, day) {
      const name = plainModel(model)
      if (name === null) return null
      const key = `${day} ${name}`
      let rate = known.get(key)
      if (rate === undefined) known.set(key, (rate = ownRate(agreed, name, day) ?? listRate(name, day)))
      return rate
    },
  }
}

function ownRate(agreed: readonly (OwnRate & { readonly name: string | null })[], name: string, day: Day): Rate | null {
  const found = agreed.find(
    (rate) => rate.name === name && (rate.from === null || rate.from <= day) && (rate.to === null || day <= rate.to),
  )
  if (!found) return null
  const { model, currency, from, perMillion } = found
  const rates = ratesOf((bucket) => {
    const parsed = perMillion[bucket] === undefined ? null : parseNanos(perMillion[bucket])
    return parsed?.ok === true ? parsed.value : null
  })
  return { source: 'own', model, provider: null, currency, from, perMillion: rates, isTiered: false }
}

function listRate(name: string, day: Day): Rate | null {
  const providerId = providerOf(name)
  const timestamp = new Date(epochDayOf(day) * MS_PER_DAY + MS_PER_DAY / 2)
  const found = calcPrice({ input_tokens: 0 }, name, { timestamp, ...(providerId === undefined ? {} : { providerId }) })
  if (found === null) return null
  const { model, provider, model_price: prices } = found
  // Fast modes cost a multiple; a list that knows the plain model only would understate them.
  if (/-fast\b/.test(name) && !model.id.includes('fast')) return null
  const starts = Array.isArray(model.prices)
    ? model.prices.flatMap(({ constraint }) =>
        constraint?.type === 'start_date' ? [constraint.start_date as Day] : [],
      )
    : []
  const from =
    starts
      .filter((start) => start <= day)
      .sort((a, b) => (a < b ? -1 : 1))
      .at(-1) ?? null
  return {
    source: 'list',
    model: model.id,
    provider: provider.id,
    currency: 'USD',
    from,
    perMillion: ratesOf((bucket) => priceOf(prices, LIST_KEYS[bucket])),
    isTiered: Object.values(prices).some((price) => typeof price === 'object'),
  }
}

function ratesOf(rate: (bucket: keyof TokenBuckets) => Nanos | null): TokenRates {
  return Object.fromEntries(TOKEN_BUCKETS.map((bucket) => [bucket, rate(bucket)])) as unknown as TokenRates
}

function priceOf(prices: ModelPrice, keys: readonly string[]): Nanos | null {
  const price = keys.map((key) => prices[key]).find((one) => one !== undefined)
  if (price === undefined) return null
  const parsed = parseNanos(String(typeof price === 'object' ? price.base : price))
  return parsed.ok ? parsed.value : null
}

/**
 * Tokens times their rates, exact, rounded half up to nanos once. null when there are no tokens, or some whose bucket has
 * no rate: part of a cost is not a cost. 2 input, 92 written, 19,171 read and 500 out at 3 / 3.75 / 0.30 / 15 are $0.0136023.
 */
export function estimateCost(rate: Rate, tokens: TokenBuckets): Nanos | null {
  let millionths = 0n
  let isStated = false
  for (const bucket of TOKEN_BUCKETS) {
    const count = tokens[bucket]
    if (count === null) continue
    isStated = true
    if (count === 0) continue
    const price = rate.perMillion[bucket]
    if (price === null) return null
    millionths += BigInt(count) * price
  }
  return isStated ? nanosOf((millionths * 2n + 1_000_000n) / 2_000_000n) : null
}
