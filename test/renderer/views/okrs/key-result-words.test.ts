import type { MonthKey } from '../../../../shared/calendar/index.ts'
import { describe, expect, it } from 'vitest'
import type { Day, WeekKey } from '../../../../shared/calendar/index.ts'
import type { MetricValue, Wall } from '../../../../shared/metrics/index.ts'
import type { ModelRow } from '../../../../shared/model/index.ts'
import type { KeyResult } from '../../../../shared/okr/index.ts'
import { NO_RECORDS } from '../../../../renderer/stores/workbook.ts'
import { judgeKeyResult, measuredFor } from '../../../../renderer/views/okrs/judge-key-result.ts'
import { nextOrder } from '../../../../renderer/parts/next-order.ts'
import { keyResultBudgets } from '../../../../renderer/views/okrs/key-result-budgets.ts'
import {
  type KeyResultDraft,
  NEW_DRAFT,
  draftOf,
  draftProblem,
  finishDraft,
  tellTarget,
} from '../../../../renderer/views/okrs/key-result-draft.ts'
import { inOrder, withoutKeyResult, withoutObjective } from '../../../../renderer/views/okrs/objective-edits.ts'

const measured: KeyResult = {
  id: 'k1',
  objectiveId: 'o1',
  name: 'Cycle time',
  type: 'decrease',
  unit: 'h',
  start: 40,
  target: 24,
  isStrict: false,
  source: { kind: 'measured', metricId: 'cycle-time' },
  weight: 1,
  order: 3,
}
const known = (value: number): MetricValue => ({
  known: true,
  value,
  n: 9,
  quality: 'exact',
  coverage: 1,
  excluded: {},
})
const unknown: MetricValue = { known: false, why: { code: 'metrics/needs-usage', wanted: 'usage', did: 'noted' } }
const wallOf = (weeks: readonly (readonly [string, MetricValue])[]): Wall => ({
  asOf: '2026-11-15' as Day,
  numbers: [
    {
      metricId: 'cycle-time',
      name: 'Cycle time',
      unit: 'h',
      better: 'lower',
      definition: '',
      current: known(28),
      before: known(30),
      weeks: weeks.map(([week, value]) => ({ week: week as WeekKey, value })),
    },
  ],
})

describe('a draft', () => {
  const whole: KeyResultDraft = { ...NEW_DRAFT, name: 'Faster', start: 1, target: 2 }
  const check = (part: Partial<KeyResultDraft>, expected: string | null) =>
    expect(draftProblem({ ...whole, ...part }), JSON.stringify(part)).toBe(expected)

  it('says what still stands against saving', () => {
    check({}, null)
    check({ name: '  ' }, 'Give the key result a name.')
    check({ target: null }, 'Say which value is the target.')
    check({ start: null }, 'Say from which value it starts.')
    check({ start: 2 }, 'Start and target are the same, so there is no way to go.')
    check({ start: 3 }, 'The target is below the start: choose “Decrease”.')
    check({ type: 'decrease' }, 'The target is above the start: choose “Increase”.')
    check({ type: 'keep-below', start: null }, null)
    check({ weight: 0 }, 'The weight must be above zero.')
  })

  it('comes back as the same key result', () => {
    expect(finishDraft(draftOf(measured), measured, { id: 'x', objectiveId: 'y', order: 9 })).toEqual(measured)
  })

  it('keeps check-ins, and drops the start of a keep type', () => {
    const checkIns = [{ on: '2026-11-02' as Day, value: 3, note: '' }]
    const former: KeyResult = { ...measured, source: { kind: 'entered', checkIns } }
    const made = finishDraft({ ...draftOf(former), type: 'keep-above' }, former, {
      id: 'x',
      objectiveId: 'y',
      order: 9,
    })
    expect(made.source).toEqual({ kind: 'entered', checkIns })
    expect(made.start).toBeNull()
  })
})

it('tells targets', () => {
  const tell = (part: Partial<KeyResult>) => tellTarget({ ...measured, ...part }, String)
  expect(tell({})).toBe('from 40 to 24')
  expect(tell({ type: 'keep-below', target: 5, isStrict: true })).toBe('below 5')
  expect(tell({ type: 'keep-below', target: 5 })).toBe('at most 5')
  expect(tell({ type: 'keep-above', target: 99 })).toBe('at least 99')
  expect(tell({ type: 'keep-above', target: 99, isStrict: true })).toBe('above 99')
})

