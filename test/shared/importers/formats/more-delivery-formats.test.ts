import { describe, expect, it } from 'vitest'
import { deliveryOf } from '../../../../shared/delivery/index.ts'
import type { Zone } from '../../../../shared/calendar/index.ts'
import type { ImportChoices } from '../../../../shared/importers/index.ts'
import { factsOf, joined, NOTHING, refusal, rowsOf, staged } from '../../../support/stage.ts'

async function outcome(content: string, choices: ImportChoices = {}) {
  const one = await staged('file', content, choices)
  const { format, counts, facts, notes } = one.record
  return { one, format, counts, facts, codes: notes.map(({ code }) => code) }
}

const at = (text: string) => Date.parse(text)

describe('GitHub issues', () => {
  const issue = (number: number, more: object = {}) => ({
    number,
    title: `issue ${number}`,
    html_url: `https://github.com/acme/api/issues/${number}`,
    state: 'closed',
    comments: 0,
    labels: [{ name: 'bug' }],
    assignees: [{ login: 'ann' }],
    created_at: '2026-02-01T10:00:00Z',
    updated_at: '2026-02-03T10:00:00Z',
    closed_at: '2026-02-02T10:00:00Z',
    ...more,
  })

  it('are work items under the name a pull request closes them by; pull requests among them are blank', async () => {
    const { one, format, counts } = await outcome(
      JSON.stringify([
        issue(7),
        issue(8, { pull_request: { url: 'x' }, html_url: 'https://github.com/acme/api/pull/8' }),
      ]),
    )
    expect([format, counts.new, counts.blank]).toEqual(['github-issues-json', 1, 1])
    expect(rowsOf(one, 'workItem')).toMatchObject([
      { tracker: 'github', key: 'acme/api#7', assignee: 'ann', statusCategory: 'done', labels: 'bug' },
    ])
  })

  it('labelled incident are incidents too, with the commit they name as their root cause', async () => {
    const body = 'Broken.\nroot cause: 0123abc'
    const { one } = await outcome(JSON.stringify([issue(7, { labels: [{ name: 'Incident' }], body })]))
    expect(rowsOf(one, 'incident')).toEqual([
      {
        incidentId: 'acme/api#7',
        service: 'api',
        severity: null,
        startedAt: at('2026-02-01T10:00:00Z'),
        resolvedAt: at('2026-02-02T10:00:00Z'),
        causedByDeployment: '0123abc',
      },
    ])
    expect(rowsOf(one, 'workItem')).toHaveLength(1)
  })

  it('of gh issue list are the same work items', async () => {
    const { created_at: createdAt, closed_at: closedAt, html_url: url, ...rest } = issue(7)
    const gh = JSON.stringify([{ ...rest, createdAt, closedAt, url, updated_at: undefined }])
    const known = joined(NOTHING, await staged('rest', JSON.stringify([issue(7)])))
    expect((await staged('gh', gh, {}, known)).record.counts.new).toBe(0)
  })
})

