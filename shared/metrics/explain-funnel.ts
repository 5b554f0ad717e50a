import { linkCost } from './attribution.ts'
import { behindRow, type BehindRow, closeCost, MOST_ROWS } from './behind-rows.ts'
import { caseOfChange } from './cases.ts'
import { type CostFunnel, funnelOf, type FunnelStageId } from './cost-funnel.ts'
import { FEWEST_PEOPLE, peopleBehind } from './groups.ts'
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
  /** Teams of five people or more whose changes the money of the period came to. */
  readonly teams: readonly string[]
}

/**
 * The funnel of a period, its losses with rows and money; `null` without any cost. `team` as `teams` names it: of any other
 * nothing is told, as if it had no changes.
 */
export function explainFunnel(context: MetricContext, period: Period, team: string | null = null): FunnelTold | null {
  const linked = linkCost(context, period)
  if (linked === null) return null
  const teams = teamsOf(context, [...linked.ofChange.keys()])
  const isTold = team !== null && teams.includes(team)
  const isCounted = team === null ? null : (change: Change) => isTold && teamOf(context, change) === team
  const told = funnelOf(context, period, isCounted)
  if (told === null) return null
  const costOf = closeCost(linked)
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
    teams,
  }
}

type Change = Parameters<typeof teamOf>[1]

function teamsOf(context: MetricContext, changes: readonly Change[]): readonly string[] {
  const byTeam = new Map<string, Change[]>()
  for (const change of changes) {
    const team = teamOf(context, change)
    if (team === null) continue
    const own = byTeam.get(team)
    if (own) own.push(change)
    else byTeam.set(team, [change])
  }
  return [...byTeam]
    .filter(([, own]) => peopleBehind(own.map(caseOfChange)).size >= FEWEST_PEOPLE)
    .map(([team]) => team)
    .sort()
}
