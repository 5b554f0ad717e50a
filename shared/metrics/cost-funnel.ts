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
  /** What it counts, of one and of many. */
  readonly what: readonly [one: string, many: string]
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
  return funnelOf(context, period)?.funnel ?? null
}

type Change = PullRequest | Landing

/** A funnel with the changes that came no further than each stage. */
export interface FunnelChanges {
  readonly funnel: CostFunnel
  readonly stayed: Readonly<Record<FunnelStageId, readonly Change[]>>
}

/**
 * The funnel of all changes, or of those `isCounted` takes: then nobody knows what was spent on ideas that came to no change,
 * because a use without a change belongs to nobody.
 */
export function funnelOf(
  context: MetricContext,
  period: Period,
  isCounted: ((change: Change) => boolean) | null = null,
): FunnelChanges | null {
  const linked = linkCost(context, period)
  if (linked === null) return null
  const delivery = deliveredIn(context)
  const isShipping = hasProduction(delivery)
  const reach = (change: Change): number => {
    if ('openedAt' in change) return change.mergedAt === null ? 1 : change.productionAt === null ? 2 : 3
    return delivery.productionAtOf(change) === null ? 2 : 3
  }
  const counts = [0, 0, 0, 0]
  const sums = [noMoney(), noMoney(), noMoney(), noMoney()]
  const stayed: Change[][] = [[], [], [], []]
  for (const [change, own] of linked.ofChange) {
    if (isCounted !== null && !isCounted(change)) continue
    const far = reach(change)
    stayed[far]!.push(change)
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
  const deployed = {
    id: 'deployed',
    name: 'Deployed',
    what: ['change in production', 'changes in production'],
  } as const
  const idea = { id: 'idea', name: 'Idea', what: ['use with a cost', 'uses with a cost'] } as const
  const generation = {
    id: 'generation',
    name: 'Generation',
    what: ['change it was spent on', 'changes it was spent on'],
  } as const
  const funnel: CostFunnel = {
    period,
    kind: linked.kind,
    stages: [
      isCounted === null ? stage(0, idea, null) : { ...idea, count: null, amount: null, byLevel: null, lost: null },
      stage(1, generation, isCounted === null ? 'Linked to no change' : null),
      stage(2, { id: 'acceptance', name: 'Acceptance', what: ['merged change', 'merged changes'] }, 'Not merged'),
      isShipping
        ? stage(3, deployed, 'Merged, not in production')
        : { ...deployed, count: null, amount: null, byLevel: null, lost: null },
    ],
  }
  const [ideas, generated, accepted, live] = stayed
  return { funnel, stayed: { idea: ideas!, generation: generated!, acceptance: accepted!, deployed: live! } }
}

function noMoney(): Record<LinkLevel, bigint> {
  return { id: 0n, 'person-day': 0n, 'team-week': 0n }
}

function units(nanos: bigint): number {
  return toUnits(nanosOf(nanos))
}