describe('tables of trackers', () => {
  it('reads GitLab issues in UTC', async () => {
    const file =
      'Issue ID,Title,Description,URL,State,Labels,Created At (UTC),Closed At (UTC),Weight\n9,"A, b","long\ntext",https://gitlab.com/g/sub/n/-/issues/3,Closed,"x,y",2026-02-01 10:00:00,2026-02-02 11:00:00,5\n'
    const { one, format } = await outcome(file)
    expect(format).toBe('gitlab-issues-csv')
    expect(rowsOf(one, 'workItem')).toMatchObject([
      { key: 'g/sub/n#3', points: 5, labels: 'x\ny', createdAt: at('2026-02-01T10:00:00Z'), statusCategory: 'done' },
    ])
  })

  it('reads issues and history of the data pipeline of Jira', async () => {
    const issues =
      'id,instance_url,key,url,project_key,issue_type,summary,description,status,status_category,created_date,resolution_date,updated_date,parent_id,labels\r\n10001,http://j,ABC-1,http://j/browse/ABC-1,ABC,Story,S,"a\\nb",Done,Done,2026-02-01T10:00:00.000Z,2026-02-04T10:00:00.000Z,2026-02-04T10:00:00.000Z,,"[""x"",""y""]"\r\n'
    const { one, format } = await outcome(issues)
    expect(format).toBe('jira-pipeline-issues-csv')
    expect(rowsOf(one, 'workItem')).toMatchObject([
      { key: 'ABC-1', itemId: '10001', statusCategory: 'done', labels: 'x\ny', project: 'ABC' },
    ])
    const history =
      'issue_id,changelog_id,author_id,author_name,created_date,field_type,field,from,from_string,to,to_string\r\n10001,1,5,ann,2026-02-02T10:00:00.000Z,jira,status,1,To Do,2,In Progress\r\n10001,2,5,ann,2026-02-02T11:00:00.000Z,jira,assignee,,,5,ann\r\n'
    const second = await outcome(history)
    expect([second.format, second.counts.blank]).toEqual(['jira-pipeline-history-csv', 1])
    expect(rowsOf(second.one, 'statusChange')).toMatchObject([{ key: '10001', from: 'To Do', to: 'In Progress' }])
  })

  it('takes a Jira issue of type Incident for work and for an incident', async () => {
    const file =
      'Summary,Issue key,Issue id,Issue Type,Status,Priority,Created,Resolved\nDown,OPS-1,1,Incident,Done,Highest,2026-02-01T10:00:00Z,2026-02-01T12:00:00Z\n'
    const { facts } = await outcome(file, { zone: 'UTC' as Zone })
    expect(facts).toEqual({ workItem: 1, incident: 1 })
  })

  it('reads Azure DevOps work items with a BOM and semicolons', async () => {
    const file =
      '\uFEFFID;Work Item Type;Title;Assigned To;State;Created Date;Closed Date;Tags\r\n"12";"Bug";"T";"Ann <ann@example.com>";"Closed";"25/08/2026 7:00:00";"26/08/2026 9:00:00";"a; b"\r\n'
    const { one } = await outcome(file, { zone: 'UTC' as Zone })
    expect(rowsOf(one, 'workItem')).toMatchObject([
      { key: '12', labels: 'a\nb', resolvedAt: at('2026-08-26T09:00:00Z'), statusCategory: 'done' },
    ])
  })

  it('takes Opsgenie alerts of P1 and P2 for incidents, and leaves the others out', async () => {
    const header = 'Alert ID,Alias,TinyID,Message,Status,Priority,CreatedAt,UpdatedAt,Teams\n'
    const start = at('2026-02-01T10:00:00Z')
    const row = (id: string, priority: string, status: string) =>
      `${id},x,1,m,${status},${priority},${start},${start + 60_000},t\n`
    const { one, counts, codes } = await outcome(
      header + row('a', 'P1', 'closed') + row('b', 'P2', 'open') + row('c', 'P4', 'open'),
    )
    expect([counts.new, counts.blank, codes]).toEqual([2, 1, ['import/alerts-no-incidents']])
    expect(rowsOf(one, 'incident').map(({ incidentId, resolvedAt }) => [incidentId, resolvedAt])).toEqual([
      ['a', start + 60_000],
      ['b', null],
    ])
    const bare = await outcome(`${header.replace('Priority,', '')}a,x,1,m,open,${start},${start},t\n`)
    expect(bare.counts).toMatchObject({ new: 0, blank: 1 })
  })
})

