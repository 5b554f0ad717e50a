import { describe, expect, it } from 'vitest'
import { bytesOf, factsOf, importAll, rowsOf, saying, staged } from '../../../support/stage.ts'

describe('PagerDuty', () => {
  const HEADER =
    'id,incident_number,description,service_id,service_name,escalation_policy_id,escalation_policy_name,created_on,resolved_on,' +
    'seconds_to_first_ack,seconds_to_resolve,auto_resolved,escalation_count,auto_escalation_count,acknowledge_count,' +
    'assignment_count,acknowledged_by_user_ids,acknowledged_by_user_names,assigned_to_user_ids,assigned_to_user_names,' +
    'resolved_by_user_id,resolved_by_user_name,urgency\n'
  const row = (id: string, created: string, resolved: string, urgency: string) =>
    `${id},4,Down,P1,API,E1,Default,${created},${resolved},,,0,0,0,0,0,,,,,,,${urgency}\n`

  it('reads the table, and leaves out what wakes nobody, saying so', async () => {
    const one = await staged(
      'p.csv',
      HEADER +
        row('Q1', '2023-02-26T00:10:04+02:00', '2023-02-26T00:34:06+02:00', 'high') +
        row('Q2', '2023-02-26T00:10:04+00:00', '', 'low') +
        row('Q3', 'yesterday', '', 'high'),
    )
    expect(one.record.format).toBe('pagerduty-csv')
    expect(rowsOf(one, 'incident')).toEqual([
      {
        incidentId: 'Q1',
        service: 'API',
        severity: 'high',
        startedAt: Date.UTC(2023, 1, 25, 22, 10, 4),
        resolvedAt: Date.UTC(2023, 1, 25, 22, 34, 6),
        causedByDeployment: null,
        extra: expect.stringContaining('escalation_policy_name: Default') as string,
      },
    ])
    expect(one.record.counts).toMatchObject({ rows: 3, new: 1, blank: 1, keptAside: 1 })
    expect(one.record.notes.map(({ code }) => code)).toContain('import/low-urgency')
  })

  it('reads the API: a resolved one ends with its last change of status, an open one does not end', async () => {
    const incident = (id: string, more: object) => ({
      id,
      incident_number: 4,
      created_at: '2022-11-03T06:00:00Z',
      last_status_change_at: '2022-11-03T07:00:00Z',
      status: 'resolved',
      urgency: 'high',
      service: { id: 'P1', summary: 'API' },
      ...more,
    })
    const incidents = [
      incident('Q1', {}),
      incident('Q2', { status: 'triggered' }),
      incident('Q3', { urgency: 'low', priority: { summary: 'P1' } }),
      incident('Q4', { urgency: 'low', priority: null }),
      incident('Q5', { resolved_at: '2022-11-03T06:30:00Z' }),
    ]
    const one = await staged('p.json', JSON.stringify({ incidents }))
    expect(one.record.format).toBe('pagerduty-json')
    expect(
      rowsOf(one, 'incident').map(({ incidentId, severity, resolvedAt }) => [incidentId, severity, resolvedAt]),
    ).toEqual([
      ['Q1', 'high', Date.UTC(2022, 10, 3, 7)],
      ['Q2', 'high', null],
      ['Q3', 'P1', Date.UTC(2022, 10, 3, 7)],
      ['Q5', 'high', Date.UTC(2022, 10, 3, 6, 30)],
    ])
    expect(one.record.counts.blank).toBe(1)
  })
})

describe('Opsgenie', () => {
  it('takes the impact for the incident', async () => {
    const incident = (more: object) => ({
      id: 'a',
      tinyId: '3',
      message: 'Down',
      status: 'resolved',
      priority: 'P1',
      createdAt: '2023-09-06T14:30:00Z',
      updatedAt: '2023-09-07T14:30:00Z',
      impactStartDate: '2023-09-06T14:00:00Z',
      impactEndDate: '2023-09-06T15:00:00Z',
      impactedServices: ['api'],
      ...more,
    })
    const data = [incident({}), incident({ id: 'b', impactEndDate: undefined }), incident({ id: 'c', status: 'open' })]
    const one = await staged('o.json', JSON.stringify({ data }))
    expect(
      rowsOf(one, 'incident').map(({ severity, service, startedAt, resolvedAt }) => [
        severity,
        service,
        startedAt,
        resolvedAt,
      ]),
    ).toEqual([
      ['P1', 'api', Date.UTC(2023, 8, 6, 14), Date.UTC(2023, 8, 6, 15)],
      ['P1', 'api', Date.UTC(2023, 8, 6, 14), Date.UTC(2023, 8, 7, 14, 30)],
      ['P1', 'api', Date.UTC(2023, 8, 6, 14), null],
    ])
  })
})

