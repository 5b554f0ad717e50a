import type { FactSet } from '../facts/index.ts'
import { type EstimateBehind, estimatesBehind, type PriceBook } from '../prices/index.ts'
import { standingCost } from './spent.ts'
import type { MetricContext, Period } from './types.ts'

/**
 * The rates that the cost of a period rests on, where that is an estimate; empty where it is billed or stated otherwise.
 * `stated`: the same facts without estimates.
 */
export function estimatesOfCost(
  { facts, settings }: Pick<MetricContext, 'facts' | 'settings'>,
  stated: FactSet,
  book: PriceBook,
  period: Period,
): readonly EstimateBehind[] {
  const { kind, states } = standingCost(facts)
  if (kind !== 'estimated') return []
  return estimatesBehind(stated, book, {
    ...period,
    currency: settings.currency,
    keep: (textOf) => states(textOf('tool')),
  })
}