describe('DevLake', () => {
  const pulls =
    'id,base_repo_id,status,url,author_name,author_id,pull_request_key,created_date,merged_date,closed_date,merge_commit_sha\ngithub:GithubPullRequest:1:77,r,MERGED,https://github.com/acme/api/pull/9,ann,github:GithubAccount:1:5,9,2026-02-01 10:00:00,2026-02-03 10:00:00,2026-02-03 10:00:00,abc\n'
  const comments =
    'id,pull_request_id,body,account_id,created_date,type,review_id,status\nc0,github:GithubPullRequest:1:77,secret words,github:GithubAccount:1:5,2026-02-01 10:30:00,NORMAL,,\nc1,github:GithubPullRequest:1:77,secret words,github:GithubAccount:1:6,2026-02-01 12:00:00,REVIEW,r,APPROVED\n'
  const commits =
    'commit_sha,pull_request_id,commit_author_name,commit_author_email,commit_authored_date\ns1,github:GithubPullRequest:1:77,Ann,ann@example.com,2026-01-31 10:00:00\n'

  it('brings reviews and commits to their pull request, whatever comes first, and keeps no words', async () => {
    for (const files of [
      [pulls, comments, commits],
      [commits, comments, pulls],
    ]) {
      let known = NOTHING
      for (const [i, file] of files.entries()) known = joined(known, await staged(`file-${i}`, file, {}, known))
      const { pullRequests } = deliveryOf(factsOf(known), { productionEnvironments: [] })
      expect(pullRequests).toHaveLength(1)
      // The author's own remark is no review.
      expect(pullRequests[0]).toMatchObject({
        number: 9,
        firstHumanReviewAt: at('2026-02-01T12:00:00Z'),
        firstCommitAt: at('2026-01-31T10:00:00Z'),
      })
      expect(
        JSON.stringify(
          known.chunks.map(({ columns }) => columns),
          (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
        ),
      ).not.toContain('secret')
    }
  })

  it.each([
    ['id,project_name,pr_coding_time,pr_pickup_time,pr_cycle_time\nx,p,1,2,3\n', 'worked out'],
    ['old_commit_sha,new_commit_sha,commit_sha\na,b,c\n', 'between two others'],
    ['sha,message,author_name,authored_date,committed_date\na,b,c,d,e\n', 'place on a branch'],
  ])('says why a table of it is not needed: %s', async (file, words) => {
    const [issue] = await refusal(file)
    expect(issue!.code).toBe('import/not-needed')
    expect(issue!.said).toContain(words)
  })
})

describe('drafts', () => {
  const page = (reviewedAt: string | null, ready: readonly string[]) =>
    JSON.stringify({
      data: {
        repository: {
          nameWithOwner: 'acme/api',
          pullRequests: {
            nodes: [
              {
                number: 1,
                createdAt: '2026-02-01T10:00:00Z',
                mergedAt: '2026-02-09T10:00:00Z',
                author: { __typename: 'User', login: 'ann' },
                reviews: {
                  nodes: reviewedAt
                    ? [
                        {
                          state: 'COMMENTED',
                          submittedAt: '2026-02-01T11:00:00Z',
                          author: { __typename: 'Bot', login: 'b' },
                        },
                        { state: 'APPROVED', submittedAt: reviewedAt, author: { __typename: 'User', login: 'bob' } },
                      ]
                    : [],
                },
                timelineItems: {
                  nodes: ready.map((createdAt) => ({ __typename: 'ReadyForReviewEvent', createdAt })),
                },
              },
            ],
          },
        },
      },
    })

  it.each([
    ['when it was made ready', '2026-02-05T10:00:00Z', ['2026-02-04T10:00:00Z'], '2026-02-04T10:00:00Z'],
    [
      'the last time before the review',
      '2026-02-05T10:00:00Z',
      ['2026-02-02T10:00:00Z', '2026-02-03T10:00:00Z', '2026-02-06T10:00:00Z'],
      '2026-02-03T10:00:00Z',
    ],
    [
      'when it was opened, where somebody reviewed the draft',
      '2026-02-03T10:00:00Z',
      ['2026-02-04T10:00:00Z'],
      '2026-02-01T10:00:00Z',
    ],
    ['when it was opened, where it was no draft', '2026-02-03T10:00:00Z', [], '2026-02-01T10:00:00Z'],
    ['when it was made ready, where nobody reviewed it', null, ['2026-02-04T10:00:00Z'], '2026-02-04T10:00:00Z'],
  ] as const)('count as opened %s', async (_name, reviewedAt, ready, opened) => {
    const known = joined(NOTHING, await staged('page', page(reviewedAt, ready)))
    const { pullRequests } = deliveryOf(factsOf(known), { productionEnvironments: [] })
    expect(pullRequests.map(({ openedAt }) => openedAt)).toEqual([at(opened)])
  })
})

describe('tables of their own', () => {
  const file =
    'Release;App;Env;Deployed at;Outcome\n17;api;prod;28/02/2026 10:00;rolled back\n18;api;prod;28/02/2026 11:00;OK\n'

  it('say which they are and which column is which; what names itself needs no mapping', async () => {
    const choices = { as: 'generic-deployments-csv', zone: 'Europe/Berlin' as Zone }
    const { one, format } = await outcome(file, choices)
    expect(format).toBe('generic-deployments-csv')
    expect(
      rowsOf(one, 'deployment').map(({ deploymentId, environment, finishedAt, result }) => [
        deploymentId,
        environment,
        finishedAt,
        result,
      ]),
    ).toEqual([
      ['17', 'prod', at('2026-02-28T09:00:00Z'), 'rollback'],
      ['18', 'prod', at('2026-02-28T10:00:00Z'), 'success'],
    ])
  })

  it('are asked for their zone, and for columns they cannot do without', async () => {
    expect((await refusal(file, { as: 'generic-deployments-csv' })).map(({ code }) => code)).toEqual([
      'import/zone-needed',
    ])
    const lacking = await refusal('a,b\n1,2\n', { as: 'generic-incidents-csv' })
    expect(lacking.map(({ code, wanted }) => [code, wanted])).toEqual([
      ['import/columns-needed', 'columns for incidentId, startedAt'],
    ])
    expect((await refusal(file, { as: 'generic-deployments-csv', mapping: { nothing: 'App' } }))[0]!.code).toBe(
      'import/unknown-fact-column',
    )
    expect((await refusal(file, { as: 'generic-deployments-csv', mapping: { service: 'No' } }))[0]!.code).toBe(
      'import/no-such-column',
    )
  })

  it.each([
    ['generic-incidents-csv', 'Number,Opened,Closed\n1,2026-02-01T10:00:00Z,\n', {}, { incident: 1 }],
    ['generic-work-items-csv', 'Ticket,Opened\nA-1,2026-02-01T10:00:00Z\n', {}, { workItem: 1 }],
    [
      'generic-status-changes-csv',
      'Ticket,Changed at,To status\nA-1,2026-02-01T10:00:00Z,Done\n',
      {},
      { statusChange: 1 },
    ],
    [
      'generic-changes-csv',
      'Repo,PR,Opened,Merged\nr,1,2026-02-01T10:00:00Z,2026-02-02T10:00:00Z\n',
      {},
      { pullRequest: 1 },
    ],
    [
      'generic-reviews-csv',
      'Where,PR,Who,Date\nr,1,ann,2026-02-01T10:00:00Z\n',
      { repository: 'Where', reviewer: 'Who' },
      { review: 1 },
    ],
  ])('read as %s', async (as, content, mapping, facts) => {
    const { facts: found, counts } = await outcome(content, { as, mapping })
    expect(found).toEqual(facts)
    expect(counts.keptAside).toBe(0)
  })

  it('keep what nobody mapped with their rows, and say which columns those are', async () => {
    const changes = await outcome(
      'Repo,PR,Opened,Branch,Tags,Risk\nr,1,2026-02-01T10:00:00Z,faster,"feature; search",high\n',
      { as: 'generic-changes-csv' },
    )
    expect(rowsOf(changes.one, 'pullRequest')[0]).toMatchObject({
      headRef: 'faster',
      labels: 'feature\nsearch',
      extra: 'Risk: high',
    })
    const note = changes.one.record.notes.find(({ code }) => code === 'import/columns-not-used')
    expect(note?.said).toBe('Risk')
  })

  it('keep a row aside whose needed cell is empty', async () => {
    const { counts, one } = await outcome('Number,Opened\n,2026-02-01T10:00:00Z\n2,soon\n', {
      as: 'generic-incidents-csv',
    })
    expect(counts).toMatchObject({ rows: 2, new: 0, keptAside: 2 })
    expect(one.keptAside.map(({ issue }) => issue.code)).toEqual(['import/missing', 'import/not-a-time'])
  })
})
