import { MS_PER_HOUR } from '../calendar/index.ts'
import type { Delivery, ProductionDeployment } from '../delivery/index.ts'
import { boundsOf, isWithin } from './bounds.ts'
import { deliveredIn } from './delivered.ts'
import { needsDeployments, needsIncidents, needsProduction } from './messages.ts'
import type { Metric, MetricContext, MetricValue, Period } from './types.ts'
import { rateOf, unknown } from './value.ts'

const HOTFIX_WITHIN = 24 * MS_PER_HOUR
const INCIDENT_WITHIN = 72 * MS_PER_HOUR

/**
 * Deployments with at least one failure of all production deployments; each counts once, so it never passes 100 %.
 * Without incidents it is unknown: an empty incident list and no incident list are not the same.
 */
export const changeFailureRate: Metric = {
  id: 'change-failure-rate',
  name: 'Change failure rate',
  unit: 'share',
  better: 'lower',
  definition:
    'Production deployments that were rolled back, named as the cause of an incident, fixed by an unplanned deployment of the same service within 24 h, or followed by an incident of the service within 72 h and before its next deployment; of all production deployments of the period.',
  measure: measureChangeFailures,
}

function measureChangeFailures(context: MetricContext, period: Period): MetricValue {
  const delivery = deliveredIn(context)
  const bounds = boundsOf(period, context.settings.zone)
  if (delivery.deploymentsImported === 0) {
    // Failures are known to exist, so reverts must not stand in and say there were none.
    if (delivery.landings.length === 0 || delivery.incidents.length > 0) return unknown(needsDeployments())
    const landings = delivery.landings.filter(
      ({ landedAt, authorClass }) => authorClass !== 'bot' && isWithin(landedAt, bounds),
    )
    return rateOf(context, landings.filter(({ isRevert }) => isRevert).length, {
      n: landings.length,
      ofWhat: 'landings',
      quality: 'proxy',
      note: 'Share of landings that revert another: no deployments are imported. It misses every failure fixed forward.',
    })
  }
  if (delivery.deployments.length === 0) return unknown(needsProduction(delivery.deploymentsImported))
  if (delivery.incidents.length === 0) return unknown(needsIncidents())
  const failed = failuresOf(delivery)
  const deployments = delivery.deployments.filter(({ finishedAt }) => isWithin(finishedAt, bounds))
  return rateOf(context, deployments.filter((deployment) => failed.has(deployment)).length, {
    n: deployments.length,
    ofWhat: 'production deployments',
    quality: 'exact',
  })
}

const failures = new WeakMap<Delivery, ReadonlySet<ProductionDeployment>>()

function failuresOf(delivery: Delivery): ReadonlySet<ProductionDeployment> {
  let known = failures.get(delivery)
  if (!known) failures.set(delivery, (known = failedDeployments(delivery)))
  return known
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
      const isFix = deployment.isUnplanned || deployment.causedByIncident !== null
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
