/** Quantities that must never mix, each with one maker. Bare numbers elsewhere carry the unit in their name. */

/** An instant, milliseconds since 1970-01-01T00:00Z. */
export type Instant = number & { readonly unit: 'Instant' }
/** Chooses every random draw of a run; a whole number 0 … 2^32-1. */
export type Seed = number & { readonly unit: 'Seed' }

export function instantOf(epochMs: number): Instant {
  return epochMs as Instant
}

/** Any number becomes a seed by keeping its low 32 bits, so the same input is the same seed on every machine. */
export function seedOf(value: number): Seed {
  return (value >>> 0) as Seed
}

/** Token counts of one use, in disjoint buckets that add up to the total. `null` = not stated by the source. */
export interface TokenBuckets {
  readonly uncachedInput: number | null
  readonly cacheWrite5m: number | null
  readonly cacheWrite1h: number | null
  /** Written to a cache whose time to live the source does not state. */
  readonly cacheWriteUnknown: number | null
  readonly cacheRead: number | null
  /** Reasoning tokens are inside. */
  readonly output: number | null
}

export const TOKEN_BUCKETS = [
  'uncachedInput',
  'cacheWrite5m',
  'cacheWrite1h',
  'cacheWriteUnknown',
  'cacheRead',
  'output',
] as const satisfies readonly (keyof TokenBuckets)[]

/**
 * Money of one use by what it means; kinds are never added together.
 * listed: before any discount · billed: owed after discounts · included: nominal, covered by a seat or pool ·
 * estimated: computed from tokens and a price book.
 */
export const COST_KINDS = ['listed', 'billed', 'included', 'estimated'] as const
export type CostKind = (typeof COST_KINDS)[number]
