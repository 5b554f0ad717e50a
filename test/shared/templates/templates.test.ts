import { describe, expect, test } from 'vitest'
import type { MonthKey } from '../../../shared/calendar/index.ts'
import { tellIssue } from '../../../shared/issues/index.ts'
import { metricById } from '../../../shared/metrics/index.ts'
import { compileModel, type ModelRun, runModel, spreadOf } from '../../../shared/model/index.ts'
import { assemble, ROLE, runScenario } from '../../../shared/scenario/index.ts'
import { seedOf } from '../../../shared/quantities/index.ts'
import {
  fitTemplate,
  NO_HISTORY,
  scenarioFromTemplate,
  templateById,
  TEMPLATES,
  type TeamHistory,
} from '../../../shared/templates/index.ts'

const EMPTY = { rows: {}, keyResults: {} }

/** The template with single numbers in it, and one row's value. */
function runWith(id: string, sets: Record<string, string>, samples = 16): ModelRun {
  const scenario = scenarioFromTemplate(templateById(id)!, {
    id: 's',
    history: NO_HISTORY,
    startMonth: '2026-12' as MonthKey,
    sets,
  })
  const assembled = assemble(scenario, EMPTY, new Map(), {})
  if (!assembled.ok) throw new Error(assembled.issues.map(tellIssue).join(' '))
  return runModel(compileModel(assembled.value.model), { samples, seed: seedOf(1) })
}

function valueIn(run: ModelRun, name: string): number {
  const row = [...run.rows.values()].find((each) => each.name === name)
  if (row?.shape === 'number') return row.value
  if (row?.shape === 'months') return row.values[0]!
  if (row?.shape === 'spread') return row.spread.mean
  if (row?.shape === 'spread by month') return row.spreads[0]!.mean
  throw new Error(`${name}: ${row?.shape === 'error' ? row.error.message : 'no such row'}`)
}

const W1 = {
  'Token cost per attempt': '40',
  'Success per attempt': '80%',
  'Review hours per service': '0.75',
  'Rework share': '0%',
  'Unsafe edits': '0%',
}

