import { type Day, dayOfEpoch, MS_PER_DAY } from '../calendar/index.ts'
import {
  type FactChunk,
  type FactSet,
  type NanosColumn,
  type NumberColumn,
  type TextColumn,
  UNKNOWN_NANOS,
} from '../facts/index.ts'
import type { Nanos } from '../money/index.ts'
import { COST_KINDS, TOKEN_BUCKETS, type TokenBuckets } from '../quantities/index.ts'
import type { PriceBook } from './price-book.ts'
import { PLAIN_TERMS, priceUse, termsOf, type UseTerms, type WhyUnpriced } from './price-use.ts'
import type { Rate } from './rates.ts'

/** Rows somebody else pays or nobody owes: tokens times a price would say too much. */
const NOT_OWED = /includ|free|not charged|no charge|errored|aborted/i

/** More than the days of any calendar we keep. */
const DAYS = 100_000

const NO_TOKENS: Record<keyof TokenBuckets, number | null> = {
  uncachedInput: null,
  cacheWrite5m: null,
  cacheWrite1h: null,
  cacheWriteUnknown: null,
  cacheRead: null,
  output: null,
}

/**
 * The same facts with an estimated cost for usage of tools that state tokens and no cost at all: computed on every
 * reading, never stored. A tool with any stated cost is left alone, because its tokens only explain what it charges.
 * What the book cannot price stays unpriced, and the column `unpriced` says so of each such row: beside priced ones of the
 * same tool it must not look like nothing.
 */
export function withEstimates(facts: FactSet, book: PriceBook): FactSet {
  const stated = toolsWithCost(facts)
  let isChanged = false
  const chunks = facts.usage.chunks.map((chunk) => {
    const estimated = estimateChunk(chunk, stated, book)
    if (estimated !== chunk) isChanged = true
    return estimated
  })
  return isChanged ? { ...facts, usage: { ...facts.usage, chunks } } : facts
}

/** Tools of which some row states a cost; `null` = usage that names no tool. */
export function toolsWithCost(facts: FactSet): ReadonlySet<string | null> {
  const tools = new Set<string | null>()
  facts.usage.chunks.forEach((chunk, at) => {
    const live = facts.usage.live[at] ?? null
    const { codes, words } = chunk.columns['tool'] as TextColumn
    const known = new Uint8Array(words.length + 1)
    for (const kind of COST_KINDS) {
      const { values } = chunk.columns[kind] as NanosColumn
      for (let row = 0; row < chunk.rows; row++) {
        const code = codes[row]!
        if (known[code] === 1 || values[row] === UNKNOWN_NANOS || (live !== null && live[row] === 0)) continue
        known[code] = 1
        tools.add(code === 0 ? null : words[code - 1]!)
      }
    }
  })
  return tools
}

/** One use that has to be priced, and what the book says of it. The object is the same for every row. */
export interface PricedUse {
  row: number
  /** NaN = no date. */
  epochDay: number
  rate: Rate | null
  terms: UseTerms
  cost: Nanos | WhyUnpriced
}

