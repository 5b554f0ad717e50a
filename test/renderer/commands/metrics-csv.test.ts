import { expect, test } from 'vitest'
import type { Metric, SeriesPoint } from '../../../shared/metrics/index.ts'
import { metricsCsv } from '../../../renderer/commands/metrics-csv.ts'

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
