import { expect, test } from 'vitest'
import type { GroupSeries, Metric, SeriesPoint, WallNumber } from '../../../shared/metrics/index.ts'
import { comparisonCsv, groupsCsv, metricsCsv } from '../../../renderer/commands/metrics-csv.ts'

const metric = { id: 'm', name: '=SUM(A1)', unit: '$', better: 'lower', definition: 'a "b"' } as Metric
const period = { from: '2026-01-05', to: '2026-01-11' } as SeriesPoint['period']
const points: readonly SeriesPoint[] = [
  {
    label: '2026-W02',
    period,
    value: { known: true, value: 0.5, n: 9, quality: 'exact', coverage: 1, excluded: {}, interval: [0.2, 0.8] },
  },
  {
    label: '2026-W03',
    period,
    value: { known: false, why: { code: 'metrics/too-few', said: '3 changes', wanted: 'at least 5', did: 'noted' } },
  },
]

test('numbers stay numbers, formulas become text, unknown is empty with its reason', () => {
  const [head, known, unknown] = metricsCsv([metric], { m: points }, 'EUR').split('\r\n')
  expect(head!.split(',').length).toBe(14)
  expect(known).toBe(`"'=SUM(A1)","m","EUR","2026-W02",2026-01-05,2026-01-11,0.5,9,1,0.2,0.8,"exact","","a ""b"""`)
  expect(unknown).toContain('2026-01-11,,,,,,"unknown","')
  expect(unknown).toContain('3 changes')
})

test('groups: one line per group and step that has a case, the number itself without a group', () => {
  const [first, second] = points.map(({ label, period: own, value }) => ({ step: { label, period: own }, value }))
  const series: GroupSeries = {
    dimension: 'team',
    adds: 'mean',
    steps: [first!.step, second!.step],
    all: [first!.value, second!.value],
    groups: [{ group: '@core', values: [first!.value, null] }],
    more: 0,
  }
  const [head, ...lines] = groupsCsv(metric, 'Team', series, 'EUR').trimEnd().split('\r\n')
  expect(head).toMatch(/^Metric,Id,Unit,Dimension,Group,Step,From,To,Value/)
  expect(lines).toHaveLength(3)
  expect(lines[2]).toContain(`"'@core"`)
  expect(lines[1]).toContain('unknown')
})

test('two periods: both values, the change and how far it may be chance; unknown has no change', () => {
  const [current, before] = points.map(({ value }) => value)
  const number = { ...metric, metricId: 'm', weeks: [], current: current!, before: current! } as WallNumber
  const known = { ...number, interval: { change: 0, low: -0.1, high: 0.1, isNoise: true } }
  const lines = comparisonCsv([known, { ...number, before: before! }], period, period, 'EUR')
    .trimEnd()
    .split('\r\n')
  const columns = lines[0]!.split(',').length
  expect(lines[1]).toMatch(/,0,-0\.1,0\.1,within noise$/)
  expect(lines[2]).toMatch(/,,,,$/)
  expect(lines[1]!.split(',')).toHaveLength(columns)
})
