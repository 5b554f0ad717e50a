import { linkCost } from './attribution.ts'
import { behindRow, type BehindRow, closeCost, MOST_ROWS } from './behind-rows.ts'
import { caseOfChange } from './cases.ts'
import { type CostFunnel, funnelOf, type FunnelStageId } from './cost-funnel.ts'
import { deliveredIn } from './delivered.ts'
import { teamOf } from './owners.ts'
import { tellWaste, type WasteTold } from './tell-waste.ts'
import type { MetricContext, Period } from './types.ts'
import { wasteIn } from './waste.ts'

/** The way of the money of a period with what stayed on it, for all or for one team. */
export interface FunnelTold {
  readonly funnel: CostFunnel
  /** Changes that came no further than a stage, the dearest first, at most 200 each. */
  readonly stayed: Readonly<
    Partial<Record<FunnelStageId, { readonly count: number; readonly rows: readonly BehindRow[] }>>
  >
  readonly waste: WasteTold | null
  /** Every team a change of these facts belongs to. */
  readonly teams: readonly string[]
}

/** The funnel of a period, its losses with rows and money; `null` without any cost. `team` as `teams` names it. */
export function explainFunnel(context: MetricContext, period: Period, team: string | null = null): FunnelTold | null {
  const isCounted = team === null ? null : (change: Parameters<typeof teamOf>[1]) => teamOf(context, change) === team
  const told = funnelOf(context, period, isCounted)
  if (told === null) return null
  const costOf = closeCost(linkCost(context, period))
  const stayed: { -readonly [Stage in FunnelStageId]?: { count: number; rows: readonly BehindRow[] } } = {}
  for (const stage of ['generation', 'acceptance'] as const) {
    const cases = told.stayed[stage].map(caseOfChange)
    const rows = cases.map(behindRow(context, cases, costOf))
    rows.sort((a, b) => (b.cost?.amount ?? -1) - (a.cost?.amount ?? -1))
    stayed[stage] = { count: rows.length, rows: rows.slice(0, MOST_ROWS) }
  }
  const waste = wasteIn(context, period, isCounted)
  const wasted = waste?.lines.flatMap(({ changes }) => changes) ?? []
  return {
    funnel: told.funnel,
    stayed,
    waste: tellWaste(waste, behindRow(context, wasted, costOf)),
    teams: teamsIn(context),
  }
}

function teamsIn(context: MetricContext): readonly string[] {
  const { pullRequests, landings } = deliveredIn(context)
  const changes = pullRequests.length > 0 ? pullRequests : landings
  return [...new Set(changes.flatMap((change) => teamOf(context, change) ?? []))].sort()
}
