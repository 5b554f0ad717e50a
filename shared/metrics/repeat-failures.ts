import type { Landing, PullRequest } from '../delivery/index.ts'
import { type Nanos, nanosOf } from '../money/index.ts'
import type { LinkedCost } from './attribution.ts'
import { type Case, caseOfChange } from './cases.ts'
import { closeCostOf } from './close-cost.ts'
import { issueKeysOf } from './features.ts'

/** One place in which work failed more than once. */
export interface RepeatFailure {
  /** Issue, or the file most of the work was in. */
  readonly place: string
  /** Failures in all; the first is not a repetition. */
  readonly times: number
  /** Cost of the first failure, and of all later ones; `null` = nothing is linked to them. */
  readonly first: Nanos | null
  readonly repeated: Nanos | null
  /** All but the first. */
  readonly cases: readonly Case[]
  /** The first and all later ones, as they came. */
  readonly all: readonly Case[]
}

interface Failure {
  readonly at: number
  readonly change: PullRequest | Landing
}

/**
 * The same failure paid for several times: changes that were closed unmerged, reverted or rewritten within 72 hours, again
 * in the same place. Three tries at one issue of $10 each, two thrown away after the first: $20 repeated.
 */
export function repeatFailures(failures: readonly Failure[], linked: LinkedCost): readonly RepeatFailure[] {
  const places = new Map<string, Failure[]>()
  for (const failure of failures) {
    const place = placeOf(failure.change)
    if (place === null) continue
    const own = places.get(place)
    if (own) own.push(failure)
    else places.set(place, [failure])
  }
  return [...places]
    .filter(([, own]) => own.length > 1)
    .map(([place, own]): RepeatFailure => {
      const [first, ...later] = [...own].sort((a, b) => a.at - b.at).map(({ change }) => change)
      return {
        place,
        times: own.length,
        first: closeCostOf(linked, [first!]),
        repeated: closeCostOf(linked, later),
        cases: later.map(caseOfChange),
        all: [first!, ...later].map(caseOfChange),
      }
    })
    .sort((a, b) => compareNanos(b.repeated, a.repeated) || b.times - a.times || (a.place < b.place ? -1 : 1))
}

function compareNanos(a: Nanos | null, b: Nanos | null): number {
  const [left, right] = [a ?? nanosOf(-1n), b ?? nanosOf(-1n)]
  return left < right ? -1 : left > right ? 1 : 0
}

/** Where a change failed: the issue it names, else the file with most of its lines; `null` = neither is known. */
function placeOf(change: PullRequest | Landing): string | null {
  const issue = issueKeysOf(change).find((key) => !key.startsWith('#'))
  if (issue !== undefined) return issue.toUpperCase()
  const landing = 'openedAt' in change ? change.landing : change
  let [file, most] = [null as string | null, -1]
  for (const { path, added, deleted } of landing?.files ?? []) {
    const lines = (added ?? 0) + (deleted ?? 0)
    if (added !== null && lines > most) [file, most] = [path, lines]
  }
  return file === null ? null : `${landing!.repository}/${file}`
}
