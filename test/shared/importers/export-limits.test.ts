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
  usage: (count) => 'date,requests\n' + many(count, (i) => `2026-02-01,${i}\n`),
}

describe('an export that may have been cut', () => {
  it.each([
    ['gh', [30, 49, 50, 100, 1000], [29, 31, 99, 101]],
    ['jira', [1000, 5000], [999, 1001, 30]],
    ['linear', [250, 2000], [249, 251, 30]],
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
