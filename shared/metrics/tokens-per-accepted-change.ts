import { acceptedPieces } from './cost-per-accepted-change.ts'
import { effectiveTokensIn, REFERENCE_PRICE_NOTE, type Spent, tokensIn } from './spent.ts'
import { piecesIn, spentPerPiece } from './spent-per-piece.ts'
import type { Metric, MetricContext, Period, Quality } from './types.ts'
import { unknown } from './value.ts'

/**
 * $60 of tokens and 5 merged changes: 20 million input tokens of $3 a million, 4 million each. Cache reads
 * are most of the plain tokens and little of the money, hence the weights.
 */
export const tokensPerAcceptedChange: Metric = {
  id: 'tokens-per-accepted-change',
  name: 'Tokens per accepted change',
  unit: 'tokens',
  better: 'lower',
  definition:
    'All effective tokens of the period, also those of abandoned work, over the changes merged in it. Effective tokens weigh each kind by its price (rates of your own, else the dated list), told in input tokens of Claude Sonnet 4.5 at $3 a million.',
  formula: 'Σ tokens × price ÷ $3 a million ÷ merged changes',
  source:
    'Weighed by price, because plain totals are mostly cache reads. Where no model has a price plain tokens stand in, named.',
  quality: 'exact with pull requests and prices; plain tokens a proxy',
  measure(context, period) {
    const pieces = acceptedPieces(context)
    if ('code' in pieces) return unknown(pieces)
    const spent = tokensOf(context, period)
    return spentPerPiece(context, period, spent, { ...pieces, quality: weaker(pieces.quality, qualityOfTokens(spent)) })
  },
  pieces(context, period) {
    const pieces = acceptedPieces(context)
    return 'code' in pieces ? null : piecesIn(context, period, pieces.stream)
  },
}

const PLAIN_NOTE = 'Plain tokens, cache reads in full: no model of this usage has a price.'

/** Effective tokens, or plain ones where nothing of the period can be weighed. */
export function tokensOf(context: MetricContext, period: Period): Spent {
  const effective = effectiveTokensIn(context, period)
  if (effective.ok) return effective
  const plain = tokensIn(context, period)
  return plain.ok ? { ...plain, note: PLAIN_NOTE } : plain
}

/** Weighing is exact for known prices, plain tokens are a stand-in. */
export function qualityOfTokens(spent: Spent): Quality {
  return spent.ok && spent.note !== REFERENCE_PRICE_NOTE ? 'proxy' : 'exact'
}

const STRENGTH: readonly Quality[] = ['exact', 'estimate', 'proxy', 'prior']

export function weaker(a: Quality, b: Quality): Quality {
  return STRENGTH.indexOf(a) > STRENGTH.indexOf(b) ? a : b
}
