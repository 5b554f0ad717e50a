import type { Instant } from '../quantities/index.ts'
import type { Landing, Line } from './first-parent-line.ts'

/** What of a merge is needed to find its landing. */
export interface Merge {
  readonly repository: string | null
  readonly number: number | null
  readonly mergeSha: string | null
  readonly mergedAt: Instant | null
}

/**
 * A merge is found by its commit, else by the number in the landing's subject. Numbers join only inside one repository:
 * the same name (`owner/name` or its last part, which is all a git export may know). Where names differ but there is one
 * repository on either side, the landing must also have the time of the merge: a file name proves nothing.
 */
export function landingFinder(
  lines: readonly Line[],
  pullRepositories: readonly string[],
): (merge: Merge) => Landing | null {
  const byNumber = new Map<Line, Map<number, Landing>>()
  /** Made only where a merge is not found by its commit. */
  const numbersOf = (line: Line): ReadonlyMap<number, Landing> => {
    let numbers = byNumber.get(line)
    if (!numbers) {
      byNumber.set(line, (numbers = new Map<number, Landing>()))
      for (const landing of line.landings) if (landing.pullNumber !== null) numbers.set(landing.pullNumber, landing)
    }
    return numbers
  }
  const isOnlyPair = lines.length === 1 && pullRepositories.length === 1
  const lineOf = new Map<string, Line | undefined>()
  for (const repository of pullRepositories) {
    const same = lines.filter((line) => isSameRepository(line.repository, repository))
    lineOf.set(repository, same.length === 1 ? same[0] : undefined)
  }
  const inLine = (sha: string, line: Line): Landing | undefined => {
    const order = line.orderOfSha.get(sha)
    return order === undefined ? undefined : line.landings[order]
  }
  /** Its own line first; a fork or a second name of the repository may hold the commit as well. */
  const landingOfSha = (sha: string, likely: Line | undefined): Landing | null => {
    const own = likely === undefined ? undefined : inLine(sha, likely)
    if (own) return own
    for (const line of lines) {
      const found = inLine(sha, line)
      if (found) return found
    }
    return null
  }
  return (row) => {
    const line = lineOf.get(row.repository ?? '')
    const landing = row.mergeSha === null ? null : landingOfSha(row.mergeSha, line)
    if (landing) return landing
    if (line !== undefined) return numbersOf(line).get(row.number ?? -1) ?? null
    const only = isOnlyPair ? numbersOf(lines[0]!).get(row.number ?? -1) : undefined
    return only && Math.abs(only.landedAt - row.mergedAt!) <= MERGE_CLOCK_MS ? only : null
  }
}

/** A forge's merge time and the committer date of the commit it makes differ by seconds. */
const MERGE_CLOCK_MS = 60_000

function isSameRepository(a: string, b: string): boolean {
  const [left, right] = [a, b].map((name) =>
    name
      .toLowerCase()
      .replace(/\.git$/, '')
      .split('/'),
  )
  const parts = Math.min(left!.length, right!.length)
  return left!.slice(-parts).join('/') === right!.slice(-parts).join('/')
}
