import { dayIn, UTC } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import { type JsonObject, type JsonPage, type JsonValue, ownField } from '../../../tables/index.ts'
import type { JsonFormat, RecordSink } from '../../format.ts'
import {
  fieldAt,
  firstObject,
  itemsOf,
  joined,
  type JsonItem,
  jsonRecords,
  listOf,
  marksOf,
  momentOf,
  numberOf,
  textOf,
} from '../../json-fields.ts'
import { badRecord, missing, morePages, notATime } from '../../messages.ts'
import { pullCommitKey, repositoryOfAddress, reviewKey } from './forge-keys.ts'
import { pullRequestRecords } from './gh-pr-list.ts'
import { GITHUB, SaidAccounts } from './said-accounts.ts'

/**
 * `GET /repos/O/R/pulls` (a list without sizes) or `/pulls/N` (one with them). `merge_commit_sha` of one that is not merged
 * is a trial merge and means nothing.
 */
export const githubRestPulls: JsonFormat = {
  shape: 'json',
  id: 'github-rest-pulls-json',
  name: 'GitHub pull requests (REST)',
  kind: 'delivery',
  fields: {
    of: 'pullRequest',
    read: {
      url: ['pullRequest.closes', 'pullRequest.repository', 'key'],
      html_url: ['pullRequest.closes', 'pullRequest.repository', 'key'],
      number: ['pullRequest.number', 'key'],
      state: 'pullRequest.state',
      title: 'pullRequest.title',
      body: 'pullRequest.closes',
      'user.login': 'pullRequest.author',
      'user.type': 'pullRequest.authorIsBot',
      created_at: 'pullRequest.createdAt',
      updated_at: 'moment',
      closed_at: 'pullRequest.closedAt',
      merged_at: 'pullRequest.mergedAt',
      merge_commit_sha: 'pullRequest.mergeSha',
      draft: 'pullRequest.isDraft',
      'labels.*.name': 'pullRequest.labels',
      'head.ref': 'pullRequest.headRef',
      additions: 'pullRequest.additions',
      deletions: 'pullRequest.deletions',
      changed_files: 'pullRequest.changedFiles',
    },
    left: {
      'user.*': 'more of an account than its login',
      assignee: 'the first of the assignees',
      'head.user': 'more of an account than its login',
      'head.repo': 'the repository, not the change',
      'base.user': 'more of an account than its login',
      'base.repo': 'the repository, not the change',
      'labels.*.description': 'what people wrote',
      'labels.*.color': 'a colour',
      _links: 'addresses',
    },
  },
  recognise(pages) {
    const marks = marksOf(firstObject(itemsOf(pages)), 'number', 'created_at', 'merged_at', 'base', 'head')
    return marks && `pull requests with ${marks}`
  },
  open: (pages, context) =>
    accepted({
      records: pullRequestRecords(
        itemsOf(pages).map(({ value, line }) => ({ value: pullOf(value), whole: value, line })),
        context,
      ),
    }),
}

function pullOf(item: JsonValue): JsonValue {
  const number = ownField(item, 'number') ?? null
  const repository = repositoryOfAddress(textOf(item, 'html_url') ?? textOf(item, 'url'))
  const field = (name: string) => ownField(item, name) ?? null
  const merged = textOf(item, 'merged_at') !== null
  const pull: Record<string, JsonValue> = {
    number,
    url: repository === null ? null : `https://${repository}/pull/${JSON.stringify(number)}`,
    title: field('title'),
    state: field('state'),
    isDraft: field('draft'),
    author: authorOf(ownField(item, 'user')),
    createdAt: field('created_at'),
    updatedAt: field('updated_at'),
    closedAt: field('closed_at'),
    mergedAt: field('merged_at'),
    mergeCommit: merged ? { oid: field('merge_commit_sha') } : null,
    headRefName: fieldAt(item, 'head', 'ref') ?? null,
    additions: field('additions'),
    deletions: field('deletions'),
    changedFiles: field('changed_files'),
    labels: field('labels'),
    body: field('body'),
  }
  return pull
}

function authorOf(user: JsonValue | undefined): JsonObject | null {
  const login = textOf(user, 'login')
  return login === null ? null : { login, is_bot: textOf(user, 'type') === 'Bot' }
}

/** `GET /repos/O/R/pulls/N/reviews`: the number of the pull request stands only in its addresses. */
export const githubRestReviews: JsonFormat = {
  shape: 'json',
  id: 'github-rest-reviews-json',
  name: 'GitHub reviews (REST)',
  kind: 'delivery',
  fields: {
    of: 'review',
    read: {
      'user.login': ['review.reviewer', 'key'],
      state: ['review.state', 'key'],
      html_url: ['review.number', 'key'],
      pull_request_url: ['review.number', 'key'],
      submitted_at: ['review.submittedAt', 'key'],
    },
    left: {
      _input: 'what a collector asked for',
      body: 'what people wrote',
      'user.*': 'more of an account than its login',
      _links: 'addresses',
    },
  },
  recognise(pages) {
    const marks = marksOf(firstObject(itemsOf(pages)), 'submitted_at', 'state', 'user', 'commit_id')
    return marks && `reviews with ${marks}`
  },
  open: (pages) => accepted({ records: jsonRecords(itemsOf(pages), judgeReview) }),
}

