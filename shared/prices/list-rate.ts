import { calcPrice, type ModelPrice } from '@pydantic/genai-prices'
import { addDays, type Day, epochDayOf, MS_PER_DAY } from '../calendar/index.ts'
import { type Nanos, nanosOf, parseNanos } from '../money/index.ts'
import { TOKEN_BUCKETS, type TokenBuckets } from '../quantities/index.ts'
import { providerOf } from './model-names.ts'
import type { LongPromptRates, Rate, TokenRates } from './rates.ts'

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

interface Surcharges {
  readonly batch: Nanos | null
  readonly regions: Readonly<Record<string, Nanos>>
}

const HALF = nanosOf(500_000_000n)
const ONE_TENTH_MORE = nanosOf(1_100_000_000n)
const NO_SURCHARGES: Surcharges = { batch: null, regions: {} }

/** What vendors' price pages say beside the list: batches at half price; `inference_geo: us` a tenth more at Anthropic. */
const SURCHARGES: Readonly<Record<string, Surcharges>> = {
  anthropic: { batch: HALF, regions: { us: ONE_TENTH_MORE } },
  openai: { batch: HALF, regions: {} },
}

/** The list's price of a plain model name on a day; null = the list does not know it. */
export function listRate(name: string, day: Day): Rate | null {
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
  const sorted = starts.sort((a, b) => (a < b ? -1 : 1))
  const next = sorted.find((start) => start > day)
  return {
    source: 'list',
    model: model.id,
    provider: provider.id,
    currency: 'USD',
    from: sorted.filter((start) => start <= day).at(-1) ?? null,
    to: next === undefined ? null : addDays(next, -1),
    perMillion: tokenRates((bucket) => priceOf(prices, LIST_KEYS[bucket], 0)),
    longPrompts: longPromptsOf(prices),
    ...(SURCHARGES[provider.id] ?? NO_SURCHARGES),
  }
}

function longPromptsOf(prices: ModelPrice): readonly LongPromptRates[] {
  const lengths = new Set<number>()
  for (const price of Object.values(prices)) {
    if (typeof price === 'object') for (const { start } of price.tiers) lengths.add(start)
  }
  return [...lengths]
    .sort((a, b) => a - b)
    .map((above) => ({ above, perMillion: tokenRates((bucket) => priceOf(prices, LIST_KEYS[bucket], above + 1)) }))
}

export function tokenRates(rate: (bucket: keyof TokenBuckets) => Nanos | null): TokenRates {
  return Object.fromEntries(TOKEN_BUCKETS.map((bucket) => [bucket, rate(bucket)])) as unknown as TokenRates
}

function priceOf(prices: ModelPrice, keys: readonly string[], promptTokens: number): Nanos | null {
  const price = keys.map((key) => prices[key]).find((one) => one !== undefined)
  if (price === undefined) return null
  const amount =
    typeof price === 'object'
      ? (price.tiers.filter(({ start }) => start < promptTokens).sort((a, b) => b.start - a.start)[0]?.price ??
        price.base)
      : price
  const parsed = parseNanos(String(amount))
  return parsed.ok ? parsed.value : null
}
