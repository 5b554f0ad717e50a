import type { ReactNode } from 'react'
import type { UsageTotals } from '../../../shared/importers/index.ts'
import { COST_KINDS, TOKEN_BUCKETS } from '../../../shared/quantities/index.ts'
import { Amount, Facts, formatCount } from '../../parts/index.ts'

const BUCKET_NAMES = {
  uncachedInput: 'Input, not cached',
  cacheWrite5m: 'Cache write, 5 min',
  cacheWrite1h: 'Cache write, 1 h',
  cacheWriteUnknown: 'Cache write',
  cacheRead: 'Cache read',
  output: 'Output',
  unsplit: 'Tokens, not split',
} as const

const KIND_NAMES = {
  listed: 'Cost, listed',
  billed: 'Cost, billed',
  included: 'Cost, included',
  estimated: 'Cost, estimated',
} as const

/** What the file itself says in sum, to hold against the vendor's own page; kinds of cost are never added. */
export function FileTotals({
  totals,
  before = [],
}: {
  readonly totals: UsageTotals
  /** Facts of the file that stand in the same row. */
  readonly before?: readonly (readonly [term: string, value: ReactNode])[]
}) {
  const tokens = [...TOKEN_BUCKETS, 'unsplit' as const].flatMap((bucket) => {
    const count = totals.tokens[bucket]
    return count === null ? [] : [[BUCKET_NAMES[bucket], formatCount(count)] as const]
  })
  const costs = COST_KINDS.flatMap((kind) => {
    const amount = totals.cost[kind]
    return amount === null
      ? []
      : [[KIND_NAMES[kind], <Amount key={kind} amount={amount} currency={totals.currency ?? 'USD'} />] as const]
  })
  const facts = [...before, ...costs, ...tokens]
  return facts.length === 0 ? null : <Facts facts={facts} />
}