function judgeReview(item: JsonValue, sink: RecordSink): void {
  const address = textOf(item, 'html_url') ?? textOf(item, 'pull_request_url') ?? ''
  const number = Number(/\/pulls?\/(\d{1,9})(?:\D|$)/.exec(address)?.[1] ?? NaN)
  const repository = repositoryOfAddress(address)
  if (repository === null || Number.isNaN(number))
    return sink.aside('html_url', missing('the address of its pull request (field html_url)'))
  const submittedAt = momentOf(item, 'submitted_at')
  if (submittedAt === 'bad') return sink.aside('submitted_at', notATime(textOf(item, 'submitted_at') ?? ''))
  const reviewer = textOf(ownField(item, 'user'), 'login')
  const state = textOf(item, 'state')?.toUpperCase() ?? null
  if (state === null) return sink.aside('state', missing('the verdict of the review'))
  const id = textOf(item, 'node_id')
  sink.fact(
    'review',
    { repository, number, reviewer, state, submittedAt },
    reviewKey({ repository, number, reviewer, state, submittedAt, id }),
  )
  if (submittedAt !== null) sink.spoke(submittedAt, dayIn(submittedAt, UTC))
}

/** `GET /repos/O/R/pulls/N/commits`: does not say of which pull request; tools that collect them put it in `_input`. */
export const githubRestCommits: JsonFormat = {
  shape: 'json',
  id: 'github-rest-pull-commits-json',
  name: 'GitHub commits of pull requests (REST)',
  kind: 'delivery',
  fields: {
    of: 'pullCommit',
    read: {
      '_input.Number': ['pullCommit.number', 'key'],
      sha: ['pullCommit.sha', 'key'],
      'commit.author.name': 'account.name',
      'commit.author.email': ['account.email', 'pullCommit.authorEmails', 'key'],
      'commit.author.date': 'pullCommit.authoredAt',
      'commit.committer.date': 'pullCommit.committedAt',
      'commit.message': ['pullCommit.authorEmails', 'pullCommit.headline'],
      html_url: ['pullCommit.repository', 'key'],
      'author.login': ['account.id', 'account.login', 'key'],
    },
    left: {
      'author.*': 'more of an account than its login',
      committer: 'more of an account than its login',
      'commit.verification': 'a signature',
      files: 'files are read from git',
      _links: 'addresses',
    },
  },
  recognise(pages) {
    const first = firstObject(itemsOf(pages))
    const marks = marksOf(first, 'sha', 'commit', 'html_url')
    return marks && fieldAt(first, 'commit', 'author') !== undefined ? `commits with ${marks}` : null
  },
  open(pages) {
    const accounts = new SaidAccounts()
    return accepted({ records: jsonRecords(itemsOf(pages), (item, sink) => judgeCommit(item, accounts, sink)) })
  },
}

function judgeCommit(item: JsonValue, accounts: SaidAccounts, sink: RecordSink): void {
  const sha = textOf(item, 'sha')
  if (sha === null) return sink.aside('sha', badRecord(JSON.stringify(item).slice(0, 80), 'a commit with its sha'))
  const repository = repositoryOfAddress(textOf(item, 'html_url') ?? textOf(item, 'url'))
  if (repository === null) return sink.aside('html_url', missing('the address of the commit (field html_url)'))
  const number = numberOf(ownField(item, '_input'), 'Number') ?? numberOf(item, 'pull_number')
  if (number === null)
    return sink.aside('pull_number', missing('the number of its pull request (gh pr view N --json commits states it)'))
  const commit = ownField(item, 'commit')
  const [authoredAt, committedAt] = [
    momentOf(ownField(commit, 'author'), 'date'),
    momentOf(ownField(commit, 'committer'), 'date'),
  ]
  if (authoredAt === 'bad' || committedAt === 'bad')
    return sink.aside('date', notATime(JSON.stringify(commit).slice(0, 80)))
  const message = textOf(commit, 'message') ?? ''
  sink.fact(
    'pullCommit',
    {
      repository,
      number,
      sha,
      authoredAt,
      committedAt,
      authorEmails: joined([textOf(ownField(commit, 'author'), 'email'), ...coAuthorsOf(message)]),
      headline: message.split('\n', 1)[0]!,
    },
    pullCommitKey(repository, number, sha),
  )
  const login = textOf(ownField(item, 'author'), 'login')
  const [email, name] = [textOf(ownField(commit, 'author'), 'email'), textOf(ownField(commit, 'author'), 'name')]
  accounts.tell(sink, { source: GITHUB, id: login, login, email, name })
  if (committedAt !== null) sink.spoke(committedAt, dayIn(committedAt, UTC))
}

