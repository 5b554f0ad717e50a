import { type Nanos, nanosOf } from '../money/index.ts'
import { TOKEN_BUCKETS, type TokenBuckets } from '../quantities/index.ts'
import type { Rate, TokenRates } from './rates.ts'

/** What an export says about how a use was sent, as far as it changes the price. */
export interface UseTerms {
  readonly isBatch: boolean
  /** Sold at other prices than the list's: priority, flex, fast. */
  readonly tier: string | null
  /** Where it had to be worked out; null = anywhere. */
  readonly region: string | null
  /** The export says that the prompt was beyond the first length; false = it says nothing or that it was not. */
  readonly isLong: boolean
}

export const PLAIN_TERMS: UseTerms = { isBatch: false, tier: null, region: null, isLong: false }

const OTHER_TIERS: ReadonlySet<string> = new Set([
  'fast',
  'flex',
  'flex_discount',
  'priority',
  'priority_on_demand',
  'provisioned',
])

/** Words of exports for a use that was not bound to a place. */
const ANYWHERE: ReadonlySet<string> = new Set(['', 'global', 'not_available', 'unknown'])

/** What a usage fact says in its columns: `batch` or `priority` in `detail`, `us`, `200k-1M`. */
export function termsOf(
  detail: string | null,
  region: string | null = null,
  contextWindow: string | null = null,
): UseTerms {
  const parts = (detail ?? '').split('/').map(plainWord)
  const place = plainWord(region ?? '')
  return {
    isBatch: parts.includes('batch'),
    tier: parts.find((part) => OTHER_TIERS.has(part)) ?? null,
    region: ANYWHERE.has(place) ? null : place,
    isLong: /^(?:>\s*\d+k|[1-9]\d*k\s*[-–]\s*\d+[km])$/.test(plainWord(contextWindow ?? '')),
  }
}

function plainWord(text: string): string {
  return text.trim().toLowerCase()
}

/**
 * Why a use has no estimated cost. no-day: it has no date, and prices have · no-model: the export names none · no-rate:
 * nobody names a price for the model · no-tokens: no counts by kind · no-token-rate: the rate is silent on some of them ·
 * no-batch, no-region, no-tier: the rate does not say what such a use costs.
 */
export const WHY_UNPRICED = [
  'no-day',
  'no-model',
  'no-rate',
  'no-tokens',
  'no-token-rate',
  'no-batch',
  'no-region',
  'no-tier',
] as const
export type WhyUnpriced = (typeof WHY_UNPRICED)[number]

/**
 * Tokens times their rates and the factors of their terms, exact, rounded half up to nanos once; or why there is no cost:
 * part of a cost is not a cost. 2 input, 92 written, 19,171 read and 500 out at 3 / 3.75 / 0.30 / 15 are $0.0136023.
 * `requests` tells one long prompt from a sum of many short ones; null = not stated.
 */
export function priceUse(
  rate: Rate,
  tokens: TokenBuckets,
  terms: UseTerms = PLAIN_TERMS,
  requests: number | null = null,
): Nanos | WhyUnpriced {
  if (terms.tier !== null) return 'no-tier'
  if (terms.isBatch && rate.batch === null) return 'no-batch'
  const region = terms.region === null ? null : regionOf(rate, terms.region)
  if (region === undefined) return 'no-region'
  const rates = ratesFor(rate, tokens, terms, requests)
  let millionths = 0n
  let isStated = false
  for (const bucket of TOKEN_BUCKETS) {
    const count = tokens[bucket]
    if (count === null) continue
    isStated = true
    if (count === 0) continue
    const price = rates[bucket]
    if (price === null) return 'no-token-rate'
    millionths += BigInt(count) * price
  }
  if (!isStated) return 'no-tokens'
  let scale = 1_000_000n
  for (const factor of [terms.isBatch ? rate.batch : null, region]) {
    if (factor === null) continue
    millionths *= factor
    scale *= 1_000_000_000n
  }
  return nanosOf((millionths * 2n + scale) / (scale * 2n))
}

/** Files name regions, and names every object has, like `constructor`, are none of the rate. */
function regionOf({ regions }: Rate, name: string): Nanos | undefined {
  return Object.hasOwn(regions, name) ? regions[name] : undefined
}

function ratesFor(
  { perMillion, longPrompts }: Rate,
  tokens: TokenBuckets,
  terms: UseTerms,
  requests: number | null,
): TokenRates {
  if (longPrompts.length === 0) return perMillion
  if (terms.isLong) return longPrompts[0]!.perMillion
  if (requests !== 1) return perMillion
  const prompt =
    (tokens.uncachedInput ?? 0) +
    (tokens.cacheWrite5m ?? 0) +
    (tokens.cacheWrite1h ?? 0) +
    (tokens.cacheWriteUnknown ?? 0) +
    (tokens.cacheRead ?? 0)
  return longPrompts.filter(({ above }) => prompt > above).at(-1)?.perMillion ?? perMillion
}
