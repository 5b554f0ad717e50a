import { describe, expect, test } from 'vitest'
import type { Day, MonthKey } from '../../../shared/calendar/index.ts'
import { tellIssue } from '../../../shared/issues/index.ts'
import { type Assessment, READINESS_ITEMS } from '../../../shared/metrics/index.ts'
import { compileModel, runModel } from '../../../shared/model/index.ts'
import { seedOf } from '../../../shared/quantities/index.ts'
import { assemble } from '../../../shared/scenario/index.ts'
import {
  fitTemplate,
  NO_HISTORY,
  scenarioFromTemplate,
  templateById,
  withReadiness,
} from '../../../shared/templates/index.ts'

const assessment = (item: Assessment['item'], level: number, more: Partial<Assessment> = {}): Assessment => ({
  id: `${item} ${more.on ?? ''}`,
  on: '2026-11-20' as Day,
  subject: '',
  item,
  level,
  assessedBy: 'Ada',
  note: '',
  ...more,
})
const context = templateById('context-engineering')!
const readinessRow = (assessments: readonly Assessment[]) =>
  fitTemplate(context, withReadiness(NO_HISTORY, assessments)).find(({ name }) => name === 'Readiness')!

describe('readiness as a driver', () => {
  test('never assessed it is a guess and says so', () => {
    expect(readinessRow([])).toMatchObject({ formula: '20% to 70%', evidence: { kind: 'guess' } })
  })

  test('all five at level 3: half a level either way, with who and when', () => {
    const row = readinessRow(READINESS_ITEMS.map((item) => assessment(item, 3)))
    expect(row.formula).toBe('62.5% to 87.5%')
    expect(row.evidence).toMatchObject({ kind: 'your data', n: 5 })
    expect(row.evidence).toMatchObject({ source: 'readiness checklist, 20 Nov 2026, assessed by Ada' })
    expect(row.evidence).not.toHaveProperty('fewest')
  })

  test('items nobody judged may stand anywhere, which is not level 0', () => {
    const row = readinessRow([
      assessment('docs', 4),
      assessment('docs', 0, { on: '2026-10-01' as Day, assessedBy: 'Noor' }),
      assessment('tools', 0),
    ])
    expect(row.formula).toBe('17.5% to 82.5%')
    expect(row.evidence).toMatchObject({ n: 2, method: expect.stringContaining('3 of 5 items never judged') as string })
  })
})

/** The mean of a row with the checklist at a level, the effect on success 4% and half of the repeated failures avoidable. */
function won(readiness: string, name: string): number {
  const scenario = scenarioFromTemplate(context, {
    id: 's',
    history: NO_HISTORY,
    startMonth: '2026-12' as MonthKey,
    sets: { Readiness: readiness, 'Change in success': '4%', 'Repeated failures avoided': '50%' },
  })
  const assembled = assemble(scenario, { rows: {}, keyResults: {} }, new Map(), {})
  if (!assembled.ok) throw new Error(assembled.issues.map(tellIssue).join(' '))
  const run = runModel(compileModel(assembled.value.model), { samples: 16, seed: seedOf(1) })
  const row = [...run.rows.values()].find((each) => each.name === name)
  if (row?.shape !== 'number') throw new Error(`${name}: ${row?.shape ?? 'no such row'}`)
  return row.value
}

test.each([
  ['100%', 0, 0],
  ['75%', 0.02, 0.25],
  ['50%', 0.04, 0.5],
  ['0%', 0.08, 1],
])('at a readiness of %s: success %f, failures avoided %f', (readiness, success, avoided) => {
  expect(won(readiness, 'Success won')).toBeCloseTo(success, 12)
  expect(won(readiness, 'Failures avoided')).toBeCloseTo(avoided, 12)
})
