import { eachChunk, type FactOrigin, type FactSet } from '../facts/index.ts'
import { agentOfPeople } from '../importers/index.ts'
import { type Instant, instantOf } from '../quantities/index.ts'
import { landingFinder } from './find-landing.ts'
import type { Landing, Line } from './first-parent-line.ts'
import { type AccountClass, classOfAccount } from './identity.ts'
import { joinProduction } from './join-production.ts'
import type { ProductionDeployment } from './production.ts'
import { remembered } from './remembered.ts'

/** One pull request with the moments its way consists of. Every moment is `null` where the sources are silent. */
export interface PullRequest {
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
  /** Creation; the moment a draft became ready is not in the exports we read. */
  /** Of a draft, when it was offered for review. */
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
  readonly landing: Landing | null
  readonly additions: number | null
  readonly deletions: number | null
  readonly origin: FactOrigin
}

export interface ReadPullRequests {
  readonly pullRequests: readonly PullRequest[]
  readonly deploymentsLinked: number
  readonly productionAtOf: (landing: Landing) => Instant | null
}

/** Every pull request with its landing, its way to production, its reviews and its commits. */
export function readPullRequests(
  facts: FactSet,
  lines: readonly Line[],
  deployments: readonly ProductionDeployment[],
  houseAgents: readonly string[],
): ReadPullRequests {
  const said = readPulls(facts)
  const reviews = readReviews(facts)
  const commits = readCommits(facts)
  const findLanding = landingFinder(lines, [...new Set(said.map(({ repository }) => repository ?? ''))])
  // Lists that only say that a change was merged leave the moment to its landing.
  const rows = said.map((row) =>
    row.state === 'merged' && row.mergedAt === null ? { ...row, mergedAt: findLanding(row)?.landedAt ?? null } : row,
  )
  const landingOfRow = rows.map((row) => (row.mergedAt === null ? null : findLanding(row)))
  const { timeOf, landingTimeOf, hasDeployments, linked } = joinProduction(rows, landingOfRow, lines, deployments)
  const classOf = remembered((account: string) => classOfAccount(account, houseAgents))
  const isOfAgents = remembered((emails: string) => agentOfPeople(emails) !== null)
  const plain = remembered((name: string) => name.trim().toLowerCase())
  const pullRequests: PullRequest[] = []
  rows.forEach((row, i) => {
    const { createdAt, number, author } = row
    if (createdAt === null || number === null) return
    const landing = landingOfRow[i]!
    const authorClass = author === null ? 'human' : classOfPullAuthor(author, row.authorIsBot, classOf)
    const ownReviews = reviews.of(row.repository, number, row.itemId)
    const ownCommits = commits.of(row.repository, number, row.itemId)
    const reviewed = reviewMoments(
      ownReviews,
      row.authorId === null ? [author] : [author, row.authorId],
      row.mergedAt,
      classOf,
    )
    const { firstHumanReviewAt } = reviewed
    let [firstCommitAt, commitsAfterReview]: [number, number] = [Infinity, 0]
    for (const { authoredAt, committedAt, headline } of ownCommits) {
      if (authoredAt !== null && authoredAt < firstCommitAt) firstCommitAt = authoredAt
      const isLater = firstHumanReviewAt !== null && committedAt !== null && committedAt > firstHumanReviewAt
      if (isLater && !/^Merge (?:branch|remote-tracking)/.test(headline ?? '')) commitsAfterReview++
    }
    pullRequests.push({
      repository: row.repository ?? '',
      number,
      title: row.title ?? '',
      state:
        row.mergedAt !== null || row.state === 'merged'
          ? 'merged'
          : row.state === 'closed' || row.closedAt !== null
            ? 'closed'
            : 'open',
      labels: row.labels === null ? NO_WORDS : row.labels.split('\n').filter((label) => label !== ''),
      closes: row.closes === null ? NO_WORDS : row.closes.split('\n').filter((key) => key !== ''),
      author,
      authorClass,
      isAgentMarked:
        row.agent !== null ||
        authorClass === 'agent' ||
        ownCommits.some(({ authorEmails }) => authorEmails !== null && isOfAgents(authorEmails)),
      agent: row.agent,
      people: peopleOf(author, landing?.author ?? null, ownCommits, plain),
      headRef: row.headRef,
      openedAt: offeredAt(createdAt, row.readyAt, firstHumanReviewAt),
      firstCommitAt: firstCommitAt === Infinity ? null : instantOf(firstCommitAt),
      firstHumanReviewAt,
      firstAiReviewAt: reviewed.firstAiReviewAt,
      lastApprovalAt: reviewed.lastApprovalAt,
      wereChangesRequested: reviewed.wereChangesRequested,
      mergedAt: row.mergedAt,
      closedAt: row.closedAt ?? row.mergedAt,
      productionAt: timeOf(row, landing),
      hasDeployments: hasDeployments(row, landing),
      areReviewsKnown: row.reviewsKnown === 1 || ownReviews.length > 0,
      // 0 = the export cut them off: the first is known, how many followed a review is not.
      areCommitsKnown: row.commitsKnown === 1 || (row.commitsKnown === null && ownCommits.length > 0),
      commitsAfterReview,
      activity: activityOf(ownReviews, ownCommits),
      landing,
      additions: row.additions,
      deletions: row.deletions,
      origin: row.origin,
    })
  })
  return { pullRequests, deploymentsLinked: linked, productionAtOf: landingTimeOf }
}

