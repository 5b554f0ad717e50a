import type { Delivery, PullRequest } from '../delivery/index.ts'
import { StreamBuilder } from './case-stream.ts'
import { countedPulls, mergedPulls, needsKnownReviews, pullCase, pullShare } from './delivered.ts'
import { metricOfCases } from './metric-of-cases.ts'

/** Strict where commits are known; lenient, as a named proxy, where they are not. */
export const firstPassAcceptance = metricOfCases({
  id: 'first-pass-acceptance',
  name: 'First-pass acceptance',
  unit: 'share',
  better: 'higher',
  definition:
    'Changes merged in the period without requested changes and without a commit after the first review by a person, of all merged ones that a person reviewed before the merge.',
  formula: 'passed at the first review ÷ reviewed and merged',
  source: 'Analogue of “percent complete and accurate” of value stream mapping. No number of the industry to copy.',
  quality: 'exact where reviews and commits are exported; lenient without commits, a proxy',
  shape: 'share',
  partName: 'Passed at once',
  wholeName: 'Reviewed',
  ofWhat: 'reviewed changes',
  missing: needsKnownReviews,
  spoken: pullShare,
  standing: (delivery) =>
    isStrict(delivery)
      ? { quality: 'exact' }
      : {
          quality: 'proxy',
          note: 'Lenient: only requested changes count and unreviewed changes pass, because the commits of pull requests are not imported.',
        },
  stream(delivery) {
    const strict = isStrict(delivery)
    const stream = new StreamBuilder<PullRequest>(delivery.pullRequests.length, pullCase)
    mergedPulls(delivery).forEach((pull) => {
      const at = pull.mergedAt
      if (!pull.areReviewsKnown) stream.leaveOut(at, pull, 'reviews not in the export')
      else if (!strict) stream.add(at, pull, pull.wereChangesRequested ? 0 : 1)
      // Who looks at it after the merge did not let it pass.
      else if (pull.firstHumanReviewAt === null || pull.firstHumanReviewAt > at)
        stream.leaveOut(at, pull, 'nobody reviewed it')
      else if (!pull.areCommitsKnown) stream.leaveOut(at, pull, 'commits not in the export')
      else stream.add(at, pull, !pull.wereChangesRequested && pull.commitsAfterReview === 0 ? 1 : 0)
    })
    return stream.finish()
  },
})

function isStrict(delivery: Delivery): boolean {
  return countedPulls(delivery).some(({ areCommitsKnown }) => areCommitsKnown)
}
