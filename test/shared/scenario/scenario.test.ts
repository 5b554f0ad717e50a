import { describe, expect, test } from 'vitest'
import type { Day, MonthKey } from '../../../shared/calendar/index.ts'
import type { MetricValue } from '../../../shared/metrics/index.ts'
import { compileModel, type ModelRow, pearson, runModel } from '../../../shared/model/index.ts'
import type { KeyResult } from '../../../shared/okr/index.ts'
import { nanosOf } from '../../../shared/money/index.ts'
import { NO_OWN_PRICES } from '../../../shared/prices/index.ts'
import { planModel } from '../../../shared/plan/index.ts'
import { seedOf } from '../../../shared/quantities/index.ts'
import {
  applySets,
  assemble,
  finishScenario,
  nowId,
  prepareScenario,
  readSet,
  runScenario,
  type Scenario,
  type ScenarioRecords,
} from '../../../shared/scenario/index.ts'
import { carryOn, holds } from '../../../shared/scenario/key-results.ts'
import { ROLE } from '../../../shared/scenario/roles.ts'
import { findTensions, type Judged, oddsGiven, oddsOf, oddsOfAll } from '../../../shared/scenario/statistics.ts'
import { NO_HISTORY, scenarioFromTemplate, templateById } from '../../../shared/templates/index.ts'

function row(id: string, said: Partial<ModelRow>): ModelRow {
  return {
    id,
    name: id,
    unit: '$',
    kind: 'budget line',
    group: null,
    owner: '',
    evidence: { kind: 'entered' },
    formula: '',
    overrides: {},
    note: '',
    order: 0,
    ...said,
  }
}

function keyResult(id: string, said: Partial<KeyResult>): KeyResult {
  return {
    id,
    objectiveId: 'o',
    name: id,
    type: 'decrease',
    unit: 'h',
    start: 20,
    target: 14,
    isStrict: false,
    source: { kind: 'measured', metricId: 'cycle-time' },
    weight: 1,
    order: 0,
    ...said,
  }
}

const known = (value: number, interval?: readonly [number, number]): MetricValue => ({
  known: true,
  value,
  n: 200,
  quality: 'exact',
  coverage: 1,
  excluded: {},
  ...(interval ? { interval } : {}),
})

const METRICS = new Map<string, MetricValue>([
  ['cycle-time', known(15)],
  ['change-failure-rate', known(0.05, [0.035, 0.07])],
  [
    'rework-rate',
    { known: false, why: { code: 'metrics/needs-git', said: 'no git import', wanted: 'landings', did: 'noted' } },
  ],
])

const RECORDS: ScenarioRecords = {
  rows: {
    rate: row('rate', { name: 'Review rate', kind: 'driver', unit: '$/h', formula: '100', order: 1 }),
    spend: row('spend', { name: 'Agent spend', kind: 'driver', formula: '$1k to $2k', order: 2 }),
    agents: row('agents', { name: 'Agents', formula: "2 * 'Agent spend'", order: 3 }),
  },
  keyResults: {
    cycle: keyResult('cycle', { order: 1 }),
    failure: keyResult('failure', {
      type: 'keep-below',
      unit: '%',
      start: null,
      target: 0.05,
      isStrict: true,
      source: { kind: 'measured', metricId: 'change-failure-rate' },
      order: 2,
    }),
    rework: keyResult('rework', {
      unit: '%',
      target: 0.15,
      source: { kind: 'measured', metricId: 'rework-rate' },
      order: 3,
    }),
    entered: keyResult('entered', {
      type: 'increase',
      unit: '1',
      target: 10,
      source: { kind: 'entered', checkIns: [{ on: '2026-10-12' as Day, value: 9.9, note: '' }] },
      order: 4,
    }),
  },
}

const byHand: Scenario = {
  id: 'hand',
  name: 'By hand',
  templateId: null,
  sets: {},
  rows: [],
  startMonth: '2026-12' as MonthKey,
  horizonMonths: 3,
  samples: 1024,
  seed: 3,
  order: 0,
}
const refactor = (sets: Record<string, string> = {}) =>
  scenarioFromTemplate(templateById('refactor-services')!, {
    id: 't1',
    history: NO_HISTORY,
    startMonth: '2026-12' as MonthKey,
    sets: { Services: '40', ...sets },
    samples: 512,
  })

