import { dayIn, parseInstant, UTC } from '../../../calendar/index.ts'
import { accepted, refused } from '../../../issues/index.ts'
import type { Instant } from '../../../quantities/index.ts'
import { type JsonValue, ownField } from '../../../tables/index.ts'
import { agentOfLogin, agentOfText, isBotLogin } from '../../agent-marks.ts'
import type { JsonFormat, ReadContext, RecordSink, TableFormat } from '../../format.ts'
import {
  fieldAt,
  firstObject,
  flagOf,
  itemsOf,
  joined,
  jsonRecords,
  listOf,
  marksOf,
  momentOf,
  numberOf,
  textOf,
} from '../../json-fields.ts'
import { meantBy } from '../../meant-by.ts'
import { badRecord, mergeTimeNotStated, missing, needsRepository, notATime, notOneOf } from '../../messages.ts'
import { RowReader } from '../../row-reader.ts'
import { deploymentKey, pullCommitKey, pullKey, reviewKey } from './forge-keys.ts'
import { closedIn } from './closing-words.ts'
import { coAuthorsOf } from './github-rest.ts'
import { GITLAB, type SaidAccount, SaidAccounts } from './said-accounts.ts'
import { spokeOf } from './spoke-of.ts'
import { SILENT_PULL } from './pull-row.ts'

const STATES: Readonly<Record<string, string>> = { opened: 'open', locked: 'open', closed: 'closed', merged: 'merged' }

/** `https://gitlab.com/group/sub/name/-/merge_requests/1` is `gitlab.com/group/sub/name`. */
function projectOfAddress(address: string | null): string | null {
  const match = /^https?:\/\/([^/\s]+)\/([^\s]+?)\/(?:-\/)?(?:merge_requests|commit|jobs|issues)\//.exec(address ?? '')
  return match ? `${match[1]!.toLowerCase()}/${match[2]!}` : null
}

function projectOf(item: JsonValue, context: ReadContext): string | null {
  return (
    projectOfAddress(textOf(item, 'web_url')) ??
    context.choices.repository ??
    textOf(ownField(item, 'references'), 'full')?.replace(/!\d+$/, '') ??
    null
  )
}

/** `/projects/:id/merge_requests`: no sizes and no reviews. The landing is the merge, squash or last commit. */
export const gitlabMerges: JsonFormat = {
  shape: 'json',
  id: 'gitlab-merge-requests-json',
  name: 'GitLab merge requests (API)',
  kind: 'delivery',
  fields: {
    of: 'pullRequest',
    read: {
      iid: ['pullRequest.number', 'key'],
      title: 'pullRequest.title',
      description: ['pullRequest.agent', 'pullRequest.closes'],
      state: 'pullRequest.state',
      created_at: 'pullRequest.createdAt',
      updated_at: 'moment',
      merged_at: 'pullRequest.mergedAt',
      closed_at: 'pullRequest.closedAt',
      'author.username': ['account.id', 'account.login', 'pullRequest.agent', 'pullRequest.author', 'key'],
      'author.name': 'account.name',
      'author.bot': 'pullRequest.authorIsBot',
      draft: 'pullRequest.isDraft',
      work_in_progress: 'pullRequest.isDraft',
      labels: 'pullRequest.labels',
      source_branch: 'pullRequest.headRef',
      sha: 'pullRequest.mergeSha',
      merge_commit_sha: 'pullRequest.mergeSha',
      squash_commit_sha: 'pullRequest.mergeSha',
      'references.full': ['pullRequest.closes', 'pullRequest.repository', 'key'],
      web_url: ['pullRequest.closes', 'pullRequest.repository', 'key'],
    },
    left: {
      _input: 'what a collector asked for',
      'milestone.description': 'what people wrote',
    },
  },
  recognise(pages) {
    const marks = marksOf(firstObject(itemsOf(pages)), 'iid', 'source_branch', 'merged_at', 'created_at')
    return marks && `merge requests with ${marks}`
  },
  open(pages, context) {
    const accounts = new SaidAccounts()
    const records = jsonRecords(itemsOf(pages), (item, sink) => judgeMerge(item, context, accounts, sink))
    return accepted({ records })
  },
}

