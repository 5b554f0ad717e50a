import { segmentStream } from './change-segments.ts'
import { needsKnownReviews, pullShare } from './delivered.ts'
import { metricOfCases } from './metric-of-cases.ts'

/** First review to merge. Reviewed 10:00, merged 16:00: 6 h. */
export const reviewTime = metricOfCases({
  id: 'review-time',
  name: 'Review time',
  unit: 'h',
  better: 'lower',
  definition:
    'Hours from the first review by a person other than the author to the merge; median of the reviewed changes merged in the period.',
  formula: 'median(merged − first review)',
  source: 'Third segment of the way of a change, after coding and pickup.',
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
      ({ firstHumanReviewAt, mergedAt, openedAt, areReviewsKnown }) => {
        if (mergedAt === null) return null
        if (!areReviewsKnown) return { at: mergedAt, missing: 'reviews not in the export' }
        if (firstHumanReviewAt === null) return null
        // A comment from before the opening is of another talk; its span would be years.
        if (firstHumanReviewAt < openedAt) return { at: mergedAt, missing: 'reviewed before it was opened' }
        return { from: firstHumanReviewAt, to: mergedAt }
      },
      'reviewed after the merge',
    ),
})
