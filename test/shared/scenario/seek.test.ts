import { describe, expect, test } from 'vitest'
import type { Day, MonthKey } from '../../../shared/calendar/index.ts'
import type { KeyResult } from '../../../shared/okr/index.ts'
import {
  prepareScenario,
  runScenario,
  type Scenario,
  type ScenarioQuestion,
  type SeekCondition,
  seekInScenario,
  seekSpan,
  usableValue,
  writeValue,
} from '../../../shared/scenario/index.ts'
import { NO_HISTORY, scenarioFromTemplate, templateById } from '../../../shared/templates/index.ts'

const reviews: KeyResult = {
  id: 'reviews',
  objectiveId: 'o',
  name: 'Reviews',
  type: 'keep-above',
  unit: '1',
  start: null,
  target: 10,
  isStrict: false,
  source: { kind: 'entered', checkIns: [{ on: '2026-10-12' as Day, value: 10, note: '' }] },
  weight: 1,
  order: 0,
}
const template = scenarioFromTemplate(templateById('refactor-services')!, {
  id: 's',
  history: NO_HISTORY,
  startMonth: '2026-12' as MonthKey,
  samples: 2048,
})

function questionOf(scenario: Scenario): ScenarioQuestion {
  const records = { rows: {}, keyResults: { reviews } }
  return { scenario, records, history: {}, metrics: new Map(), currency: 'USD' }
}

function seek(condition: SeekCondition, said: Partial<Parameters<typeof seekInScenario>[1]> = {}, scenario = template) {
  const prepared = prepareScenario(questionOf(scenario))
  if (!prepared.ok) throw new Error('refused')
  return seekInScenario(prepared.value, {
    row: 'services',
    between: [10, 1000],
    condition,
    odds: 0.8,
    end: 'largest',
    ...said,
  })
}

function found(...asked: Parameters<typeof seek>) {
  const sought = seek(...asked)
  if (!sought.ok || !sought.value.found) throw new Error(JSON.stringify(sought))
  return sought.value
}

describe('a driver of a scenario sought', () => {
  test('with the value found the scenario holds as often as was asked', () => {
    const { value, interval, curve } = found({ kind: 'cost below', amount: 20_000 })
    expect(interval![0]).toBeLessThanOrEqual(value)
    expect(interval![1]).toBeGreaterThanOrEqual(value)
    const shareBelow = (services: number) => {
      const asked = { ...template, sets: { Services: String(services) } }
      const formula = found(
        { kind: 'formula', text: "'All-in cost' < 20000" },
        { between: [services, services + 1], odds: 0.01 },
        asked,
      )
      return formula.curve![0]!.odds
    }
    expect(shareBelow(value * 0.999)).toBeGreaterThanOrEqual(0.8)
    expect(shareBelow(value * 1.02)).toBeLessThan(0.8)
    expect(curve).toHaveLength(13)
    expect(curve![0]!.odds).toBeGreaterThan(curve!.at(-1)!.odds)
  })

  test('a condition kind is the formula it stands for', () => {
    const asFormula = found({ kind: 'formula', text: 'NPV > -5000' })
    expect(found({ kind: 'NPV above', amount: -5000 })).toEqual(asFormula)
    expect(seek({ kind: 'payback within', months: 9 })).toEqual(seek({ kind: 'formula', text: 'Payback <= 9' }))
  })

  test('a key result, its direction and its target', () => {
    const lifted = {
      ...template,
      rows: template.rows.map((row) => (row.name === 'Services' ? { ...row, formula: '10' } : row)),
      sets: { 'Reviews now': 'Services + (0 to 2)' },
    }
    // N + L with L from 0 to 2, the middle 80% of it: at 10 or above in 80% of runs.
    const { value } = found(
      { kind: 'key result met', keyResultId: 'reviews' },
      { end: 'smallest', between: [1, 20] },
      lifted,
    )
    expect(value).toBeGreaterThan(8.5)
    expect(value).toBeLessThan(10)
  })

  test('where nothing is uncertain the value is exact', () => {
    const rows = template.rows
      .filter(({ kind }) => kind === 'driver')
      .slice(0, 1)
      .concat({ ...template.rows.find(({ id }) => id === 'outcome/all-in')!, formula: 'Services * $40' })
    const certain = { ...template, rows }
    const { value, interval } = found({ kind: 'cost below', amount: 8000 }, { odds: 0.5 }, certain)
    expect(value).toBeCloseTo(200, 6)
    expect(interval === null || interval[1] - interval[0] < 1e-6).toBe(true)
    const outcome = runScenario(questionOf(certain))
    expect(outcome.ok && outcome.value.drawnInputs).toBeUndefined()
  })

  test('a payback that never comes does not hold, and is no failure', () => {
    const sought = seek({ kind: 'payback within', months: 1 })
    expect(sought).toMatchObject({ ok: true, value: { found: false, curve: expect.any(Array) } })
  })

  test('an unknown row is refused with the nearest name, a condition without a row as well', () => {
    expect(seek({ kind: 'NPV above', amount: 0 }, { row: 'Servces' })).toMatchObject({
      ok: false,
      issues: [{ code: 'scenario/unknown-row', can: expect.stringContaining('Services') }],
    })
    expect(seek({ kind: 'key result met', keyResultId: 'none' })).toMatchObject({
      ok: false,
      issues: [{ code: 'scenario/untold-condition' }],
    })
  })
})

test('the outcome tells where drivers lie', () => {
  const outcome = runScenario(questionOf(template))
  if (!outcome.ok) throw new Error('refused')
  const spanOf = (name: string) => outcome.value.assumptions.find((one) => one.name === name)!.span!
  expect(spanOf('Services')).toEqual([250, 250])
  expect(spanOf('Success per attempt')[0]).toBeCloseTo(0.55, 1)
})

test.each([
  [[250, 250], '1', [63, 1000]],
  [[0.55, 0.95], '%', [0.14, 1]],
  [[15, 120], '$', [3.8, 480]],
  [[0, 4], '$', null],
  [[-3, 4], '$', null],
  [[Number.NaN, Number.NaN], '$', null],
] as const)('the first span of %j %s is %j', (span, unit, expected) => {
  expect(seekSpan(span, unit)).toEqual(expected)
})

test.each([
  [76_118.3, 'largest', '$', 76_100],
  [76_118.3, 'smallest', '$', 76_200],
  [62.9, 'largest', '1', 62],
  [62.1, 'smallest', '1', 63],
  [3.456, 'largest', '1', 3.45],
  [0.57, 'largest', '%', 0.57],
  [0.12345, 'smallest', '%', 0.124],
  [0, 'largest', '1', 0],
] as const)('%d as the %s of %s is written %d', (value, end, unit, expected) => {
  expect(usableValue(value, end, unit)).toBe(expected)
})

test('a share is written as percent', () => {
  expect([writeValue(0.123, '%'), writeValue(62, '1')]).toEqual(['12.3%', '62'])
})
