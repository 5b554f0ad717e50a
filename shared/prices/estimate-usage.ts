import { dayOfEpoch, MS_PER_DAY } from '../calendar/index.ts'
import {
  type FactChunk,
  type FactSet,
  type NanosColumn,
  type NumberColumn,
  type TextColumn,
  UNKNOWN_NANOS,
} from '../facts/index.ts'
import { COST_KINDS, TOKEN_BUCKETS, type TokenBuckets } from '../quantities/index.ts'
import { estimateCost, type PriceBook, type Rate } from './price-book.ts'

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
 * What the book cannot price stays unpriced.
 */
export function withEstimates(facts: FactSet, book: PriceBook): FactSet {
  const priced = toolsWithCost(facts)
  let isChanged = false
  const chunks = facts.usage.chunks.map((chunk) => {
    const estimated = estimateChunk(chunk, priced, book)
    if (estimated !== chunk) isChanged = true
    return estimated
  })
  return isChanged ? { ...facts, usage: { ...facts.usage, chunks } } : facts
}

function toolsWithCost(facts: FactSet): ReadonlySet<string | null> {
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

function estimateChunk(chunk: FactChunk, priced: ReadonlySet<string | null>, book: PriceBook): FactChunk {
  const [tool, model, detail] = ['tool', 'model', 'detail'].map((name) => chunk.columns[name] as TextColumn) as [
    TextColumn,
    TextColumn,
    TextColumn,
  ]
  const isOpen = [null, ...tool.words].map((word) => !priced.has(word))
  if (!isOpen.includes(true)) return chunk
  const isOwed = [true, ...detail.words.map((word) => !NOT_OWED.test(word))]
  const days = (chunk.columns['day'] as NumberColumn).values
  const moments = (chunk.columns['at'] as NumberColumn).values
  const counts = TOKEN_BUCKETS.map((bucket) => [bucket, (chunk.columns[bucket] as NumberColumn).values] as const)
  const currency = chunk.columns['currency'] as TextColumn
  const words = [...currency.words]
  const rates = new Map<number, Rate | null>()
  const tokens = { ...NO_TOKENS }
  let values: BigInt64Array | null = null
  let codes: Uint32Array | null = null
  for (let row = 0; row < chunk.rows; row++) {
    if (!isOpen[tool.codes[row]!]! || !isOwed[detail.codes[row]!]! || model.codes[row] === 0) continue
    const day = Number.isNaN(days[row]!) ? Math.floor(moments[row]! / MS_PER_DAY) : days[row]!
    if (Number.isNaN(day)) continue
    const place = model.codes[row]! * DAYS + day
    let rate = rates.get(place)
    if (rate === undefined) rates.set(place, (rate = book.rateOf(model.words[model.codes[row]! - 1]!, dayOfEpoch(day))))
    if (rate === null) continue
    for (const [bucket, stated] of counts) tokens[bucket] = Number.isNaN(stated[row]!) ? null : stated[row]!
    const nanos = estimateCost(rate, tokens)
    if (nanos === null) continue
    values ??= (chunk.columns['estimated'] as NanosColumn).values.slice()
    codes ??= currency.codes.slice()
    values[row] = nanos
    if (!words.includes(rate.currency)) words.push(rate.currency)
    codes[row] = words.indexOf(rate.currency) + 1
  }
  if (values === null || codes === null) return chunk
  const columns = { ...chunk.columns, estimated: { kind: 'nanos', values }, currency: { kind: 'text', codes, words } }
  return { ...chunk, columns: columns as FactChunk['columns'] }
}