function outcomeOf(scenario: Scenario, records = RECORDS) {
  const outcome = runScenario({ scenario, records, history: {}, metrics: METRICS, currency: 'USD' })
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues))
  return outcome.value
}

describe('inputs of a run', () => {
  const allIn = row(ROLE.allIn, {
    name: 'All in',
    kind: 'outcome',
    formula: "Small + from('Weeks'.spend) + ($10k to $90k)",
  })
  const small = row('small', { name: 'Small', kind: 'driver', formula: '$1k to $2k' })
  const scenario = { ...byHand, rows: [allIn, small] }
  const weeks = Float64Array.of(1000, 1010, 1020, 1030)
  const outcome = runScenario({
    scenario,
    records: { rows: {}, keyResults: {} },
    metrics: METRICS,
    currency: 'USD',
    history: { Weeks: { spend: weeks } },
  })
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues))

  test('a range inside a formula is told among the drivers, by its text and its row', () => {
    expect(outcome.value.drivers[0]).toMatchObject({ name: '$10k to $90k in All in', sign: 1 })
    expect(outcome.value.drivers[0]!.share).toBeGreaterThan(0.9)
    const { histogram, samples, information } = outcome.value
    expect(histogram!.counts.reduce((sum, count) => sum + count, 0)).toBe(samples)
    expect(information).toBeUndefined()
  })

  test('what was spent is at hand in a scenario', () => {
    const spent = { ...allIn, formula: 'sum(iferror(actual(Pilot), $5k))' }
    const nanos = nanosOf(700_000_000_000n)
    const cell = { initiativeId: 'p', month: '2026-12' as MonthKey, tool: null, currency: 'USD', amount: '700', nanos }
    const told = runScenario({
      scenario: { ...byHand, rows: [spent] },
      records: { rows: {}, keyResults: {} },
      history: {},
      metrics: METRICS,
      currency: 'USD',
      figures: {
        prices: NO_OWN_PRICES,
        initiatives: { p: { id: 'p', name: 'Pilot' } },
        actuals: { cells: [{ ...cell, basis: 'billed', isBeside: false }], unpriced: [] },
      },
    })
    expect(told.ok && told.value.allIn.mean).toBe(700 + 2 * 5000)
  })

  test('a draw from history is shown beside the history', () => {
    const [fit, ...others] = outcome.value.fits!
    expect(others).toEqual([])
    expect(fit).toMatchObject({ row: 'All in', source: 'Weeks', column: 'spend', n: 4, method: 'log-Student-t' })
    expect(fit!.pairs.map(([observed]) => observed)).toEqual([1000, 1010, 1020, 1030])
    expect(outcomeOf(byHand).fits).toBeUndefined()
  })
})

test('a plan too large to keep is drawn fewer times, and that is said', () => {
  const months = 480
  const line = (k: number) =>
    row(`line-${k}`, { unit: '1', formula: `(${k + 1} to ${k + 2}) * month(month)`, order: k })
  const rows = Object.fromEntries(Array.from({ length: 60 }, (_, k) => [`line-${k}`, line(k)]))
  const question = { history: {}, metrics: new Map(), currency: 'USD' }
  const prepared = prepareScenario({
    ...question,
    scenario: { ...byHand, horizonMonths: months, samples: 10_240 },
    records: { rows, keyResults: {} },
  })
  if (!prepared.ok) throw new Error('refused')
  const [run] = prepared.value.runs
  // 60 rows of 480 months of 8 bytes are 230,400 bytes a sample, 1.5 GiB of them 6,990 samples.
  expect(run!.options.samples).toBe(6 * 1024)
  const small = { ...prepared.value, runs: [{ ...run!, options: { ...run!.options, samples: 16 } }] }
  const own = runModel(compileModel(run!.model), small.runs[0]!.options)
  const told = finishScenario({ ...question, scenario: byHand, records: { rows, keyResults: {} } }, small, own, own)
  if (!told.ok) throw new Error('refused')
  expect(told.value.notes[0]).toBe(
    'Drawn 16 times instead of 10,240: the uncertain months of the plan would not fit into memory more often.',
  )
  expect(told.value.of).toBeUndefined()
})