describe('worked answers', () => {
  test('250 services for $10,000 are 12,400 with retries and 33,025 all-in; $133.17 a service', () => {
    const run = runWith('refactor-services', W1)
    expect(valueIn(run, 'Expected attempts')).toBeCloseTo(1.24, 10)
    expect(valueIn(run, 'Token cost')).toBeCloseTo(12_400, 6)
    expect(valueIn(run, 'Services done')).toBeCloseTo(248, 10)
    expect(valueIn(run, 'Review cost')).toBeCloseTo(20_625, 6)
    expect(valueIn(run, 'All-in cost')).toBeCloseTo(33_025, 6)
    expect(valueIn(run, 'Token cost') / valueIn(run, 'All-in cost')).toBeCloseTo(0.3755, 4)
    expect(valueIn(run, 'Break-even value per service')).toBeCloseTo(133.17, 2)
  })

  test('three orchestrators against ten engineers: 1,470,000 and 2,300,000 a year, 2.13 times at equal cost per unit', () => {
    const run = runWith('orchestrators-vs-engineers', {
      'Engineer a year': '230000',
      'Tokens a day': '1000',
      'Rework share': '0%',
      'Output multiple': '1',
    })
    expect(valueIn(run, 'All-in cost')).toBeCloseTo(1_470_000, 4)
    expect(valueIn(run, 'Engineers a month') * 12).toBeCloseTo(2_300_000, 4)
    expect(valueIn(run, 'Output multiple at equal cost per unit')).toBeCloseTo(2.1304, 4)
  })

  test('cache 80/5/15 leaves 29.25% of 300: 87.75', () => {
    const run = runWith('cache-and-batch', {
      'Input spend a month': '300',
      'Output spend a month': '0',
      'Read share': '80%',
      Batchable: '0%',
    })
    expect(valueIn(run, 'Spend then a month')).toBeCloseTo(87.75, 8)
    expect(valueIn(run, 'Uses from which a 5-minute write pays')).toBeCloseTo(1.278, 3)
  })

  test('$25 routed 70% to a fifth of the price is $11; 80% escalation eats it', () => {
    const base = { 'Token spend a month': '25', 'Tokenizer factor': '1', 'Small model price': '20%' }
    expect(valueIn(runWith('switch-model', { ...base, 'Escalation rate': '0%' }), 'New spend a month')).toBeCloseTo(
      11,
      8,
    )
    expect(valueIn(runWith('switch-model', { ...base, 'Escalation rate': '80%' }), 'New spend a month')).toBeCloseTo(
      25,
      8,
    )
    expect(valueIn(runWith('switch-model', base), 'Escalation rate that eats the saving')).toBeCloseTo(0.8, 8)
  })

  test('half the price at a rebound of 0.6, 1, 1.3 costs 0.758, 1, 1.231 of today', () => {
    for (const [rebound, share] of [
      ['0.6', 0.758],
      ['1', 1],
      ['1.3', 1.231],
    ] as const) {
      const run = runWith('price-cut', { 'Price cut': '50%', Rebound: rebound })
      expect(valueIn(run, 'Spend after the cut, of today')).toBeCloseTo(share, 3)
    }
  })

  test('$13 to $1,000 a day at an exponent of 0.301 is 3.7 times the output', () => {
    const run = runWith('budget-per-developer', { 'Budget now': '13', 'Budget then': '1000', Elasticity: '0.30103' })
    expect(valueIn(run, 'Output multiple')).toBeCloseTo(3.696, 3)
  })

  test('600 changes: saves 13,200, costs 900 and 4,400 of triage, net 7,900', () => {
    const run = runWith('reviewers-vs-guardrails', {
      'Changes a month': '600',
      'Review hours per change': '0.8',
      'Review time saved': '25%',
      'AI review per change': '1.5',
      'Comments per change': '4',
      'Minutes per comment': '1',
      'Defects per change': '0%',
    })
    expect(valueIn(run, 'Value in month')).toBeCloseTo(13_200, 6)
    expect(valueIn(run, 'Tokens in month')).toBeCloseTo(900, 6)
    expect(valueIn(run, 'Triage in month')).toBeCloseTo(4400, 6)
    expect(valueIn(run, 'Net')).toBeCloseTo(7900, 6)
  })

  test('1,200 files: $756 of tokens, $16,060 of review', () => {
    const run = runWith('test-coverage', {
      'Token cost per file': '0.63',
      Accepted: '73%',
      'Review minutes per file': '10',
    })
    expect(valueIn(run, 'Token cost')).toBeCloseTo(756, 6)
    expect(valueIn(run, 'Review cost')).toBeCloseTo(16_060, 6)
  })

  test('250 services at $15 to $120: 14,740 on average; spread 6% alone, 44% when they share a fifth of their luck (seed 1)', () => {
    const point = { ...W1, 'Token cost per attempt': '15 to 120', 'Success per attempt': '100%' }
    const scenario = scenarioFromTemplate(templateById('refactor-services')!, {
      id: 's',
      history: NO_HISTORY,
      startMonth: '2026-12' as MonthKey,
      sets: point,
    })
    const cvOf = (share: string) => {
      const rows = scenario.rows.map((row) =>
        row.id === ROLE.tokens ? { ...row, formula: row.formula.replace('30%', share) } : row,
      )
      const assembled = assemble({ ...scenario, rows }, EMPTY, new Map(), {})
      if (!assembled.ok) throw new Error('not assembled')
      const run = runModel(compileModel(assembled.value.model), {
        samples: 4096,
        seed: seedOf(1),
        wanted: [ROLE.tokens],
      })
      const { mean, sd } = spreadOf(run.sampleOf(ROLE.tokens)!)
      expect(mean / 14_740).toBeGreaterThan(0.97)
      expect(mean / 14_740).toBeLessThan(1.03)
      return sd / mean
    }
    expect(cvOf('0%')).toBeCloseTo(0.061, 2)
    expect(Math.abs(cvOf('20%') - 0.435)).toBeLessThan(0.05)
  })
})

