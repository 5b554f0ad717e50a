import { AGENT_ADDRESSES, BOT_ADDRESS, CAST, type Rows } from './random-team.ts'

/*
 * Records joined by looking through all of them each time: changes with their landing, reviews, commits and way to
 * production. `null` = the exports do not say.
 */

export type Who = 'person' | 'agent' | 'bot' | 'reviewer'

export interface File {
  readonly path: string
  readonly fromPath: string | null
  readonly added: number | null
  readonly deleted: number | null
}

export interface Landed {
  readonly kind: 'landing'
  readonly repository: string
  readonly sha: string
  /** Place on the line of its repository, oldest first. */
  readonly order: number
  readonly at: number
  readonly authoredAt: number | null
  readonly author: string | null
  readonly who: Who
  readonly isAi: boolean
  readonly agent: string | null
  readonly coAuthors: readonly string[]
  readonly subject: string
  readonly number: number | null
  readonly files: readonly File[]
}

export interface Pull {
  readonly kind: 'pull'
  readonly repository: string
  readonly number: number
  readonly title: string
  readonly labels: readonly string[]
  readonly closes: readonly string[]
  readonly branch: string | null
  readonly author: string | null
  readonly who: Who
  readonly isAi: boolean
  readonly agent: string | null
  readonly isClosed: boolean
  readonly created: number
  readonly opened: number
  readonly firstCommit: number | null
  readonly review: number | null
  readonly aiReview: number | null
  readonly approval: number | null
  readonly merged: number | null
  readonly closed: number | null
  readonly production: number | null
  /** Working deployments of its line are known. */
  readonly isFollowed: boolean
  readonly reviewsKnown: boolean
  readonly commitsKnown: boolean
  readonly changesRequested: boolean
  readonly commitsAfterReview: number
  readonly moments: readonly number[]
  readonly acts: readonly { readonly kind: 'reviews' | 'commits'; readonly by: string; readonly at: number }[]
  readonly names: readonly string[]
  readonly landing: Landed | null
  readonly additions: number | null
  readonly deletions: number | null
}

export type Change = Pull | Landed

export interface Deployed {
  readonly id: string
  readonly service: string | null
  readonly sha: string | null
  readonly at: number
  readonly isRolledBack: boolean
  readonly isUnplanned: boolean | null
  readonly incident: string | null
}

export interface Item {
  readonly key: string
  readonly type: string
  readonly resolved: number | null
  readonly above: readonly string[]
  readonly assignee: string | null
  readonly moves: readonly { readonly at: number; readonly to: string; readonly by: string | null }[]
}

export interface Joined {
  readonly rows: Rows
  readonly lines: readonly (readonly Landed[])[]
  /** Of all lines, by time. */
  readonly landings: readonly Landed[]
  readonly pulls: readonly Pull[]
  readonly deployments: readonly Deployed[]
  readonly items: readonly Item[]
  readonly hasFiles: boolean
}

function isOf(list: readonly string[], name: string): boolean {
  return list.includes(name)
}

export function whoIs(name: string | null): Who {
  if (name === null) return 'person'
  if (isOf(CAST.agents, name) || AGENT_ADDRESSES[name] !== undefined) return 'agent'
  if (isOf(CAST.reviewers, name)) return 'reviewer'
  return isOf(CAST.bots, name) || name === BOT_ADDRESS ? 'bot' : 'person'
}

const least = (values: readonly number[]): number | null => (values.length === 0 ? null : Math.min(...values))
const most = (values: readonly number[]): number | null => (values.length === 0 ? null : Math.max(...values))
const textLines = (text: string | null | undefined): readonly string[] =>
  (text ?? '').split('\n').filter((line) => line !== '')
/** All there are, without the unknown ones. */
const said = <T>(values: readonly (T | null | undefined)[]): readonly T[] =>
  values.filter((value): value is T => value !== null && value !== undefined)
const lastPart = (name: string): string => name.split('/').at(-1)!