function judgeMerge(item: JsonValue, context: ReadContext, accounts: SaidAccounts, sink: RecordSink): void {
  const number = numberOf(item, 'iid')
  if (number === null)
    return sink.aside('iid', badRecord(JSON.stringify(item).slice(0, 80), 'a merge request with its iid'))
  const repository = projectOf(item, context)
  if (repository === null) return sink.aside('web_url', missing('the address of the merge request (field web_url)'))
  const times: (Instant | null)[] = []
  for (const name of ['created_at', 'merged_at', 'closed_at', 'updated_at']) {
    const at = momentOf(item, name)
    if (at === 'bad') return sink.aside(name, notATime(textOf(item, name) ?? ''))
    times.push(at)
  }
  const [createdAt = null, mergedAt = null, closedAt = null, updatedAt = null] = times
  if (createdAt === null) return sink.aside('created_at', missing('when the merge request was opened'))
  const author = textOf(ownField(item, 'author'), 'username')
  const landed = textOf(item, 'merge_commit_sha') ?? textOf(item, 'squash_commit_sha') ?? textOf(item, 'sha')
  const labels = (listOf(item, 'labels') ?? []).map((label) =>
    typeof label === 'string' ? label : textOf(label, 'name'),
  )
  sink.fact(
    'pullRequest',
    {
      ...SILENT_PULL,
      repository,
      number,
      title: textOf(item, 'title'),
      state: mergedAt !== null ? 'merged' : (meantBy(STATES, textOf(item, 'state')) ?? 'open'),
      isDraft: flagOf(ownField(item, 'draft') ?? ownField(item, 'work_in_progress')),
      author,
      authorIsBot: flagOf(fieldAt(item, 'author', 'bot')) ?? (author === null ? null : Number(isBotLogin(author))),
      createdAt,
      mergedAt,
      closedAt: closedAt ?? mergedAt,
      mergeSha: mergedAt === null ? null : landed,
      headRef: textOf(item, 'source_branch'),
      labels: joined(labels),
      closes: closedIn(textOf(item, 'description'), repository),
      agent: (author === null ? null : agentOfLogin(author)) ?? agentOfText(textOf(item, 'description') ?? ''),
    },
    pullKey(repository, number),
  )
  accounts.tell(sink, accountOf(ownField(item, 'author')))
  spokeOf(sink, [createdAt, mergedAt, closedAt], updatedAt)
}

function accountOf(user: JsonValue | undefined): SaidAccount {
  const login = textOf(user, 'username')
  return { source: GITLAB, id: login, login, name: textOf(user, 'name') }
}

/**
 * `/merge_requests/:iid/notes`: what people wrote are comments, what the system wrote about an approval is a verdict with its
 * time, which approvals themselves do not have. Bodies are not kept.
 */
export const gitlabNotes: JsonFormat = {
  shape: 'json',
  id: 'gitlab-notes-json',
  name: 'GitLab notes of merge requests (API)',
  kind: 'delivery',
  fields: {
    of: 'review',
    read: {
      body: 'review.state',
      'author.username': ['account.id', 'account.login', 'review.reviewer', 'key'],
      'author.name': 'account.name',
      created_at: ['review.submittedAt', 'key'],
      system: ['review.state', 'key'],
      noteable_type: 'fate',
      noteable_iid: ['review.number', 'key'],
    },
    left: {
      _input: 'what a collector asked for',
      attachment: 'what people wrote',
    },
  },
  recognise(pages) {
    const marks = marksOf(firstObject(itemsOf(pages)), 'noteable_type', 'noteable_iid', 'system', 'created_at')
    return marks && `notes with ${marks}`
  },
  open(pages, context) {
    const repository = context.choices.repository
    if (repository === undefined) return refused(needsRepository('notes'))
    const accounts = new SaidAccounts()
    const records = jsonRecords(itemsOf(pages), (item, sink) => judgeNote(item, repository, accounts, sink))
    return accepted({ records })
  },
}

const VERDICTS: readonly (readonly [pattern: RegExp, state: string])[] = [
  [/^approved this merge request/, 'APPROVED'],
  [/^requested changes/, 'CHANGES_REQUESTED'],
]

function judgeNote(item: JsonValue, repository: string, accounts: SaidAccounts, sink: RecordSink): void {
  const number = numberOf(item, 'noteable_iid')
  if (number === null) return sink.aside('noteable_iid', missing('the number of the merge request'))
  const body = textOf(item, 'body') ?? ''
  const isSystem = ownField(item, 'system') === true
  const state = isSystem ? VERDICTS.find(([pattern]) => pattern.test(body))?.[1] : 'COMMENTED'
  if (state === undefined || textOf(item, 'noteable_type') !== 'MergeRequest') return sink.blank()
  const submittedAt = momentOf(item, 'created_at')
  if (submittedAt === 'bad' || submittedAt === null)
    return sink.aside('created_at', notATime(textOf(item, 'created_at') ?? ''))
  const reviewer = textOf(ownField(item, 'author'), 'username')
  sink.spoke(submittedAt, dayIn(submittedAt, UTC))
  sink.fact(
    'review',
    { repository, number, reviewer, state, submittedAt },
    reviewKey({ repository, number, reviewer, state, submittedAt, id: null }),
  )
  accounts.tell(sink, accountOf(ownField(item, 'author')))
}

