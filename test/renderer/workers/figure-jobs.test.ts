import { expect, test } from 'vitest'
import { hashesOf, makeImportJobs } from '../../../renderer/workers/import/import-jobs.ts'
import { makeFigureJobs } from '../../../renderer/workers/figures/figure-jobs.ts'
import type { Zone } from '../../../shared/calendar/index.ts'
import { METRICS, type Period } from '../../../shared/metrics/index.ts'
import type { Instant } from '../../../shared/quantities/index.ts'
import { usageImport } from '../../shared/workbook/workbook-cases.ts'

const settings = { zone: 'UTC' as Zone, currency: 'USD', featureMarks: [], productionEnvironments: [] }
const run = { progress: () => {}, isCancelled: () => false, handOver: () => {} }

test('figures follow the imports that are held', () => {
  const jobs = makeFigureJobs()
  const [one, two] = [usageImport('one', 1), usageImport('two', 2)]
  jobs.hold({ added: one.chunks, imports: [one.record] })
  jobs.hold({ added: two.chunks, imports: [one.record, two.record] })
  const both = jobs.measure({ settings, rules: [] })
  expect(both.wall.asOf).toBe('2026-10-01')
  expect(
    jobs.fit({ templateId: 'refactor-services', id: 's', startMonth: '2027-01' as never, order: 1, settings }),
  ).toMatchObject({
    id: 's',
    templateId: 'refactor-services',
    startMonth: '2027-01',
  })
  jobs.hold({ added: [], imports: [] })
  expect(jobs.measure({ settings, rules: [] }).wall.asOf).toBeNull()
})

test('an unknown template makes no scenario', () => {
  const wish = { templateId: 'nope', id: 's', startMonth: '2027-01' as never, order: 1, settings }
  expect(makeFigureJobs().fit(wish)).toBeNull()
})

test('a file is never judged against half of what there is', async () => {
  const jobs = makeImportJobs()
  const one = usageImport('one', 1)
  const bytes = new TextEncoder().encode('Date,Tool,Output tokens\n2026-05-01,Cursor,5\n')
  const wish = { name: 'a.csv', bytes, choices: {}, importId: 'two', seq: 2, at: 0 as Instant, basis: [one.record] }
  expect(await jobs.stage(wish, run)).toEqual({ kind: 'missing', ids: ['one'] })
  jobs.know({ id: 'one', chunks: hashesOf(one.chunks) })
  expect(await jobs.stage(wish, run)).toMatchObject({ kind: 'read', staged: { ok: true } })
})

test('metrics are listed, put into steps and explained; without facts each says so', () => {
  const jobs = makeFigureJobs()
  const period = { from: '2026-01-01', to: '2026-01-28' } as Period
  const fiscal = { startMonth: 1 }
  const series = (metricIds: readonly string[]) =>
    jobs.series({ metricIds, settings, fiscal, by: 'week', days: 28 } as Parameters<typeof jobs.series>[0])
  expect(series(['cycle-time'])).toEqual({})
  expect(jobs.explain({ metricId: 'cycle-time', settings, period, beforePeriod: period })).toBeNull()
  const one = usageImport('one', 1)
  jobs.hold({ added: one.chunks, imports: [one.record] })
  expect(jobs.list({ settings, days: 91 }).numbers.length).toBe(METRICS.length)
  expect(Object.keys(series(['cycle-time', 'nope']))).toEqual(['cycle-time'])
  expect(series(['cycle-time'])['cycle-time']!.length).toBeGreaterThan(3)
  expect(jobs.explain({ metricId: 'cycle-time', settings, period, beforePeriod: period })).toMatchObject({
    metricId: 'cycle-time',
    current: { known: false },
  })
})
