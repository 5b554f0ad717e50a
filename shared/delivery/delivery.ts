import { eachFact, type FactOrigin, type FactRow, type FactSet } from '../facts/index.ts'
import { agentOfPeople } from '../importers/index.ts'
import { type Instant, instantOf } from '../quantities/index.ts'
import { type Landing, type Line, orderLandings } from './first-parent-line.ts'
import { type AccountClass, classOfAccount } from './identity.ts'
import { isProduction, type ProductionDeployment, productionTimes } from './production.ts'
import type { NumstatFile, RewriteWalk } from './rewrite-estimate.ts'
import { readHunks } from './read-hunks.ts'
import { walkRewrites } from './rewrite-estimate.ts'
import { walkHunks } from './rewrite-lines.ts'

/** One pull request with the moments its way consists of. Every moment is `null` where the sources are silent. */
export interface PullRequest {
  readonly repository: string
  readonly number: number
  readonly title: string
  readonly state: 'open' | 'closed' | 'merged'
  readonly labels: readonly string[]
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

/** Everything that was delivered, joined. */
export interface Delivery {
  readonly lines: readonly Line[]
  /** Of all repositories, by landing time. */
  readonly landings: readonly Landing[]
  readonly pullRequests: readonly PullRequest[]
  /** Working and rolled back ones in production, by time. */
  readonly deployments: readonly ProductionDeployment[]
  /** All imported deployments, production or not. */
  readonly deploymentsImported: number
  /** Production deployments whose commit is among the imported landings or merges. */
  readonly deploymentsLinked: number
  readonly incidents: readonly IncidentFact[]
  readonly hasFileChanges: boolean
  /** When a landing first ran in production; `null` = not yet, or no deployment of its line is known. */
  productionAtOf(landing: Landing): Instant | null
  /** Rewrites of a repository, line by line where its hunks are imported, else estimated; walked on first use. */
  rewritesOf(repository: string): RewriteWalk
}

export type IncidentFact = FactRow<'incident'> & { readonly origin: FactOrigin }

export interface DeliveryChoices {
  /** Empty = environments named like production. */
  readonly productionEnvironments: readonly string[]
  readonly houseAgents?: readonly string[]
}

const prepared = new WeakMap<FactSet, Map<string, Delivery>>()

/** Everything delivered, joined once per fact set: landings in order, pull requests on them, deployments behind both. */
export function deliveryOf(facts: FactSet, choices: DeliveryChoices): Delivery {
  const key = JSON.stringify([choices.productionEnvironments, choices.houseAgents ?? []])
  let views = prepared.get(facts)
  if (!views) prepared.set(facts, (views = new Map<string, Delivery>()))
  const known = views.get(key)
  if (known) return known
  const delivery = prepareDelivery(facts, choices)
  views.set(key, delivery)
  return delivery
}

function prepareDelivery(facts: FactSet, choices: DeliveryChoices): Delivery {
  const houseAgents = choices.houseAgents ?? []
  const filesOfSha = new Map<string, NumstatFile[]>()
  for (const { repository, sha, path, fromPath, added, deleted } of eachFact(facts.fileChange)) {
    if (sha === null || path === null) continue
    const key = `${repository ?? ''}\u001f${sha}`
    const files = filesOfSha.get(key)
    if (files) files.push({ path, fromPath, added, deleted })
    else filesOfSha.set(key, [{ path, fromPath, added, deleted }])
  }
  const lines = orderLandings(
    [...eachFact(facts.landing)],
    (repository, sha) => filesOfSha.get(`${repository}\u001f${sha}`) ?? [],
    houseAgents,
  )
  const deployments = readDeployments(facts, choices.productionEnvironments)
  const { pullRequests, deploymentsLinked, productionAtOf } = readPullRequests(facts, lines, deployments, houseAgents)
  const walks = new Map<string, RewriteWalk>()
  const hunks = readHunks(facts)
  const baselines = readBaselines(facts)

  /** Line by line where the hunks of every landing that touches text are there; else from counts. */
  function walkLine(landings: readonly Landing[]): RewriteWalk {
    const withHunks = landings.map((landing) => ({
      landedAt: landing.landedAt,
      files: hunks.get(`${landing.repository}\u001f${landing.sha}`) ?? [],
    }))
    const isWhole = landings.every(
      ({ files }, i) => withHunks[i]!.files.length > 0 || files.every(({ added }) => added === null),
    )
    return hunks.size > 0 && isWhole
      ? walkHunks(withHunks)
      : walkRewrites(landings, undefined, baselines.get(landings[0]?.repository ?? ''))
  }

  return {
    lines,
    landings: lines.flatMap(({ landings }) => landings).sort((a, b) => a.landedAt - b.landedAt),
    pullRequests,
    deployments,
    deploymentsImported: facts.deployment.rows,
    deploymentsLinked,
    incidents: [...eachFact(facts.incident)],
    productionAtOf,
    hasFileChanges: filesOfSha.size > 0,
    rewritesOf(repository) {
      let walk = walks.get(repository)
      if (!walk)
        walks.set(repository, (walk = walkLine(lines.find((line) => line.repository === repository)?.landings ?? [])))
      return walk
    },
  }
}

function readBaselines(facts: FactSet): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const baselines = new Map<string, Map<string, number>>()
  for (const { repository, path, lines } of eachFact(facts.fileBaseline)) {
    if (path === null || lines === null) continue
    const own = baselines.get(repository ?? '') ?? new Map<string, number>()
    baselines.set(repository ?? '', own.set(path, lines))
  }
  return baselines
}

