import { segmentStream } from './change-segments.ts'
import { needsPulls, pullShare } from './delivered.ts'
import { metricOfCases } from './metric-of-cases.ts'

/** First commit to opening. First commit 8:00, opened 11:00: 3 h. */
export const codingTime = metricOfCases({
  id: 'coding-time',
  name: 'Coding time',
  unit: 'h',
  better: 'lower',
  definition:
    'Hours from the first commit of a pull request to its opening; median of those merged in the period. A rebase rewrites the dates of commits: those that come after the opening are left out.',
  formula: 'median(opened − first commit authored)',
  source: 'First segment of the way of a change; tools that count drafts as coding state more.',
  quality: 'exact where commits are exported',
  shape: 'median',
  partName: 'Hours',
  wholeName: '',
  ofWhat: 'merged changes with known commits',
  missing: needsPulls,
  spoken: pullShare,
  stream: (delivery) =>
    segmentStream(
      delivery,
      ({ firstCommitAt, openedAt, mergedAt }) => {
        if (mergedAt === null) return null
        if (firstCommitAt === null) return { at: mergedAt, missing: 'commits not in the export' }
        // Told at the merge, like every other segment of the same change.
        return { from: mergedAt - (openedAt - firstCommitAt), to: mergedAt }
      },
      'first commit after the opening',
    ),
})
