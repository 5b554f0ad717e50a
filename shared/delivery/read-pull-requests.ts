import { type FactOrigin, type FactSet, NumberedTexts, TableReader } from '../facts/index.ts'
import { agentOfPeople } from '../importers/index.ts'
import { type Instant, instantOf } from '../quantities/index.ts'
import { landingFinder, type Merge } from './find-landing.ts'
import type { Landing, Line } from './first-parent-line.ts'
import { type AccountClass, classOfAccount } from './identity.ts'
import { joinProduction } from './join-production.ts'
import type { ProductionDeployment } from './production.ts'
import type { PullRequest, TakePullAct } from './pull-request.ts'
import { remembered } from './remembered.ts'
import { RowsByPull } from './rows-by-pull.ts'

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
  const table = new PullTable(facts, houseAgents)
  const production = joinProduction(table.findLandings(lines), lines, deployments)
  const pullRequests: PullRequest[] = []
  for (let row = 0; row < table.reader.length; row++) {
    if (Number.isNaN(table.createdAt[row]!) || Number.isNaN(table.number[row]!)) continue
    const merge = table.mergeAt(row)
    const landing = table.landings[row]!
    table.productionAt[row] = production.timeOf(merge, landing) ?? NaN
    table.hasDeployments[row] = production.hasDeployments(merge, landing) ? 1 : 0
    table.readMoments(row)
    pullRequests.push(new PullOfTable(table, row, pullRequests.length))
  }
  return { pullRequests, deploymentsLinked: production.linked, productionAtOf: production.landingTimeOf }
}

/** All pull requests by column, with what their reviews and commits say. Moments are epoch ms, NaN = none. */
class PullTable {
  readonly reader: TableReader<'pullRequest'>
  readonly repository: (row: number) => string | null
  readonly title: (row: number) => string | null
  readonly state: (row: number) => string | null
  readonly author: (row: number) => string | null
  readonly headRef: (row: number) => string | null
  readonly mergeSha: (row: number) => string | null
  readonly labels: (row: number) => string | null
  readonly closes: (row: number) => string | null
  readonly agent: (row: number) => string | null
  readonly number: Float64Array
  readonly createdAt: Float64Array
  readonly mergedAt: Float64Array
  readonly closedAt: Float64Array
  readonly additions: Float64Array
  readonly deletions: Float64Array
  readonly landings: (Landing | null)[] = []
  readonly productionAt: Float64Array
  readonly hasDeployments: Uint8Array
  readonly openedAt: Float64Array
  readonly firstCommitAt: Float64Array
  readonly firstHumanReviewAt: Float64Array
  readonly firstAiReviewAt: Float64Array
  readonly lastApprovalAt: Float64Array
  readonly lastActivityAt: Float64Array
  readonly commitsAfterReview: Uint32Array
  readonly isAgentMarked: Uint8Array
  readonly wereChangesRequested: Uint8Array
  readonly areReviewsKnown: Uint8Array
  readonly areCommitsKnown: Uint8Array
  private readonly authorId: (row: number) => string | null
  /** Numbers of repositories, and of ids in a warehouse, which stand in their place in other tables; -1 = none. */
  private readonly repositoryNumber: Int32Array
  private readonly itemNumber: Int32Array
  private readonly authorIsBot: Float64Array
  private readonly classByName: (row: number) => AccountClass | null
  private readonly readyAt: Float64Array
  private readonly reviewsKnown: Float64Array
  private readonly commitsKnown: Float64Array
  private readonly reviews: Reviews
  private readonly commits: Commits
  private readonly reviewsOf: Uint32Array
  private readonly commitsOf: Uint32Array
  private readonly classOf: (account: string) => AccountClass
  private readonly plain = remembered((name: string) => name.trim().toLowerCase())

