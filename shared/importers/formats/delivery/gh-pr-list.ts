import { dayIn, parseInstant, UTC } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import type { Instant } from '../../../quantities/index.ts'
import { type JsonValue, ownField } from '../../../tables/index.ts'
import { agentOfEmail, agentOfLogin, agentOfText, isBotLogin } from '../../agent-marks.ts'
import type { JsonFormat, LooseRecord, ReadContext, RecordSink } from '../../format.ts'
import {
  firstObject,
  flagOf,
  itemsOf,
  joined,
  type JsonItem,
  jsonRecords,
  listOf,
  numberOf,
  textOf,
} from '../../json-fields.ts'
import { badRecord, missing, notATime } from '../../messages.ts'
import { closedIn } from './closing-words.ts'
import { pullCommitKey, pullKey, reviewKey } from './forge-keys.ts'
import { GITHUB, SaidAccounts } from './said-accounts.ts'

/**
 * `gh pr list --json …` (an array, or several saved one after the other) and `gh pr view --json …` (one object). The
 * repository stands only inside `url`. Reviews and commits are the first 100 of each.
 */
export const ghPrList: JsonFormat = {
  shape: 'json',
  id: 'gh-pr-list-json',
  name: 'GitHub pull requests (gh, JSON)',
  kind: 'delivery',
  fields: {
    of: 'pullRequest',
    read: {
      number: ['pullCommit.number', 'pullRequest.number', 'review.number', 'key'],
      url: ['pullCommit.repository', 'pullRequest.closes', 'pullRequest.repository', 'review.repository', 'key'],
      title: 'pullRequest.title',
      body: 'pullRequest.closes',
      state: 'pullRequest.state',
      isDraft: 'pullRequest.isDraft',
      'author.is_bot': 'pullRequest.authorIsBot',
      'author.login': ['account.id', 'account.login', 'pullRequest.agent', 'pullRequest.author', 'key'],
      'author.name': 'account.name',
      createdAt: 'pullRequest.createdAt',
      updatedAt: 'moment',
      mergedAt: 'pullRequest.mergedAt',
      closedAt: 'pullRequest.closedAt',
      'mergeCommit.oid': 'pullRequest.mergeSha',
      headRefName: 'pullRequest.headRef',
      additions: 'pullRequest.additions',
      deletions: 'pullRequest.deletions',
      changedFiles: 'pullRequest.changedFiles',
      'labels.*.name': 'pullRequest.labels',
      'closingIssuesReferences.*.number': 'pullRequest.closes',
      'closingIssuesReferences.*.repository.name': 'pullRequest.closes',
      'closingIssuesReferences.*.repository.owner.login': 'pullRequest.closes',
      'reviews.*.id': 'key',
      'reviews.*.author.login': ['review.reviewer', 'key'],
      'reviews.*.submittedAt': ['review.submittedAt', 'key'],
      'reviews.*.state': ['review.state', 'key'],
      'commits.*.oid': ['pullCommit.sha', 'key'],
      'commits.*.messageHeadline': 'pullCommit.headline',
      'commits.*.messageBody': 'pullRequest.agent',
      'commits.*.authoredDate': 'pullCommit.authoredAt',
      'commits.*.committedDate': 'pullCommit.committedAt',
      'commits.*.authors.*.login': ['account.id', 'account.login', 'pullRequest.agent', 'key'],
      'commits.*.authors.*.name': 'account.name',
      'commits.*.authors.*.email': ['account.email', 'pullCommit.authorEmails', 'pullRequest.agent', 'key'],
    },
    left: {
      comments: 'what people wrote',
      'reviews.*.body': 'what people wrote',
      'labels.*.description': 'what people wrote',
      'labels.*.color': 'a colour',
      latestReviews: 'the last of the reviews',
      statusCheckRollup: 'checks, not the change',
    },
  },
  recognise(pages) {
    const first = firstObject(itemsOf(pages))
    if (first === undefined || typeof ownField(first, 'number') !== 'number') return null
    const marks = ['createdAt', 'mergedAt', 'headRefName', 'isDraft'].filter(
      (name) => ownField(first, name) !== undefined,
    )
    return marks.length >= 2 ? `pull requests with number, ${marks.join(', ')}` : null
  },
  open: (pages, context) => accepted({ records: pullRequestRecords(itemsOf(pages), context) }),
}