/** `/merge_requests/:iid/commits`: does not say of which merge request; tools that collect them put it in `_input`. */
export const gitlabCommits: JsonFormat = {
  shape: 'json',
  id: 'gitlab-merge-commits-json',
  name: 'GitLab commits of merge requests (API)',
  kind: 'delivery',
  fields: {
    of: 'pullCommit',
    read: {
      '_input.Iid': ['pullCommit.number', 'key'],
      id: ['pullCommit.sha', 'key'],
      title: 'pullCommit.headline',
      message: 'pullCommit.authorEmails',
      author_email: 'pullCommit.authorEmails',
      authored_date: 'pullCommit.authoredAt',
      committed_date: 'pullCommit.committedAt',
      web_url: ['pullCommit.repository', 'key'],
    },
  },
  recognise(pages) {
    const marks = marksOf(firstObject(itemsOf(pages)), 'short_id', 'authored_date', 'committed_date', 'parent_ids')
    return marks && `commits with ${marks}`
  },
  open(pages, context) {
    const items = itemsOf(pages)
    const chosen = context.choices.repository ?? null
    if (chosen === null && projectOfAddress(textOf(firstObject(items), 'web_url')) === null)
      return refused(needsRepository('commits'))
    return accepted({ records: jsonRecords(items, (item, sink) => judgeCommit(item, chosen, sink)) })
  },
}

function judgeCommit(item: JsonValue, chosen: string | null, sink: RecordSink): void {
  const sha = textOf(item, 'id')
  if (sha === null) return sink.aside('id', badRecord(JSON.stringify(item).slice(0, 80), 'a commit with its id'))
  const repository = projectOfAddress(textOf(item, 'web_url')) ?? chosen
  if (repository === null) return sink.aside('web_url', missing('the address of the commit (field web_url)'))
  const number = numberOf(ownField(item, '_input'), 'Iid') ?? numberOf(item, 'merge_request_iid')
  if (number === null) return sink.aside('merge_request_iid', missing('the number of its merge request'))
  const [authoredAt, committedAt] = [momentOf(item, 'authored_date'), momentOf(item, 'committed_date')]
  if (authoredAt === 'bad' || committedAt === 'bad')
    return sink.aside('authored_date', notATime(textOf(item, 'authored_date') ?? ''))
  sink.fact(
    'pullCommit',
    {
      repository,
      number,
      sha,
      authoredAt,
      committedAt,
      authorEmails: joined([textOf(item, 'author_email'), ...coAuthorsOf(textOf(item, 'message') ?? '')]),
      headline: textOf(item, 'title'),
    },
    pullCommitKey(repository, number, sha),
  )
  if (committedAt !== null) sink.spoke(committedAt, dayIn(committedAt, UTC))
}

/** `/projects/:id/deployments`. The job behind a deployment may have failed on its own: the status of the deployment counts. */
export const gitlabDeployments: JsonFormat = {
  shape: 'json',
  id: 'gitlab-deployments-json',
  name: 'GitLab deployments (API)',
  kind: 'delivery',
  fields: {
    of: 'deployment',
    read: {
      id: ['deployment.deploymentId', 'key'],
      sha: 'deployment.sha',
      created_at: 'deployment.startedAt',
      updated_at: 'moment',
      status: 'deployment.result',
      'environment.name': 'deployment.environment',
      'deployable.started_at': 'deployment.startedAt',
      'deployable.finished_at': 'deployment.finishedAt',
      'deployable.web_url': 'deployment.service',
    },
    left: {
      _input: 'what a collector asked for',
      'user.*': 'more of an account than its login',
      'deployable.user': 'more of an account than its login',
      'deployable.commit': 'commits are read from git',
    },
  },
  recognise(pages) {
    const marks = marksOf(firstObject(itemsOf(pages)), 'iid', 'environment', 'deployable', 'status', 'sha')
    return marks && `deployments with ${marks}`
  },
  open: (pages, context) =>
    accepted({ records: jsonRecords(itemsOf(pages), (item, sink) => judgeDeployment(item, context, sink)) }),
}

const RESULTS: Readonly<Record<string, string>> = { success: 'success', failed: 'failure' }