describe('laws', () => {
  test('a scenario without overrides is the plan itself, sample by sample', () => {
    const outcome = outcomeOf(byHand)
    expect(outcome.allIn).toEqual({ p10: 0, p50: 0, p90: 0, mean: 0, sd: 0, undefined: 0 })
    for (const { odds, baselineOdds } of outcome.keyResults) expect(odds).toBe(baselineOdds)
    const assembled = assemble(byHand, RECORDS, METRICS, {})
    if (!assembled.ok) throw new Error('not assembled')
    const { model, months } = assembled.value
    const options = { samples: 1024, seed: seedOf(3) }
    const plan = runModel(compileModel(planModel(RECORDS, months)), options)
    const same = runModel(compileModel(model), options)
    expect(same.sampleOf('spend')).toEqual(plan.sampleOf('spend'))
    expect(same.rows.get('agents')).toEqual(plan.rows.get('agents'))
  })

  test('a template leaves every row of the plan as it is, sample by sample', () => {
    const assembled = assemble(refactor(), RECORDS, METRICS, {})
    if (!assembled.ok) throw new Error('not assembled')
    const options = { samples: 1024, seed: seedOf(1), wanted: ['spend', nowId('cycle-time')] }
    const then = runModel(compileModel(assembled.value.model), options)
    const now = runModel(compileModel(assembled.value.baseline), options)
    expect(then.sampleOf('spend')).toEqual(now.sampleOf('spend'))
    expect(then.sampleOf(nowId('cycle-time'))).toEqual(now.sampleOf(nowId('cycle-time')))
  })

  test('same seed, same outcome; another seed, another', () => {
    expect(outcomeOf(refactor())).toEqual(outcomeOf(refactor()))
    expect(outcomeOf({ ...refactor(), seed: 2 }).allIn.mean).not.toBe(outcomeOf(refactor()).allIn.mean)
  })

  test('parts add up to the whole', () => {
    const { allIn, parts } = outcomeOf(refactor())
    expect(parts.reduce((sum, { spread }) => sum + spread.mean, 0)).toBeCloseTo(allIn.mean, 6)
    expect(parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 10)
  })

  test('cash by quarter adds up to the all-in cost once the work is done', () => {
    const { allIn, cash } = outcomeOf(refactor())
    expect(cash![0]).toMatchObject({ from: '2026-12', to: '2027-02' })
    expect(cash!.reduce((sum, { spread }) => sum + spread.mean, 0)).toBeCloseTo(allIn.mean, 4)
  })

  test('fewer services cost less and keep more key results', () => {
    const [few, many] = [outcomeOf(refactor({ Services: '20' })), outcomeOf(refactor({ Services: '80' }))]
    expect(few.allIn.p50).toBeLessThan(many.allIn.p50)
    expect(few.durationMonths!.p50).toBeLessThan(many.durationMonths!.p50)
  })

  test('what goes on without an end is not said to end with the months looked at', () => {
    const endless = scenarioFromTemplate(templateById('price-cut')!, {
      id: 'price-cut',
      history: NO_HISTORY,
      startMonth: '2026-12' as MonthKey,
    })
    expect(outcomeOf({ ...endless, samples: 512 }).durationMonths).toBeNull()
  })
})

describe('what a scenario changes in the plan', () => {
  test('its cost is the difference, exact where nothing is uncertain', () => {
    const certain = { ...RECORDS, rows: { ...RECORDS.rows, spend: { ...RECORDS.rows['spend']!, formula: '1000' } } }
    const outcome = outcomeOf({ ...byHand, sets: { 'agent spend': '1500' } }, certain)
    expect(outcome.allIn).toMatchObject({ p10: 3000, p90: 3000 })
    expect(outcome.baselineBudget).toBe(6000)
  })
  test('a driver of the plan takes the place of the template’s, and that is said', () => {
    const outcome = outcomeOf(refactor())
    expect(outcome.notes.join(' ')).toContain('Taken from the plan: Review rate.')
    expect(outcome.assumptions.find(({ name }) => name === 'Review rate')!.formula).toBe('100')
  })
})

