import type { FactSet } from '../facts/index.ts'
import { type Nanos, nanosOf } from '../money/index.ts'
import { type CostKind, TOKEN_BUCKETS, type TokenBuckets } from '../quantities/index.ts'
import {
  moneyAt,
  rollUpUsage,
  totalOf,
  type UsageCount,
  type UsageRollUp,
  type UsageRollUpChoices,
} from './roll-up-usage.ts'
import type { UsageDimension } from './usage-codes.ts'

/** Sums over some usage rows. A bucket or a kind of cost is `null` where no row states it; that is not zero. */
export interface UsageSums {
  readonly rows: number
  readonly requests: number | null
  /** Rows somebody owes something for that no rate prices. */
  readonly unpriced: number
  readonly tokens: TokenBuckets & { readonly unsplit: number | null }
  /** By currency code; '' where the source names none. Currencies and kinds are never added together. */
  readonly cost: Readonly<Record<string, Readonly<Record<CostKind, Nanos | null>>>>
}

export interface UsageCell extends UsageSums {
  /** One value per dimension, in their order; `null` = the source does not say. */
  readonly key: readonly (string | null)[]
}

export interface UsageCube {
  readonly dimensions: readonly UsageDimension[]
  /** Ordered by key, unknown last. */
  readonly cells: readonly UsageCell[]
  /** Of all cells. Every choice of dimensions has the same total. */
  readonly total: UsageSums
  /** Rows without a day. They are cells (with key `null`) only when no period is asked for. */
  readonly undated: number
}

/** A roll-up as objects, one per cell. With `[]` there is one cell, the total (or none without usage). */
export function buildUsageCube(
  facts: FactSet,
  dimensions: readonly UsageDimension[],
  choices: UsageRollUpChoices = {},
): UsageCube {
  return cubeOf(rollUpUsage(facts, dimensions, choices))
}

export function cubeOf(rollUp: UsageRollUp): UsageCube {
  const { dimensions, words, codes, undated } = rollUp
  const cells = Array.from({ length: rollUp.cells }, (_, cell): UsageCell => ({
    key: codes.map((own, i) => words[i]![own[cell]!] ?? null),
    ...sumsAt(rollUp, cell),
  }))
  return { dimensions, cells, total: sumsAt(totalOf(rollUp), 0), undated }
}

const NO_TOKENS: UsageSums['tokens'] = {
  uncachedInput: null,
  cacheWrite5m: null,
  cacheWrite1h: null,
  cacheWriteUnknown: null,
  cacheRead: null,
  output: null,
  unsplit: null,
}
const NO_COST: Record<CostKind, Nanos | null> = { listed: null, billed: null, included: null, estimated: null }

function sumsAt({ rows, counts, money }: UsageRollUp, cell: number): UsageSums {
  const countAt = (name: UsageCount) => {
    const sum = counts[name]?.[cell]
    return sum === undefined || Number.isNaN(sum) ? null : sum
  }
  const tokens = { ...NO_TOKENS, unsplit: countAt('unsplitTokens') }
  for (const bucket of TOKEN_BUCKETS) tokens[bucket] = countAt(bucket)
  // Files name currencies: `__proto__` has to be a currency like any other, and never the parent of all objects.
  const cost = Object.create(null) as Record<string, Record<CostKind, Nanos | null>>
  for (const column of money) {
    const nanos = moneyAt(column, cell)
    if (nanos !== null) (cost[column.currency] ??= { ...NO_COST })[column.kind] = nanosOf(nanos)
  }
  return { rows: rows[cell]!, requests: countAt('requests'), unpriced: countAt('unpriced') ?? 0, tokens, cost }
}

/** All tokens of some usage, buckets and unsplit totals; `null` when no row states any. */
export function allTokens({ tokens }: UsageSums): number | null {
  let sum: number | null = null
  for (const part of Object.values(tokens)) {
    if (part !== null) sum = (sum ?? 0) + part
  }
  return sum
}
