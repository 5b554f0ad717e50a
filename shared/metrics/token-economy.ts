import type { CostKind } from '../quantities/index.ts'
import { boundsOf, isWithin } from './bounds.ts'
import { endOf, hasProduction } from './cycle-time.ts'
import { type Change, countedPulls, deliveredIn, mergedChanges } from './delivered.ts'
import { needsChanges, needsFeatures } from './messages.ts'
import { costIn, type Spent, tokensIn } from './spent.ts'
import type { Metric, MetricContext, MetricValue, Period, Quality } from './types.ts'
import { unknown, valueOf } from './value.ts'

const KIND_NOTE: Record<CostKind, string> = {
  billed: 'Billed cost.',
  listed: 'Listed cost, before discounts: no other cost is stated.',
  estimated: 'Estimated cost, tokens times the price book: nothing is stated as billed.',
  included: 'Nominal cost covered by seats or pools: nobody is billed for it by use.',
}

/** Fully loaded: all cost of the period over the features shipped in it. $1,200 and 8 features: $150 each. */
export const tokenCostPerShippedFeature: Metric = {
  id: 'token-cost-per-shipped-feature',
  name: 'Token cost per shipped feature',
  unit: '$',
  better: 'lower',
  definition:
    'All AI usage cost of the period over the changes marked as a feature (by label or title prefix) that shipped in it.',
  measure: measureCostPerFeature,
}

function measureCostPerFeature(context: MetricContext, period: Period): MetricValue {
  const delivery = deliveredIn(context)
  const cost = costIn(context, period)
  if (!cost.ok) return unknown(cost.why)
  const bounds = boundsOf(period, context.settings.zone)
  const isShipping = hasProduction(delivery)
  const merged = mergedChanges(delivery, bounds)
  if (merged === null) return unknown(needsChanges())
  const changes: readonly Change[] = isShipping
    ? countedPulls(delivery)
        .filter((pull) => isWithin(endOf(delivery, pull), bounds))
        .map((pull) => ({ pull, landing: pull.landing, title: pull.title, labels: pull.labels }))
    : merged.changes
  const isFeature = featureTest(context.settings.featureMarks)
  const everMarked =
    delivery.pullRequests.some(isFeature) ||
    (delivery.pullRequests.length === 0 &&
      delivery.landings.some(({ subject }) => isFeature({ title: subject, labels: [] })))
  if (!everMarked) return unknown(needsFeatures(context.settings.featureMarks))
  return perChange(context, cost, changes.filter(isFeature).length, 'shipped features', 'proxy', [
    `A feature is a ${isShipping ? 'change in production' : merged.countedBy === 'landings' ? 'landing' : 'merged pull request'} marked ${context.settings.featureMarks.join(', ')}.`,
  ])
}

/** `feat:` matches the title `feat(api)!: …`; a mark, with or without its colon, also matches a label of that name. */
export function featureTest(
  marks: readonly string[],
): (change: { readonly title: string; readonly labels: readonly string[] }) => boolean {
  const words = marks.map((mark) => mark.trim().replace(/:$/, '').toLowerCase()).filter((word) => word !== '')
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const prefix = words.length === 0 ? /(?!)/ : new RegExp(`^\\s*(?:${escaped.join('|')})(?:\\([^)]*\\))?!?:`, 'i')
  return ({ title, labels }) => prefix.test(title) || labels.some((label) => words.includes(label.trim().toLowerCase()))
}

export const tokensPerAcceptedChange: Metric = {
  id: 'tokens-per-accepted-change',
  name: 'Tokens per accepted change',
  unit: 'tokens',
  better: 'lower',
  definition:
    'All tokens of the period, also those of abandoned work, over the changes merged in it. Plain tokens: cache reads count in full.',
  measure(context, period) {
    return measurePerChange(
      context,
      tokensIn(context, period),
      period,
      'Plain tokens, not weighted by price: cache reads count in full.',
    )
  },
}

export const costPerAcceptedChange: Metric = {
  id: 'cost-per-accepted-change',
  name: 'Cost per accepted change',
  unit: '$',
  better: 'lower',
  definition: 'All AI usage cost of the period, also that of abandoned work, over the changes merged in it.',
  measure(context, period) {
    return measurePerChange(context, costIn(context, period), period, null)
  },
}

function measurePerChange(context: MetricContext, spent: Spent, period: Period, note: string | null): MetricValue {
  if (!spent.ok) return unknown(spent.why)
  const merged = mergedChanges(deliveredIn(context), boundsOf(period, context.settings.zone))
  if (merged === null) return unknown(needsChanges())
  const byLanding = merged.countedBy === 'landings'
  return perChange(context, spent, merged.changes.length, 'merged changes', byLanding ? 'proxy' : 'exact', [
    ...(note === null ? [] : [note]),
    ...(byLanding ? ['Landings are counted as changes: no pull requests are imported.'] : []),
  ])
}

function perChange(
  context: MetricContext,
  spent: Spent & { ok: true },
  count: number,
  ofWhat: string,
  quality: Quality,
  notes: readonly string[],
): MetricValue {
  const isOwed = spent.kind === null || spent.kind === 'billed'
  const note = [...(spent.kind === null ? [] : [KIND_NOTE[spent.kind]]), ...notes].join(' ')
  return valueOf(context, () => spent.value / count, {
    n: count,
    ofWhat,
    quality: isOwed ? quality : spent.kind === 'estimated' ? 'estimate' : 'proxy',
    coverage: spent.coverage,
    excluded: spent.excluded,
    ...(note === '' ? {} : { note }),
  })
}
