import { deploymentStream } from './change-failure-rate.ts'
import { needsDeployments, needsPlannedMarks, needsProduction } from './messages.ts'
import { metricOfCases } from './metric-of-cases.ts'

/** 3 of 20 deployments were unplanned fixes: 15%. */
export const deploymentReworkRate = metricOfCases({
  id: 'deployment-rework-rate',
  name: 'Deployment rework rate',
  unit: 'share',
  better: 'lower',
  definition:
    'Production deployments that were unplanned fixes of faults users saw, of all production deployments of the period; only where deployments say whether they were planned.',
  formula: 'unplanned production deployments ÷ production deployments',
  source: 'DORA’s rework rate. Not the share of lines rewritten, which is called rework rate here.',
  quality: 'exact; unknown where deployments do not say whether they were planned',
  shape: 'share',
  partName: 'Unplanned fixes',
  wholeName: 'Deployments',
  ofWhat: 'production deployments',
  missing(delivery) {
    if (delivery.deploymentsImported === 0) return needsDeployments()
    if (delivery.deployments.length === 0) return needsProduction(delivery.deploymentsImported)
    return delivery.deployments.some(({ isUnplanned }) => isUnplanned !== null) ? null : needsPlannedMarks()
  },
  stream(delivery) {
    const stream = deploymentStream(delivery, ({ isUnplanned }) => isUnplanned === true)
    const left = stream.left.slice()
    for (let i = 0; i < stream.length; i++) if (stream.caseAt(i).deployment?.isUnplanned === null) left[i] = 1
    return { ...stream, left, reasons: [{ reason: 'not said whether planned', isMissing: true }] }
  },
})
