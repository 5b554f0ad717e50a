import type { FactRow } from '../facts/index.ts'
import { formatNanos, nanosOf } from '../money/index.ts'
import { COST_KINDS, type CostKind, TOKEN_BUCKETS, type TokenBuckets } from '../quantities/index.ts'
import type { UsageTotals } from './types.ts'

/** Adds up usage facts one by one. What no row states stays null; sums of several currencies are not made. */
export class UsageSum {
  private readonly tokens = new Map<keyof TokenBuckets | 'unsplit', number>()
  private readonly cost = new Map<CostKind, bigint>()
  readonly currencies = new Set<string | null>()

  add(row: FactRow<'usage'>): void {
    for (const bucket of TOKEN_BUCKETS) this.count(bucket, row[bucket])
    this.count('unsplit', row.unsplitTokens)
    for (const kind of COST_KINDS) {
      const nanos = row[kind]
      if (nanos === null) continue
      this.cost.set(kind, (this.cost.get(kind) ?? 0n) + nanos)
      this.currencies.add(row.currency)
    }
  }

  totals(): UsageTotals {
    const isOne = this.currencies.size <= 1
    const tokens = Object.fromEntries(
      [...TOKEN_BUCKETS, 'unsplit' as const].map((bucket) => [bucket, this.tokens.get(bucket) ?? null]),
    ) as unknown as UsageTotals['tokens']
    const cost = Object.fromEntries(
      COST_KINDS.map((kind) => {
        const sum = this.cost.get(kind)
        return [kind, sum === undefined || !isOne ? null : formatNanos(nanosOf(sum))]
      }),
    ) as UsageTotals['cost']
    return { currency: isOne ? ([...this.currencies][0] ?? null) : null, tokens, cost }
  }

  private count(bucket: keyof TokenBuckets | 'unsplit', value: number | null): void {
    if (value !== null) this.tokens.set(bucket, (this.tokens.get(bucket) ?? 0) + value)
  }
}
