import { MS_PER_HOUR } from '../calendar/index.ts'
import type { Delivery, Landing, ProductionDeployment } from '../delivery/index.ts'
import { type CaseStream, StreamBuilder } from './case-stream.ts'
import { isBot, landingCase } from './delivered.ts'
import { needsDeployments, needsIncidents, needsLinkableIncidents, needsProduction } from './messages.ts'
import { metricOfCases } from './metric-of-cases.ts'

const HOTFIX_WITHIN = 24 * MS_PER_HOUR
const INCIDENT_WITHIN = 72 * MS_PER_HOUR

/**
 * Deployments with at least one failure of all production deployments; each counts once, so it never passes 100%.
 * Without incidents it is unknown: an empty incident list and no incident list are not the same.
 */
export const changeFailureRate = metricOfCases({
  id: 'change-failure-rate',
  name: 'Change failure rate',
  unit: 'share',
  better: 'lower',
  definition:
    'Production deployments that were rolled back, named as the cause of an incident, fixed by an unplanned deployment of the same service within 24 h, or followed by an incident of the service within 72 h and before its next deployment; of all production deployments of the period.',
  formula: 'failed production deployments ÷ production deployments',
  source:
    'DORA. Incidents divided by deployments can pass 100% and is not this; a link without a limit in time blames the last deployment for everything.',
  quality:
    'exact with deployments and incidents; share of reverts as a proxy with git alone; unknown with deployments only',
  shape: 'share',
  partName: 'Failed',
  wholeName: 'Deployments',
  ofWhat: 'production deployments',
  missing(delivery) {
    if (delivery.deploymentsImported === 0)
      // Failures are known to exist, so reverts must not stand in and say there were none.
      return delivery.landings.length === 0 || delivery.incidents.length > 0 ? needsDeployments() : null
    if (delivery.deployments.length === 0) return needsProduction(delivery.deploymentsImported)
    if (delivery.incidents.length === 0) return needsIncidents()
    return linkableIncidents(delivery) === 0 ? needsLinkableIncidents() : null
  },
  spoken: (delivery) =>
    delivery.deploymentsImported === 0 ? 1 : linkableIncidents(delivery) / delivery.incidents.length,
  standing: ({ deploymentsImported }) =>
    deploymentsImported > 0
      ? { quality: 'exact' }
      : {
          quality: 'proxy',
          ofWhat: 'landings',
          note: 'Share of landings that revert another: no deployments are imported. It misses every failure fixed forward.',
        },
  stream: (delivery) => (delivery.deploymentsImported > 0 ? failures(delivery) : reverts(delivery)),
})

/** Incidents that can be held against a deployment: they name it, or their service has deployments and their start is known. */
function linkableIncidents({ incidents, deployments }: Delivery): number {
  const services = new Set(deployments.map(({ service }) => service))
  return incidents.filter(
    ({ causedByDeployment, startedAt, service }) =>
      causedByDeployment !== null || (startedAt !== null && services.has(service)),
  ).length
}

function reverts({ landings }: Delivery): CaseStream {
  const stream = new StreamBuilder<Landing>(landings.length, landingCase)
  for (const landing of landings) if (!isBot(landing)) stream.add(landing.landedAt, landing, landing.isRevert ? 1 : 0)
  return stream.finish()
}

function failures(delivery: Delivery): CaseStream {
  const failed = failedDeployments(delivery)
  return deploymentStream(delivery, (deployment) => failed.has(deployment))
}

/** Production deployments, and which of them are hits. */
export function deploymentStream(
  { deployments }: Delivery,
  isHit: (deployment: ProductionDeployment) => boolean,
): CaseStream {
  const stream = new StreamBuilder<ProductionDeployment>(deployments.length, (deployment, part, whole) => ({
    pull: null,
    landing: null,
    deployment,
    part,
    whole,
  }))
  for (const deployment of deployments) stream.add(deployment.finishedAt, deployment, isHit(deployment) ? 1 : 0)
  return stream.finish()
}

/** Deployments (by time) that failed, by the links of the definition in their order. */
export function failedDeployments({
  deployments,
  incidents,
}: Pick<Delivery, 'deployments' | 'incidents'>): ReadonlySet<ProductionDeployment> {
  const failed = new Set<ProductionDeployment>()
  const byId = new Map(deployments.map((deployment) => [deployment.deploymentId, deployment]))
  const byService = new Map<string | null, ProductionDeployment[]>()
  for (const deployment of deployments) {
    const own = byService.get(deployment.service)
    if (own) own.push(deployment)
    else byService.set(deployment.service, [deployment])
    if (deployment.result === 'rollback') failed.add(deployment)
  }
  for (const own of byService.values()) {
    own.forEach((deployment, i) => {
      const before = own[i - 1]
      const isFix = deployment.isUnplanned === true || deployment.causedByIncident !== null
      if (before && isFix && deployment.finishedAt - before.finishedAt <= HOTFIX_WITHIN) failed.add(before)
    })
  }
  for (const { causedByDeployment, startedAt, service } of incidents) {
    const named = causedByDeployment === null ? undefined : byId.get(causedByDeployment)
    if (named) failed.add(named)
    if (causedByDeployment !== null || startedAt === null) continue
    // The last deployment before the incident is the one whose next has not come yet.
    const last = lastBefore(byService.get(service) ?? [], startedAt)
    if (last && startedAt - last.finishedAt <= INCIDENT_WITHIN) failed.add(last)
  }
  return failed
}

/** Of deployments by time, the last that was finished at `at`; halving, because years of both lists are many pairs. */
function lastBefore(deployments: readonly ProductionDeployment[], at: number): ProductionDeployment | undefined {
  let [low, high] = [0, deployments.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (deployments[middle]!.finishedAt <= at) low = middle + 1
    else high = middle
  }
  return deployments[low - 1]
}