export function joined(rows: Rows): Joined {
  const lines = ['shop', 'web'].map((repository) => lineOf(rows, repository)).filter((line) => line.length > 0)
  const deployments = deploymentsOf(rows)
  return {
    rows,
    lines,
    landings: lines.flat().sort((a, b) => a.at - b.at),
    pulls: pullsOf(rows, lines, deployments),
    deployments,
    items: itemsOf(rows),
    hasFiles: rows.fileChange.length > 0,
  }
}

function lineOf(rows: Rows, repository: string): readonly Landed[] {
  return rows.landing
    .filter((row) => row.repository === repository)
    .sort((a, b) => b.position! - a.position!)
    .map((row, order): Landed => {
      const coAuthors = textLines(row.coAuthors).map((line) => /<(.*)>/.exec(line)![1]!)
      const author = row.authorEmail ?? null
      const agents = said([author, ...coAuthors].map((name) => AGENT_ADDRESSES[name ?? '']))
      return {
        kind: 'landing',
        repository,
        sha: row.sha!,
        order,
        at: row.committedAt!,
        authoredAt: row.authoredAt ?? null,
        author,
        who: whoIs(author),
        isAi: agents.length > 0,
        agent: agents[0] ?? null,
        coAuthors,
        subject: row.subject!,
        number: row.pullRequest ?? null,
        files: rows.fileChange
          .filter((file) => file.repository === repository && file.sha === row.sha)
          .map((file) => ({
            path: file.path!,
            fromPath: file.fromPath ?? null,
            added: file.added ?? null,
            deleted: file.deleted ?? null,
          })),
      }
    })
}

/** What reached production, in order; what is called production is so by name. */
function deploymentsOf(rows: Rows): readonly Deployed[] {
  return rows.deployment
    .filter(({ environment, result }) => environment!.startsWith('prod') && result !== 'failure')
    .map((row) => ({
      id: row.deploymentId!,
      service: row.service ?? null,
      sha: row.sha ?? null,
      at: (row.finishedAt ?? row.startedAt)!,
      isRolledBack: row.result === 'rollback',
      isUnplanned: row.isUnplanned == null ? null : row.isUnplanned === 1,
      incident: row.causedByIncident ?? null,
    }))
    .sort((a, b) => a.at - b.at)
}

/** A deployment of a commit holds everything that landed before it; the first that worked counts. */
function firstInProduction(shas: readonly string[], at: number, deployments: readonly Deployed[]): number | null {
  return least(workingOf(shas.slice(at), deployments).map((own) => own.at))
}

function workingOf(shas: readonly string[], deployments: readonly Deployed[]): readonly Deployed[] {
  return deployments.filter(
    ({ isRolledBack, sha }) => !isRolledBack && sha !== null && shas.some((own) => own.startsWith(sha)),
  )
}