  constructor(facts: FactSet, houseAgents: readonly string[]) {
    const reader = new TableReader(facts.pullRequest)
    const unknown = (): Float64Array => new Float64Array(reader.length).fill(NaN)
    this.reader = reader
    this.repository = reader.texts('repository')
    this.title = reader.texts('title')
    this.state = reader.texts('state')
    this.author = reader.texts('author')
    this.authorId = reader.texts('authorId')
    const names = new NumberedTexts()
    const nameless = names.numberOf('')
    this.repositoryNumber = reader.numbersOfTexts('repository', names).map((name) => (name < 0 ? nameless : name))
    this.itemNumber = reader.numbersOfTexts('itemId', names)
    this.headRef = reader.texts('headRef')
    this.mergeSha = reader.texts('mergeSha')
    this.labels = reader.texts('labels')
    this.closes = reader.texts('closes')
    this.agent = reader.texts('agent')
    this.number = reader.numbers('number')
    this.createdAt = reader.numbers('createdAt')
    this.mergedAt = reader.numbers('mergedAt')
    this.closedAt = reader.numbers('closedAt')
    this.readyAt = reader.numbers('readyAt')
    this.additions = reader.numbers('additions')
    this.deletions = reader.numbers('deletions')
    this.authorIsBot = reader.numbers('authorIsBot')
    this.reviewsKnown = reader.numbers('reviewsKnown')
    this.commitsKnown = reader.numbers('commitsKnown')
    this.productionAt = unknown()
    this.hasDeployments = new Uint8Array(reader.length)
    this.openedAt = unknown()
    this.firstCommitAt = unknown()
    this.firstHumanReviewAt = unknown()
    this.firstAiReviewAt = unknown()
    this.lastApprovalAt = unknown()
    this.lastActivityAt = unknown()
    this.commitsAfterReview = new Uint32Array(reader.length)
    this.isAgentMarked = new Uint8Array(reader.length)
    this.wereChangesRequested = new Uint8Array(reader.length)
    this.areReviewsKnown = new Uint8Array(reader.length)
    this.areCommitsKnown = new Uint8Array(reader.length)
    this.classOf = remembered((account) => classOfAccount(account, houseAgents))
    this.reviews = new Reviews(facts, names, this.classOf)
    this.commits = new Commits(facts, names)
    this.reviewsOf = new Uint32Array(reader.length)
    this.commitsOf = new Uint32Array(reader.length)
    this.classByName = reader.answers('author', this.classOf)
  }

  mergeAt(row: number): Merge {
    return {
      repository: this.repository(row),
      number: numberOrNull(this.number[row]!),
      mergeSha: this.mergeSha(row),
      mergedAt: momentOf(this.mergedAt[row]!),
    }
  }

  /** Finds the landing of every merge and gives the merges by a commit that has none. */
  findLandings(lines: readonly Line[]): readonly Merge[] {
    const repositories = new Set<string>()
    for (let row = 0; row < this.reader.length; row++) repositories.add(this.repository(row) ?? '')
    const findLanding = landingFinder(lines, [...repositories])
    const unlanded: Merge[] = []
    for (let row = 0; row < this.reader.length; row++) {
      const merge = this.mergeAt(row)
      // Lists that only say that a change was merged leave the moment to its landing.
      const isMerged = merge.mergedAt !== null || this.state(row) === 'merged'
      const landing = isMerged ? findLanding(merge) : null
      const mergedAt = merge.mergedAt ?? landing?.landedAt ?? null
      this.mergedAt[row] = mergedAt ?? NaN
      this.landings.push(landing)
      if (mergedAt !== null && landing === null && merge.mergeSha !== null) unlanded.push(merge)
    }
    return unlanded
  }

