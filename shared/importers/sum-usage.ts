import {
  type FactChunk,
  halvesOf,
  nanosAt,
  type NanosColumn,
  type NumberColumn,
  type TextColumn,
} from '../facts/index.ts'
import { formatNanos, nanosOf } from '../money/index.ts'
import { COST_KINDS, type CostKind, TOKEN_BUCKETS, type TokenBuckets } from '../quantities/index.ts'
import type { UsageTotals } from './types.ts'

const COUNTED = [...TOKEN_BUCKETS, 'unsplit'] as const

/** Adds up usage facts chunk by chunk. What no row states stays null; sums of several currencies are not made. */
export class UsageSum {
  private readonly tokens = new Map<keyof TokenBuckets | 'unsplit', number>()
  private readonly cost = new Map<CostKind, bigint>()
  readonly currencies = new Set<string | null>()

  /** `live` as in a fact table: 0 = replaced by a later statement. */
  addChunk(chunk: FactChunk, live: Uint8Array | null = null): void {
    for (const bucket of COUNTED) {
      const { values } = chunk.columns[bucket === 'unsplit' ? 'unsplitTokens' : bucket] as NumberColumn
      const sum = sumOf(values, live)
      if (sum !== null) this.tokens.set(bucket, (this.tokens.get(bucket) ?? 0) + sum)
    }
    const currency = chunk.columns['currency'] as TextColumn
    for (const kind of COST_KINDS) {
      const { values } = chunk.columns[kind] as NanosColumn
      const sum = this.sumOfNanos(values, currency, live)
      if (sum !== null) this.cost.set(kind, (this.cost.get(kind) ?? 0n) + sum)
    }
  }

  /** Notes the currencies met. */
  private sumOfNanos(values: BigInt64Array, { codes, words }: TextColumn, live: Uint8Array | null): bigint | null {
    const halves = halvesOf(values)
    let sum: bigint | null = null
    let small = 0
    let lastCode = -1
    for (let row = 0; row < values.length; row++) {
      const nanos = nanosAt(halves, row)
      if (nanos !== nanos || (live !== null && live[row] === 0)) continue
      sum ??= 0n
      if (nanos === Infinity) sum += values[row]!
      else if (Number.isSafeInteger(small + nanos)) small += nanos
      else {
        sum += BigInt(small)
        small = nanos
      }
      if (codes[row] === lastCode) continue
      lastCode = codes[row]!
      this.currencies.add(lastCode === 0 ? null : words[lastCode - 1]!)
    }
    return sum === null ? null : sum + BigInt(small)
  }

  totals(): UsageTotals {
    const isOne = this.currencies.size <= 1
    const tokens = Object.fromEntries(
      COUNTED.map((bucket) => [bucket, this.tokens.get(bucket) ?? null]),
    ) as unknown as UsageTotals['tokens']
    const cost = Object.fromEntries(
      COST_KINDS.map((kind) => {
        const sum = this.cost.get(kind)
        return [kind, sum === undefined || !isOne ? null : formatNanos(nanosOf(sum))]
      }),
    ) as UsageTotals['cost']
    return { currency: isOne ? ([...this.currencies][0] ?? null) : null, tokens, cost }
  }
}

function sumOf(values: Float64Array, live: Uint8Array | null): number | null {
  let sum = 0
  let isStated = false
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!
    if (value !== value || (live !== null && live[row] === 0)) continue
    sum += value
    isStated = true
  }
  return isStated ? sum : null
}