describe('every template', () => {
  for (const template of TEMPLATES) {
    test(`${template.id} runs on its defaults and says where they come from`, () => {
      const scenario = scenarioFromTemplate(template, {
        id: 's',
        history: NO_HISTORY,
        startMonth: '2026-12' as MonthKey,
        samples: 1024,
      })
      const outcome = runScenario({ scenario, records: EMPTY, history: {}, metrics: new Map(), currency: 'USD' })
      if (!outcome.ok) throw new Error(outcome.issues.map(tellIssue).join('\n'))
      const { allIn, parts, npv, paybackMonths, fan, drivers, assumptions } = outcome.value
      expect(parts.reduce((sum, { spread }) => sum + spread.mean, 0)).toBeCloseTo(allIn.mean, 4)
      expect(parts.some(({ name }) => name === 'tokens')).toBe(true)
      expect(npv!.undefined).toBe(0)
      expect(paybackMonths!.undefined).toBeLessThan(1024)
      expect(fan).toHaveLength(template.horizonMonths)
      expect(drivers.length).toBeGreaterThan(0)
      expect(assumptions).toHaveLength(template.rows.filter(({ kind }) => kind === 'driver').length)
      const names = template.rows.map(({ name }) => name.toLowerCase())
      expect(new Set(names).size).toBe(names.length)
      expect(names).toContain(template.leverName.toLowerCase())
      for (const { kind, evidence } of template.rows) if (kind === 'driver') expect(evidence.kind).not.toBe('computed')
      for (const { id } of template.rows)
        if (id.startsWith('effect/')) expect(metricById(id.slice(7)), id).not.toBeNull()
    })
  }

  test.each(TEMPLATES.map(({ id }) => id))('%s runs on single numbers alone', (id) => {
    const sets = Object.fromEntries(
      templateById(id)!.rows.flatMap(({ name, formula }) => {
        const [, low, mean] = /^(?:(\S+) to \S+|normal\(([^,]+), .+\))$/.exec(formula) ?? []
        return (low ?? mean) === undefined ? [] : [[name, (low ?? mean)!]]
      }),
    )
    const run = runWith(id, sets)
    const uncertain = [...run.rows.values()].filter(({ shape }) => shape.startsWith('spread'))
    const rolls = templateById(id)!.rows.filter(({ formula }) => /\b(poisson|binomial|bernoulli|of)\b/.test(formula))
    if (rolls.length === 0) expect(uncertain.map(({ name }) => name)).toEqual([])
    expect([...run.rows.values()].filter((row) => row.shape !== 'error').length).toBeGreaterThan(10)
  })

  test('ten of them, by the names scripts know', () => {
    expect(TEMPLATES.map(({ id }) => id)).toEqual([
      'refactor-services',
      'switch-model',
      'cache-and-batch',
      'orchestrators-vs-engineers',
      'budget-per-developer',
      'context-engineering',
      'reviewers-vs-guardrails',
      'migrate-framework',
      'price-cut',
      'test-coverage',
    ])
  })
})

describe('fitting', () => {
  const history = (n: number): TeamHistory =>
    new Map([['Success per attempt', { formula: '60% to 70%', n, method: 'merged of closed', source: 'imports' }]])
  const rowOf = (n: number) =>
    fitTemplate(templateById('refactor-services')!, history(n)).find(({ name }) => name === 'Success per attempt')!
  test('own data replaces a default from 20 cases up, and says so', () => {
    expect(rowOf(19)).toMatchObject({ formula: '55% to 95%', evidence: { kind: 'published' } })
    expect(rowOf(20)).toMatchObject({ formula: '60% to 70%', evidence: { kind: 'your data', n: 20 } })
    expect('values' in rowOf(20).evidence).toBe(false)
  })
  test('what a range was laid over stays with it, and the run shows both side by side', () => {
    const values = [0.58, 0.61, 0.64, 0.66, 0.69, 0.72]
    const learned = { formula: '60% to 70%', n: 80, method: 'merged of closed', source: 'imports', values }
    const scenario = scenarioFromTemplate(templateById('refactor-services')!, {
      id: 's',
      history: new Map([['Success per attempt', learned]]),
      startMonth: '2026-12' as MonthKey,
      samples: 2048,
    })
    const question = { records: EMPTY, history: {}, metrics: new Map(), currency: 'USD' }
    const outcome = runScenario({ ...question, scenario })
    if (!outcome.ok) throw new Error('refused')
    const [fit, ...others] = outcome.value.fits!
    expect(others).toEqual([])
    expect(fit).toMatchObject({ row: 'Success per attempt', method: 'range', rule: 'merged of closed', n: 6 })
    expect(fit!.pairs.map(([observed]) => observed)).toEqual(values)
    for (const [observed, drawn] of fit!.pairs) expect(Math.abs(observed - drawn)).toBeLessThan(0.03)
    const typed = { ...scenario, sets: { 'Success per attempt': '50% to 60%' } }
    const other = runScenario({ ...question, scenario: typed })
    expect(other.ok && other.value.fits).toBeUndefined()
  })
})