function readDeployments(facts: FactSet, environments: readonly string[]): readonly ProductionDeployment[] {
  const deployments: ProductionDeployment[] = []
  for (const fact of eachFact(facts.deployment)) {
    const finishedAt = fact.finishedAt ?? fact.startedAt
    if (finishedAt === null || !isProduction(fact.environment, environments)) continue
    if (fact.result !== 'success' && fact.result !== 'rollback') continue
    deployments.push({
      deploymentId: fact.deploymentId ?? '',
      service: fact.service,
      sha: fact.sha,
      finishedAt,
      result: fact.result,
      isUnplanned: fact.isUnplanned === 1,
      causedByIncident: fact.causedByIncident,
    })
  }
  return deployments.sort((a, b) => a.finishedAt - b.finishedAt)
}

function readPullRequests(
  facts: FactSet,
  lines: readonly Line[],
  deployments: readonly ProductionDeployment[],
  houseAgents: readonly string[],
): {
  readonly pullRequests: readonly PullRequest[]
  readonly deploymentsLinked: number
  readonly productionAtOf: (landing: Landing) => Instant | null
} {
  const said = [...eachFact(facts.pullRequest)]
  const reviews = groupByPull(eachFact(facts.review))
  const commits = groupByPull(eachFact(facts.pullCommit))
  const findLanding = landingFinder(lines, [...new Set(said.map(({ repository }) => repository ?? ''))])
  // Lists that only say that a change was merged leave the moment to its landing.
  const rows = said.map((row) =>
    row.state === 'merged' && row.mergedAt === null ? { ...row, mergedAt: findLanding(row)?.landedAt ?? null } : row,
  )
  const landingOfRow = rows.map((row) => (row.mergedAt === null ? null : findLanding(row)))
  const { timeOf, landingTimeOf, hasDeployments, linked } = joinProduction(rows, landingOfRow, lines, deployments)

  const pullRequests: PullRequest[] = []
  rows.forEach((row, i) => {
    if (row.createdAt === null || row.number === null) return
    const key = pullKey(row.repository, row.number)
    const landing = landingOfRow[i]!
    const openedAt = row.createdAt
    const authorClass = row.author === null ? 'human' : classOfPullAuthor(row.author, row.authorIsBot, houseAgents)
    const submitted = (reviews.get(key) ?? [])
      .filter((review) => review.submittedAt !== null && review.state !== 'PENDING' && review.reviewer !== row.author)
      .sort((a, b) => a.submittedAt! - b.submittedAt!)
      .map((review) => ({
        ...review,
        kind: review.reviewer === null ? 'human' : classOfAccount(review.reviewer, houseAgents),
      }))
    const human = submitted.filter(({ kind }) => kind === 'human')
    const firstHumanReviewAt = human[0]?.submittedAt ?? null
    const beforeMerge = human.filter(({ submittedAt }) => row.mergedAt === null || submittedAt! <= row.mergedAt)
    const approvals = beforeMerge.filter(({ state }) => state === 'APPROVED')
    const own = commits.get(key) ?? []
    const authored = own.flatMap(({ authoredAt }) => (authoredAt === null ? [] : [authoredAt]))
    pullRequests.push({
      repository: row.repository ?? '',
      number: row.number,
      title: row.title ?? '',
      state:
        row.mergedAt !== null || row.state === 'merged'
          ? 'merged'
          : row.state === 'closed' || row.closedAt !== null
            ? 'closed'
            : 'open',
      labels: (row.labels ?? '').split('\n').filter((label) => label !== ''),
      author: row.author,
      authorClass,
      isAgentMarked:
        row.agent !== null ||
        authorClass === 'agent' ||
        own.some(({ authorEmails }) => authorEmails !== null && agentOfPeople(authorEmails) !== null),
      agent: row.agent,
      people: peopleOf(row.author, landing?.author ?? null, own),
      headRef: row.headRef,
      openedAt,
      firstCommitAt: authored.length === 0 ? null : instantOf(Math.min(...authored)),
      firstHumanReviewAt,
      firstAiReviewAt: submitted.find(({ kind }) => kind === 'agent' || kind === 'reviewer')?.submittedAt ?? null,
      lastApprovalAt: approvals.at(-1)?.submittedAt ?? beforeMerge.at(-1)?.submittedAt ?? null,
      mergedAt: row.mergedAt,
      closedAt: row.closedAt ?? row.mergedAt,
      productionAt: timeOf(row, landing),
      hasDeployments: hasDeployments(row, landing),
      areReviewsKnown: row.reviewsKnown === 1 || (reviews.get(key)?.length ?? 0) > 0,
      // 0 = the export cut them off: the first is known, how many followed a review is not.
      areCommitsKnown: row.commitsKnown === 1 || (row.commitsKnown === null && own.length > 0),
      wereChangesRequested: human.some(({ state }) => state === 'CHANGES_REQUESTED'),
      commitsAfterReview:
        firstHumanReviewAt === null
          ? 0
          : own.filter(
              ({ committedAt, headline }) =>
                committedAt !== null &&
                committedAt > firstHumanReviewAt &&
                !/^Merge (?:branch|remote-tracking)/.test(headline ?? ''),
            ).length,
      activity: [
        ...(reviews.get(key) ?? []).flatMap(({ submittedAt, state }) =>
          submittedAt === null || state === 'PENDING' ? [] : [submittedAt],
        ),
        ...own.flatMap(({ committedAt }) => (committedAt === null ? [] : [committedAt])),
      ].sort((a, b) => a - b),
      landing,
      additions: row.additions,
      deletions: row.deletions,
      origin: row.origin,
    })
  })
  return { pullRequests, deploymentsLinked: linked, productionAtOf: landingTimeOf }
}

