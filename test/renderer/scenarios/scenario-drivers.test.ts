import { expect, test } from 'vitest'
import { driverEntries, problemOf, setDriver } from '../../../renderer/views/scenarios/scenario-drivers.ts'
import type { Scenario, ScenarioOutcome } from '../../../shared/scenario/index.ts'
import { lineOf } from '../plan/plan-records.ts'

const driver = (name: string, formula: string) =>
  lineOf(`d/${name}`, { name, kind: 'driver', group: null, formula, unit: '1' })

const SCENARIO: Scenario = {
  id: 's',
  name: 'Refactor',
  templateId: null,
  sets: { services: '120', Seats: '80' },
  rows: [driver('Services', '250'), driver('Review rate', '$110'), lineOf('out', { kind: 'outcome', name: 'Cost' })],
  startMonth: '2026-11' as Scenario['startMonth'],
  horizonMonths: 12,
  samples: 1024,
  seed: 1 as Scenario['seed'],
  order: 1,
}
const PLAN = [driver('Seats', '50'), driver('review rate', '$95'), driver('Other', '1')]

test('own drivers, the plan in place of one of the same name, then plan rows that are set', () => {
  expect(
    driverEntries(SCENARIO, PLAN, null).map(({ name, formula, isSet, from }) => [name, formula, isSet, from]),
  ).toEqual([
    ['Services', '120', true, 'scenario'],
    ['review rate', '$95', false, 'plan'],
    ['Seats', '80', true, 'plan'],
  ])
})

test('what is typed becomes a set, and the inherited formula takes it back', () => {
  const [services] = driverEntries(SCENARIO, PLAN, null)
  expect(setDriver(SCENARIO, services!, '=100 to 200').sets).toEqual({ Services: '100 to 200', Seats: '80' })
  expect(setDriver(SCENARIO, services!, '250').sets).toEqual({ Seats: '80' })
})

test('a typed formula is entered, unless its run found that it draws on imported values', () => {
  const found = { kind: 'your data', n: 26, method: 'log-Student-t', source: 'Weeks, merged' } as const
  const ran = { name: 'Services', unit: '1', reading: '', evidence: found }
  const evidenceOf = (formula: string) =>
    driverEntries(SCENARIO, PLAN, { assumptions: [{ ...ran, formula }] } as unknown as ScenarioOutcome)[0]!.evidence
  expect(evidenceOf('120')).toEqual(found)
  expect(evidenceOf('119')).toEqual({ kind: 'entered' })
})

test('a formula that cannot be read says why', () => {
  expect(problemOf('10k to 20k')).toBeNull()
  expect(problemOf('')).toContain('wanted')
  expect(problemOf('10k to')).not.toBeNull()
})
