import type { FactOrigin } from '../facts/index.ts'
import type { Instant } from '../quantities/index.ts'
import type { Landing } from './first-parent-line.ts'
import type { AccountClass } from './identity.ts'

/** Takes what somebody did on a pull request; `by` in lower case. */
export type TakePullAct = (kind: 'review' | 'commit', by: string, at: Instant) => void

/** One pull request with the moments its way consists of. Every moment is `null` where the sources are silent. */
export interface PullRequest {
  /** Among all of the delivery. */
  readonly place: number
  readonly repository: string
  readonly number: number
  readonly title: string
  readonly state: 'open' | 'closed' | 'merged'
  readonly labels: readonly string[]
  /** Keys of the issues it closes, as written: `owner/name#12`, `ENG-12`. */
  readonly closes: readonly string[]
  readonly author: string | null
  readonly authorClass: AccountClass
  /**
   * Bears the mark of an agent itself, by its author or by a commit of it. Marks of its landing are not taken: only merged
   * changes have one, so they would make every rate of acceptance too good.
   */
  readonly isAgentMarked: boolean
  /** Name of the agent whose mark it bears; `null` = none. */
  readonly agent: string | null
  /** Login of the author and addresses of its commits, in lower case: what usage may name a person by. */
  readonly people: readonly string[]
  /** Branch it came from. */
  readonly headRef: string | null
  readonly createdAt: Instant
  /** Creation; of a draft, when it was offered for review. */
  readonly openedAt: Instant
  readonly firstCommitAt: Instant | null
  /** First review by a person other than the author. */
  readonly firstHumanReviewAt: Instant | null
  /** First review by an AI: answers in minutes and would hide the queue for people. */
  readonly firstAiReviewAt: Instant | null
  /** Last approval by a person before the merge; where nobody approved, the last review by a person. */
  readonly lastApprovalAt: Instant | null
  readonly mergedAt: Instant | null
  readonly closedAt: Instant | null
  readonly productionAt: Instant | null
  /** True when working production deployments of its repository are known, so that `null` above means: not yet. */
  readonly hasDeployments: boolean
  readonly areReviewsKnown: boolean
  readonly areCommitsKnown: boolean
  readonly wereChangesRequested: boolean
  /** Commits pushed after the first human review; merges from the base branch left out. */
  readonly commitsAfterReview: number
  /** Reviews by anyone and commits, in order: what tells waiting from working. */
  readonly activity: readonly Instant[]
  /** The last of them. */
  readonly lastActivityAt: Instant | null
  /** Tells the reviews and commits of people, in no order. */
  eachAct(take: TakePullAct): void
  readonly landing: Landing | null
  readonly additions: number | null
  readonly deletions: number | null
  readonly origin: FactOrigin
}