describe('key results', () => {
  const outcome = outcomeOf(refactor())
  const of = (id: string) => outcome.keyResults.find(({ keyResultId }) => keyResultId === id)!
  test('the refactoring costs odds where review queues and unsafe edits reach', () => {
    expect(of('cycle').baseline).toBe(15)
    expect(of('cycle').odds!).toBeLessThan(of('cycle').baselineOdds!)
    expect(of('failure').odds!).toBeLessThan(of('failure').baselineOdds!)
    expect(of('failure').baselineOdds!).toBeCloseTo(0.5, 1)
  })
  test('unknown in, unknown out, with the reason', () => {
    expect(of('rework')).toMatchObject({
      baseline: null,
      odds: null,
      withScenario: null,
      unknownBecause: 'no git import',
    })
  })
  test('what the template does not touch keeps its baseline', () => {
    expect(of('entered').odds).toBe(of('entered').baselineOdds)
    expect(of('entered').withScenario!.p50 / 9.9).toBeCloseTo(1, 1)
  })
  test('odds of all are no better than those of any', () => {
    expect(outcome.oddsOfAll!).toBeLessThanOrEqual(
      Math.min(of('cycle').odds!, of('failure').odds!, of('entered').odds!),
    )
  })
  test('strict means below, not at', () => {
    const strict = keyResult('k', { target: 0.05, isStrict: true })
    expect([0.049, 0.05, 0.051].map((value) => holds(strict, value))).toEqual([true, false, false])
    expect(holds({ ...strict, isStrict: false }, 0.05)).toBe(true)
    expect(holds(keyResult('k', { type: 'increase', target: 10 }), 9.99)).toBe(false)
    expect(holds(strict, Number.NaN)).toBe(false)
  })
  test('check-ins are carried on along a straight line to the end of the quarter', () => {
    const checkIns = [
      { on: '2026-10-01' as Day, value: 10, note: '' },
      { on: '2026-10-11' as Day, value: 20, note: '' },
    ]
    expect(carryOn(checkIns, '2026-10-31' as Day)).toBeCloseTo(40, 10)
    expect(carryOn(checkIns.slice(0, 1), '2026-10-31' as Day)).toBeNull()
    expect(carryOn(checkIns, '2026-10-05' as Day)).toBeNull()
    expect(carryOn(checkIns, null)).toBeNull()
  })
})

