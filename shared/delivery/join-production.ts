import type { Instant } from '../quantities/index.ts'
import type { Merge } from './find-landing.ts'
import type { Landing, Line } from './first-parent-line.ts'
import { DeployedShas, type ProductionDeployment, productionTimes } from './production.ts'

/** Production by landings where they are imported; else by the order of merges, which are on the same line. */
export function joinProduction(
  rows: readonly Merge[],
  landings: readonly (Landing | null)[],
  lines: readonly Line[],
  deployments: readonly ProductionDeployment[],
): {
  readonly timeOf: (row: Merge, landing: Landing | null) => Instant | null
  readonly landingTimeOf: (landing: Landing) => Instant | null
  readonly hasDeployments: (row: Merge, landing: Landing | null) => boolean
  readonly linked: number
} {
  const deployed = new DeployedShas(deployments)
  const onLine = new Map<string, { times: readonly (Instant | null)[]; linked: number }>()
  for (const { repository, landings: line } of lines) {
    const shas = line.map(({ sha }) => sha)
    onLine.set(repository, productionTimes(shas, deployed))
  }
  const unlanded = new Map<string, Merge[]>()
  rows.forEach((row, i) => {
    if (landings[i] !== null || row.mergedAt === null || row.mergeSha === null) return
    const repository = row.repository ?? ''
    const merged = unlanded.get(repository)
    if (merged) merged.push(row)
    else unlanded.set(repository, [row])
  })
  const byMerge = new Map<string, { times: Map<string, Instant | null>; linked: number }>()
  for (const [repository, merged] of unlanded) {
    const ordered = [...merged].sort((a, b) => a.mergedAt! - b.mergedAt!)
    const shas = ordered.map(({ mergeSha }) => mergeSha!)
    const { times, linked } = productionTimes(shas, deployed)
    byMerge.set(repository, { times: new Map(shas.map((sha, i) => [sha, times[i] ?? null])), linked })
  }
  const landingTimeOf = (landing: Landing): Instant | null =>
    onLine.get(landing.repository)?.times[landing.order] ?? null
  return {
    landingTimeOf,
    timeOf(row, landing) {
      if (row.mergedAt === null) return null
      if (landing) return landingTimeOf(landing)
      return byMerge.get(row.repository ?? '')?.times.get(row.mergeSha ?? '') ?? null
    },
    hasDeployments(row, landing) {
      return (landing ? onLine.get(landing.repository) : byMerge.get(row.repository ?? ''))?.linked ? true : false
    },
    linked:
      [...onLine.values()].reduce((sum, { linked }) => sum + linked, 0) +
      [...byMerge.values()].reduce((sum, { linked }) => sum + linked, 0),
  }
}