function classOfPullAuthor(author: string, authorIsBot: number | null, houseAgents: readonly string[]): AccountClass {
  const byName = classOfAccount(author, houseAgents)
  return byName === 'human' && authorIsBot === 1 ? classOfAccount(`${author}[bot]`, houseAgents) : byName
}

function peopleOf(
  author: string | null,
  landedBy: string | null,
  commits: readonly { readonly authorEmails: string | null }[],
): readonly string[] {
  const mails = commits.flatMap(({ authorEmails }) => authorEmails?.split('\n') ?? [])
  const named = [author, landedBy, ...mails].flatMap((name) => (name ? [name.trim().toLowerCase()] : []))
  return [...new Set(named)]
}

type PullRow = FactRow<'pullRequest'> & { readonly origin: FactOrigin }

function pullKey(repository: string | null, number: number): string {
  return `${repository ?? ''}\u001f${number}`
}

function groupByPull<T extends { readonly repository: string | null; readonly number: number | null }>(
  facts: Iterable<T>,
): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const fact of facts) {
    if (fact.number === null) continue
    const key = pullKey(fact.repository, fact.number)
    const group = groups.get(key)
    if (group) group.push(fact)
    else groups.set(key, [fact])
  }
  return groups
}

/**
 * A merge is found by its commit, else by the number in the landing's subject. Numbers join only inside one repository:
 * the same name (`owner/name` or its last part, which is all a git export may know). Where names differ but there is one
 * repository on either side, the landing must also have the time of the merge: a file name proves nothing.
 */
function landingFinder(lines: readonly Line[], pullRepositories: readonly string[]): (row: PullRow) => Landing | null {
  const bySha = new Map<string, Landing>()
  const byNumber = new Map<string, Map<number, Landing>>()
  for (const { repository, landings } of lines) {
    const numbers = new Map<number, Landing>()
    for (const landing of landings) {
      bySha.set(landing.sha, landing)
      if (landing.pullNumber !== null) numbers.set(landing.pullNumber, landing)
    }
    byNumber.set(repository, numbers)
  }
  const isOnlyPair = lines.length === 1 && pullRepositories.length === 1
  const lineOf = new Map<string, string | undefined>()
  for (const repository of pullRepositories) {
    const same = lines.filter((line) => isSameRepository(line.repository, repository))
    lineOf.set(repository, same.length === 1 ? same[0]!.repository : undefined)
  }
  return (row) => {
    const landing = row.mergeSha === null ? undefined : bySha.get(row.mergeSha)
    if (landing) return landing
    const line = lineOf.get(row.repository ?? '')
    if (line !== undefined) return byNumber.get(line)?.get(row.number ?? -1) ?? null
    const only = isOnlyPair ? byNumber.get(lines[0]!.repository)?.get(row.number ?? -1) : undefined
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

/** Production by landings where they are imported; else by the order of merges, which are on the same line. */
function joinProduction(
  rows: readonly PullRow[],
  landings: readonly (Landing | null)[],
  lines: readonly Line[],
  deployments: readonly ProductionDeployment[],
): {
  readonly timeOf: (row: PullRow, landing: Landing | null) => Instant | null
  readonly landingTimeOf: (landing: Landing) => Instant | null
  readonly hasDeployments: (row: PullRow, landing: Landing | null) => boolean
  readonly linked: number
} {
  const onLine = new Map<string, { times: readonly (Instant | null)[]; linked: number }>()
  for (const { repository, landings: line } of lines) {
    onLine.set(
      repository,
      productionTimes(
        line.map(({ sha }) => sha),
        deployments,
      ),
    )
  }
  const unlanded = new Map<string, PullRow[]>()
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
    const { times, linked } = productionTimes(shas, deployments)
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
