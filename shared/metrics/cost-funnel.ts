import type { Landing, PullRequest } from '../delivery/index.ts'
import { nanosOf, toUnits } from '../money/index.ts'
import type { CostKind } from '../quantities/index.ts'
import { linkCost } from './attribution.ts'
import { hasProduction } from './cycle-time.ts'
import { deliveredIn } from './delivered.ts'
import { LINK_LEVELS, type LinkLevel } from './link-usage.ts'
import type { MetricContext, Period } from './types.ts'

export type FunnelStageId = 'idea' | 'generation' | 'acceptance' | 'deployed'

/** One stage on the way of money from an idea to something that runs. */
export interface FunnelStage {
  readonly id: FunnelStageId
  readonly name: string
  /** What it counts, in words. */
  readonly what: string
  /** `null` = cannot be known from what is imported. */
  readonly count: number | null
  /** Money that came this far, in currency units; never more than at the stage before. */
  readonly amount: number | null
  /** How that money came to the changes; team-week is spread over all merges of a week and proves nothing of one. */
  readonly byLevel: Readonly<Record<LinkLevel, number>> | null
  /** What did not come this far, and where it stayed. */
  readonly lost: { readonly name: string; readonly amount: number } | null
}

export interface CostFunnel {
  readonly period: Period
  readonly kind: CostKind
  readonly stages: readonly FunnelStage[]
}

/**
 * The cost of a period by how far it came: spent at all, linked to a change, to a merged change, to a change in production.
 * $100 spent, $80 on changes, $60 on merged ones, $50 in production: $20 linked to nothing, $20 not merged, $10 waiting.
 * Exact to the nano: the money of the last stage and all that was lost on the way add up to what was spent.
 */
export function costFunnel(context: MetricContext, period: Period): CostFunnel | null {
  const linked = linkCost(context, period)
  if (linked === null) return null
  const delivery = deliveredIn(context)
  const isShipping = hasProduction(delivery)
  const reach = (change: PullRequest | Landing): number => {
    if ('openedAt' in change) return change.mergedAt === null ? 1 : change.productionAt === null ? 2 : 3
    return delivery.productionAtOf(change) === null ? 2 : 3
  }
  const counts = [0, 0, 0, 0]
  const sums = [noMoney(), noMoney(), noMoney(), noMoney()]
  for (const [change, own] of linked.ofChange) {
    const far = reach(change)
    for (let stage = 1; stage <= far; stage++) {
      counts[stage]!++
      for (const level of LINK_LEVELS) sums[stage]![level] += own[level] ?? 0n
    }
  }
  const totals = [
    linked.total as bigint,
    ...sums.slice(1).map((sum) => LINK_LEVELS.reduce((all, level) => all + sum[level], 0n)),
  ]
  const uses = Object.values(linked.rowsByLevel).reduce((all, rows) => all + rows, 0)
  const stage = (
    at: number,
    said: Pick<FunnelStage, 'id' | 'name' | 'what'>,
    lostName: string | null,
  ): FunnelStage => ({
    ...said,
    count: at === 0 ? uses : counts[at]!,
    amount: units(totals[at]!),
    byLevel:
      at === 0
        ? null
        : (Object.fromEntries(LINK_LEVELS.map((level) => [level, units(sums[at]![level])])) as Record<
            LinkLevel,
            number
          >),
    lost: lostName === null ? null : { name: lostName, amount: units(totals[at - 1]! - totals[at]!) },
  })
  const deployed = { id: 'deployed', name: 'Deployed', what: 'changes in production' } as const
  return {
    period,
    kind: linked.kind,
    stages: [
      stage(0, { id: 'idea', name: 'Idea', what: 'uses with a cost' }, null),
      stage(1, { id: 'generation', name: 'Generation', what: 'changes it was spent on' }, 'Linked to no change'),
      stage(2, { id: 'acceptance', name: 'Acceptance', what: 'merged changes' }, 'Not merged'),
      isShipping
        ? stage(3, deployed, 'Merged, not in production')
        : { ...deployed, count: null, amount: null, byLevel: null, lost: null },
    ],
  }
}

function noMoney(): Record<LinkLevel, bigint> {
  return { id: 0n, 'person-day': 0n, 'team-week': 0n }
}

function units(nanos: bigint): number {
  return toUnits(nanosOf(nanos))
}