describe('tension', () => {
  const size = 1000
  const ramp = Float64Array.from({ length: size }, (_, i) => i / size)
  const judged = (id: string, said: Partial<KeyResult>, then: Float64Array, now = then): Judged => ({
    rows: { keyResult: keyResult(id, said), baseline: 0, unknownBecause: null, nowRow: null, withId: null },
    now,
    then,
  })
  test('two that cannot both be had', () => {
    const a = judged('fast', { type: 'increase', target: 0.5 }, ramp)
    const b = judged('safe', { type: 'decrease', target: 0.5 }, ramp)
    const [tension] = findTensions([a, b], pearson)
    expect(tension).toMatchObject({ a: 'fast', b: 'safe' })
    expect(tension!.correlation).toBeCloseTo(-1, 10)
    expect(oddsOfAll([a, b])).toBeCloseTo(0.001, 10)
  })
  test('one lifted, the other paid for', () => {
    const noise = (k: number) => Float64Array.from({ length: size }, (_, i) => ((i * k) % size) / size)
    const a = judged(
      'rework',
      { type: 'increase', target: 0.5 },
      noise(7).map((x) => x + 0.1),
      noise(7),
    )
    const b = judged(
      'failures',
      { type: 'increase', target: 0.5 },
      noise(13).map((x) => x - 0.2),
      noise(13),
    )
    expect(findTensions([a, b], pearson).map(({ sentence }) => sentence)).toEqual([
      'It lifts the odds of “rework” by 10 points and costs “failures” 20 points.',
    ])
  })
  test('none where they go together', () => {
    expect(findTensions([judged('a', { target: 0.5 }, ramp), judged('b', { target: 0.6 }, ramp)], pearson)).toEqual([])
  })
  test('odds of each when the other is met', () => {
    // Rising from 0 to 1: above 0.5 in half of the runs, above 0.75 in half of those.
    const [a, b] = [
      judged('half', { type: 'increase', target: 0.5 }, ramp),
      judged('quarter', { type: 'increase', target: 0.75 }, ramp),
    ]
    const given = oddsGiven([a, b])
    expect(given.map(({ keyResultId, givenId }) => [keyResultId, givenId])).toEqual([
      ['half', 'quarter'],
      ['quarter', 'half'],
    ])
    expect(given[0]).toMatchObject({ odds: 1 })
    expect(given[1]!.odds).toBeCloseTo(0.5, 2)
    expect(given[1]!.of / size).toBeCloseTo(0.5, 2)
    const never = judged('never', { type: 'increase', target: 2 }, ramp)
    expect(oddsGiven([a, never])[0]).toEqual({ keyResultId: 'half', givenId: 'never', odds: Number.NaN, of: 0 })
  })
  test('an undefined sample does not hold', () => {
    expect(oddsOf(Float64Array.of(1, Number.NaN), () => true)).toBe(0.5)
  })
})

describe('sets', () => {
  test('read a name and a formula', () => {
    for (const [text, name, formula] of [
      ['Services=120', 'Services', '120'],
      ["'Review rate' = 95", 'Review rate', '95'],
      ['Review rate=  90 to 120 ', 'Review rate', '90 to 120'],
      ["'It''s'=if(1 = 1, 2, 3)", "It's", 'if(1 = 1, 2, 3)'],
    ] as const) {
      expect(readSet(text)).toEqual({ ok: true, value: { name, formula } })
    }
    for (const text of ['Services', '=5', 'Services=', '']) expect(readSet(text).ok, text).toBe(false)
  })
  test('an unknown name is refused with the nearest one; a broken formula with what is wrong', () => {
    const rows = refactor().rows
    const unknown = applySets(rows, { Servces: '120' })
    expect(unknown).toMatchObject({
      ok: false,
      issues: [{ code: 'scenario/unknown-row', can: expect.stringContaining('Services') }],
    })
    expect(applySets(rows, { Services: '120 *' })).toMatchObject({
      ok: false,
      issues: [{ code: 'scenario/broken-formula' }],
    })
    const set = applySets(rows, { services: '120' })
    expect(set.ok && set.value.rows.find(({ name }) => name === 'Services')).toMatchObject({
      formula: '120',
      evidence: { kind: 'entered' },
    })
  })
  test('a row that cannot be computed stops the run with its reason', () => {
    const outcome = runScenario({
      scenario: refactor({ Services: 'Nobody' }),
      records: RECORDS,
      history: {},
      metrics: METRICS,
      currency: 'USD',
    })
    expect(outcome.ok ? null : outcome.issues[0]).toMatchObject({ code: 'scenario/row-in-error', said: '#NAME?' })
  })
  test('a row that speaks of a queue is played through event by event', () => {
    expect(outcomeOf(refactor()).flow).toBeUndefined()
    const { flow } = outcomeOf(refactor({ 'Attempts at most': '2 + queuewait(4, 0.2, 1)' }))
    expect(flow).toMatchObject([{ rowName: 'Attempts at most', what: 'queuewait', lowerBound: null }])
    expect(flow![0]!.simulated.mean / flow![0]!.closedForm).toBeCloseTo(1, 0)
  })
  test('never paying back is an answer', () => {
    const outcome = outcomeOf(refactor({ 'Hours saved per service a month': '0' }))
    expect(outcome.oddsOfPayback).toBe(0)
    expect(outcome.paybackMonths!.undefined).toBe(512)
  })
})
