import type { Delivery } from '../delivery/index.ts'
import type { Issue } from '../issues/index.ts'
import { toUnits } from '../money/index.ts'
import { type LinkedCost, linkCost, linkTotals } from './attribution.ts'
import { boundsOf } from './bounds.ts'
import { type CaseStream, rangeOf } from './case-stream.ts'
import type { Case, Cases } from './cases.ts'
import { closeCostOf } from './close-cost.ts'
import { deliveredIn } from './delivered.ts'
import { featuresIn } from './features.ts'
import { needsCost, needsLinks } from './messages.ts'
import { costIn } from './spent.ts'
import { KIND_NOTE } from './spent-per-piece.ts'
import { featurePieces } from './token-cost-per-shipped-feature.ts'
import type { Metric, MetricContext, MetricValue, Period } from './types.ts'
import { unknown, valueOf } from './value.ts'

/**
 * Cost that can be linked to a feature through its changes, over the features shipped. Two features whose changes took
 * $30 and $50: $40 each; what nobody can link is not in it, and its share is told.
 */
export const directCostPerFeature: Metric = {
  id: 'direct-cost-per-feature',
  name: 'Direct cost per shipped feature',
  unit: '$',
  better: 'lower',
  definition:
    'AI usage cost linked to the changes of the features shipped in the period (by session, branch, pull request or issue, else by the person’s open changes of the day), over those features. Cost of any day counts with its feature.',
  formula: 'Σ linked cost of shipped features ÷ shipped features',
  source:
    'Direct cost; the fully loaded number divides all cost. What is only spread over a team’s week is never direct.',
  quality: 'estimate: linked by name, else by the person’s day',
  measure: measureDirect,
  cases: directCases,
}

const allTime = new WeakMap<Delivery, Map<string, LinkedCost | null>>()

/** Linked cost of every change over all days. */
function linkedOf(context: MetricContext, delivery: Delivery): LinkedCost | null {
  let own = allTime.get(delivery)
  if (!own) allTime.set(delivery, (own = new Map<string, LinkedCost | null>()))
  const key = `${context.settings.currency} ${context.settings.zone}`
  let cost = own.get(key)
  if (cost === undefined) own.set(key, (cost = linkCost(context, null)))
  return cost
}

function measureDirect(context: MetricContext, period: Period): MetricValue {
  const cost = costIn(context, period)
  if (!cost.ok) return unknown(cost.why)
  const found = directFeatures(context, period)
  if ('code' in found) return unknown(found)
  const { cases, shipped, linked } = found
  if (cases.length === 0 && shipped > 0) return unknown(needsLinks())
  const { total, byLevel } = linkTotals(context, period) ?? { total: 0n, byLevel: null }
  const close = byLevel === null ? 0n : byLevel.id + byLevel['person-day']
  const share = total === 0n ? 0 : Number((close * 10_000n) / total) / 10_000
  return valueOf(context, () => cases.reduce((sum, { part }) => sum + part, 0) / cases.length, {
    n: cases.length,
    ofWhat: 'shipped features with linked cost',
    quality: linked.kind === 'billed' ? 'estimate' : 'proxy',
    coverage: shipped === 0 ? 1 : cases.length / shipped,
    excluded: { 'features nothing is linked to': shipped - cases.length },
    note: `${KIND_NOTE[linked.kind]} ${Math.round(100 * (1 - share))}% of the period’s cost is linked to no single change.`,
  })
}

function directCases(context: MetricContext, period: Period): Cases {
  const found = directFeatures(context, period)
  return {
    shape: 'ratio',
    partName: 'Linked cost',
    wholeName: 'Features',
    cases: 'code' in found ? [] : found.cases,
  }
}

function directFeatures(
  context: MetricContext,
  period: Period,
): Issue | { readonly cases: readonly Case[]; readonly shipped: number; readonly linked: LinkedCost } {
  const pieces = featurePieces(context)
  if ('code' in pieces) return pieces
  const delivery = deliveredIn(context)
  const linked = linkedOf(context, delivery)
  if (linked === null) return needsCost()
  const features = featuresIn(delivery, context)
  const shipped: CaseStream = pieces.stream
  const [from, to] = rangeOf(shipped, boundsOf(period, context.settings.zone))
  const cases: Case[] = []
  for (let i = from; i < to; i++) {
    const feature = shipped.caseAt(i)
    const nanos = closeCostOf(linked, features.changesOf(feature))
    if (nanos !== null) cases.push({ ...feature, part: toUnits(nanos), whole: 1 })
  }
  return { cases, shipped: to - from, linked }
}