function pullsOf(rows: Rows, lines: readonly (readonly Landed[])[], deployments: readonly Deployed[]): readonly Pull[] {
  const findLanding = (row: Rows['pullRequest'][number]): Landed | null => {
    if (row.state !== 'merged') return null
    const own = lines.find((line) => line[0]!.repository === lastPart(row.repository!)) ?? []
    return (
      own.find(({ sha }) => sha === row.mergeSha) ?? own.filter(({ number }) => number === row.number).at(-1) ?? null
    )
  }
  const mergedAt = (row: Rows['pullRequest'][number]): number | null => row.mergedAt ?? findLanding(row)?.at ?? null
  return rows.pullRequest.map((row): Pull => {
    const isOwn = (one: { readonly repository?: string | null; readonly number?: number | null }): boolean =>
      one.repository === row.repository && one.number === row.number
    const reviews = rows.review.filter(isOwn)
    const commits = rows.pullCommit.filter(isOwn)
    const merged = mergedAt(row)
    const landing = merged === null ? null : findLanding(row)
    const given = reviews.filter(({ state, submittedAt }) => state !== 'PENDING' && submittedAt != null)
    const ofOthers = given.filter(({ reviewer }) => (reviewer ?? null) !== (row.author ?? null))
    const ofPeople = ofOthers.filter(({ reviewer }) => whoIs(reviewer ?? null) === 'person')
    const review = least(ofPeople.map(({ submittedAt }) => submittedAt!))
    const ready = row.readyAt ?? null
    const isOffered = ready !== null && !(review !== null && review < ready)
    const opened = isOffered ? ready : row.createdAt!
    const beforeMerge = ofPeople.filter(({ submittedAt }) => merged === null || submittedAt! <= merged)
    const approvals = beforeMerge.filter(({ state }) => state === 'APPROVED')
    const authorAgents = commits.flatMap(({ authorEmails }) => said([AGENT_ADDRESSES[authorEmails ?? '']]))
    // Where the landings are not imported, merges follow each other by their time.
    const order = landing
      ? lines.find((line) => line.includes(landing))!.map(({ sha }) => sha)
      : rows.pullRequest
          .filter((one) => one.repository === row.repository && one.mergeSha != null && mergedAt(one) !== null)
          .filter((one) => findLanding(one) === null)
          .sort((a, b) => mergedAt(a)! - mergedAt(b)!)
          .map(({ mergeSha }) => mergeSha!)
    const place = landing ? landing.order : order.indexOf(row.mergeSha ?? '')
    const names = said([row.author, landing?.author, ...commits.flatMap(({ authorEmails }) => textLines(authorEmails))])
    return {
      kind: 'pull',
      repository: row.repository!,
      number: row.number!,
      title: row.title!,
      labels: textLines(row.labels),
      closes: textLines(row.closes),
      branch: row.headRef ?? null,
      author: row.author ?? null,
      who: whoIs(row.author ?? null),
      isAi: row.agent != null || whoIs(row.author ?? null) === 'agent' || authorAgents.length > 0,
      agent: row.agent ?? null,
      isClosed: row.state === 'closed',
      created: row.createdAt!,
      opened,
      firstCommit: least(said(commits.map(({ authoredAt }) => authoredAt as number | null))),
      review,
      aiReview: least(
        ofOthers
          .filter(({ reviewer }) => ['agent', 'reviewer'].includes(whoIs(reviewer ?? null)))
          .map(({ submittedAt }) => submittedAt!),
      ),
      approval: most((approvals.length > 0 ? approvals : beforeMerge).map(({ submittedAt }) => submittedAt!)),
      merged,
      closed: row.closedAt ?? merged,
      production: merged === null || place < 0 ? null : firstInProduction(order, place, deployments),
      isFollowed: workingOf(order, deployments).length > 0,
      reviewsKnown: row.reviewsKnown === 1 || reviews.length > 0,
      commitsKnown: row.commitsKnown === 1 || (row.commitsKnown == null && commits.length > 0),
      changesRequested: ofPeople.some(({ state }) => state === 'CHANGES_REQUESTED'),
      commitsAfterReview: commits.filter(
        ({ committedAt, headline }) =>
          review !== null && committedAt != null && committedAt > review && !headline!.startsWith('Merge branch'),
      ).length,
      moments: [
        ...given.map(({ submittedAt }) => submittedAt! as number),
        ...said(commits.map(({ committedAt }) => committedAt as number | null)),
      ].sort((a, b) => a - b),
      acts: [
        ...given
          .filter(({ reviewer }) => reviewer != null && whoIs(reviewer) === 'person')
          .map(({ reviewer, submittedAt }) => ({ kind: 'reviews' as const, by: reviewer!, at: submittedAt! })),
        ...commits
          .filter(
            ({ authorEmails, committedAt }) =>
              authorEmails != null && committedAt != null && whoIs(authorEmails) === 'person',
          ) // prettier-ignore
          .map(({ authorEmails, committedAt }) => ({ kind: 'commits' as const, by: authorEmails!, at: committedAt! })),
      ],
      names: [...new Set(names)],
      landing,
      additions: row.additions ?? null,
      deletions: row.deletions ?? null,
    }
  })
}

function itemsOf(rows: Rows): readonly Item[] {
  return rows.workItem.map((row) => ({
    key: row.key!,
    type: (row.type ?? '').toLowerCase(),
    resolved: row.resolvedAt ?? null,
    above: said([row.epic, row.parent]),
    assignee: row.assignee ?? null,
    moves: rows.statusChange
      .filter(({ key }) => key === row.key)
      .map(({ at, to, author }) => ({ at: at!, to: to!, by: author ?? null }))
      .sort((a, b) => a.at - b.at),
  }))
}
