import type { Instant } from '../quantities/index.ts'

/** A deployment that reached production and worked. */
export interface ProductionDeployment {
  readonly deploymentId: string
  readonly service: string | null
  readonly sha: string | null
  readonly finishedAt: Instant
  /** success, or rollback: it reached production and was taken back. */
  readonly result: 'success' | 'rollback'
  readonly isUnplanned: boolean
  readonly causedByIncident: string | null
}

/** `production`, `prod-eu`, `live`; never `preprod` or `non-production`. An empty setting means: by name. */
export function isProduction(environment: string | null, chosen: readonly string[]): boolean {
  if (environment === null) return false
  const name = environment.trim().toLowerCase()
  if (chosen.length > 0) return chosen.some((wanted) => wanted.trim().toLowerCase() === name)
  return (
    /(?:^|[^a-z])(?:production|prod|prd|live)(?:$|[^a-z])/.test(name) &&
    !/(?:pre|non|not)[-_ ]?(?:prod|live)/.test(name)
  )
}

/**
 * When each commit of a line (`shas`, oldest first) first ran in production: the earliest working deployment of that commit or of one that
 * landed later, because a deployment of a commit holds everything before it on the line. `null` = not yet.
 *
 * Deployments whose commit is not on the line say nothing about it. Short commit ids of seven characters or more count.
 */
export function productionTimes(
  shas: readonly string[],
  deployments: readonly ProductionDeployment[],
): { readonly times: readonly (Instant | null)[]; readonly linked: number } {
  const orderOf = new Map<string, number>()
  shas.forEach((sha, order) => {
    orderOf.set(sha, order)
    if (!orderOf.has(sha.slice(0, 7))) orderOf.set(sha.slice(0, 7), order)
  })
  const finished: ProductionDeployment[][] = shas.map(() => [])
  let linked = 0
  for (const deployment of deployments) {
    if (deployment.result !== 'success' || deployment.sha === null || deployment.sha.length < 7) continue
    const sha = deployment.sha.toLowerCase()
    const exact = orderOf.get(sha)
    const order = exact ?? orderOf.get(sha.slice(0, 7))
    if (order === undefined || !(exact !== undefined || shas[order]!.startsWith(sha))) continue
    finished[order]!.push(deployment)
    linked++
  }
  const times: (Instant | null)[] = shas.map(() => null)
  let earliest: Instant | null = null
  for (let order = shas.length - 1; order >= 0; order--) {
    for (const { finishedAt } of finished[order]!) {
      if (earliest === null || finishedAt < earliest) earliest = finishedAt
    }
    times[order] = earliest
  }
  return { times, linked }
}