const NO_WORDS: readonly string[] = []

/** A draft is offered when it is made ready, unless somebody had reviewed it before. */
function offeredAt(createdAt: Instant, readyAt: Instant | null, firstReviewAt: Instant | null): Instant {
  return readyAt !== null && readyAt >= createdAt && (firstReviewAt === null || readyAt <= firstReviewAt)
    ? readyAt
    : createdAt
}

type ReviewMoments = Pick<
  PullRequest,
  'firstHumanReviewAt' | 'firstAiReviewAt' | 'lastApprovalAt' | 'wereChangesRequested'
>

function reviewMoments(
  reviews: readonly Review[],
  authors: readonly (string | null)[],
  mergedAt: Instant | null,
  classOf: (account: string) => AccountClass,
): ReviewMoments {
  let firstHumanReviewAt: Instant | null = null
  let firstAiReviewAt: Instant | null = null
  let lastApprovalAt: Instant | null = null
  let lastReviewAt: Instant | null = null
  let wereChangesRequested = false
  for (const { submittedAt, state, reviewer } of reviews) {
    if (submittedAt === null || state === 'PENDING' || authors.includes(reviewer)) continue
    const kind = reviewer === null ? 'human' : classOf(reviewer)
    if (kind === 'agent' || kind === 'reviewer') firstAiReviewAt = earlier(firstAiReviewAt, submittedAt)
    if (kind !== 'human') continue
    firstHumanReviewAt = earlier(firstHumanReviewAt, submittedAt)
    if (state === 'CHANGES_REQUESTED') wereChangesRequested = true
    if (mergedAt !== null && submittedAt > mergedAt) continue
    lastReviewAt = later(lastReviewAt, submittedAt)
    if (state === 'APPROVED') lastApprovalAt = later(lastApprovalAt, submittedAt)
  }
  return { firstHumanReviewAt, firstAiReviewAt, lastApprovalAt: lastApprovalAt ?? lastReviewAt, wereChangesRequested }
}

function earlier(a: Instant | null, b: Instant): Instant {
  return a === null || b < a ? b : a
}

function later(a: Instant | null, b: Instant): Instant {
  return a === null || b > a ? b : a
}

function activityOf(reviews: readonly Review[], commits: readonly Commit[]): readonly Instant[] {
  const moments: Instant[] = []
  for (const { submittedAt, state } of reviews)
    if (submittedAt !== null && state !== 'PENDING') moments.push(submittedAt)
  for (const { committedAt } of commits) if (committedAt !== null) moments.push(committedAt)
  return moments.length < 2 ? moments : moments.sort((a, b) => a - b)
}

function classOfPullAuthor(
  author: string,
  authorIsBot: number | null,
  classOf: (account: string) => AccountClass,
): AccountClass {
  const byName = classOf(author)
  return byName === 'human' && authorIsBot === 1 ? classOf(`${author}[bot]`) : byName
}

function peopleOf(
  author: string | null,
  landedBy: string | null,
  commits: readonly Commit[],
  plain: (name: string) => string,
): readonly string[] {
  const people: string[] = []
  const add = (name: string | null): void => {
    if (!name) return
    const own = plain(name)
    if (!people.includes(own)) people.push(own)
  }
  add(author)
  add(landedBy)
  for (const { authorEmails } of commits) if (authorEmails !== null) authorEmails.split('\n').forEach(add)
  return people
}

interface PullRow {
  readonly repository: string | null
  readonly number: number | null
  readonly title: string | null
  readonly state: string | null
  readonly author: string | null
  readonly authorIsBot: number | null
  readonly createdAt: Instant | null
  readonly mergedAt: Instant | null
  readonly closedAt: Instant | null
  readonly mergeSha: string | null
  readonly headRef: string | null
  readonly additions: number | null
  readonly deletions: number | null
  readonly labels: string | null
  readonly closes: string | null
  readonly agent: string | null
  readonly reviewsKnown: number | null
  readonly commitsKnown: number | null
  readonly readyAt: Instant | null
  readonly itemId: string | null
  readonly authorId: string | null
  readonly origin: FactOrigin
}

