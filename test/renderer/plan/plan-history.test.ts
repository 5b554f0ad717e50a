import { expect, test } from 'vitest'
import { checkFormula } from '../../../renderer/views/plan/check-formula.ts'
import { driversBehind, explainCell } from '../../../renderer/views/plan/explain-cell.ts'
import { rowOfRecord } from '../../../renderer/views/plan/plan-ids.ts'
import { monthsAndSum } from '../../../renderer/views/plan/plan-periods.ts'
import { planSheet } from '../../../renderer/views/plan/plan-sheet.ts'
import { planValues } from '../../../renderer/views/plan/plan-values.ts'
import type { FigureSources } from '../../../shared/plan/index.ts'
import { NO_OWN_PRICES } from '../../../shared/prices/index.ts'
import type { WorkbookRecords } from '../../../shared/workbook/index.ts'
import { MONTHS, RECORDS } from './plan-records.ts'

const SOURCES: FigureSources = {
  currency: 'USD',
  prices: NO_OWN_PRICES,
  initiatives: {},
  actuals: null,
  metrics: new Map(),
  history: { Weeks: { spend: Float64Array.from({ length: 26 }, (_, k) => 900 + 10 * k) } },
}
const formula = "4 * from('Weeks'.spend)"
const records: WorkbookRecords = {
  ...RECORDS,
  rows: { ...RECORDS.rows, agents: { ...RECORDS.rows['agents']!, formula, overrides: {} } },
}

test('a row of the plan that draws on imported history shows a value, a range and where it is from', () => {
  const results = planValues(records, MONTHS, SOURCES)
  const result = results.get('agents')!
  if (result.shape !== 'spread') throw new Error(JSON.stringify(result))
  expect(result.spread.mean / (4 * 1025)).toBeCloseTo(1, 1)
  const sheet = planSheet({
    records,
    months: MONTHS,
    periods: monthsAndSum(MONTHS, 'FY26 Q4'),
    results,
    actuals: [],
    dataUntil: null,
    currency: 'USD',
    columnSet: 'plan',
    closed: new Set(),
  })
  const input = { records, months: MONTHS, results, actuals: [], currency: 'USD', sheet, history: SOURCES.history! }
  const cell = { rowId: rowOfRecord('agents'), columnId: 'plan 2026-11' }
  const explained = explainCell(input, cell, { precedents: [], dependents: [] })!
  expect(explained).toMatchObject({ problem: null, spread: { undefined: 0 } })
  expect(explained.evidence).toEqual({
    kind: 'your data',
    n: 26,
    method: 'log-Student-t',
    source: 'Weeks, spend',
  })
  expect(driversBehind(records, MONTHS, records.rows['agents']!, SOURCES)).not.toBeNull()
  expect(checkFormula(records, MONTHS, rowOfRecord('agents'), formula, SOURCES)).toEqual([])
})

test('without history the cell says what is missing; once it is there, the same plan has its value', () => {
  const { history: _, ...without } = SOURCES
  const before = planValues(records, MONTHS, without).get('agents')!
  expect(before).toMatchObject({ shape: 'error', error: { code: '#NAME?' } })
  expect(planValues(records, MONTHS, SOURCES).get('agents')!.shape).toBe('spread')
  expect(checkFormula(records, MONTHS, rowOfRecord('agents'), formula, without)).toHaveLength(1)
})
