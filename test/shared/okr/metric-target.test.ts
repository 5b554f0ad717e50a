import { expect, test } from 'vitest'
import { type KeyResult, standsTo, targetOfMetric, type TargetSources } from '../../../shared/okr/index.ts'

const keyResult = (id: string, more: Partial<KeyResult> = {}): KeyResult => ({
  id,
  objectiveId: 'now',
  name: id,
  type: 'keep-below',
  unit: '%',
  start: null,
  target: 0.15,
  isStrict: true,
  source: { kind: 'measured', metricId: 'rework-rate' },
  weight: 1,
  order: 1,
  ...more,
})
const sources = (keyResults: readonly KeyResult[], targets: TargetSources['targets'] = {}): TargetSources => ({
  objectives: {
    now: { id: 'now', name: '', owner: '', quarter: '2026-10', order: 1 },
    past: { id: 'past', name: '', owner: '', quarter: '2026-07', order: 2 },
  },
  keyResults: Object.fromEntries(keyResults.map((one) => [one.id, one])),
  quarterStart: '2026-10',
  targets,
})

test('a key result of the quarter goes before what is set, and the first in order before the others', () => {
  const [second, first] = [keyResult('b', { order: 2, target: 0.1 }), keyResult('a')]
  expect(targetOfMetric('rework-rate', sources([second, first], { 'rework-rate': 0.3 }))).toEqual({
    value: 0.15,
    isStrict: true,
    keyResult: first,
  })
})

test('key results of other quarters, of other metrics and entered ones say nothing', () => {
  const others = [
    keyResult('past', { objectiveId: 'past' }),
    keyResult('gone', { objectiveId: 'deleted' }),
    keyResult('other', { source: { kind: 'measured', metricId: 'cycle-time' } }),
    keyResult('entered', { source: { kind: 'entered', checkIns: [] } }),
  ]
  expect(targetOfMetric('rework-rate', sources(others))).toBeNull()
  expect(targetOfMetric('rework-rate', sources(others, { 'rework-rate': 0.3 }))).toEqual({
    value: 0.3,
    isStrict: false,
    keyResult: null,
  })
  expect(targetOfMetric('constructor', sources([]))).toBeNull()
})

test.each([
  [0.15, false, 0.15, 'lower', { isMet: true, missedBy: 0 }],
  [0.15, true, 0.15, 'lower', { isMet: false, missedBy: 0 }],
  [10, false, 12, 'lower', { isMet: false, missedBy: 2 }],
  [10, false, 12, 'higher', { isMet: true, missedBy: 0 }],
  [10, false, 8, 'higher', { isMet: false, missedBy: 2 }],
] as const)('target %f (strict %s) at %f, %s is better', (value, isStrict, actual, better, expected) => {
  expect(standsTo({ value, isStrict }, actual, better)).toEqual(expected)
})
