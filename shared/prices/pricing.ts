import type { Day } from '../calendar/index.ts'
import { cellAt, type FactChunk, type FactOrigin, type FactSet, type NumberColumn } from '../facts/index.ts'
import { type Nanos, nanosOf } from '../money/index.ts'
import { TOKEN_BUCKETS } from '../quantities/index.ts'
import { dayOfUse, eachUnstated, type PricedUse, toolsWithCost } from './estimate-usage.ts'
import type { PriceBook } from './price-book.ts'
import type { UseTerms, WhyUnpriced } from './price-use.ts'
import type { Rate } from './rates.ts'

/** Uses of one model that are priced by one rate in one way, or unpriced for one reason. */
export interface PricedGroup {
  readonly tool: string | null
  /** As the export writes it. */
  readonly model: string | null
  readonly rate: Rate | null
  /** `batch`, `long prompt`, `us`: what was applied beside the rate; '' = nothing. */
  readonly terms: string
  /** null = priced. */
  readonly why: WhyUnpriced | null
  readonly rows: number
  /** Of rows that state any, a total that is not split into kinds included; null = none does. */
  readonly tokens: number | null
  /** null = unpriced. */
  readonly nanos: Nanos | null
  readonly from: Day | null
  readonly to: Day | null
  /** The first of its rows. */
  readonly example: FactOrigin
}

/** Which usage is asked about; everything where nothing is said. */
export interface PricingChoices {
  readonly from?: Day
  readonly to?: Day
  /** By what the row says in its text columns, and its day. */
  readonly keep?: (textOf: (column: string) => string | null, day: Day | null) => boolean
}

type Growing = { -readonly [Key in keyof PricedGroup]: PricedGroup[Key] }

/**
 * Every use without a stated cost by model and rate: what the estimates rest on and what waits for a price. Priced groups
 * first, each kind by tokens. Facts as they were resolved, without estimates.
 */
export function pricingOf(facts: FactSet, book: PriceBook, choices: PricingChoices = {}): readonly PricedGroup[] {
  const groups = new Map<string, Growing>()
  const stated = toolsWithCost(facts)
  facts.usage.chunks.forEach((chunk, at) => {
    const live = facts.usage.live[at] ?? null
    const tokensAt = tokenCounter(chunk)
    const read = rowReader(chunk)
    eachUnstated(chunk, stated, book, (use) => {
      if (live !== null && live[use.row] === 0) return
      const day = dayOfUse(use)
      const textOf = read(use.row)
      if (!isAsked(choices, day, textOf)) return
      const [tool, model] = [textOf('tool'), textOf('model')]
      const why = typeof use.cost === 'string' ? use.cost : null
      const terms = termsText(use.terms)
      const key = JSON.stringify([tool, model, rateKey(use.rate), terms, why])
      let group = groups.get(key)
      if (!group) {
        const example = { importId: chunk.importId, sourceRow: chunk.sourceRows[use.row]! }
        group = {
          tool,
          model,
          rate: use.rate,
          terms,
          why,
          rows: 0,
          tokens: null,
          nanos: null,
          from: day,
          to: day,
          example,
        }
        groups.set(key, group)
      }
      addUse(group, use, day, tokensAt(use.row))
    })
  })
  return [...groups.values()].sort(
    (a, b) => Number(a.why !== null) - Number(b.why !== null) || (b.tokens ?? 0) - (a.tokens ?? 0) || b.rows - a.rows,
  )
}

function addUse(group: Growing, { cost }: Readonly<PricedUse>, day: Day | null, tokens: number | null): void {
  group.rows++
  if (tokens !== null) group.tokens = (group.tokens ?? 0) + tokens
  if (typeof cost !== 'string') group.nanos = nanosOf((group.nanos ?? 0n) + cost)
  if (day === null) return
  if (group.from === null || day < group.from) group.from = day
  if (group.to === null || day > group.to) group.to = day
}

/** Equal for equal rates, whatever day they were looked up for. */
export function rateKey(rate: Rate | null): string {
  return rate === null ? '' : `${rate.source} ${rate.provider ?? ''} ${rate.model} ${rate.from ?? ''} ${rate.to ?? ''}`
}

export function termsText(terms: UseTerms): string {
  const parts = [terms.isBatch ? 'batch' : null, terms.isLong ? 'long prompt' : null, terms.region, terms.tier]
  return parts.filter((part) => part !== null).join(', ')
}

export function isAsked(
  { from, to, keep }: PricingChoices,
  day: Day | null,
  textOf: (column: string) => string | null,
): boolean {
  if (from !== undefined && (day ?? '') < from) return false
  if (to !== undefined && (day ?? '~') > to) return false
  return keep === undefined || keep(textOf, day)
}

/** What a row says in a text column. */
export function rowReader(chunk: FactChunk): (row: number) => (column: string) => string | null {
  return (row) => (column) => textAt(chunk, column, row)
}

export function textAt(chunk: FactChunk, column: string, row: number): string | null {
  return cellAt(chunk.columns[column]!, row) as string | null
}

export function tokenCounter(chunk: FactChunk): (row: number) => number | null {
  const columns = [...TOKEN_BUCKETS, 'unsplitTokens'].map((name) => (chunk.columns[name] as NumberColumn).values)
  return (row) => {
    let sum: number | null = null
    for (const values of columns) if (!Number.isNaN(values[row]!)) sum = (sum ?? 0) + values[row]!
    return sum
  }
}
