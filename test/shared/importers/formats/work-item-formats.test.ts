import { describe, expect, it } from 'vitest'
import { deliveryOf } from '../../../../shared/delivery/index.ts'
import { factsOf, joined, NOTHING, refusal, rowsOf, staged } from '../../../support/stage.ts'

const berlin = { zone: 'Europe/Berlin' as never }
const JIRA =
  'Summary,Issue key,Issue id,Issue Type,Status,Project key,Assignee,Created,Updated,Resolved,Labels,Labels,' +
  'Custom field (Story point estimate),Custom field (Story Points),Custom field (Epic Link),' +
  'Custom field ([CHART] Time in Status),Parent,Parent key,Status Category\n'
const jira = (...created: readonly string[]) =>
  JIRA +
  created.map((text, i) => `Do it,ENG-${i + 1},${i + 10},Story,IN UAT,ENG,Ada,${text},,,a,b,3.0,,,,,,Done\n`).join('')

describe('Jira CSV', () => {
  it('reads repeated labels, points, parents by id and the time in each status', async () => {
    const text =
      JIRA +
      'One,ENG-1,10,Epic,Done,ENG,Ada,28/Nov/25 5:03 PM,29/Nov/25 5:03 PM,29/Nov/25 12:00 AM,x,,,,,,,,Done\n' +
      'Two,ENG-2,11,Story,IN UAT,ENG,,1/Dec/25 12:30 PM,,,x,y,,2.5,,10007_*:*_1_*:*_3616889309_*|*_10249_*:*_3_*:*_82,10,,In Progress\n'
    const one = await staged('j.csv', text, berlin)
    expect(one.record.format).toBe('jira-csv')
    expect(rowsOf(one, 'workItem')).toEqual([
      {
        tracker: 'jira',
        key: 'ENG-1',
        itemId: '10',
        type: 'Epic',
        title: 'One',
        status: 'Done',
        statusCategory: 'done',
        createdAt: Date.UTC(2025, 10, 28, 16, 3),
        startedAt: null,
        resolvedAt: Date.UTC(2025, 10, 28, 23),
        points: null,
        epic: null,
        parent: null,
        assignee: 'Ada',
        labels: 'x',
        project: 'ENG',
      },
      expect.objectContaining({
        key: 'ENG-2',
        parent: 'ENG-1',
        points: 2.5,
        labels: 'x\ny',
        createdAt: Date.UTC(2025, 11, 1, 11, 30),
        statusCategory: 'in-progress',
      }),
    ])
    expect(rowsOf(one, 'statusTime')).toEqual([
      { tracker: 'jira', key: 'ENG-2', status: '10007', visits: 1, ms: 3_616_889_309 },
      { tracker: 'jira', key: 'ENG-2', status: '10249', visits: 3, ms: 82 },
    ])
  })

  it.each([
    ['Done', '', '2026-02-03T10:00:00Z', { resolvedAt: Date.UTC(2026, 1, 3, 10), startedAt: null }],
    ['Done', '2026-02-02T10:00:00Z', '2026-02-03T10:00:00Z', { resolvedAt: Date.UTC(2026, 1, 2, 10) }],
    ['In Progress', '', '2026-02-03T10:00:00Z', { resolvedAt: null, startedAt: Date.UTC(2026, 1, 3, 10) }],
    ['To Do', '', '2026-02-03T10:00:00Z', { resolvedAt: null, startedAt: null }],
  ] as const)('of category %s, resolved %j, since %s', async (category, resolved, since, wanted) => {
    const text =
      'Summary,Issue key,Issue id,Issue Type,Status,Created,Resolved,Status Category,Status Category Changed\n' +
      `s,A-1,1,Story,X,2026-02-01T10:00:00Z,${resolved},${category},${since}\n`
    expect(rowsOf(await staged('j.csv', text), 'workItem')[0]).toMatchObject(wanted)
  })

  it('names people by the id of their account, and keeps their name beside it', async () => {
    const text =
      'Summary,Issue key,Issue id,Issue Type,Status,Created,Assignee,Assignee Id,Custom field (Story Points )\n' +
      's,A-1,1,Story,X,2026-02-01T10:00:00Z,Ada King,712020:7,3\n' +
      's,A-2,2,Story,X,2026-02-01T10:00:00Z,Ada King,712020:7,\n' +
      's,A-3,3,Story,X,2026-02-01T10:00:00Z,jdoe,,\n'
    const one = await staged('j.csv', text)
    expect(rowsOf(one, 'workItem').map(({ assignee, points }) => [assignee, points])).toEqual([
      ['712020:7', 3],
      ['712020:7', null],
      ['jdoe', null],
    ])
    expect(rowsOf(one, 'account')).toEqual([
      { source: 'jira', id: '712020:7', login: null, email: null, name: 'Ada King', person: null },
    ])
    expect(one.record.counts).toMatchObject({ new: 3, changed: 0 })
    // Somebody who is known already makes a new row no less new.
    const more = text.replace('A-1', 'A-9')
    expect((await staged('k.csv', more, {}, joined(NOTHING, one))).record.counts).toMatchObject({
      new: 1,
      duplicate: 2,
    })
  })

  it('asks for the zone of times without one, and never assumes it', async () => {
    const [issue] = await refusal(jira('28/Nov/25 5:03 PM'))
    expect([issue!.code, issue!.where]).toMatchObject(['import/zone-needed', { column: 'Created' }])
  })

  it('asks for the order of day and month unless a date proves it', async () => {
    expect((await refusal(jira('1/2/2026 10:00'), berlin))[0]!.code).toBe('import/day-order-ambiguous')
    expect((await refusal(jira('13/2/2026 10:00', '2/13/2026 10:00'), berlin))[0]!.code).toBe('import/day-order-mixed')
    const createdOf = async (text: string, more = {}) =>
      rowsOf(await staged('j.csv', text, { zone: 'UTC' as never, ...more }), 'workItem').map(
        ({ createdAt }) => createdAt,
      )
    expect(await createdOf(jira('1/2/2026 10:00', '13/2/2026 10:00'))).toEqual([
      Date.UTC(2026, 1, 1, 10),
      Date.UTC(2026, 1, 13, 10),
    ])
    expect(await createdOf(jira('1/2/2026 10:00', '2/13/26 1:00 AM'))).toEqual([
      Date.UTC(2026, 0, 2, 10),
      Date.UTC(2026, 1, 13, 1),
    ])
    expect(await createdOf(jira('1/2/2026 10:00'), { dayOrder: 'day-first' })).toEqual([Date.UTC(2026, 1, 1, 10)])
  })

  it.each([
    ['28/Nov/25 5:03 PM', Date.UTC(2025, 10, 28, 17, 3)],
    ['11/Mai/24 03:26', Date.UTC(2024, 4, 11, 3, 26)],
    ['11/août/24 03:26', Date.UTC(2024, 7, 11, 3, 26)],
    ['11/Mär/24 12:26 AM', Date.UTC(2024, 2, 11, 0, 26)],
    ['2025-12-05 08:47:50.154', Date.UTC(2025, 11, 5, 8, 47, 50, 154)],
    ['2025-12-05T08:47:50.154+0800', Date.UTC(2025, 11, 5, 0, 47, 50, 154)],
  ])('reads the time %s', async (text, wanted) => {
    const one = await staged('j.csv', jira(text), { zone: 'UTC' as never })
    expect(rowsOf(one, 'workItem')[0]!.createdAt).toBe(wanted)
  })

  it.each(['31/Foo/25 5:03 PM', '28/Nov/25 15:03 PM', '31/Feb/25 5:03 PM', 'soon', ''])(
    'keeps a row with %j aside',
    async (text) => {
      const one = await staged('j.csv', jira(text, '28/Nov/25 5:03 PM'), { zone: 'UTC' as never })
      expect(one.keptAside.map(({ row, column }) => [row, column])).toEqual([[1, 'Created']])
      expect(one.record.counts).toMatchObject({ rows: 2, new: 1 })
    },
  )
})