/** Addresses of co-authors anywhere in a message. */
export function coAuthorsOf(message: string): readonly string[] {
  return message.split('\n').flatMap((line) => /^[ \t>*-]*co-authored-by:[^<]*<([^>]+)>\s*$/i.exec(line)?.[1] ?? [])
}

/**
 * Pages of the GraphQL API: `data.repository.pullRequests.nodes`, several pages in one file. The only export that knows for
 * sure which accounts are bots (`__typename`).
 */
export const githubGraphqlPulls: JsonFormat = {
  shape: 'json',
  id: 'github-graphql-pulls-json',
  name: 'GitHub pull requests (GraphQL)',
  kind: 'delivery',
  fields: {
    of: 'pullRequest',
    read: {
      number: ['pullCommit.number', 'pullRequest.number', 'review.number', 'key'],
      url: ['pullCommit.repository', 'pullRequest.repository', 'review.repository', 'key'],
      title: 'pullRequest.title',
      body: 'pullRequest.closes',
      state: 'pullRequest.state',
      isDraft: 'pullRequest.isDraft',
      createdAt: 'pullRequest.createdAt',
      updatedAt: 'moment',
      mergedAt: 'pullRequest.mergedAt',
      closedAt: 'pullRequest.closedAt',
      additions: 'pullRequest.additions',
      deletions: 'pullRequest.deletions',
      changedFiles: 'pullRequest.changedFiles',
      headRefName: 'pullRequest.headRef',
      'repository.nameWithOwner': ['pullCommit.repository', 'pullRequest.repository', 'review.repository', 'key'],
      'author.__typename': ['pullRequest.author', 'pullRequest.authorIsBot'],
      'author.login': 'pullRequest.author',
      'mergeCommit.oid': 'pullRequest.mergeSha',
      'labels.nodes.*.name': 'pullRequest.labels',
      'closingIssuesReferences.nodes.*.number': 'pullRequest.closes',
      'closingIssuesReferences.nodes.*.repository.nameWithOwner': 'pullRequest.closes',
      'reviews.nodes.*.state': ['review.state', 'key'],
      'reviews.nodes.*.submittedAt': ['pullRequest.readyAt', 'review.submittedAt', 'key'],
      'reviews.nodes.*.author.__typename': 'review.reviewer',
      'reviews.nodes.*.author.login': ['review.reviewer', 'key'],
      'commits.totalCount': 'pullRequest.commitsKnown',
      'commits.nodes.*.commit.oid': ['pullCommit.sha', 'key'],
      'commits.nodes.*.commit.authoredDate': 'pullCommit.authoredAt',
      'commits.nodes.*.commit.committedDate': 'pullCommit.committedAt',
      'commits.nodes.*.commit.messageHeadline': 'pullCommit.headline',
      'commits.nodes.*.commit.authors.nodes.*.name': 'account.name',
      'commits.nodes.*.commit.authors.nodes.*.email': [
        'account.email',
        'pullCommit.authorEmails',
        'pullRequest.agent',
        'key',
      ],
      'commits.nodes.*.commit.authors.nodes.*.user.login': ['account.id', 'account.login', 'pullRequest.agent', 'key'],
      'timelineItems.nodes.*.__typename': 'pullRequest.readyAt',
      'timelineItems.nodes.*.createdAt': 'pullRequest.readyAt',
    },
    around: {
      'data.repository.nameWithOwner': [
        'pullCommit.repository',
        'pullRequest.closes',
        'pullRequest.repository',
        'review.repository',
        'key',
      ],
      'data.repository.pullRequests.pageInfo.hasNextPage': 'note',
    },
    left: {
      'reviews.nodes.*.body': 'what people wrote',
    },
  },
  recognise(pages) {
    const first = pages.map(({ value }) => connectionOf(value, 'pullRequests')).find((found) => found !== undefined)
    return first === undefined ? null : 'pages with repository.pullRequests.nodes'
  },
  open(pages, context) {
    const items: JsonItem[] = pages.flatMap(({ value, line }) => {
      const named = nameOfRepository(value)
      return (listOf(connectionOf(value, 'pullRequests'), 'nodes') ?? []).map((node) => ({
        value: nodeOf(node, named ?? context.choices.repository ?? null),
        whole: node,
        line,
      }))
    })
    return accepted({
      records: pullRequestRecords(items, context),
      finish(sink) {
        if (lacksPulls(pages)) sink.note(morePages())
      },
    })
  },
}