  /** Works out the moments of a pull request from its reviews and commits, once it is known when it was merged. */
  readMoments(row: number): void {
    const repository = this.repositoryNumber[row]!
    const number = this.number[row]!
    const item = this.itemNumber[row]!
    const reviews = (this.reviewsOf[row] = this.reviews.groupOf(repository, number, item))
    const commits = (this.commitsOf[row] = this.commits.groupOf(repository, number, item))
    this.readReviews(row, reviews)
    this.readCommits(row, commits)
    const created = this.createdAt[row]!
    const ready = this.readyAt[row]!
    // A draft is offered when it is made ready, unless somebody had reviewed it before.
    this.openedAt[row] = ready >= created && !(this.firstHumanReviewAt[row]! < ready) ? ready : created
    this.areReviewsKnown[row] = this.reviewsKnown[row] === 1 || this.reviews.sizeOf(reviews) > 0 ? 1 : 0
    const said = this.commitsKnown[row]!
    // 0 = the export cut them off: the first is known, how many followed a review is not.
    this.areCommitsKnown[row] = said === 1 || (said !== said && this.commits.sizeOf(commits) > 0) ? 1 : 0
  }

  private readReviews(row: number, group: number): void {
    const { starts, rows, reviewer, reviewerClass, state, submittedAt } = this.reviews
    const author = this.author(row)
    const authorId = this.authorId(row)
    const mergedAt = this.mergedAt[row]!
    let human = NaN
    let ai = NaN
    let approval = NaN
    let last = NaN
    for (let i = starts[group]!; i < starts[group + 1]!; i++) {
      const review = rows[i]!
      const at = submittedAt[review]!
      const who = reviewer(review)
      const said = state(review)
      if (at !== at || said === 'PENDING') continue
      this.noteActivity(row, at)
      if (who === author || (authorId !== null && who === authorId)) continue
      const kind = who === null ? 'human' : reviewerClass(review)
      if ((kind === 'agent' || kind === 'reviewer') && !(ai <= at)) ai = at
      if (kind !== 'human') continue
      if (!(human <= at)) human = at
      if (said === 'CHANGES_REQUESTED') this.wereChangesRequested[row] = 1
      if (at > mergedAt) continue
      if (!(last >= at)) last = at
      if (said === 'APPROVED' && !(approval >= at)) approval = at
    }
    this.firstHumanReviewAt[row] = human
    this.firstAiReviewAt[row] = ai
    this.lastApprovalAt[row] = approval === approval ? approval : last
  }

  private readCommits(row: number, group: number): void {
    const { starts, rows, authoredAt, committedAt, isOfAgents, isMerge } = this.commits
    const reviewed = this.firstHumanReviewAt[row]!
    let first = NaN
    let isMarked = this.agent(row) !== null || this.authorClassOf(row) === 'agent'
    for (let i = starts[group]!; i < starts[group + 1]!; i++) {
      const commit = rows[i]!
      const at = authoredAt[commit]!
      if (at < first || (first !== first && at === at)) first = at
      this.noteActivity(row, committedAt[commit]!)
      if (committedAt[commit]! > reviewed && isMerge(commit) !== true)
        this.commitsAfterReview[row] = this.commitsAfterReview[row]! + 1
      isMarked ||= isOfAgents(commit) === true
    }
    this.firstCommitAt[row] = first
    this.isAgentMarked[row] = isMarked ? 1 : 0
  }

  eachActOf(row: number, take: TakePullAct): void {
    const { reviews, commits } = this
    const reviewGroup = this.reviewsOf[row]!
    for (let i = reviews.starts[reviewGroup]!; i < reviews.starts[reviewGroup + 1]!; i++) {
      const review = reviews.rows[i]!
      const at = reviews.submittedAt[review]!
      if (at !== at || reviews.reviewerClass(review) !== 'human' || reviews.state(review) === 'PENDING') continue
      const who = reviews.reviewer(review)!
      if (who !== '') take('review', this.plain(who), instantOf(at))
    }
    const commitGroup = this.commitsOf[row]!
    for (let i = commits.starts[commitGroup]!; i < commits.starts[commitGroup + 1]!; i++) {
      const commit = commits.rows[i]!
      const at = commits.committedAt[commit]!
      if (at !== at) continue
      for (const who of commits.authorEmails(commit)?.split('\n') ?? [])
        if (who !== '' && this.classOf(who) === 'human') take('commit', this.plain(who), instantOf(at))
    }
  }

