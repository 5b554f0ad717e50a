import type { FactOrigin } from '../facts/index.ts'
import type { Instant } from '../quantities/index.ts'

/** Exports cut commit ids; git by itself to no fewer than this many characters. */
export const SHORTEST_SHA = 7
export const FULL_SHA = 40

/** A deployment that reached production and worked. */
export interface ProductionDeployment {
  readonly deploymentId: string
  readonly service: string | null
  readonly sha: string | null
  readonly finishedAt: Instant
  /** success, or rollback: it reached production and was taken back. */
  readonly result: 'success' | 'rollback'
  /** An unplanned fix of a fault users saw; `null` = the source does not say. */
  readonly isUnplanned: boolean | null
  readonly causedByIncident: string | null
  readonly origin?: FactOrigin
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
  deployments: Iterable<ProductionDeployment> | DeployedShas,
): { readonly times: readonly (Instant | null)[]; readonly linked: number } {
  const deployed = deployments instanceof DeployedShas ? deployments : new DeployedShas(deployments)
  const times: (Instant | null)[] = []
  let linked = 0
  let earliest: Instant | null = null
  for (let order = shas.length - 1; order >= 0; order--) {
    const own = deployed.of(shas[order]!)
    if (own !== null) {
      linked += own.count
      if (earliest === null || own.first < earliest) earliest = own.first
    }
    times.push(earliest)
  }
  return { times: times.reverse(), linked }
}

interface Deployed {
  first: Instant
  count: number
}

/** Working deployments by commit, made once for all lines: the commits of a line are looked up in it, not it in them. */
export class DeployedShas {
  private readonly whole = new Map<string, Deployed>()
  /** Cut commit ids by their first seven characters. */
  private readonly cut = new Map<string, Map<string, Deployed>>()

  constructor(deployments: Iterable<ProductionDeployment>) {
    for (const { result, sha, finishedAt } of deployments) {
      if (result !== 'success' || sha === null || sha.length < SHORTEST_SHA) continue
      const wanted = sha.toLowerCase()
      note(this.whole, wanted, finishedAt)
      if (wanted.length >= FULL_SHA) continue
      const short = wanted.slice(0, SHORTEST_SHA)
      let own = this.cut.get(short)
      if (!own) this.cut.set(short, (own = new Map<string, Deployed>()))
      note(own, wanted, finishedAt)
    }
  }

  /** The first working deployment of a commit and how many there were; `null` = none. */
  of(sha: string): Deployed | null {
    const exact = this.whole.get(sha) ?? null
    if (this.cut.size === 0) return exact
    const cut = this.cut.get(sha.slice(0, SHORTEST_SHA))
    if (!cut) return exact
    let found = exact
    for (const [start, own] of cut) {
      if (start === sha || !sha.startsWith(start)) continue
      const first = found === null || own.first < found.first ? own.first : found.first
      found = { first, count: (found?.count ?? 0) + own.count }
    }
    return found
  }
}

function note(deployed: Map<string, Deployed>, sha: string, finishedAt: Instant): void {
  const known = deployed.get(sha)
  if (!known) deployed.set(sha, { first: finishedAt, count: 1 })
  else {
    known.count++
    if (finishedAt < known.first) known.first = finishedAt
  }
}
