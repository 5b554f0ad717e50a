import type { PullRequest } from '../delivery/index.ts'
import { StreamBuilder } from './case-stream.ts'
import { segmentStream } from './change-segments.ts'
import { countedPulls, mergedPulls, needsKnownReviews, pullCase, pullShare } from './delivered.ts'
import { metricOfCases } from './metric-of-cases.ts'

/** How long a change waits for the first answer of a person. Opened 9:00, first review 14:30: 5.5 h. */
export const reviewLatency = metricOfCases({
  id: 'review-latency',
  name: 'Review latency',
  unit: 'h',
  better: 'lower',
  definition:
    'Hours from opening a pull request to the first review by a person other than the author; median of the first reviews given in the period. Reviews by AI are not counted.',
  formula: 'median(first review by a person − opened)',
  source:
    'Called pickup elsewhere; some tools count any comment, also of bots. Reviews by AI are a number of their own.',
  quality: 'exact where reviews are exported',
  shape: 'median',
  partName: 'Hours',
  wholeName: '',
  ofWhat: 'reviewed changes',
  missing: needsKnownReviews,
  spoken: pullShare,
  stream: (delivery) =>
    segmentStream(
      delivery,
      ({ firstHumanReviewAt, openedAt, areReviewsKnown, mergedAt }) => {
        if (firstHumanReviewAt !== null) return { from: openedAt, to: firstHumanReviewAt }
        return areReviewsKnown || mergedAt === null ? null : { at: mergedAt, missing: 'reviews not in the export' }
      },
      'reviewed before it was opened',
      countedPulls(delivery),
    ),
})

/** The answer of a machine: minutes, where that of a person takes hours. */
export const aiReviewLatency = metricOfCases({
  id: 'ai-review-latency',
  name: 'Review latency of AI',
  unit: 'h',
  better: 'lower',
  definition:
    'Hours from opening a pull request to the first review by an AI; median of the first such reviews of the period. It never stands in for the review by a person.',
  formula: 'median(first review by an AI − opened)',
  source: 'Reported apart, because machines answer in minutes and would hide the queue for people.',
  quality: 'exact where reviews are exported',
  shape: 'median',
  partName: 'Hours',
  wholeName: '',
  ofWhat: 'changes reviewed by an AI',
  missing: needsKnownReviews,
  spoken: pullShare,
  stream: (delivery) =>
    segmentStream(
      delivery,
      ({ firstAiReviewAt, openedAt }) => (firstAiReviewAt === null ? null : { from: openedAt, to: firstAiReviewAt }),
      'reviewed before it was opened',
      countedPulls(delivery),
    ),
})

export const unreviewedMergeShare = metricOfCases({
  id: 'unreviewed-merge-share',
  name: 'Merged without review',
  unit: 'share',
  better: 'lower',
  definition: 'Merged pull requests that no person other than the author reviewed, of all merged in the period.',
  formula: 'merged without a review by a person ÷ merged',
  source: 'Companion of review latency, which is silent about changes nobody reviewed.',
  quality: 'exact where reviews are exported',
  shape: 'share',
  partName: 'Without review',
  wholeName: 'Merged',
  ofWhat: 'merged changes with known reviews',
  missing: needsKnownReviews,
  spoken: pullShare,
  stream(delivery) {
    const stream = new StreamBuilder<PullRequest>(delivery.pullRequests.length, pullCase)
    mergedPulls(delivery).forEach((pull) => {
      const { mergedAt, firstHumanReviewAt } = pull
      if (!pull.areReviewsKnown) stream.leaveOut(mergedAt, pull, 'reviews not in the export')
      else stream.add(mergedAt, pull, firstHumanReviewAt !== null && firstHumanReviewAt <= mergedAt ? 0 : 1)
    })
    return stream.finish()
  },
})
