import type { Landing, PullRequest } from '../delivery/index.ts'
import { type Nanos, nanosOf } from '../money/index.ts'
import type { LinkedCost } from './attribution.ts'
import type { LinkLevel } from './link-usage.ts'

/** Levels that say something about one change; a team's week spread evenly says nothing about a single one. */
export const CLOSE_LEVELS = ['id', 'person-day'] as const satisfies readonly LinkLevel[]

/** Cost that is linked closely to some changes; `null` = nothing is, which is not zero. */
export function closeCostOf(
  { ofChange }: Pick<LinkedCost, 'ofChange'>,
  changes: readonly (PullRequest | Landing)[],
): Nanos | null {
  let nanos: bigint | null = null
  for (const change of changes) {
    const own = ofChange.sumOf(change, CLOSE_LEVELS)
    if (own !== null) nanos = nanos === null ? own : nanos + own
  }
  return nanos === null ? null : nanosOf(nanos)
}