describe('DevLake', () => {
  it('joins pull requests with those of the forge', async () => {
    const devlake =
      'id,base_repo_id,status,title,url,author_name,pull_request_key,created_date,merged_date,closed_date,merge_commit_sha,head_ref,additions,deletions,is_draft\n' +
      `github:GithubPullRequest:1:2,github:GithubRepo:1:1,MERGED,Add,https://github.com/o/r/pull/9,ada,9,2026-1-1 0:00:00,2026-01-02T00:00:00.000+00:00,,${'a'.repeat(40)},topic,0,0,0\n` +
      'github:GithubPullRequest:1:3,github:GithubRepo:1:1,OPEN,Add,https://github.com/o/r/pull/10,ada,,2026-1-1 0:00:00,,,x,topic,1,0,0\n'
    const one = await staged('pull_requests.csv', devlake)
    expect(one.record.format).toBe('devlake-pull-requests-csv')
    expect(rowsOf(one, 'pullRequest')[0]).toMatchObject({
      repository: 'github.com/o/r',
      number: 9,
      state: 'merged',
      createdAt: Date.UTC(2026, 0, 1),
      additions: null,
    })
    expect(one.keptAside.map(({ column }) => column)).toEqual(['pull_request_key'])
    const gh = [
      {
        number: 9,
        state: 'MERGED',
        url: 'https://github.com/o/r/pull/9',
        createdAt: '2026-01-01T00:00:00Z',
        mergedAt: '2026-01-02T00:00:00Z',
        headRefName: 'topic',
        isDraft: false,
        additions: 5,
      },
    ]
    const facts = factsOf(
      await importAll([
        ['a', bytesOf(JSON.stringify(gh))],
        ['b', bytesOf(devlake)],
      ]),
    )
    expect(facts.pullRequest.rows).toBe(1)
    expect(saying(facts)).toContain('"additions":5')
  })

  it('tells incidents from work, and fills their causes', async () => {
    const issues =
      'id,issue_key,type,original_type,status,original_status,story_point,created_date,resolution_date,parent_issue_id,priority\n' +
      'jira:JiraIssue:2:10,ENG-1,REQUIREMENT,Story,DONE,Closed,-1,2026-01-01T00:00:00.000+00:00,2026-01-02T00:00:00.000+00:00,jira:JiraIssue:2:11,\n' +
      'jira:JiraIssue:2:11,ENG-2,REQUIREMENT,Epic,IN_PROGRESS,Doing,2,2026-01-01T00:00:00.000+00:00,,,\n' +
      'jira:JiraIssue:2:12,ENG-3,INCIDENT,Bug,TODO,Open,,2026-01-01T00:00:00.000+00:00,,,P1\n' +
      'jira:JiraIssue:2:13,ENG-4,BUG,Bug,NOBODY KNOWS,Open,,2026-01-01T00:00:00.000+00:00,,,\n'
    const one = await staged('issues.csv', issues)
    expect(
      rowsOf(one, 'workItem').map((item) => [
        item.tracker,
        item.key,
        item.itemId,
        item.parent,
        item.points,
        item.statusCategory,
      ]),
    ).toEqual([
      ['jira', 'ENG-1', '10', 'ENG-2', null, 'done'],
      ['jira', 'ENG-2', '11', null, 2, 'in-progress'],
      ['jira', 'ENG-4', '13', null, null, null],
    ])
    const causes = 'id,project_name,deployment_id\njira:JiraIssue:2:12,p,pipeline7\nx,p,\n'
    const facts = factsOf(
      await importAll([
        ['a', bytesOf(causes)],
        ['b', bytesOf(issues)],
      ]),
    )
    expect(facts.incident.rows).toBe(1)
    expect(saying(facts)).toContain(
      `"severity":"P1","startedAt":${Date.UTC(2026, 0, 1)},"resolvedAt":null,"causedByDeployment":"pipeline7"`,
    )
  })

  it('reads changes of the status and deployments', async () => {
    const changes =
      'id,issue_id,author_name,field_name,original_from_value,original_to_value,created_date\n' +
      'a,jira:JiraIssue:2:10,Ada,status,Open,Doing,2026-01-01T00:00:00.000+00:00\nb,jira:JiraIssue:2:10,Ada,Rank,,up,2026-01-01T00:00:00.000+00:00\n'
    const one = await staged('c.csv', changes)
    expect(rowsOf(one, 'statusChange')).toEqual([
      {
        tracker: 'jira',
        key: '10',
        at: Date.UTC(2026, 0, 1),
        from: 'Open',
        to: 'Doing',
        author: 'Ada',
        extra: 'id: a',
      },
    ])
    const deployments =
      'id,result,started_date,cicd_deployment_id,repo_url,environment,commit_sha,finished_date\n' +
      '1,SUCCESS,2023-04-10T06:51:47.000+00:00,p1,https://github.com/o/api,PRODUCTION,c1,2023-04-10T06:52:47.000+00:00\n' +
      '2,ABORT,2023-04-10T06:51:47.000+00:00,p1,https://github.com/o/web,PRODUCTION,c2,\n'
    const two = await staged('d.csv', deployments)
    expect(
      rowsOf(two, 'deployment').map(({ deploymentId, service, result }) => [deploymentId, service, result]),
    ).toEqual([
      ['p1', 'api', 'success'],
      ['p1', 'web', null],
    ])
  })
})
