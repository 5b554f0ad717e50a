import { FULL_SHA, type Landing, type Line, type ProductionDeployment, SHORTEST_SHA } from '../delivery/index.ts'

/**
 * Landings of a line that came to production with a deployment that failed: those after the deployment of the same service
 * before it, up to its own commit. Of the first one known of a service only its own commit, because nobody knows how far back
 * it reaches; a commit deployed again brings nothing new. `deployments` by time.
 *
 * Deployed at the landings 3, 7 and 9, the second failed: 4, 5, 6 and 7.
 */
export function landedWithFailure(
  line: Line,
  deployments: readonly ProductionDeployment[],
  failed: ReadonlySet<ProductionDeployment>,
): ReadonlySet<Landing> {
  const came = new Set<Landing>()
  if (failed.size === 0) return came
  const orderOf = orderFinder(line)
  const reached = new Map<string | null, number>()
  for (const deployment of deployments) {
    const order = deployment.sha === null ? undefined : orderOf(deployment.sha.toLowerCase())
    if (order === undefined) continue
    const before = reached.get(deployment.service) ?? order - 1
    if (failed.has(deployment)) for (let at = before + 1; at <= order; at++) came.add(line.landings[at]!)
    reached.set(deployment.service, Math.max(before, order))
  }
  return came
}

/** Place of a commit on the line, by its whole id or the beginning of it. */
function orderFinder({ landings, orderOfSha }: Line): (sha: string) => number | undefined {
  let byStart: Map<string, number[]> | null = null
  return (sha) => {
    const whole = orderOfSha.get(sha)
    if (whole !== undefined || sha.length >= FULL_SHA || sha.length < SHORTEST_SHA) return whole
    if (byStart === null) {
      byStart = new Map<string, number[]>()
      for (const [own, order] of orderOfSha) {
        const start = own.slice(0, SHORTEST_SHA)
        const orders = byStart.get(start)
        if (orders) orders.push(order)
        else byStart.set(start, [order])
      }
    }
    return byStart.get(sha.slice(0, SHORTEST_SHA))?.find((order) => landings[order]!.sha.startsWith(sha))
  }
}
