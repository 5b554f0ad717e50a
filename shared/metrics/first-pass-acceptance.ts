import { boundsOf, isWithin } from './bounds.ts'
import { countedPulls, deliveredIn, pullShare } from './delivered.ts'
import { needsPullRequests, needsReviews } from './messages.ts'
import type { Metric, MetricContext, MetricValue, Period } from './types.ts'
import { rateOf, unknown } from './value.ts'

/** Strict where commits are known; lenient, as a named proxy, where they are not. */
export const firstPassAcceptance: Metric = {
  id: 'first-pass-acceptance',
  name: 'First-pass acceptance',
  unit: 'share',
  better: 'higher',
  definition:
    'Changes merged in the period without requested changes and without a commit after the first review by a person, of all merged ones that a person reviewed.',
  measure: measureFirstPass,
}

function measureFirstPass(context: MetricContext, period: Period): MetricValue {
  const delivery = deliveredIn(context)
  if (delivery.pullRequests.length === 0) return unknown(needsPullRequests())
  const pulls = countedPulls(delivery)
  if (!pulls.some(({ areReviewsKnown }) => areReviewsKnown)) return unknown(needsReviews())
  const bounds = boundsOf(period, context.settings.zone)
  const merged = pulls.filter(({ mergedAt }) => isWithin(mergedAt, bounds))
  const known = merged.filter(({ areReviewsKnown }) => areReviewsKnown)
  const excludedReviews = { 'reviews not in the export': merged.length - known.length }
  const coverage = (n: number): number => (merged.length === 0 ? 1 : n / merged.length) * pullShare(delivery, bounds)
  if (!pulls.some(({ areCommitsKnown }) => areCommitsKnown)) {
    return rateOf(context, known.filter(({ wereChangesRequested }) => !wereChangesRequested).length, {
      n: known.length,
      ofWhat: 'merged changes',
      quality: 'proxy',
      coverage: coverage(known.length),
      excluded: excludedReviews,
      note: 'Lenient: only requested changes count and unreviewed changes pass, because the commits of pull requests are not imported.',
    })
  }
  const reviewed = known.filter(({ firstHumanReviewAt }) => firstHumanReviewAt !== null)
  const judged = reviewed.filter(({ areCommitsKnown }) => areCommitsKnown)
  const passed = judged.filter(
    ({ wereChangesRequested, commitsAfterReview }) => !wereChangesRequested && commitsAfterReview === 0,
  )
  return rateOf(context, passed.length, {
    n: judged.length,
    ofWhat: 'reviewed changes',
    quality: 'exact',
    coverage: coverage(judged.length),
    excluded: {
      ...excludedReviews,
      'nobody reviewed it': known.length - reviewed.length,
      'commits not in the export': reviewed.length - judged.length,
    },
  })
}