  private noteActivity(row: number, at: number): void {
    const last = this.lastActivityAt[row]!
    if (at > last || last !== last) this.lastActivityAt[row] = at
  }

  authorClassOf(row: number): AccountClass {
    const byName = this.classByName(row) ?? 'human'
    const isBot = byName === 'human' && this.authorIsBot[row] === 1
    const author = isBot ? this.author(row) : null
    return author === null ? byName : this.classOf(`${author}[bot]`)
  }

  peopleOf(row: number): readonly string[] {
    const people: string[] = []
    this.notePerson(people, this.author(row))
    this.notePerson(people, this.landings[row]?.author ?? null)
    const { starts, rows, authorEmails } = this.commits
    const group = this.commitsOf[row]!
    for (let i = starts[group]!; i < starts[group + 1]!; i++)
      for (const name of authorEmails(rows[i]!)?.split('\n') ?? []) this.notePerson(people, name)
    return people
  }

  private notePerson(people: string[], name: string | null): void {
    if (name === null || name === '') return
    const own = this.plain(name)
    if (!people.includes(own)) people.push(own)
  }

  activityOf(row: number): readonly Instant[] {
    const moments: Instant[] = []
    const add = (at: number): void => {
      if (at === at) moments.push(instantOf(at))
    }
    const { reviews, commits } = this
    const [reviewGroup, commitGroup] = [this.reviewsOf[row]!, this.commitsOf[row]!]
    for (let i = reviews.starts[reviewGroup]!; i < reviews.starts[reviewGroup + 1]!; i++)
      if (reviews.state(reviews.rows[i]!) !== 'PENDING') add(reviews.submittedAt[reviews.rows[i]!]!)
    for (let i = commits.starts[commitGroup]!; i < commits.starts[commitGroup + 1]!; i++)
      add(commits.committedAt[commits.rows[i]!]!)
    return moments.length < 2 ? moments : moments.sort((a, b) => a - b)
  }
}

class Reviews extends RowsByPull<'review'> {
  readonly reviewer: (row: number) => string | null
  readonly reviewerClass: (row: number) => AccountClass | null
  readonly state: (row: number) => string | null
  readonly submittedAt: Float64Array

  constructor(facts: FactSet, names: NumberedTexts, classOf: (account: string) => AccountClass) {
    super(facts.review, names)
    const { reader } = this
    this.reviewer = reader.texts('reviewer')
    this.reviewerClass = reader.answers('reviewer', classOf)
    this.state = reader.texts('state')
    this.submittedAt = reader.numbers('submittedAt')
  }
}

class Commits extends RowsByPull<'pullCommit'> {
  readonly authorEmails: (row: number) => string | null
  readonly isOfAgents: (row: number) => boolean | null
  /** Merges from the base branch are no work on the change. */
  readonly isMerge: (row: number) => boolean | null
  readonly authoredAt: Float64Array
  readonly committedAt: Float64Array

  constructor(facts: FactSet, names: NumberedTexts) {
    super(facts.pullCommit, names)
    const { reader } = this
    this.authorEmails = reader.texts('authorEmails')
    this.isOfAgents = reader.answers('authorEmails', (emails) => agentOfPeople(emails) !== null)
    this.isMerge = reader.answers('headline', (headline) => /^Merge (?:branch|remote-tracking)/.test(headline))
    this.authoredAt = reader.numbers('authoredAt')
    this.committedAt = reader.numbers('committedAt')
  }
}

/** A pull request read from the columns: a year of a company has hundreds of thousands, each asked for few of its fields. */
class PullOfTable implements PullRequest {
  readonly place: number
  private readonly table: PullTable
  private readonly row: number

