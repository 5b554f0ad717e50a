import { type Instant, instantOf } from '../quantities/index.ts'
import type { Merge } from './find-landing.ts'
import type { Landing, Line } from './first-parent-line.ts'
import { DeployedShas, type ProductionDeployment, productionTimes } from './production.ts'

/**
 * Production by landings where they are imported; else by the order of merges, which are on the same line. `unlanded`:
 * merges of known moment and commit whose landing is not imported.
 */
export function joinProduction(
  unlanded: readonly Merge[],
  lines: readonly Line[],
  deployments: readonly ProductionDeployment[],
): {
  readonly timeOf: (row: Merge, landing: Landing | null) => Instant | null
  readonly landingTimeOf: (landing: Landing) => Instant | null
  readonly hasDeployments: (row: Merge, landing: Landing | null) => boolean
  readonly linked: number
} {
  const deployed = new DeployedShas(deployments)
  const count = lines.reduce((sum, line) => sum + line.landings.length, 0)
  /** By the place of the landing: when it was in production, NaN = not yet, and whether its line has deployments at all. */
  const inProduction = new Float64Array(count).fill(NaN)
  const hasLineDeployments = new Uint8Array(count)
  let linked = 0
  for (const { landings: line } of lines) {
    const shas = line.map(({ sha }) => sha)
    const own = productionTimes(shas, deployed)
    line.forEach(({ place, order }) => {
      inProduction[place] = own.times[order] ?? NaN
      hasLineDeployments[place] = own.linked > 0 ? 1 : 0
    })
    linked += own.linked
  }
  const mergedIn = new Map<string, Merge[]>()
  for (const merge of unlanded) {
    const merged = mergedIn.get(merge.repository ?? '')
    if (merged) merged.push(merge)
    else mergedIn.set(merge.repository ?? '', [merge])
  }
  const byMerge = new Map<string, { times: Map<string, Instant | null>; linked: number }>()
  for (const [repository, merged] of mergedIn) {
    const ordered = [...merged].sort((a, b) => a.mergedAt! - b.mergedAt!)
    const shas = ordered.map(({ mergeSha }) => mergeSha!)
    const own = productionTimes(shas, deployed)
    byMerge.set(repository, { times: new Map(shas.map((sha, i) => [sha, own.times[i] ?? null])), linked: own.linked })
    linked += own.linked
  }
  const landingTimeOf = ({ place }: Landing): Instant | null => {
    const at = inProduction[place]!
    return at === at ? instantOf(at) : null
  }
  return {
    landingTimeOf,
    timeOf(row, landing) {
      if (row.mergedAt === null) return null
      if (landing) return landingTimeOf(landing)
      return byMerge.get(row.repository ?? '')?.times.get(row.mergeSha ?? '') ?? null
    },
    hasDeployments(row, landing) {
      if (landing) return hasLineDeployments[landing.place] === 1
      return (byMerge.get(row.repository ?? '')?.linked ?? 0) > 0
    },
    linked,
  }
}
