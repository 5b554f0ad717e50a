import { expect, test } from 'vitest'
import { hashesOf } from '../../../renderer/workers/chunk-buffers.ts'
import { makeImportJobs } from '../../../renderer/workers/import/import-jobs.ts'
import { makeFigureJobs } from '../../../renderer/workers/figures/figure-jobs.ts'
import { directOutbox, Inbox } from '../../../renderer/workers/parcels.ts'
import type { Zone } from '../../../shared/calendar/index.ts'
import { METRICS, type Period } from '../../../shared/metrics/index.ts'
import type { Instant } from '../../../shared/quantities/index.ts'
import { usageImport } from '../../shared/workbook/workbook-cases.ts'

const settings = { zone: 'UTC' as Zone, currency: 'USD', featureMarks: [], productionEnvironments: [] }
const run = { progress: () => {}, isCancelled: () => false, handOver: () => {} }

test('figures follow the imports that are held', async () => {
  const inbox = new Inbox()
  const jobs = makeFigureJobs(inbox)
  const [one, two] = [usageImport('one', 1), usageImport('two', 2)]
  inbox.put('one', one.chunks)
  await jobs.hold({ added: ['one'], imports: [one.record] })
  const holding = jobs.hold({ added: ['two'], imports: [one.record, two.record] })
  // Facts may still be under way when they are asked for.
  inbox.put('two', two.chunks)
  await holding
  const both = jobs.measure({ settings, rules: [] })
  expect(both.wall.asOf).toBe('2026-10-01')
  expect(
    jobs.fit({
      templateId: 'refactor-services',
      id: 's',
      startMonth: '2027-01' as never,
      order: 1,
      settings,
      assessments: [],
    }),
  ).toMatchObject({
    id: 's',
    templateId: 'refactor-services',
    startMonth: '2027-01',
  })
  await jobs.hold({ added: [], imports: [] })
  expect(jobs.measure({ settings, rules: [] }).wall.asOf).toBeNull()
})

test('a worker that was brought no facts says so instead of telling that nothing is imported', async () => {
  const jobs = makeFigureJobs(new Inbox())
  expect(() => jobs.measure({ settings, rules: [] })).toThrow('holds no facts yet')
  await jobs.hold({ added: [], imports: [] })
  expect(jobs.measure({ settings, rules: [] }).wall.asOf).toBeNull()
})

test('an unknown template makes no scenario', () => {
  const wish = { templateId: 'nope', id: 's', startMonth: '2027-01' as never, order: 1, settings, assessments: [] }
  expect(makeFigureJobs(new Inbox()).fit(wish)).toBeNull()
})

test('a file is never judged against half of what there is', async () => {
  const [inbox, storage] = [new Inbox(), new Inbox()]
  const jobs = makeImportJobs({ toStorage: directOutbox(storage), fromStorage: inbox })
  const one = usageImport('one', 1)
  const file = new Blob(['Date,Tool,Output tokens\n2026-05-01,Cursor,5\n'])
  const wish = { name: 'a.csv', file, choices: {}, importId: 'two', seq: 2, at: 0 as Instant, basis: [one.record] }
  expect(await jobs.stage(wish, run)).toEqual({ kind: 'missing', ids: ['one'] })
  inbox.put('one', hashesOf(one.chunks))
  await jobs.know({ id: 'one' })
  expect(storage.peek('two')).toBeUndefined()
  expect(await jobs.stage(wish, run)).toMatchObject({ kind: 'read', staged: { ok: true } })
  expect(await storage.take('two')).toMatchObject({ chunks: [{ kind: 'usage', rows: 1 }], keptAside: [] })
})

test.each([
  [3, true],
  [2, false],
])('a file of three records where %i fit', async (most, isRead) => {
  const jobs = makeImportJobs({ toStorage: directOutbox(new Inbox()), fromStorage: new Inbox() }, most)
  const file = new Blob(['Date,Tool,Output tokens\n2026-05-01,Cursor,5\n2026-05-02,Cursor,5\n2026-05-03,Cursor,5\n'])
  const wish = { name: 'a.csv', file, choices: {}, importId: 'one', seq: 1, at: 0 as Instant, basis: [] }
  const issues = [{ code: 'import/too-many-rows' }]
  expect(await jobs.stage(wish, run)).toMatchObject({ staged: isRead ? { ok: true } : { ok: false, issues } })
})

test('metrics are listed, put into steps and explained; without facts each says so', async () => {
  const inbox = new Inbox()
  const jobs = makeFigureJobs(inbox)
  const period = { from: '2026-01-01', to: '2026-01-28' } as Period
  const fiscal = { startMonth: 1 }
  const series = (metricIds: readonly string[]) =>
    jobs.series({ metricIds, settings, fiscal, by: 'week', days: 28 } as Parameters<typeof jobs.series>[0])
  await jobs.hold({ added: [], imports: [] })
  expect(series(['cycle-time'])).toEqual({})
  expect(jobs.explain({ metricId: 'cycle-time', settings, period, beforePeriod: period })).toBeNull()
  const one = usageImport('one', 1)
  inbox.put('one', one.chunks)
  await jobs.hold({ added: ['one'], imports: [one.record] })
  expect(jobs.list({ settings, days: 91 }).numbers.length).toBe(METRICS.length)
  expect(Object.keys(series(['cycle-time', 'nope']))).toEqual(['cycle-time'])
  expect(series(['cycle-time'])['cycle-time']!.length).toBeGreaterThan(3)
  expect(jobs.explain({ metricId: 'cycle-time', settings, period, beforePeriod: period })).toMatchObject({
    metricId: 'cycle-time',
    current: { known: false },
  })
})