function readPulls(facts: FactSet): readonly PullRow[] {
  const rows: PullRow[] = []
  eachChunk(facts.pullRequest, (chunk, eachRow) => {
    const [repository, title, state, author] = [
      chunk.text('repository'),
      chunk.text('title'),
      chunk.text('state'),
      chunk.text('author'),
    ]
    const [mergeSha, headRef, labels, closes, agent] = [
      chunk.text('mergeSha'),
      chunk.text('headRef'),
      chunk.text('labels'),
      chunk.text('closes'),
      chunk.text('agent'),
    ]
    const [number, authorIsBot, additions, deletions] = [
      chunk.number('number'),
      chunk.number('authorIsBot'),
      chunk.number('additions'),
      chunk.number('deletions'),
    ]
    const [reviewsKnown, commitsKnown] = [chunk.number('reviewsKnown'), chunk.number('commitsKnown')]
    const [itemId, authorId] = [chunk.text('itemId'), chunk.text('authorId')]
    const [createdAt, mergedAt, closedAt, readyAt] = [
      chunk.number<Instant>('createdAt'),
      chunk.number<Instant>('mergedAt'),
      chunk.number<Instant>('closedAt'),
      chunk.number<Instant>('readyAt'),
    ]
    eachRow((at) => {
      rows.push({
        repository: repository(at),
        number: number(at),
        title: title(at),
        state: state(at),
        author: author(at),
        authorIsBot: authorIsBot(at),
        createdAt: createdAt(at),
        mergedAt: mergedAt(at),
        closedAt: closedAt(at),
        mergeSha: mergeSha(at),
        headRef: headRef(at),
        additions: additions(at),
        deletions: deletions(at),
        labels: labels(at),
        closes: closes(at),
        agent: agent(at),
        reviewsKnown: reviewsKnown(at),
        commitsKnown: commitsKnown(at),
        readyAt: readyAt(at),
        itemId: itemId(at),
        authorId: authorId(at),
        origin: chunk.origin(at),
      })
    })
  })
  return rows
}

interface Review {
  readonly reviewer: string | null
  readonly state: string | null
  readonly submittedAt: Instant | null
}

function readReviews(facts: FactSet): ByPull<Review> {
  const reviews = new ByPull<Review>()
  eachChunk(facts.review, (chunk, eachRow) => {
    const [repository, number] = [chunk.text('repository'), chunk.number('number')]
    const [reviewer, state, submittedAt] = [
      chunk.text('reviewer'),
      chunk.text('state'),
      chunk.number<Instant>('submittedAt'),
    ]
    eachRow((at) =>
      reviews.add(repository(at), number(at), {
        reviewer: reviewer(at),
        state: state(at),
        submittedAt: submittedAt(at),
      }),
    )
  })
  return reviews
}

interface Commit {
  readonly authoredAt: Instant | null
  readonly committedAt: Instant | null
  readonly authorEmails: string | null
  readonly headline: string | null
}

function readCommits(facts: FactSet): ByPull<Commit> {
  const commits = new ByPull<Commit>()
  eachChunk(facts.pullCommit, (chunk, eachRow) => {
    const [repository, number] = [chunk.text('repository'), chunk.number('number')]
    const [authoredAt, committedAt] = [chunk.number<Instant>('authoredAt'), chunk.number<Instant>('committedAt')]
    const [authorEmails, headline] = [chunk.text('authorEmails'), chunk.text('headline')]
    eachRow((at) =>
      commits.add(repository(at), number(at), {
        authoredAt: authoredAt(at),
        committedAt: committedAt(at),
        authorEmails: authorEmails(at),
        headline: headline(at),
      }),
    )
  })
  return commits
}

/** Rows by repository and number of their pull request, without a text per row to look them up by. */
class ByPull<T> {
  private readonly repositories = new Map<string, Map<number, T[]>>()
  private readonly none: readonly T[] = []

  add(repository: string | null, number: number | null, row: T): void {
    if (number === null) return
    let numbers = this.repositories.get(repository ?? '')
    if (!numbers) this.repositories.set(repository ?? '', (numbers = new Map<number, T[]>()))
    const rows = numbers.get(number)
    if (rows) rows.push(row)
    else numbers.set(number, [row])
  }

  /** What names the pull request by repository and number; else what names it by its id in a warehouse. */
  of(repository: string | null, number: number, itemId: string | null): readonly T[] {
    const own = this.repositories.get(repository ?? '')?.get(number)
    return own ?? (itemId === null ? undefined : this.repositories.get(itemId)?.get(0)) ?? this.none
  }
}