/**
 * Pull requests in the shape of `gh pr list`, into which other exports of GitHub are brought first. Pages may overlap: of one
 * pull request the latest state counts, wherever it stands.
 */
export function pullRequestRecords(items: readonly JsonItem[], context: ReadContext): Generator<LooseRecord> {
  const newest = new Map<string, JsonValue>()
  const keyOf = (value: JsonValue) => `${textOf(value, 'url') ?? ''}#${numberOf(value, 'number') ?? ''}`
  for (const { value } of items) {
    const known = newest.get(keyOf(value))
    if (!known || (textOf(value, 'updatedAt') ?? '') > (textOf(known, 'updatedAt') ?? ''))
      newest.set(keyOf(value), value)
  }
  const accounts = new SaidAccounts()
  return jsonRecords(items, (item, sink) => {
    const isNewest = newest.get(keyOf(item)) === item || numberOf(item, 'number') === null
    judgePullRequest(item, context.choices.repository ?? null, isNewest, accounts, sink)
  })
}

const TIMES = ['createdAt', 'mergedAt', 'closedAt', 'updatedAt'] as const

function judgePullRequest(
  item: JsonValue,
  chosen: string | null,
  isNewest: boolean,
  accounts: SaidAccounts,
  sink: RecordSink,
): void {
  const number = numberOf(item, 'number')
  if (number === null || !Number.isInteger(number))
    return sink.aside('number', badRecord(JSON.stringify(item).slice(0, 80), 'a pull request with its number'))
  const repository = repositoryOfUrl(textOf(item, 'url')) ?? chosen
  if (repository === null) return sink.aside('url', missing('the address of the pull request (field url)'))
  const times: Record<(typeof TIMES)[number], Instant | null> = {
    createdAt: null,
    mergedAt: null,
    closedAt: null,
    updatedAt: null,
  }
  for (const name of TIMES) {
    const text = textOf(item, name)
    const at = text === null || text === '' ? null : parseInstant(text)
    if (at && !at.ok) return sink.aside(name, notATime(text!))
    times[name] = at ? at.value : null
  }
  if (times.createdAt === null) return sink.aside('createdAt', missing('when the pull request was opened'))
  const author = textOf(ownField(item, 'author'), 'login')
  const commits = listOf(item, 'commits')
  const reviews = listOf(item, 'reviews')
  sink.fact(
    'pullRequest',
    {
      repository,
      number,
      title: textOf(item, 'title'),
      state: stateOf(item, times.mergedAt, times.closedAt),
      isDraft: flagOf(ownField(item, 'isDraft')),
      author: author === null || author === '' ? null : author.replace(/^app\//, ''),
      authorIsBot: flagOf(ownField(ownField(item, 'author'), 'is_bot')) ?? (author ? Number(isBotLogin(author)) : null),
      createdAt: times.createdAt,
      mergedAt: times.mergedAt,
      closedAt: times.closedAt,
      mergeSha: textOf(ownField(item, 'mergeCommit'), 'oid'),
      headRef: textOf(item, 'headRefName'),
      additions: numberOf(item, 'additions'),
      deletions: numberOf(item, 'deletions'),
      changedFiles: numberOf(item, 'changedFiles'),
      labels: joined((listOf(item, 'labels') ?? []).map((label) => textOf(label, 'name'))),
      closes: closedBy(item, repository),
      agent: agentOf(item, author, commits),
      reviewsKnown: reviews === null ? null : 1,
      // 0 = some are known, and there are more: their first is one of them, their last is not.
      commitsKnown: commits === null ? null : isCut(item, commits) ? 0 : 1,
      readyAt: instantIn(item, 'readyAt'),
    },
    pullKey(repository, number),
    isNewest ? null : -Infinity,
  )
  if (!isNewest) return
  for (const review of reviews ?? []) addReview(sink, repository, number, review)
  for (const commit of commits ?? []) addCommit(sink, repository, number, commit)
  tellAccount(sink, accounts, ownField(item, 'author'))
  for (const commit of commits ?? [])
    for (const author of listOf(commit, 'authors') ?? []) tellAccount(sink, accounts, author)
  const days = [times.createdAt, times.mergedAt, times.closedAt].filter((at) => at !== null)
  for (const at of days) sink.spoke(at, dayIn(at, UTC))
  if (times.updatedAt !== null) sink.spoke(times.updatedAt)
}

/** The forge knows whose address it is: a login beside an address says that both are one. */
function tellAccount(sink: RecordSink, accounts: SaidAccounts, account: JsonValue | undefined): void {
  const login = textOf(account, 'login')?.replace(/^app\//, '') || null
  const [email, name] = [textOf(account, 'email') || null, textOf(account, 'name') || null]
  if (email !== null || name !== null) accounts.tell(sink, { source: GITHUB, id: login, login, email, name })
}

/** gh writes the first hundred; what comes from elsewhere says so itself. */
function isCut(item: JsonValue, commits: readonly JsonValue[]): boolean {
  return ownField(item, 'commitsCut') === true || commits.length === 100
}

/** What the forge says it closes; where the export does not ask for that, what its description says. */
function closedBy(item: JsonValue, repository: string): string | null {
  const closing = listOf(item, 'closingIssuesReferences')
  return closing === null ? closedIn(textOf(item, 'body'), repository) : joined(closing.map(issueName))
}

function stateOf(item: JsonValue, mergedAt: number | null, closedAt: number | null): string {
  const said = textOf(item, 'state')?.toLowerCase()
  if (mergedAt !== null || said === 'merged') return 'merged'
  return said === 'closed' || closedAt !== null ? 'closed' : 'open'
}

function addReview(sink: RecordSink, repository: string, number: number, review: JsonValue): void {
  const reviewer = textOf(ownField(review, 'author'), 'login')
  const submitted = textOf(review, 'submittedAt')
  const at = submitted === null ? null : parseInstant(submitted)
  const submittedAt = at?.ok ? at.value : null
  const state = textOf(review, 'state')
  sink.fact(
    'review',
    { repository, number, reviewer: reviewer || null, state, submittedAt },
    reviewKey({ repository, number, reviewer, state, submittedAt, id: textOf(review, 'id') }),
  )
}

function addCommit(sink: RecordSink, repository: string, number: number, commit: JsonValue): void {
  const sha = textOf(commit, 'oid')
  sink.fact(
    'pullCommit',
    {
      repository,
      number,
      sha,
      authoredAt: instantIn(commit, 'authoredDate'),
      committedAt: instantIn(commit, 'committedDate'),
      authorEmails: joined((listOf(commit, 'authors') ?? []).map((author) => textOf(author, 'email'))),
      headline: textOf(commit, 'messageHeadline'),
    },
    pullCommitKey(repository, number, sha),
  )
}

function instantIn(value: JsonValue, name: string): Instant | null {
  const text = textOf(value, name)
  const at = text === null ? null : parseInstant(text)
  return at?.ok ? at.value : null
}

/** The strongest mark first: who wrote the commits, who opened it, what its text says. */
function agentOf(item: JsonValue, author: string | null, commits: readonly JsonValue[] | null): string | null {
  for (const commit of commits ?? []) {
    for (const person of listOf(commit, 'authors') ?? []) {
      const agent = agentOfEmail(textOf(person, 'email') ?? '') ?? agentOfLogin(textOf(person, 'login') ?? '')
      if (agent !== null) return agent
    }
    for (const line of (textOf(commit, 'messageBody') ?? '').split('\n')) {
      const email = /^[ \t>*-]*co-authored-by:[^<]*<([^>]+)>\s*$/i.exec(line)?.[1]
      const agent = email ? agentOfEmail(email) : null
      if (agent !== null) return agent
    }
  }
  return (author ? agentOfLogin(author) : null) ?? agentOfText(textOf(item, 'body') ?? '')
}

/** `https://github.com/owner/name/pull/9` is of `github.com/owner/name`. */
function repositoryOfUrl(url: string | null): string | null {
  const match = /^https?:\/\/([^/\s]+)\/([^/\s]+)\/([^/\s]+)\/pull\/\d+/.exec(url ?? '')
  return match ? `${match[1]!.toLowerCase()}/${match[2]!}/${match[3]!}` : null
}

function issueName(issue: JsonValue): string | null {
  const repository = ownField(issue, 'repository')
  const [owner, name] = [textOf(ownField(repository, 'owner'), 'login'), textOf(repository, 'name')]
  const number = numberOf(issue, 'number')
  return number === null ? null : `${owner !== null && name !== null ? `${owner}/${name}` : ''}#${number}`
}
