import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Day, MonthKey } from '../../../shared/calendar/index.ts'
import { compileModel, type ModelRow, type RowResult, runModel } from '../../../shared/model/index.ts'
import { formatNanos, fromUnits, sumNanos, type Nanos, nanosOf, parseNanos } from '../../../shared/money/index.ts'
import {
  actualsOf,
  besideActuals,
  type AttributionRule,
  budgetLines,
  forecastMonth,
  matchRules,
  planModel,
  planNanos,
  planTotals,
  sumActuals,
  sumOfMonths,
  varianceOf,
  workingDaysIn,
} from '../../../shared/plan/index.ts'
import { priceBookOf, withEstimates } from '../../../shared/prices/index.ts'
import { seedOf } from '../../../shared/quantities/index.ts'
import { factsOf, onDay } from '../../support/build-facts.ts'

const MONTHS = ['2026-10', '2026-11', '2026-12'] as MonthKey[]

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

function totalsOf(rows: readonly ModelRow[]) {
  const records = { rows: Object.fromEntries(rows.map((each) => [each.id, each])) }
  const run = runModel(compileModel(planModel(records, MONTHS)), { samples: 512, seed: seedOf(1) })
  return planTotals(budgetLines(records), run.rows, MONTHS)
}

describe('plan totals', () => {
  test('formulas over drivers, typed months and lines without a number', () => {
    const totals = totalsOf([
      row('Seats', { kind: 'driver', unit: '1', formula: '40' }),
      row('Assistants', { group: 'i1', formula: 'Seats * $12.5', overrides: { '2026-12': '300' }, order: 1 }),
      row('Agents', { group: 'i2', overrides: { '2026-10': '4.2k', '2026-11': '4.4k' }, order: 2 }),
      row('Loose', { formula: '0.125', order: 3 }),
    ])
    expect(totals.byMonth.map(formatNanos)).toEqual(['4700.13', '4900.13', '300.13'])
    expect(formatNanos(totals.total)).toBe('9900.39')
    expect(totals.byInitiative.map(({ initiativeId, total }) => [initiativeId, formatNanos(total)])).toEqual([
      ['i1', '1300'],
      ['i2', '8600'],
      [null, '0.39'],
    ])
    expect(totals.lines.find(({ rowId }) => rowId === 'Agents')!.amounts).toEqual(
      new Float64Array([4200, 4400, Number.NaN]),
    )
  })

  test('a line in error is in no total and is told', () => {
    const totals = totalsOf([row('Agents', { formula: 'Nobody * 2' }), row('Rest', { formula: '10' })])
    expect(formatNanos(totals.total)).toBe('30')
    expect(totals.leftOut).toMatchObject([{ code: 'plan/not-computed', said: '#NAME?' }])
  })

  test('parts add up to the whole, to the cent', () => {
    // Beyond 45 million and far beyond what a double counts in cents.
    const cell = fc.oneof(
      fc.double({ min: -1e8, max: 1e8, noNaN: true }),
      fc.double({ min: -1e16, max: 1e16, noNaN: true }),
      fc.constantFrom(0.005, 1.005, -2.675, 45e6, 44_999_999.995),
    )
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', null), fc.array(cell, { minLength: 3, maxLength: 3 }))),
        (lines) => {
          const rows = lines.map(([group], i) => row(`r${i}`, { group, formula: 'x' }))
          const results = new Map<string, RowResult>(
            lines.map(([, values], i) => [`r${i}`, { id: `r${i}`, name: '', unit: '$', shape: 'months', values }]),
          )
          const totals = planTotals(rows, results, MONTHS)
          const all: readonly Nanos[] = totals.lines.flatMap(({ amounts }) =>
            [...amounts].map((amount) => planNanos(amount)!),
          )
          expect(totals.total).toBe(sumNanos(all))
          expect(totals.total).toBe(sumNanos(totals.lines.map(({ amounts }) => sumOfMonths(amounts, [0, 1, 2])!)))
          expect(totals.total).toBe(sumNanos(totals.byMonth))
          expect(totals.total).toBe(sumNanos(totals.byInitiative.map(({ total }) => total)))
          for (const nanos of all) expect(nanos % 10_000_000n).toBe(0n)
        },
      ),
      { numRuns: 60, seed: 7 },
    )
  })
})