  constructor(table: PullTable, row: number, place: number) {
    this.table = table
    this.row = row
    this.place = place
  }

  get repository(): string {
    return this.table.repository(this.row) ?? ''
  }
  get number(): number {
    return this.table.number[this.row]!
  }
  get title(): string {
    return this.table.title(this.row) ?? ''
  }
  get state(): 'open' | 'closed' | 'merged' {
    const said = this.table.state(this.row)
    if (this.mergedAt !== null || said === 'merged') return 'merged'
    return said === 'closed' || this.closedAt !== null ? 'closed' : 'open'
  }
  get labels(): readonly string[] {
    return linesOf(this.table.labels(this.row))
  }
  get closes(): readonly string[] {
    return linesOf(this.table.closes(this.row))
  }
  get author(): string | null {
    return this.table.author(this.row)
  }
  get authorClass(): AccountClass {
    return this.table.authorClassOf(this.row)
  }
  get isAgentMarked(): boolean {
    return this.table.isAgentMarked[this.row] === 1
  }
  get agent(): string | null {
    return this.table.agent(this.row)
  }
  get people(): readonly string[] {
    return this.table.peopleOf(this.row)
  }
  get headRef(): string | null {
    return this.table.headRef(this.row)
  }
  get createdAt(): Instant {
    return instantOf(this.table.createdAt[this.row]!)
  }
  get openedAt(): Instant {
    return instantOf(this.table.openedAt[this.row]!)
  }
  get firstCommitAt(): Instant | null {
    return momentOf(this.table.firstCommitAt[this.row]!)
  }
  get firstHumanReviewAt(): Instant | null {
    return momentOf(this.table.firstHumanReviewAt[this.row]!)
  }
  get firstAiReviewAt(): Instant | null {
    return momentOf(this.table.firstAiReviewAt[this.row]!)
  }
  get lastApprovalAt(): Instant | null {
    return momentOf(this.table.lastApprovalAt[this.row]!)
  }
  get mergedAt(): Instant | null {
    return momentOf(this.table.mergedAt[this.row]!)
  }
  get closedAt(): Instant | null {
    return momentOf(this.table.closedAt[this.row]!) ?? this.mergedAt
  }
  get productionAt(): Instant | null {
    return momentOf(this.table.productionAt[this.row]!)
  }
  get hasDeployments(): boolean {
    return this.table.hasDeployments[this.row] === 1
  }
  get areReviewsKnown(): boolean {
    return this.table.areReviewsKnown[this.row] === 1
  }
  get areCommitsKnown(): boolean {
    return this.table.areCommitsKnown[this.row] === 1
  }
  get wereChangesRequested(): boolean {
    return this.table.wereChangesRequested[this.row] === 1
  }
  get commitsAfterReview(): number {
    return this.table.commitsAfterReview[this.row]!
  }
  get activity(): readonly Instant[] {
    return this.table.activityOf(this.row)
  }
  get lastActivityAt(): Instant | null {
    return momentOf(this.table.lastActivityAt[this.row]!)
  }
  eachAct(take: TakePullAct): void {
    this.table.eachActOf(this.row, take)
  }
  get landing(): Landing | null {
    return this.table.landings[this.row]!
  }
  get additions(): number | null {
    return numberOrNull(this.table.additions[this.row]!)
  }
  get deletions(): number | null {
    return numberOrNull(this.table.deletions[this.row]!)
  }
  get origin(): FactOrigin {
    return this.table.reader.originOf(this.row)
  }
}

function momentOf(at: number): Instant | null {
  return at === at ? instantOf(at) : null
}

function numberOrNull(value: number): number | null {
  return value === value ? value : null
}

const NO_LINES: readonly string[] = []

function linesOf(text: string | null): readonly string[] {
  return text === null ? NO_LINES : text.split('\n').filter((line) => line !== '')
}
