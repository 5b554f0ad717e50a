import type { Delivery } from '../delivery/index.ts'
import { durableChanges, REWORKED_SHARE } from './accepted-changes.ts'
import { acceptedPieces } from './cost-per-accepted-change.ts'
import { hasProduction } from './cycle-time.ts'
import { deliveredIn, landingHorizon, lastJudgedDay, pullHorizon, tooEarly } from './delivered.ts'
import { piecesIn, spentPerPiece } from './spent-per-piece.ts'
import { qualityOfTokens, tokensOf, weaker } from './tokens-per-accepted-change.ts'
import type { Metric, MetricContext } from './types.ts'
import { unknown } from './value.ts'

const LAG_DAYS = 7

/** 20 million effective tokens, 8 changes merged of which 5 shipped and held: 4 million each. */
export const tokenEfficiency: Metric = {
  id: 'token-efficiency',
  name: 'Tokens per change that held',
  unit: 'tokens',
  better: 'lower',
  definition:
    'All effective tokens of the period over its changes that were merged, are in production where deployments are known, were not reverted, lost less than a quarter of their lines within seven days and came to production with no deployment that failed.',
  formula: 'Σ effective tokens ÷ changes merged, shipped and not reworked',
  source: 'Token efficiency: accepted, shipped, non-reworked. Told seven days late, when it is known what held.',
  quality:
    'exact with deployments and the files of all changes, an estimate with those of some, else a proxy that says what it lacks',
  lagDays: LAG_DAYS,
  lastJudgedDay: (context) => lastJudgedDay(context, LAG_DAYS, horizonOf(context)),
  measure(context, period) {
    const pieces = acceptedPieces(context)
    if ('code' in pieces) return unknown(pieces)
    const late = tooEarly(context, period, LAG_DAYS, horizonOf(context), 'changes')
    if (late) return late
    const delivery = deliveredIn(context)
    const isFollowed = areLandingsKnown(delivery)
    const { reworkedShare = REWORKED_SHARE } = context.settings
    const spent = tokensOf(context, period)
    return spentPerPiece(context, period, spent, {
      stream: durableChanges(delivery, context),
      ofWhat: 'changes that held',
      quality: weaker(
        weaker(pieces.quality, qualityOfTokens(spent)),
        delivery.hasFileChanges && hasProduction(delivery) ? (isFollowed ? 'exact' : 'estimate') : 'proxy',
      ),
      notes: [
        ...pieces.notes,
        ...(reworkedShare === REWORKED_SHARE
          ? []
          : [`A change held with less than ${Number((100 * reworkedShare).toFixed(2))}% of its lines gone, as set.`]),
        ...(delivery.hasFileChanges ? [] : ['Rewrites are not known: no landings with files are imported.']),
        ...(isFollowed || !delivery.hasFileChanges ? [] : [UNFOLLOWED]),
        ...(hasProduction(delivery) ? [] : ['Merged, not shipped: no deployments join the changes.']),
      ],
    })
  },
  pieces(context, period) {
    return 'code' in acceptedPieces(context)
      ? null
      : piecesIn(context, period, durableChanges(deliveredIn(context), context))
  },
}

const UNFOLLOWED =
  'Changes whose landing is not in the imported git history count as held: whether they were rewritten is not known.'

/** Every merged pull request has its landing, so that what became of its lines is known. */
function areLandingsKnown(delivery: Delivery): boolean {
  let own = landed.get(delivery)
  if (own === undefined) {
    own = delivery.pullRequests.every(({ mergedAt, landing }) => mergedAt === null || landing !== null)
    landed.set(delivery, own)
  }
  return own
}

const landed = new WeakMap<Delivery, boolean>()

function horizonOf(context: MetricContext): number {
  const delivery = deliveredIn(context)
  return delivery.hasFileChanges && delivery.landings.length > 0
    ? landingHorizon(context, delivery)
    : pullHorizon(context, delivery)
}
