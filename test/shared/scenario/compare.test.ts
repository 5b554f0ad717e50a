import { expect, test } from 'vitest'
import type { Day, MonthKey } from '../../../shared/calendar/index.ts'
import type { KeyResult } from '../../../shared/okr/index.ts'
import { compareScenarios, runScenario, type Scenario } from '../../../shared/scenario/index.ts'
import { NO_HISTORY, scenarioFromTemplate, templateById } from '../../../shared/templates/index.ts'

const cycle: KeyResult = {
  id: 'cycle',
  objectiveId: 'o',
  name: 'Cycle',
  type: 'decrease',
  unit: 'h',
  start: 20,
  target: 14,
  isStrict: false,
  source: { kind: 'entered', checkIns: [{ on: '2026-10-12' as Day, value: 15, note: '' }] },
  weight: 1,
  order: 0,
}
const scenarioOf = (sets: Record<string, string>, seed = 4): Scenario =>
  scenarioFromTemplate(templateById('refactor-services')!, {
    id: 's',
    history: NO_HISTORY,
    startMonth: '2026-12' as MonthKey,
    sets,
    samples: 2048,
    seed,
  })
const small = scenarioOf({ Services: '100' })
const large = { ...scenarioOf({ Services: '110' }, 99), id: 'l', name: 'Large' }
const question = {
  scenario: small,
  records: { rows: {}, keyResults: { cycle } },
  history: {},
  metrics: new Map(),
  currency: 'USD',
}

function compared(against: Scenario | null, scenario = small) {
  const told = compareScenarios({ ...question, scenario }, against)
  if (!told.ok) throw new Error(JSON.stringify(told.issues))
  return told.value
}

test('two of the same differ by exactly nothing, whatever seed the other has of its own', () => {
  const { numbers } = compared({ ...small, id: 'same', seed: 5 })
  expect(numbers.map(({ name }) => name)).toEqual(['All-in cost', 'NPV', 'Cycle'])
  for (const { difference, better } of numbers) {
    expect(difference).toMatchObject({ p10: 0, p50: 0, p90: 0, undefined: 0 })
    expect(better).toBe(0.5)
  }
})

test('ten services fewer cost less in nearly every run, though both spreads overlap', () => {
  const { against, againstId, samples, numbers } = compared(large)
  expect([against, againstId, samples]).toEqual(['Large', 'l', 2048])
  const [cost] = numbers
  expect(cost!.better).toBeGreaterThan(0.9)
  expect(cost!.difference.p50).toBeLessThan(0)
  const swapped = compared(small, { ...large, seed: 4 }).numbers[0]!
  expect(swapped.better).toBeCloseTo(1 - cost!.better, 12)
  expect(swapped.difference.mean).toBeCloseTo(-cost!.difference.mean, 6)
})

test('against the baseline it costs what it costs, and is better as often as NPV is above zero', () => {
  const outcome = runScenario(question)
  if (!outcome.ok) throw new Error('refused')
  const { numbers, against } = compared(null)
  expect(against).toBe('Baseline')
  expect(numbers[0]!.difference).toEqual(outcome.value.allIn)
  expect(numbers[0]!.better).toBe(0)
  expect(numbers[1]!.difference).toEqual(outcome.value.npv)
  expect(numbers[1]!.better).toBeCloseTo(outcome.value.oddsNpvPositive!, 12)
})

test('key results are better in their own direction', () => {
  const slower = { ...small, id: 'slower', sets: { ...small.sets, 'Cycle now': '15 to 30' } }
  const faster = { ...small, sets: { ...small.sets, 'Cycle now': '10 to 12' } }
  const number = compared(slower, faster).numbers.find(({ name }) => name === 'Cycle')!
  expect(number.better).toBeGreaterThan(0.95)
  expect(number.difference.p50).toBeLessThan(0)
})

test('one that cannot be run is refused with its reason', () => {
  const told = compareScenarios(question, { ...large, sets: { Nothing: '1' } })
  expect(told).toMatchObject({ ok: false, issues: [{ code: 'scenario/unknown-row' }] })
})
