import { segmentStream } from './change-segments.ts'
import { hasProduction, pullsByEnd } from './cycle-time.ts'
import { isBot, needsPulls, pullShare } from './delivered.ts'
import { needsDeployments, needsProduction } from './messages.ts'
import { metricOfCases } from './metric-of-cases.ts'

/** Merge to production. Merged 16:00, deployed 9:30 the next day: 17.5 h. */
export const deployTime = metricOfCases({
  id: 'deploy-time',
  name: 'Deploy time',
  unit: 'h',
  better: 'lower',
  definition:
    'Hours from the merge to the first working production deployment that holds the change; median of the changes that reached production in the period.',
  formula: 'median(in production − merged)',
  source: 'Last segment of the way of a change.',
  quality: 'exact; unknown without deployments',
  shape: 'median',
  partName: 'Hours',
  wholeName: '',
  ofWhat: 'changes that reached production',
  missing(delivery) {
    const pulls = needsPulls(delivery)
    if (pulls || hasProduction(delivery)) return pulls
    return delivery.deploymentsImported === 0 ? needsDeployments() : needsProduction(delivery.deploymentsImported)
  },
  spoken: pullShare,
  stream: (delivery) =>
    segmentStream(
      delivery,
      ({ mergedAt, productionAt, hasDeployments }) => {
        if (mergedAt === null) return null
        if (!hasDeployments) return { at: mergedAt, missing: 'repository without deployments' }
        return productionAt === null ? null : { from: mergedAt, to: productionAt }
      },
      'deployed before the merge',
      pullsByEnd(delivery).filter((pull) => !isBot(pull)),
    ),
})
