/** Stages in which a change waits. */
export const WAIT_STAGES = {
  firstReview: 'Waiting for the first review',
  pauses: 'Pauses of review over 24 h',
  merge: 'Approved, not merged',
  production: 'Merged, not in production',
} as const

/** What a wait is about: somebody's attention, a way to build, test or ship, or nobody feeling responsible. */
export const WAIT_CAUSES = ['people', 'tooling', 'ownership'] as const
export type WaitCause = (typeof WAIT_CAUSES)[number]

/** Causes a team has named, by the stage or status in lower case. */
export type WaitCauses = Readonly<Record<string, WaitCause>>

const CAUSES_OF_STAGES: ReadonlyMap<string, WaitCause> = new Map([
  [WAIT_STAGES.firstReview, 'people'],
  [WAIT_STAGES.pauses, 'people'],
  [WAIT_STAGES.merge, 'ownership'],
  [WAIT_STAGES.production, 'tooling'],
])

const ABOUT_TOOLING =
  /\b(?:deploy\w*|release|releasable|build|builds|ci|pipeline|environment|env|staging|provision\w*)\b/i
const ABOUT_OWNERSHIP =
  /\b(?:blocked|hold|paused|triage|backlog|open|new|re-?opened|to ?do|customer|external|vendor)\b/i

/**
 * What waiting in a stage of changes or a status of work items is about: as the team named it, else by convention. An
 * approved change nobody merges is about ownership, a merged one nobody can ship about tooling; statuses are told by their
 * names (`Ready for release`: tooling, `Blocked`: ownership), all others wait for people.
 */
export function causeOfWait(name: string, own: WaitCauses = {}): WaitCause {
  const key = waitKey(name)
  if (Object.hasOwn(own, key)) return own[key]!
  const stage = CAUSES_OF_STAGES.get(name)
  if (stage !== undefined) return stage
  if (ABOUT_TOOLING.test(name)) return 'tooling'
  return ABOUT_OWNERSHIP.test(name) ? 'ownership' : 'people'
}

/** The name a cause is kept under. */
export function waitKey(name: string): string {
  return name.trim().toLowerCase()
}

/** Waiting by what it is about, largest first. 0.3 for a first review and 0.1 in pauses: people 0.4. */
export function waitByCause(
  stages: readonly { readonly name: string; readonly now: number | null }[],
  own: WaitCauses = {},
): readonly { readonly cause: WaitCause; readonly share: number }[] {
  const share = (cause: WaitCause) =>
    stages.reduce((sum, { name, now }) => (causeOfWait(name, own) === cause ? sum + (now ?? 0) : sum), 0)
  return WAIT_CAUSES.map((cause) => ({ cause, share: share(cause) })).sort((a, b) => b.share - a.share)
}