/** Calls `visit` for every row of a chunk that somebody owes and whose tool states no cost. */
export function eachUnstated(
  chunk: FactChunk,
  stated: ReadonlySet<string | null>,
  book: PriceBook,
  visit: (use: Readonly<PricedUse>) => void,
): void {
  const textOf = (name: string) => chunk.columns[name] as TextColumn
  const [tool, model, detail] = [textOf('tool'), textOf('model'), textOf('detail')]
  const isOpen = [null, ...tool.words].map((word) => !stated.has(word))
  if (!isOpen.includes(true)) return
  const isOwed = [true, ...detail.words.map((word) => !NOT_OWED.test(word))]
  const termsAt = termsReader(chunk)
  const days = (chunk.columns['day'] as NumberColumn).values
  const moments = (chunk.columns['at'] as NumberColumn).values
  const requests = (chunk.columns['requests'] as NumberColumn).values
  const counts = TOKEN_BUCKETS.map((bucket) => [bucket, (chunk.columns[bucket] as NumberColumn).values] as const)
  const rates = new Map<number, Rate | null>()
  const tokens = { ...NO_TOKENS }
  const use: PricedUse = { row: 0, epochDay: NaN, rate: null, terms: PLAIN_TERMS, cost: 'no-rate' }
  for (let row = 0; row < chunk.rows; row++) {
    const code = detail.codes[row]!
    if (!isOpen[tool.codes[row]!]! || !isOwed[code]!) continue
    const day = Number.isNaN(days[row]!) ? Math.floor(moments[row]! / MS_PER_DAY) : days[row]!
    use.row = row
    use.epochDay = day
    use.rate = null
    use.terms = termsAt(row)
    for (const [bucket, values] of counts) tokens[bucket] = Number.isNaN(values[row]!) ? null : values[row]!
    const modelCode = model.codes[row]!
    if (Number.isNaN(day)) use.cost = 'no-day'
    else if (modelCode === 0) use.cost = 'no-model'
    else {
      const place = modelCode * DAYS + day
      let rate = rates.get(place)
      if (rate === undefined) rates.set(place, (rate = book.rateOf(model.words[modelCode - 1]!, dayOfEpoch(day))))
      use.rate = rate
      const asked = Number.isNaN(requests[row]!) ? null : requests[row]!
      use.cost = rate === null ? 'no-rate' : priceUse(rate, tokens, use.terms, asked)
    }
    visit(use)
  }
}

/** The terms of a row; rows that say the same share them. */
function termsReader(chunk: FactChunk): (row: number) => UseTerms {
  const [detail, region, contextWindow] = ['detail', 'region', 'contextWindow'].map(
    (name) => chunk.columns[name] as TextColumn,
  ) as [TextColumn, TextColumn, TextColumn]
  const known = new Map<number, UseTerms>()
  const wordAt = ({ codes, words }: TextColumn, row: number) => (codes[row] === 0 ? null : words[codes[row]! - 1]!)
  return (row) => {
    const place =
      (detail.codes[row]! * (region.words.length + 1) + region.codes[row]!) * (contextWindow.words.length + 1) +
      contextWindow.codes[row]!
    let terms = known.get(place)
    if (!terms)
      known.set(place, (terms = termsOf(wordAt(detail, row), wordAt(region, row), wordAt(contextWindow, row))))
    return terms
  }
}

function estimateChunk(chunk: FactChunk, stated: ReadonlySet<string | null>, book: PriceBook): FactChunk {
  const currency = chunk.columns['currency'] as TextColumn
  const words = [...currency.words]
  const isNothing = nothingAsked(chunk)
  let values: BigInt64Array | null = null
  let codes: Uint32Array | null = null
  let unpriced: Float64Array | null = null
  eachUnstated(chunk, stated, book, ({ row, rate, cost }) => {
    if (rate === null || typeof cost === 'string') {
      if (isNothing(row)) return
      unpriced ??= new Float64Array(chunk.rows).fill(NaN)
      unpriced[row] = 1
      return
    }
    values ??= (chunk.columns['estimated'] as NanosColumn).values.slice()
    codes ??= currency.codes.slice()
    values[row] = cost
    if (!words.includes(rate.currency)) words.push(rate.currency)
    codes[row] = words.indexOf(rate.currency) + 1
  })
  if (values === null && unpriced === null) return chunk
  const columns = {
    ...chunk.columns,
    ...(values === null ? {} : { estimated: { kind: 'nanos', values }, currency: { kind: 'text', codes, words } }),
    ...(unpriced === null ? {} : { unpriced: { kind: 'number', values: unpriced } }),
  }
  return { ...chunk, columns: columns as FactChunk['columns'] }
}

/** Whether a row states counts and all of them are 0, as programs note of what they answered themselves: no rate changes that. */
function nothingAsked(chunk: FactChunk): (row: number) => boolean {
  const counts = [...TOKEN_BUCKETS, 'unsplitTokens'].map((name) => (chunk.columns[name] as NumberColumn).values)
  return (row) => counts.some((own) => own[row] === 0) && !counts.some((own) => own[row]! > 0)
}

/** The day of a use, where it has one. */
export function dayOfUse({ epochDay }: Pick<PricedUse, 'epochDay'>): Day | null {
  return Number.isNaN(epochDay) ? null : dayOfEpoch(epochDay)
}