describe('Jira status changes', () => {
  const history = (fieldId: string) => ({
    id: '1',
    author: { displayName: 'Ada' },
    created: '2021-01-25T11:09:27.985+0800',
    items: [{ field: fieldId, fieldId, from: '1', fromString: 'Open', to: '3', toString: 'Doing' }],
  })

  it('are read from issues with their change log and from bare histories', async () => {
    const issues = { issues: [{ key: 'ENG-1', changelog: { histories: [history('status'), history('priority')] } }] }
    const one = await staged('j.json', JSON.stringify(issues))
    expect(one.record.format).toBe('jira-changelog-json')
    expect(rowsOf(one, 'statusChange')).toEqual([
      {
        tracker: 'jira',
        key: 'ENG-1',
        at: Date.UTC(2021, 0, 25, 3, 9, 27, 985),
        from: 'Open',
        to: 'Doing',
        author: 'Ada',
        extra: 'id: 1',
      },
    ])
    expect(one.record.counts).toMatchObject({ rows: 2, new: 1, blank: 1 })
    const bare = await staged(
      'j.json',
      JSON.stringify([{ ...history('status'), _input: { issue_id: 13 } }, history('status')]),
    )
    expect(rowsOf(bare, 'statusChange').map(({ key }) => key)).toEqual(['13'])
    expect(bare.keptAside.map(({ column }) => column)).toEqual(['key'])
  })

  it('never take the function every object lends for the name of a status', async () => {
    const bare = { ...history('status'), items: [{ fieldId: 'status', from: '1', to: '3' }], _input: { issue_id: 13 } }
    expect(rowsOf(await staged('j.json', JSON.stringify([bare])), 'statusChange')[0]).toMatchObject({
      from: '1',
      to: '3',
    })
  })

  it('are read from the tables tools make of them', async () => {
    const text =
      'Issue Key,Summary,Author,Created,Field Type,Field,Field Id,From,From String,To,To String\n' +
      'ENG-1,x,Ada,2021-01-25T11:09:27.985+0800,jira,status,status,1,Open,3,Doing\n' +
      'ENG-1,x,Ada,2021-01-25T11:09:27.985+0800,jira,assignee,assignee,,,,Bo\n'
    const one = await staged('c.csv', text)
    expect(rowsOf(one, 'statusChange')).toMatchObject([{ key: 'ENG-1', from: 'Open', to: 'Doing' }])
    expect(one.record.counts.blank).toBe(1)
  })
})

