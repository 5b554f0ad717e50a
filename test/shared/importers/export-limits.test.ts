import { describe, expect, it } from 'vitest'
import type { Zone } from '../../../shared/calendar/index.ts'
import { sourceDocumentOf, stageImport } from '../../../shared/importers/index.ts'
import { instantOf } from '../../../shared/quantities/index.ts'
import { bytesOf, NOTHING, runOf, staged } from '../../support/stage.ts'

const many = (count: number, row: (i: number) => string) => Array.from({ length: count }, (_, i) => row(i)).join('')

const LISTS: Readonly<Record<string, (count: number) => string>> = {
  gh: (count) =>
    JSON.stringify(
      Array.from({ length: count }, (_, i) => ({
        number: i + 1,
        url: `https://github.com/acme/api/pull/${i + 1}`,
        createdAt: '2026-02-01T10:00:00Z',
        mergedAt: null,
        isDraft: false,
      })),
    ),
  jira: (count) =>
    'Summary,Issue key,Issue id,Issue Type,Status,Created\n' +
    many(count, (i) => `s,A-${i},${i},Story,Done,2026-02-01T10:00:00Z\n`),
  linear: (count) =>
    'ID,Team,Title,Status,Created,Started,Completed,Canceled\n' +
    many(count, (i) => `A-${i},T,t,Done,2026-02-01T10:00:00Z,,,\n`),
  pagerduty: (count) =>
    'id,incident_number,service_name,created_on,resolved_on,urgency\n' +
    many(count, (i) => `P${i},${i},pay,2026-02-01T10:00:00Z,,high\n`),
  usage: (count) => 'date,requests\n' + many(count, (i) => `2026-02-01,${i}\n`),
}

describe('an export that may have been cut', () => {
  it.each([
    ['gh', [30, 49, 50, 100, 1000], [29, 31, 99, 101]],
    ['jira', [1000, 5000], [999, 1001, 30]],
    ['linear', [250, 2000], [249, 251, 1999, 2001, 30]],
    ['pagerduty', [25, 100], [24, 26]],
    ['usage', [100, 1000, 10_000], [99, 1001]],
  ] as const)('is told of for %s', async (list, cut, whole) => {
    const codesOf = async (count: number) =>
      (await staged('file', LISTS[list]!(count), { zone: 'UTC' as Zone })).record.notes.map(({ code }) => code)
    for (const count of cut)
      expect([count, await codesOf(count)]).toEqual([count, expect.arrayContaining(['import/maybe-truncated'])])
    for (const count of whole)
      expect([count, (await codesOf(count)).includes('import/maybe-truncated')]).toEqual([count, false])
  })
})

describe('what to do about it', () => {
  const canOf = async (text: string) =>
    (await staged('file', text, { zone: 'UTC' as Zone })).record.notes.find(
      ({ code }) => code === 'import/maybe-truncated',
    )?.can

  it('is told for each tool', async () => {
    expect(await canOf(LISTS['linear']!(250))).toContain('let an admin export the whole workspace')
    expect(await canOf(LISTS['gh']!(30))).toContain('--limit')
    expect(await canOf(LISTS['jira']!(1000))).toContain('1,000 issues')
    expect(await canOf(LISTS['usage']!(1000))).toBe('Check that the export was not cut at its limit.')
  })

  it.each([
    [14_999_999, false],
    [15_000_000, true],
  ])('a list GitLab mailed of %i bytes', async (bytes, isTold) => {
    const head =
      'Title,Description,MR ID,URL,State,Source Branch,Target Branch,Author Username,Created At (UTC),Updated At (UTC)\n'
    const row = (text: string) =>
      `t,${text},1,https://gitlab.com/g/p/-/merge_requests/1,Merged,b,main,ann,2026-02-01 10:00:00,2026-02-02 10:00:00\n`
    // A description as long as it takes, in cells no longer than one may be.
    const rows = Math.ceil(bytes / 60_000)
    const length = Math.floor((bytes - head.length) / rows) - row('').length
    const text = head + row('x'.repeat(length)).repeat(rows)
    const told = await canOf(text + '\n'.repeat(bytes - text.length))
    expect(told?.includes('15 MB') ?? false).toBe(isTold)
  })
})

describe('pages that say more follow', () => {
  const told = async (pages: readonly unknown[]) =>
    (await staged('file', pages.map((page) => JSON.stringify(page)).join('\n'))).record.notes.some(
      ({ code }) => code === 'import/more-pages',
    )
  const incident = {
    id: 'P1',
    incident_number: 1,
    created_at: '2026-02-01T10:00:00Z',
    service: { summary: 'pay' },
    urgency: 'high',
    status: 'triggered',
  }
  const opsgenie = { id: 'o', tinyId: '1', impactedServices: ['s'], createdAt: '2026-02-01T10:00:00Z', status: 'open' }
  const history = { created: '2026-02-01T10:00:00Z', items: [{ field: 'status', from: '1', to: '2' }] }
  const issue = (total: number) => ({ key: 'A-1', changelog: { startAt: 0, total, histories: [history] } })
  const graphql = (name: string, hasNextPage: boolean) => ({
    data: {
      repository: {
        nameWithOwner: name,
        pullRequests: { nodes: [{ number: 1, createdAt: '2026-02-01T10:00:00Z' }], pageInfo: { hasNextPage } },
      },
    },
  })

  it.each<readonly [string, readonly unknown[], boolean]>([
    ['PagerDuty', [{ incidents: [incident], more: true }], true],
    [
      'PagerDuty, all',
      [
        { incidents: [incident], more: true },
        { incidents: [incident], more: false },
      ],
      false,
    ],
    ['Opsgenie', [{ data: [opsgenie], paging: { next: 'https://api' } }], true],
    ['Opsgenie, all', [{ data: [opsgenie], paging: {} }], false],
    ['Jira, a page', [{ startAt: 0, total: 2, issues: [issue(1)] }], true],
    ['Jira, not the last', [{ isLast: false, values: [{ ...history, issueKey: 'A-1' }] }], true],
    ['Jira, histories of an issue', [{ startAt: 0, total: 1, issues: [issue(101)] }], true],
    ['Jira, all', [{ startAt: 0, total: 1, issues: [issue(1)] }], false],
    ['GraphQL', [graphql('a/b', true)], true],
    ['GraphQL, one repository of two', [graphql('a/b', true), graphql('a/c', false)], true],
    ['GraphQL, all', [graphql('a/b', true), graphql('a/b', false)], false],
  ])('%s', async (_name, pages, isTold) => {
    expect(await told(pages)).toBe(isTold)
  })
})

describe('a last day that is not over', () => {
  it.each([
    ['2026-02-02', true],
    ['2026-02-03', false],
  ])('is told of when read on %s', async (today, isTold) => {
    const text = 'date,requests\n2026-02-01,1\n2026-02-02,1\n'
    const document = sourceDocumentOf('file', bytesOf(text), instantOf(Date.parse(`${today}T12:00:00Z`)))
    const read = await stageImport(document, {}, NOTHING, runOf())
    if (!read.ok) throw new Error('not read')
    const note = read.value.record.notes.find(({ code }) => code === 'import/last-day-partial')
    expect(note !== undefined).toBe(isTold)
    if (isTold) expect(note!.said).toContain('2 Feb 2026')
  })
})
