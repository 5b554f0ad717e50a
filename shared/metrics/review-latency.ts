import { MS_PER_HOUR } from '../calendar/index.ts'
import { boundsOf, isWithin } from './bounds.ts'
import { countedPulls, deliveredIn, pullShare } from './delivered.ts'
import { needsPullRequests, needsReviews } from './messages.ts'
import type { Case, Cases } from './cases.ts'
import type { Metric, MetricContext, MetricValue, Period } from './types.ts'
import { medianOf, rateOf, unknown } from './value.ts'

/** How long a change waits for the first answer of a person. Opened 9:00, first review 14:30: 5.5 h. */
export const reviewLatency: Metric = {
  id: 'review-latency',
  name: 'Review latency',
  unit: 'h',
  better: 'lower',
  definition:
    'Hours from opening a pull request to the first review by a person other than the author; median of the first reviews given in the period. Reviews by AI are not counted.',
  measure: measureReviewLatency,
  cases: reviewLatencyCases,
}

function measureReviewLatency(context: MetricContext, period: Period): MetricValue {
  const delivery = deliveredIn(context)
  if (delivery.pullRequests.length === 0) return unknown(needsPullRequests())
  const pulls = countedPulls(delivery)
  if (!pulls.some(({ areReviewsKnown }) => areReviewsKnown)) return unknown(needsReviews())
  const bounds = boundsOf(period, context.settings.zone)
  const reviewed = pulls.filter(({ firstHumanReviewAt }) => isWithin(firstHumanReviewAt, bounds))
  const hours = reviewed.map(({ firstHumanReviewAt, openedAt }) => (firstHumanReviewAt! - openedAt) / MS_PER_HOUR)
  const positive = hours.filter((value) => value >= 0)
  const silent = pulls.filter(({ areReviewsKnown, mergedAt }) => !areReviewsKnown && isWithin(mergedAt, bounds)).length
  return medianOf(context, positive, {
    ofWhat: 'reviewed changes',
    quality: 'exact',
    coverage:
      (reviewed.length + silent === 0 ? 1 : positive.length / (reviewed.length + silent)) * pullShare(delivery, bounds),
    excluded: { 'reviewed before it was opened': hours.length - positive.length, 'reviews not in the export': silent },
  })
}

export const unreviewedMergeShare: Metric = {
  id: 'unreviewed-merge-share',
  name: 'Merged without review',
  unit: 'share',
  better: 'lower',
  definition: 'Merged pull requests that no person other than the author reviewed, of all merged in the period.',
  measure: measureUnreviewedMerges,
  cases: unreviewedCases,
}

function measureUnreviewedMerges(context: MetricContext, period: Period): MetricValue {
  const delivery = deliveredIn(context)
  if (delivery.pullRequests.length === 0) return unknown(needsPullRequests())
  const pulls = countedPulls(delivery)
  if (!pulls.some(({ areReviewsKnown }) => areReviewsKnown)) return unknown(needsReviews())
  const bounds = boundsOf(period, context.settings.zone)
  const merged = pulls.filter(({ mergedAt }) => isWithin(mergedAt, bounds))
  const known = merged.filter(({ areReviewsKnown }) => areReviewsKnown)
  const unreviewed = known.filter(
    (pull) => pull.firstHumanReviewAt === null || pull.firstHumanReviewAt > pull.mergedAt!,
  )
  return rateOf(context, unreviewed.length, {
    n: known.length,
    ofWhat: 'merged changes with known reviews',
    quality: 'exact',
    coverage: (merged.length === 0 ? 1 : known.length / merged.length) * pullShare(delivery, bounds),
    excluded: { 'reviews not in the export': merged.length - known.length },
  })
}

function reviewLatencyCases(context: MetricContext, period: Period): Cases {
  const bounds = boundsOf(period, context.settings.zone)
  return {
    shape: 'median',
    partName: 'Hours',
    wholeName: '',
    cases: countedPulls(deliveredIn(context)).flatMap((pull): Case[] => {
      const reviewed = pull.firstHumanReviewAt
      if (!isWithin(reviewed, bounds) || reviewed! < pull.openedAt) return []
      return [{ pull, landing: pull.landing, part: (reviewed! - pull.openedAt) / MS_PER_HOUR, whole: 1 }]
    }),
  }
}

function unreviewedCases(context: MetricContext, period: Period): Cases {
  const bounds = boundsOf(period, context.settings.zone)
  return {
    shape: 'share',
    partName: 'Without review',
    wholeName: 'Merged',
    cases: countedPulls(deliveredIn(context)).flatMap((pull): Case[] => {
      if (!isWithin(pull.mergedAt, bounds) || !pull.areReviewsKnown) return []
      const isReviewed = pull.firstHumanReviewAt !== null && pull.firstHumanReviewAt <= pull.mergedAt!
      return [{ pull, landing: pull.landing, part: isReviewed ? 0 : 1, whole: 1 }]
    }),
  }
}