describe('Linear CSV', () => {
  const HEADER =
    'ID,Team,Title,Description,Status,Estimate,Priority,Project ID,Project,Creator,Assignee,Labels,Cycle Number,Cycle Name,' +
    'Cycle Start,Cycle End,Created,Updated,Started,Triaged,Completed,Canceled,Archived,Due Date,Parent issue,Initiatives,' +
    'Project Milestone ID,Project Milestone,SLA Status'
  const row = (started: string, completed: string, canceled: string) =>
    `"ENG-12","Core","'=Do it","","Done","3","Low","","Shop","a@x.org","b@x.org","Bug, Build","","","","",` +
    `"Tue May 14 2024 08:53:33 GMT+0200 (Central European Summer Time)","","${started}","","${completed}","${canceled}","","","ENG-1","","","",""`

  it.each([
    ['30 columns', `${HEADER},Roadmaps\n`, ',""\n'],
    [
      '34 columns',
      `${HEADER},UUID,Time in status (minutes),Related to,Blocked by,Duplicate of\n`,
      ',"u","5","","",""\n',
    ],
  ])('reads its shape of %s', async (_, header, end) => {
    const one = await staged(
      'l.csv',
      header + row('2024-05-15T08:53:33Z', 'Thu May 16 2024 08:53:33 GMT+0000 (GMT)', '') + end,
    )
    expect(one.record.format).toBe('linear-csv')
    expect(rowsOf(one, 'workItem')).toEqual([
      {
        tracker: 'linear',
        key: 'ENG-12',
        itemId: header.includes('UUID') ? 'u' : null,
        type: null,
        title: '=Do it',
        status: 'Done',
        statusCategory: 'done',
        createdAt: Date.UTC(2024, 4, 14, 6, 53, 33),
        startedAt: Date.UTC(2024, 4, 15, 8, 53, 33),
        resolvedAt: Date.UTC(2024, 4, 16, 8, 53, 33),
        points: 3,
        epic: null,
        parent: 'ENG-1',
        assignee: 'b@x.org',
        labels: 'Bug\nBuild',
        project: 'Shop',
        extra: `Priority: Low\nCreator: a@x.org${header.includes('UUID') ? '\nTime in status (minutes): 5' : ''}`,
      },
    ])
  })

  it.each([
    ['', '', 'todo'],
    ['2024-05-15T08:53:33Z', '', 'in-progress'],
    ['', '2024-05-15T08:53:33Z', 'done'],
  ])('started %j and cancelled %j is %s', async (started, canceled, category) => {
    const one = await staged('l.csv', `${HEADER},Roadmaps\n${row(started, '', canceled)},""\n`)
    expect(rowsOf(one, 'workItem')[0]!.statusCategory).toBe(category)
  })
})