describe('actuals', () => {
  const money = (text: string) => {
    const nanos = parseNanos(text)
    return nanos.ok ? nanos.value : nanosOf(0n)
  }
  const rule = (
    field: AttributionRule['field'],
    equals: string,
    initiativeId: string,
    order: number,
  ): AttributionRule => ({
    id: `rule-${order}`,
    field,
    equals,
    initiativeId,
    order,
  })
  const day = onDay('2026-10-05')
  const facts = factsOf({
    usage: [
      { day, tool: 'Claude API', workspace: 'Checkout', uncachedInput: 1000, currency: 'USD', estimated: money('2') },
      { day, tool: 'Claude API', workspace: 'checkout', currency: 'USD', billed: money('1.9'), listed: money('2') },
      { day, tool: 'Claude API', workspace: 'lab', currency: 'USD', billed: money('0.000000001') },
      { day, tool: 'Cursor', person: 'a@x', currency: 'USD', included: money('7') },
      { day, tool: 'OpenAI API', workspace: 'p1', currency: 'USD', estimated: money('3') },
      { day: onDay('2026-11-02'), tool: 'OpenAI API', workspace: 'p1', currency: 'EUR', estimated: money('5') },
      { day, tool: 'Silent', output: 10 },
    ],
  })
  const rules = [rule('tool', 'claude api', 'second', 2), rule('workspace', ' checkout ', 'first', 1)]
  const actuals = actualsOf(facts, rules, { currency: 'USD' })

  test('each tool counts with one kind of cost; nothing twice, nothing lost', () => {
    expect(
      actuals.cells.map(({ tool, initiativeId, amount, basis, isBeside }) => [
        tool,
        initiativeId,
        amount,
        basis,
        isBeside ? 'beside' : 'counted',
      ]),
    ).toEqual([
      ['Claude API', 'first', '1.9', 'billed', 'counted'],
      ['Claude API', 'second', '0.000000001', 'billed', 'counted'],
      ['Cursor', null, '7', 'included', 'beside'],
      ['OpenAI API', null, '3', 'estimated', 'beside'],
    ])
    expect([...new Set(actuals.cells.map(({ month }) => month))]).toEqual(['2026-10'])
    expect(actuals.otherCurrencies).toEqual(['EUR'])
    expect(actuals.unpriced).toEqual([
      { tool: 'OpenAI API', month: '2026-11', rows: 1 },
      { tool: 'Silent', month: '2026-10', rows: 1 },
    ])
  })

  test('usage no rate prices is told beside usage of its tool that has one; rows of no tokens at all ask for none', () => {
    const use = { day, tool: 'Agent', uncachedInput: 1_000_000, output: 0 }
    const stated = factsOf({
      usage: [
        { ...use, model: 'claude-opus-4-5' },
        { ...use, model: 'unheard-of' },
        { ...use, model: 'unheard-of', detail: 'Included' },
        { ...use, model: 'none', uncachedInput: 0 },
      ],
    })
    const { cells, unpriced } = actualsOf(withEstimates(stated, priceBookOf()), [], { currency: 'USD' })
    expect(cells.map(({ amount }) => amount)).toEqual(['5'])
    expect(unpriced).toEqual([{ tool: 'Agent', month: '2026-10', rows: 1 }])
  })

  test('sums are of one kind of cost; the others are told beside them', () => {
    expect(actuals.kind).toBe('billed')
    expect(formatNanos(sumActuals(actuals.cells))).toBe('1.900000001')
    expect(besideActuals(actuals.cells).map(({ kind, nanos }) => [kind, formatNanos(nanos)])).toEqual([
      ['included', '7'],
      ['estimated', '3'],
    ])
  })

  test.each([
    ['billed', [{ billed: '5' }, { estimated: '3' }, { listed: '2' }]],
    ['estimated', [{ included: '5' }, { estimated: '3' }, { listed: '2' }]],
    ['listed', [{ included: '5' }, { listed: '2' }]],
    [null, [{ included: '5' }]],
  ] as const)('the strongest kind any tool states stands: %s', (kind, tools) => {
    const usage = tools.map((costs, i) => ({
      day,
      tool: `Tool ${i}`,
      currency: 'USD',
      ...Object.fromEntries(Object.entries(costs).map(([name, text]) => [name, money(text)])),
    }))
    const found = actualsOf(factsOf({ usage }), [], { currency: 'USD' })
    expect(found.kind).toBe(kind)
    expect(found.cells.filter(({ isBeside }) => !isBeside).map(({ basis }) => basis)).toEqual(
      kind === null ? [] : [kind],
    )
  })

  test('the first rule in order wins, letter case aside', () => {
    const match = matchRules(rules)
    const usage = {
      tool: 'Claude API',
      workspace: 'CHECKOUT',
      model: null,
      person: null,
      apiKey: null,
      repository: null,
    }
    expect(match(usage)).toBe('first')
    expect(match({ ...usage, workspace: 'lab' })).toBe('second')
    expect(match({ ...usage, tool: 'Cursor', workspace: null })).toBeNull()
  })
})

describe('variance', () => {
  const check = (actual: number, plan: number, expected: readonly [string, string, string]) => {
    const { nanos, reading, band } = varianceOf(fromUnits(actual), fromUnits(plan))
    expect([formatNanos(nanos), reading, band]).toEqual(expected)
  }
  test('above plan is unfavourable for a cost; 5% explain, 10% act', () => {
    check(4398, 3000, ['1398', 'unfavourable', 'act'])
    check(3150, 3000, ['150', 'unfavourable', 'explain'])
    check(3149.99, 3000, ['149.99', 'unfavourable', 'within'])
    check(2600, 3000, ['-400', 'favourable', 'act'])
    check(3000, 3000, ['0', 'on plan', 'within'])
    check(5, 0, ['5', 'unfavourable', 'act'])
    check(0, 0, ['0', 'on plan', 'within'])
  })
})

describe('run rate', () => {
  test('$18,400 by day 14 of 30, 10 of 22 working days, 1,600 a day lately', () => {
    // September 2026 has 22 working days, 10 of them up to the 14th.
    const spend = new Map<Day, number>()
    for (let day = 1; day <= 14; day++)
      spend.set(`2026-09-${String(day).padStart(2, '0')}` as Day, day > 7 ? 1600 : 7200 / 7)
    const asOf = '2026-09-14' as Day
    expect(workingDaysIn('2026-09-01' as Day, asOf)).toBe(10)
    const rate = forecastMonth(spend, asOf)
    expect(rate.calendar.toFixed(2)).toBe('39428.57')
    expect(rate.workingDays!.toFixed(2)).toBe('40480.00')
    expect(rate.trailing7!.toFixed(2)).toBe('44000.00')
  })
  test('too little is known', () => {
    expect(forecastMonth(new Map([['2026-08-01' as Day, 10]]), '2026-08-01' as Day)).toEqual({
      calendar: 310,
      workingDays: null,
      trailing7: null,
    })
  })
})
