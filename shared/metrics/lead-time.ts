import { durationsToEnd, standingOfEnd } from './cycle-time.ts'
import { needsPulls, pullShare } from './delivered.ts'
import { metricOfCases } from './metric-of-cases.ts'

/** First commit to production. First commit Friday 16:00, deployed Tuesday 16:00: 96 h. */
export const leadTime = metricOfCases({
  id: 'lead-time',
  name: 'Lead time',
  unit: 'h',
  better: 'lower',
  definition:
    'Hours from the first commit of a change to the first working production deployment that holds it; median of the changes that reached production in the period. A rebase rewrites the dates of commits.',
  formula: 'median(in production − first commit authored)',
  source: 'DORA change lead time; told apart from cycle time, which starts when the pull request is opened.',
  quality: 'exact with deployments; without them to the merge, a proxy',
  shape: 'median',
  partName: 'Hours',
  wholeName: '',
  ofWhat: 'finished changes with known commits',
  missing: needsPulls,
  spoken: pullShare,
  standing: standingOfEnd,
  stream: (delivery) => durationsToEnd(delivery, ({ firstCommitAt }) => firstCommitAt, 'ended before its first commit'),
})
