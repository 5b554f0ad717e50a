import type { Day } from '../calendar/index.ts'
import type { Nanos } from '../money/index.ts'
import type { TokenBuckets } from '../quantities/index.ts'
import type { Identified } from '../records/index.ts'

/** What a million tokens cost; `null` = the source names no price for that bucket. */
export type TokenRates = Readonly<Record<keyof TokenBuckets, Nanos | null>>

/** Prices of requests whose prompt is longer than `above` tokens; they hold for all tokens of the request. */
export interface LongPromptRates {
  readonly above: number
  readonly perMillion: TokenRates
}

/** One row of a price list, with where it is from: an estimated cost names it. */
export interface Rate {
  readonly source: 'list' | 'own'
  /** As the list names it; of own rates, as the user wrote it. */
  readonly model: string
  readonly provider: string | null
  readonly currency: string
  /** First and last day it holds; null = open. */
  readonly from: Day | null
  readonly to: Day | null
  readonly perMillion: TokenRates
  /** By rising length. Sums over many requests cannot be told apart and take `perMillion`. */
  readonly longPrompts: readonly LongPromptRates[]
  /** Factor on all tokens sent as a batch; null = nobody named one, and a batch stays unpriced. */
  readonly batch: Nanos | null
  /** Factors by region, lower case; a region that is not named stays unpriced. */
  readonly regions: Readonly<Record<string, Nanos>>
}

/** Decimal text for a million tokens. Writes without a stated time to live cost what those of five minutes do. */
export type WrittenRates = Readonly<Partial<Record<keyof TokenBuckets, string>>>

/** A rate agreed with a vendor; it comes before the list. Days included at both ends, null = open. */
export interface OwnRate extends Identified {
  /** Compared as models are: case, dates of display names and effort do not matter. */
  readonly model: string
  readonly from: Day | null
  readonly to: Day | null
  /** ISO 4217. */
  readonly currency: string
  readonly perMillion: WrittenRates
  readonly longPrompts: { readonly above: number; readonly perMillion: WrittenRates } | null
  /** Decimal factor: `0.5` is half price. */
  readonly batch: string | null
  /** Decimal factor by region as exports write it: `us` -> `1.1`. */
  readonly regions: Readonly<Record<string, string>>
  /** Contract, quote or page it is from. */
  readonly note: string
}

/** What the user says a name in an export means: `team-default` is `claude-sonnet-5`. Never followed twice. */
export interface ModelAlias extends Identified {
  readonly written: string
  readonly model: string
}

/** What the user adds to the list. */
export interface OwnPrices {
  readonly rates: readonly OwnRate[]
  readonly aliases: readonly ModelAlias[]
}

export const NO_OWN_PRICES: OwnPrices = { rates: [], aliases: [] }
