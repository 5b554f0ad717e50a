import type { Issue } from '../issues/index.ts'
import { hasProduction } from './cycle-time.ts'
import { deliveredIn } from './delivered.ts'
import { featuresIn } from './features.ts'
import { needsChanges, needsFeatures } from './messages.ts'
import { costIn } from './spent.ts'
import { type Pieces, piecesIn, spentPerPiece } from './spent-per-piece.ts'
import type { Metric, MetricContext } from './types.ts'
import { unknown } from './value.ts'

/** Fully loaded: all cost of the period over the features shipped in it. $1,200 and 8 features: $150 each. */
export const tokenCostPerShippedFeature: Metric = {
  id: 'token-cost-per-shipped-feature',
  name: 'Token cost per shipped feature',
  unit: '$',
  better: 'lower',
  definition:
    'All AI usage cost of the period over the features shipped in it: finished work items of a feature type where a tracker is imported, else changes marked as a feature by label or title prefix.',
  formula: 'Σ cost ÷ shipped features',
  source: 'Fully loaded, what was thrown away included; the direct cost of features is a number of its own.',
  quality: 'exact with a tracker and billed cost; features by marks are a proxy, cost by price book an estimate',
  measure(context, period) {
    const cost = costIn(context, period)
    if (!cost.ok) return unknown(cost.why)
    const pieces = featurePieces(context)
    return 'code' in pieces ? unknown(pieces) : spentPerPiece(context, period, cost, pieces)
  },
  pieces(context, period) {
    const pieces = featurePieces(context)
    return 'code' in pieces ? null : piecesIn(context, period, pieces.stream)
  },
}

/** Shipped features to divide by, or why there are none. */
export function featurePieces(context: MetricContext): Pieces | Issue {
  const delivery = deliveredIn(context)
  const features = featuresIn(delivery, context)
  if (features.by === 'work items')
    return {
      stream: features.shipped,
      ofWhat: 'shipped features',
      quality: 'exact',
      notes: [`A feature is a finished work item of the type ${features.type}.`],
    }
  if (delivery.pullRequests.length === 0 && delivery.landings.length === 0) return needsChanges()
  const marks = context.settings.featureMarks
  if (!features.areKnown) return needsFeatures(marks)
  const what = hasProduction(delivery)
    ? 'change in production'
    : delivery.pullRequests.length === 0
      ? 'landing'
      : 'merged pull request'
  return {
    stream: features.shipped,
    ofWhat: 'shipped features',
    quality: 'proxy',
    notes: [`A feature is a ${what} marked ${marks.join(', ')}.`],
  }
}