function judgeDeployment(item: JsonValue, context: ReadContext, sink: RecordSink): void {
  const id = numberOf(item, 'id')
  if (id === null) return sink.aside('id', badRecord(JSON.stringify(item).slice(0, 80), 'a deployment with its id'))
  const job = ownField(item, 'deployable')
  const started = momentOf(job, 'started_at') ?? momentOf(item, 'created_at')
  const ended = momentOf(job, 'finished_at') ?? momentOf(item, 'updated_at')
  if (started === 'bad' || ended === 'bad') return sink.aside('created_at', notATime(textOf(item, 'created_at') ?? ''))
  if (started === null) return sink.aside('created_at', missing('when the deployment began'))
  const result = meantBy(RESULTS, textOf(item, 'status'))
  const place = projectOfAddress(textOf(job, 'web_url')) ?? context.choices.repository ?? null
  const finishedAt = result === null ? null : ended
  const updated = momentOf(item, 'updated_at')
  spokeOf(sink, [started, finishedAt], updated === 'bad' ? null : updated)
  sink.fact(
    'deployment',
    {
      deploymentId: String(id),
      service: place?.split('/').at(-1) ?? null,
      environment: textOf(ownField(item, 'environment'), 'name'),
      sha: textOf(item, 'sha'),
      startedAt: started,
      finishedAt,
      result,
      isUnplanned: null,
      causedByIncident: null,
    },
    deploymentKey('gitlab', String(id)),
  )
}

/** The list GitLab mails. It has no time of the merge, and the last update is not it: a later comment moves that. */
export const gitlabMergesCsv: TableFormat = {
  shape: 'table',
  id: 'gitlab-merge-requests-csv',
  name: 'GitLab merge requests (CSV)',
  kind: 'delivery',
  fields: {
    of: 'pullRequest',
    read: {
      title: ['pullRequest.isDraft', 'pullRequest.title'],
      description: 'pullRequest.closes',
      url: ['pullRequest.number', 'key'],
      state: 'pullRequest.state',
      'source branch': 'pullRequest.headRef',
      author: 'account.name',
      'author username': ['account.id', 'account.login', 'pullRequest.author', 'pullRequest.authorIsBot', 'key'],
      'created at (utc)': 'pullRequest.createdAt',
      'updated at (utc)': 'moment',
    },
  },
  required: ['url', 'state', 'source branch', 'target branch', 'author username', 'created at (utc)'],
  open(_table, columns) {
    const read = new RowReader(columns.header)
    const accounts = new SaidAccounts()
    const at = {
      url: columns.find('url'),
      title: columns.find('title'),
      state: columns.find('state'),
      branch: columns.find('source branch'),
      author: columns.find('author username'),
      name: columns.find('author'),
      body: columns.find('description'),
      created: columns.find('created at (utc)'),
      updated: columns.find('updated at (utc)'),
    }
    return accepted({
      width: columns.header.length,
      judge(cells, sink) {
        read.begin(cells)
        const address = read.text(at.url)
        const repository = projectOfAddress(`${address ?? ''}/`)
        const number = Number(/\/merge_requests\/(\d{1,9})$/.exec(address ?? '')?.[1] ?? NaN)
        if (repository === null || Number.isNaN(number)) read.fail(at.url, missing('the address of the merge request'))
        const state = meantBy(STATES, read.text(at.state)?.toLowerCase() ?? null)
        if (state === null) read.fail(at.state, notOneOf(read.raw(at.state), Object.keys(STATES)))
        const createdAt = utcOf(read, at.created)
        const updatedAt = utcOf(read, at.updated)
        if (createdAt === null && !read.flaw) read.fail(at.created, missing('when the merge request was opened'))
        if (read.flaw) return sink.aside(read.flaw.column, read.flaw.issue)
        if (state === 'merged') sink.note(mergeTimeNotStated())
        const author = read.text(at.author)
        sink.spoke(createdAt!, dayIn(createdAt!, UTC))
        if (updatedAt !== null) sink.spoke(updatedAt)
        sink.fact(
          'pullRequest',
          {
            ...SILENT_PULL,
            repository,
            number,
            title: read.text(at.title),
            state: state!,
            // A draft is one by its title, and nothing else.
            isDraft: Number(/^\s*(?:\[draft\]|\(draft\)|draft:)/i.test(read.text(at.title) ?? '')),
            author,
            authorIsBot: author === null ? null : Number(isBotLogin(author)),
            createdAt,
            mergedAt: null,
            closedAt: null,
            headRef: read.text(at.branch),
            closes: closedIn(read.text(at.body), repository!),
            agent: (author === null ? null : agentOfLogin(author)) ?? agentOfText(read.text(at.body) ?? ''),
          },
          pullKey(repository!, number),
        )
        accounts.tell(sink, { source: GITLAB, id: author, login: author, name: read.text(at.name) })
      },
    })
  },
}

/** `2026-02-01 09:30:00` under a header that says UTC. */
function utcOf(read: RowReader, at: number): Instant | null {
  const cell = read.raw(at).trim()
  if (cell === '') return null
  const instant = parseInstant(cell, UTC)
  if (instant.ok) return instant.value
  read.fail(at, notATime(cell))
  return null
}