describe('Azure DevOps CSV', () => {
  it('reads a flat query with the dates it was given', async () => {
    const text =
      'ID,Work Item Type,Title,Assigned To,State,Tags,Created Date,Activated Date,Closed Date,Story Points,Parent\n' +
      '"7","Bug","Fix","Ada <ada@x.org>","Closed","a; b","8/12/2025 7:00:00 AM","8/13/2025 7:00:00 AM","8/14/2025 7:00:00 PM","5","3"\n'
    expect((await refusal(text))[0]!.code).toBe('import/zone-needed')
    const one = await staged('a.csv', text, { zone: 'UTC' as never })
    expect(rowsOf(one, 'workItem')[0]).toMatchObject({
      tracker: 'azure-devops',
      key: '7',
      createdAt: Date.UTC(2025, 7, 12, 7),
      resolvedAt: Date.UTC(2025, 7, 14, 19),
      statusCategory: 'done',
      labels: 'a\nb',
      points: 5,
      parent: '3',
      assignee: 'ada@x.org',
    })
  })

  it('takes what is resolved for done only where nobody says when it was closed', async () => {
    const head = 'ID,Work Item Type,Title,State,Created Date,Resolved Date'
    const cells = '7,Bug,Fix,Resolved,2025-08-12T07:00:00Z,2025-08-13T07:00:00Z'
    const endOf = async (text: string) => rowsOf(await staged('a.csv', text), 'workItem')[0]!.resolvedAt
    expect(await endOf(`${head}\n${cells}\n`)).toBe(Date.UTC(2025, 7, 13, 7))
    expect(await endOf(`${head},Closed Date\n${cells},\n`)).toBeNull()
  })

  it('takes parents from the depth of a tree', async () => {
    const text =
      'ID,Work Item Type,Title 1,Title 2,Title 3,State\n1,Epic,A,,,To Do\n2,Issue,,B,,To Do\n3,Task,,,C,To Do\n4,Issue,,D,,To Do\n5,Epic,E,,,To Do\n,Issue,,F,,To Do\n'
    const one = await staged('a.csv', text)
    expect(rowsOf(one, 'workItem').map(({ key, title, parent }) => [key, title, parent])).toEqual([
      ['1', 'A', null],
      ['2', 'B', '1'],
      ['3', 'C', '2'],
      ['4', 'D', '1'],
      ['5', 'E', null],
    ])
    expect(one.keptAside.map(({ row, column }) => [row, column])).toEqual([[6, 'ID']])
  })
})

describe('work that ended without being done', () => {
  const jira = (resolution: string) =>
    `Summary,Issue key,Issue id,Issue Type,Status,Created,Resolved,Resolution\ns,A-1,1,Story,Closed,2026-02-01T10:00:00Z,2026-02-02T10:00:00Z,${resolution}\n`
  const linear = (completed: string, canceled: string, duplicate = '') =>
    `ID,Team,Title,Status,Created,Started,Completed,Canceled,Duplicate of\nA-1,T,t,X,2026-02-01T10:00:00Z,,${completed},${canceled},${duplicate}\n`
  const azure = (state: string, reason: string) =>
    `ID,Work Item Type,Title,State,Reason,Created Date,Closed Date\n1,Bug,t,${state},${reason},2026-02-01T10:00:00Z,2026-02-02T10:00:00Z\n`
  const github = (reason: string | null) =>
    JSON.stringify([
      {
        number: 1,
        html_url: 'https://github.com/o/r/issues/1',
        created_at: '2026-02-01T10:00:00Z',
        closed_at: '2026-02-02T10:00:00Z',
        comments: 0,
        state_reason: reason,
      },
    ])
  const when = '2026-02-02T10:00:00Z'

  it.each([
    ['Jira, done', jira('Done'), null],
    ['Jira, fixed', jira('Fixed'), null],
    ['Jira, will not do', jira("Won't Do"), 'dropped'],
    ['Jira, a duplicate', jira('Duplicate'), 'dropped'],
    ['Jira, words of their own', jira('Shipped elsewhere'), null],
    ['Linear, completed', linear(when, ''), null],
    ['Linear, cancelled', linear('', when), 'dropped'],
    ['Linear, a duplicate', linear(when, '', 'A-2'), 'dropped'],
    ['Linear, open', linear('', '', 'A-2'), null],
    ['Azure DevOps, closed', azure('Closed', 'Acceptance tests pass'), null],
    ['Azure DevOps, removed', azure('Removed', 'Removed from the backlog'), 'dropped'],
    ['Azure DevOps, as designed', azure('Closed', 'As Designed'), 'dropped'],
    ['GitHub, completed', github('completed'), null],
    ['GitHub, not planned', github('not_planned'), 'dropped'],
    ['GitHub, unsaid', github(null), null],
  ])('%s', async (_name, text, outcome) => {
    const one = await staged('file', text)
    const [item] = rowsOf(one, 'workItem')
    expect([item!.key === null, item!.outcome ?? null]).toEqual([false, outcome])
    const { workItems } = deliveryOf(factsOf(joined(NOTHING, one)), { productionEnvironments: [] })
    expect(workItems[0]!.isDropped).toBe(outcome === 'dropped')
  })
})
