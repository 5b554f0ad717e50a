import { expect, test } from 'vitest'
import type { MetricValue } from '../../../shared/metrics/index.ts'
import { actualOf } from '../../../shared/okr/index.ts'
import { onDay } from '../../support/build-facts.ts'

const known = (value: number): MetricValue => ({
  known: true,
  value,
  n: 9,
  quality: 'exact',
  coverage: 1,
  excluded: {},
})
const unknown: MetricValue = { known: false, why: { code: 'metrics/needs-usage', wanted: 'usage', did: 'noted' } }
const measured = { kind: 'measured', metricId: 'cycle-time' } as const

test('progress takes the current value, keep types the weeks', () => {
  const values = { current: known(3), periods: [known(4), unknown, known(3)] }
  expect(actualOf({ type: 'decrease', source: measured }, values)).toEqual({ ok: true, value: { value: 3 } })
  expect(actualOf({ type: 'keep-below', source: measured }, values)).toEqual({
    ok: true,
    value: { periods: [4, null, 3] },
  })
  expect(actualOf({ type: 'keep-below', source: measured, tolerance: 1 }, values)).toEqual({
    ok: true,
    value: { value: 3 },
  })
})

test('unknown hands its reason on', () => {
  const values = { current: unknown, periods: [unknown] }
  for (const type of ['decrease', 'keep-below'] as const) {
    const outcome = actualOf({ type, source: measured }, values)
    expect(outcome.ok ? 'known' : outcome.issues[0]!.code).toBe('metrics/needs-usage')
  }
})

test('check-ins count in the order of days', () => {
  const checkIns = [
    { on: onDay('2026-03-09'), value: 2, note: '' },
    { on: onDay('2026-03-02'), value: 1, note: '' },
  ]
  const source = { kind: 'entered', checkIns } as const
  expect(actualOf({ type: 'increase', source }, null)).toEqual({ ok: true, value: { value: 2 } })
  expect(actualOf({ type: 'keep-above', source }, null)).toEqual({ ok: true, value: { periods: [1, 2] } })
  expect(actualOf({ type: 'increase', source: { kind: 'entered', checkIns: [] } }, null).ok).toBe(false)
})