describe('judging', () => {
  it('scores the current value of a metric', () => {
    const judged = judgeKeyResult(measured, measuredFor(measured, { 'cycle-time': known(28) }, null, '2026-11'))
    expect(judged).toMatchObject({ actual: { known: true, value: 28 }, score: { score: 0.75, band: 'good' } })
  })

  it('counts the weeks of the quarter for a limit', () => {
    const limit: KeyResult = { ...measured, type: 'keep-below', start: null, target: 26 }
    const wall = wallOf([
      ['2026-W43', known(20)],
      ['2026-W45', known(25)],
      ['2026-W46', known(27)],
    ])
    const judged = judgeKeyResult(limit, measuredFor(limit, {}, wall, '2026-11'))
    expect(judged).toMatchObject({ actual: { known: true, value: 28 }, score: { score: 0.5 }, periods: 2 })
  })

  it('stays unknown with the reason, never zero', () => {
    const judged = judgeKeyResult(measured, measuredFor(measured, { 'cycle-time': unknown }, null, '2026-11'))
    expect(judged.score).toBeNull()
    expect(judged.actual).toMatchObject({ known: false, why: { code: 'metrics/needs-usage' } })
    expect(judgeKeyResult(measured, null).whyNoScore).not.toBeNull()
  })

  it('takes the latest check-in of an entered one', () => {
    const entered: KeyResult = {
      ...measured,
      source: {
        kind: 'entered',
        checkIns: [
          { on: '2026-11-09' as Day, value: 32, note: '' },
          { on: '2026-11-02' as Day, value: 36, note: '' },
        ],
      },
    }
    expect(judgeKeyResult(entered, measuredFor(entered, {}, null, '2026-11'))).toMatchObject({
      actual: { known: true, value: 32 },
      score: { score: 0.5 },
    })
  })
})

describe('edits', () => {
  const records = {
    ...NO_RECORDS,
    objectives: { o1: { id: 'o1', name: 'A', owner: '', quarter: '2026-11', order: 1 } },
    keyResults: { k1: measured, k2: { ...measured, id: 'k2', objectiveId: 'o2', order: 1 } },
    initiatives: {
      i1: { id: 'i1', name: 'I', owner: '', keyResultId: 'k1', order: 1 },
      i2: { id: 'i2', name: 'J', owner: '', keyResultId: 'k2', order: 2 },
    },
  }

  it('leaves no initiative pointing at what is gone', () => {
    const left = withoutKeyResult(records, 'k1')
    expect(Object.keys(left.keyResults)).toEqual(['k2'])
    expect(left.initiatives['i1']!.keyResultId).toBeNull()
    expect(left.initiatives['i2']!.keyResultId).toBe('k2')
  })

  it('takes the key results of an objective with it', () => {
    const left = withoutObjective(records, 'o1')
    expect(left.objectives).toEqual({})
    expect(Object.keys(left.keyResults)).toEqual(['k2'])
    expect(left.initiatives['i1']!.keyResultId).toBeNull()
  })

  it('orders', () => {
    expect(inOrder(records.keyResults).map(({ id }) => id)).toEqual(['k2', 'k1'])
    expect(nextOrder(records.keyResults)).toBe(4)
    expect(nextOrder({})).toBe(1)
  })

  it('sums the planned money of a quarter by key result, to the cent', () => {
    const line = (id: string, group: string | null, overrides: Record<string, string>): ModelRow => ({
      id,
      name: id,
      unit: '$',
      kind: 'budget line',
      group,
      owner: '',
      evidence: { kind: 'entered' },
      formula: '',
      overrides,
      note: '',
      order: 1,
    })
    const rows = {
      a: line('a', 'i1', { '2026-11': '100.10', '2026-12': '200', '2027-02': '9999' }),
      b: line('b', 'i1', { '2026-11': '0.05' }),
      c: line('c', 'i2', { '2027-01': '7' }),
      d: line('d', null, { '2026-11': '5' }),
    }
    const budgets = keyResultBudgets({ ...records, rows }, '2026-11' as MonthKey, { startMonth: 2 })
    expect([...budgets]).toEqual([
      ['k1', 300_150_000_000n],
      ['k2', 7_000_000_000n],
    ])
  })
})
