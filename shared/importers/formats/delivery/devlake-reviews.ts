import { dayIn, UTC } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import type { TableFormat } from '../../format.ts'
import { missing } from '../../messages.ts'
import { RowReader } from '../../row-reader.ts'
import { timeOf } from './devlake.ts'
import { RAW_DATA } from './said-accounts.ts'

/** What a review is called here -> what the forges call it; a remark of any kind is a comment. */
const VERDICTS: Readonly<Record<string, string>> = {
  APPROVED: 'APPROVED',
  CHANGES_REQUESTED: 'CHANGES_REQUESTED',
  DISMISSED: 'DISMISSED',
  PENDING: 'PENDING',
}

/** DevLake `pull_request_comments`: remarks and reviews. What was written is not kept; accounts are ids, bots among them. */
export const devlakeComments: TableFormat = {
  shape: 'table',
  id: 'devlake-pull-request-comments-csv',
  name: 'DevLake comments of pull requests (CSV)',
  kind: 'delivery',
  fields: {
    of: 'review',
    read: {
      id: 'key',
      pull_request_id: 'review.repository',
      account_id: 'review.reviewer',
      created_date: 'review.submittedAt',
      type: 'review.state',
      status: 'review.state',
    },
    left: {
      body: 'what people wrote',
      ...RAW_DATA,
    },
  },
  required: ['id', 'pull_request_id', 'created_date', 'account_id'],
  open(_table, columns) {
    const read = new RowReader(columns.header)
    const [idAt, pullAt] = [columns.find('id'), columns.find('pull_request_id')]
    const [createdAt, accountAt] = [columns.find('created_date'), columns.find('account_id')]
    const [statusAt, typeAt] = [columns.find('status'), columns.find('type')]
    return accepted({
      width: columns.header.length,
      shown: [idAt, pullAt, createdAt, accountAt],
      judge(cells, sink) {
        read.begin(cells)
        const [id, pull] = [read.text(idAt), read.text(pullAt)]
        if (id === null) read.fail(idAt, missing('an id'))
        if (pull === null) read.fail(pullAt, missing('the pull request'))
        const submittedAt = timeOf(read, createdAt)
        if (submittedAt === null && !read.flaw) read.fail(createdAt, missing('when it was written'))
        if (read.flaw) return sink.aside(read.flaw.column, read.flaw.issue)
        sink.spoke(submittedAt!, dayIn(submittedAt!, UTC))
        const isReview = read.text(typeAt)?.toUpperCase() === 'REVIEW'
        const state = (isReview ? VERDICTS[read.text(statusAt)?.toUpperCase() ?? ''] : undefined) ?? 'COMMENTED'
        sink.fact(
          'review',
          { repository: pull, number: 0, reviewer: read.text(accountAt), state, submittedAt },
          `review|devlake|${id!}`,
        )
      },
    })
  },
}

/** DevLake `pull_request_commits`. */
export const devlakePullCommits: TableFormat = {
  shape: 'table',
  id: 'devlake-pull-request-commits-csv',
  name: 'DevLake commits of pull requests (CSV)',
  kind: 'delivery',
  fields: {
    of: 'pullCommit',
    read: {
      commit_sha: ['pullCommit.sha', 'key'],
      pull_request_id: ['pullCommit.repository', 'key'],
      commit_author_email: 'pullCommit.authorEmails',
      commit_authored_date: 'pullCommit.authoredAt',
    },
    left: {
      ...RAW_DATA,
    },
  },
  required: ['commit_sha', 'pull_request_id', 'commit_authored_date'],
  open(_table, columns) {
    const read = new RowReader(columns.header)
    const [shaAt, pullAt] = [columns.find('commit_sha'), columns.find('pull_request_id')]
    const [authoredAt, emailAt] = [columns.find('commit_authored_date'), columns.find('commit_author_email')]
    return accepted({
      width: columns.header.length,
      judge(cells, sink) {
        read.begin(cells)
        const [sha, pull] = [read.text(shaAt), read.text(pullAt)]
        if (sha === null) read.fail(shaAt, missing('the commit'))
        if (pull === null) read.fail(pullAt, missing('the pull request'))
        const at = timeOf(read, authoredAt)
        if (read.flaw) return sink.aside(read.flaw.column, read.flaw.issue)
        if (at !== null) sink.spoke(at, dayIn(at, UTC))
        const commit = { sha, authoredAt: at, committedAt: null, authorEmails: read.text(emailAt), headline: null }
        sink.fact('pullCommit', { repository: pull, number: 0, ...commit }, `pr-commit|devlake|${pull!}|${sha!}`)
      },
    })
  },
}
