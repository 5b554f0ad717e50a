import { describe, expect, it } from 'vitest'
import { bytesOf, factsOf, importAll, refusal, rowsOf, saying, staged } from '../../../support/stage.ts'

const sha = (letter: string) => letter.repeat(40)
const read = (value: unknown, repository?: string) =>
  staged('x.json', JSON.stringify(value), repository === undefined ? {} : { repository })

const merge = {
  iid: 4,
  project_id: 1,
  title: 'Add',
  state: 'merged',
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-03T00:00:00.000Z',
  merged_at: '2026-01-02T00:00:00.000Z',
  closed_at: null,
  author: { username: 'ada' },
  labels: ['api', 'ui'],
  source_branch: 'topic',
  sha: sha('c'),
  squash_commit_sha: sha('b'),
  merge_commit_sha: null,
  draft: false,
  web_url: 'https://gitlab.com/group/sub/name/-/merge_requests/4',
}
const CSV =
  'Title,Description,MR ID,URL,State,Source Branch,Target Branch,Source Project ID,Target Project ID,Author,Author Username,' +
  'Assignees,Assignee Usernames,Approvers,Approver Usernames,Merged User,Merged Username,Milestone ID,Created At (UTC),Updated At (UTC)\n'
const row = (number: number, state: string, created: string) =>
  `Add,,${number},https://gitlab.com/group/sub/name/-/merge_requests/${number},${state},topic,main,1,1,Ada,ada,,,,,,,,${created},2026-02-01 00:00:00\n`

describe('GitLab', () => {
  it('reads merge requests; the landing is the merge, the squash or the last commit', async () => {
    const one = await read([
      merge,
      { ...merge, iid: 5, merge_commit_sha: sha('a') },
      { ...merge, iid: 6, state: 'opened', merged_at: null },
    ])
    expect(one.record.format).toBe('gitlab-merge-requests-json')
    expect(rowsOf(one, 'pullRequest').map(({ number, state, mergeSha }) => [number, state, mergeSha])).toEqual([
      [4, 'merged', sha('b')],
      [5, 'merged', sha('a')],
      [6, 'open', null],
    ])
    expect(rowsOf(one, 'pullRequest')[0]).toMatchObject({
      repository: 'gitlab.com/group/sub/name',
      labels: 'api\nui',
      author: 'ada',
    })
  })

  it('joins the list by mail with the API: it has no time of the merge and takes none for it', async () => {
    const csv = await staged(
      'm.csv',
      CSV + row(4, 'Merged', '2026-01-01 00:00:00') + row(7, 'gone', '2026-01-01 00:00:00'),
    )
    expect(csv.record.notes.map(({ code }) => code)).toContain('import/merge-time-not-stated')
    expect(csv.keptAside.map(({ column }) => column)).toEqual(['State'])
    expect(rowsOf(csv, 'pullRequest')[0]).toMatchObject({
      number: 4,
      state: 'merged',
      mergedAt: null,
      createdAt: Date.UTC(2026, 0, 1),
    })
    const files = [
      ['a.json', bytesOf(JSON.stringify([merge]))],
      ['m.csv', bytesOf(CSV + row(4, 'Merged', '2026-01-01 00:00:00'))],
    ] as const
    const [there, back] = [factsOf(await importAll(files)), factsOf(await importAll([...files].reverse()))]
    expect(there.pullRequest.rows).toBe(1)
    expect(saying(there)).toBe(saying(back))
    expect(saying(there)).toContain(`"mergedAt":${Date.UTC(2026, 0, 2)}`)
  })

  it('asks which project notes are of, then takes comments and approvals of the system', async () => {
    const note = (body: string, system: boolean, second: number) => ({
      body,
      system,
      created_at: `2026-01-01T00:00:0${second}Z`,
      author: { username: 'bo' },
      noteable_type: 'MergeRequest',
      noteable_iid: 4,
    })
    const notes = [
      note('nice', false, 1),
      note('approved this merge request', true, 2),
      note('assigned to @bo', true, 3),
      note('requested changes', true, 4),
      { ...note('x', false, 5), noteable_type: 'Issue' },
    ]
    expect((await refusal(JSON.stringify(notes)))[0]!.code).toBe('import/repository-needed')
    const one = await read(notes, 'gitlab.com/group/sub/name')
    expect(rowsOf(one, 'review').map(({ number, reviewer, state }) => [number, reviewer, state])).toEqual([
      [4, 'bo', 'COMMENTED'],
      [4, 'bo', 'APPROVED'],
      [4, 'bo', 'CHANGES_REQUESTED'],
    ])
    expect(one.record.counts).toMatchObject({ rows: 5, blank: 2 })
  })

  it('reads commits of merge requests, and keeps aside those that do not say of which', async () => {
    const commit = {
      id: sha('c'),
      short_id: 'cccc',
      title: 'wip',
      message: 'wip\n\nCo-authored-by: Claude <noreply@anthropic.com>',
      author_email: 'ada@x.org',
      authored_date: '2026-01-01T00:00:00.000Z',
      committed_date: '2026-01-01T01:00:00.000+01:00',
      parent_ids: [],
    }
    expect((await refusal(JSON.stringify([commit])))[0]!.code).toBe('import/repository-needed')
    const one = await read([{ ...commit, _input: { Iid: 4 } }, commit], 'gitlab.com/g/n')
    expect(rowsOf(one, 'pullCommit')).toMatchObject([
      { number: 4, committedAt: Date.UTC(2026, 0, 1), authorEmails: 'ada@x.org\nnoreply@anthropic.com' },
    ])
    expect(one.keptAside.map(({ column }) => column)).toEqual(['merge_request_iid'])
  })

  it.each([
    ['success', 'success', 9],
    ['failed', 'failure', 9],
    ['canceled', null, null],
    ['running', null, null],
  ])('a deployment that is %s ended as %s', async (status, result, hour) => {
    const one = await read([
      {
        id: 12,
        iid: 1,
        ref: 'main',
        sha: sha('a'),
        status,
        created_at: '2026-01-01T08:00:00Z',
        updated_at: '2026-01-01T10:00:00Z',
        environment: { name: 'production' },
        deployable: {
          status: 'failed',
          finished_at: '2026-01-01T09:00:00Z',
          web_url: 'https://gitlab.com/g/name/-/jobs/1',
        },
      },
    ])
    expect(rowsOf(one, 'deployment')[0]).toMatchObject({
      deploymentId: '12',
      service: 'name',
      environment: 'production',
      result,
      finishedAt: hour === null ? null : Date.UTC(2026, 0, 1, hour),
    })
  })
})