/** The last page of one of the repositories says that more pull requests follow. */
function lacksPulls(pages: readonly JsonPage[]): boolean {
  const more = new Map<string, boolean>()
  for (const { value } of pages) {
    const connection = connectionOf(value, 'pullRequests')
    if (connection !== undefined)
      more.set(nameOfRepository(value) ?? '', fieldAt(connection, 'pageInfo', 'hasNextPage') === true)
  }
  return [...more.values()].includes(true)
}

/** `data.repository.<name>`, with or without the outer wrapping. */
export function connectionOf(page: JsonValue, name: string): JsonValue | undefined {
  const repository = fieldAt(page, 'data', 'repository') ?? ownField(page, 'repository')
  const connection = ownField(repository, name)
  return listOf(connection, 'nodes') === null ? undefined : connection
}

/** `host/owner/name`, where the page states it. A name without an address is one of github.com. */
export function nameOfRepository(page: JsonValue): string | null {
  const repository = fieldAt(page, 'data', 'repository') ?? ownField(page, 'repository')
  const name = textOf(repository, 'nameWithOwner')
  return repositoryOfAddress(textOf(repository, 'url')) ?? (name === null ? null : `github.com/${name}`)
}

function nodeOf(node: JsonValue, repository: string | null): JsonValue {
  const number = ownField(node, 'number') ?? null
  const own = ownField(node, 'repository')
  const named = textOf(own, 'nameWithOwner')
  const place = repositoryOfAddress(textOf(own, 'url')) ?? (named === null ? repository : `github.com/${named}`)
  const nodes = (name: string) => listOf(ownField(node, name), 'nodes')
  const commits = nodes('commits')
  const total = numberOf(ownField(node, 'commits'), 'totalCount')
  const pull: Record<string, JsonValue> = {
    ...objectOf(node),
    url: textOf(node, 'url') ?? (place === null ? null : `https://${place}/pull/${JSON.stringify(number)}`),
    author: botOf(ownField(node, 'author')),
    labels: nodes('labels'),
  }
  const closing = nodes('closingIssuesReferences')
  pull['closingIssuesReferences'] = closing === null ? null : closing.map(issueOf)
  const reviews = nodes('reviews')
  pull['readyAt'] = readyAtOf(nodes('timelineItems') ?? [], reviews ?? [], textOf(ownField(node, 'author'), 'login'))
  delete pull['reviews']
  delete pull['commits']
  if (reviews !== null)
    pull['reviews'] = reviews.map((review) => ({ ...objectOf(review), author: botOf(ownField(review, 'author')) }))
  if (commits !== null) {
    pull['commits'] = commits.map((one) => commitOf(ownField(one, 'commit') ?? null))
    if (total !== null ? total > commits.length : fieldAt(node, 'commits', 'pageInfo', 'hasNextPage') === true)
      pull['commitsCut'] = true
  }
  return pull
}

/** The last time a draft was offered before somebody else, no bot, reviewed it. Times of one form sort as text. */
function readyAtOf(events: readonly JsonValue[], reviews: readonly JsonValue[], author: string | null): string | null {
  const moments = (items: readonly JsonValue[], name: string) =>
    items.flatMap((item) => textOf(item, name) ?? []).sort()
  const others = reviews.filter((review) => {
    const reviewer = ownField(review, 'author')
    return textOf(reviewer, '__typename') !== 'Bot' && textOf(reviewer, 'login') !== author
  })
  const [first] = moments(others, 'submittedAt')
  const ready = events.filter((event) => textOf(event, '__typename') === 'ReadyForReviewEvent')
  return (
    moments(ready, 'createdAt')
      .filter((at) => first === undefined || at <= first)
      .at(-1) ?? null
  )
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as JsonObject) : {}
}

/** Bots lose the end of their name here, which is what tells them from people elsewhere. */
function botOf(account: JsonValue | undefined): JsonObject | null {
  const login = textOf(account, 'login')
  if (login === null) return null
  const isBot = textOf(account, '__typename') === 'Bot'
  return { login: isBot && !login.endsWith('[bot]') ? `${login}[bot]` : login, is_bot: isBot }
}

function issueOf(issue: JsonValue): JsonObject {
  const [owner = null, name = null] = textOf(ownField(issue, 'repository'), 'nameWithOwner')?.split('/') ?? []
  return { number: ownField(issue, 'number') ?? null, repository: { owner: { login: owner }, name } }
}

function commitOf(commit: JsonValue): JsonObject {
  const authors = listOf(ownField(commit, 'authors'), 'nodes') ?? [ownField(commit, 'author') ?? null]
  return {
    ...objectOf(commit),
    authors: authors.map((author) => ({
      name: ownField(author, 'name') ?? null,
      email: ownField(author, 'email') ?? null,
      login: textOf(ownField(author, 'user'), 'login'),
    })),
  }
}
