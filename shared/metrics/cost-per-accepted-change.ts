import type { Issue } from '../issues/index.ts'
import { acceptedChanges } from './accepted-changes.ts'
import { deliveredIn } from './delivered.ts'
import { needsChanges } from './messages.ts'
import { costIn } from './spent.ts'
import { type Pieces, piecesIn, spentPerPiece } from './spent-per-piece.ts'
import type { Metric, MetricContext } from './types.ts'
import { unknown } from './value.ts'

/** $1,200 and 40 merged changes: $30 each, what was thrown away included. */
export const costPerAcceptedChange: Metric = {
  id: 'cost-per-accepted-change',
  name: 'Cost per accepted change',
  unit: '$',
  better: 'lower',
  definition: 'All AI usage cost of the period, also that of abandoned work, over the changes merged in it.',
  formula: 'Σ cost ÷ merged changes',
  source: 'Fully loaded: what failed is paid for by what was accepted.',
  quality: 'exact with pull requests and billed cost; cost by price book an estimate, landings as changes a proxy',
  measure(context, period) {
    const pieces = acceptedPieces(context)
    return 'code' in pieces ? unknown(pieces) : spentPerPiece(context, period, costIn(context, period), pieces)
  },
  pieces(context, period) {
    const pieces = acceptedPieces(context)
    return 'code' in pieces ? null : piecesIn(context, period, pieces.stream)
  },
}

/** Accepted changes to divide by, or why there are none. */
export function acceptedPieces(context: MetricContext): Pieces | Issue {
  const delivery = deliveredIn(context)
  if (delivery.pullRequests.length === 0 && delivery.landings.length === 0) return needsChanges()
  const byLanding = delivery.pullRequests.length === 0
  return {
    stream: acceptedChanges(delivery),
    ofWhat: 'merged changes',
    quality: byLanding ? 'proxy' : 'exact',
    notes: byLanding ? ['Landings are counted as changes: no pull requests are imported.'] : [],
  }
}