describe('Azure DevOps pull requests', () => {
  const pull = {
    repository: {
      name: 'api',
      url: 'https://dev.azure.com/acme/1/_apis/git/repositories/2',
      project: { name: 'Shop' },
    },
    pullRequestId: 1,
    status: 'completed',
    createdBy: { uniqueName: 'ada@x.org' },
    creationDate: '2026-01-01T04:41:26.6424314Z',
    closedDate: '2026-01-02T00:00:00Z',
    title: 'Add',
    sourceRefName: 'refs/heads/topic',
    lastMergeCommit: { commitId: sha('a') },
    reviewers: [{ uniqueName: 'bo@x.org', vote: 10 }],
  }

  it('reads their three states; a trial merge is no merge, a vote without a time no review', async () => {
    const pulls = [
      pull,
      { ...pull, pullRequestId: 2, status: 'abandoned' },
      { ...pull, pullRequestId: 3, status: 'active', closedDate: undefined },
    ]
    const one = await read({ count: 3, value: pulls })
    expect(one.record.format).toBe('azure-pull-requests-json')
    expect(rowsOf(one, 'pullRequest')[0]).toMatchObject({
      repository: 'dev.azure.com/acme/Shop/api',
      headRef: 'topic',
      createdAt: Date.UTC(2026, 0, 1, 4, 41, 26, 642),
    })
    expect(rowsOf(one, 'pullRequest').map(({ state, mergedAt, mergeSha }) => [state, mergedAt, mergeSha])).toEqual([
      ['merged', Date.UTC(2026, 0, 2), sha('a')],
      ['closed', null, null],
      ['open', null, null],
    ])
    expect(rowsOf(one, 'review')).toEqual([])
  })
})
