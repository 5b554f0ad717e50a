import { describe, expect, test } from 'vitest'
import { planSheet } from '../../../renderer/views/plan/plan-sheet.ts'
import { monthsAndSum, planPeriods } from '../../../renderer/views/plan/plan-periods.ts'
import { planValues } from '../../../renderer/views/plan/plan-values.ts'
import { type Day, type MonthKey, fiscalQuarterOf } from '../../../shared/calendar/index.ts'
import { nanosOf } from '../../../shared/money/index.ts'
import { planMonths } from '../../../shared/plan/index.ts'
import type { PlanColumns, PlanSpan } from '../../../renderer/stores/screen.ts'
import type { ActualCell } from '../../../renderer/stores/figures.ts'
import type { WorkbookRecords } from '../../../shared/workbook/index.ts'
import { MONTHS, RECORDS, lineOf } from './plan-records.ts'

function sheetOf({
  records = RECORDS,
  actuals = [],
  columnSet = 'plan',
  closed = [],
  dataUntil = null,
}: {
  readonly records?: WorkbookRecords
  readonly actuals?: readonly ActualCell[]
  readonly columnSet?: PlanColumns
  readonly closed?: readonly string[]
  readonly dataUntil?: Day | null
} = {}) {
  const sheet = planSheet({
    records,
    months: MONTHS,
    results: planValues(records, MONTHS),
    actuals,
    currency: 'USD',
    periods: monthsAndSum(MONTHS, 'FY26 Q4'),
    dataUntil,
    columnSet,
    closed: new Set(closed),
  })
  const cell = (rowId: string, columnId: string) => {
    const row = [...sheet.rows, ...sheet.totals].find(({ id }) => id === rowId)
    return row?.cells[sheet.columns.findIndex(({ id }) => id === columnId)]
  }
  return { sheet, cell }
}

function actual(initiativeId: string | null, amount: string, basis = 'billed', month = '2026-11'): ActualCell {
  const nanos = nanosOf(BigInt(Math.round(Number(amount) * 1e9)))
  const own = { initiativeId, month: month as ActualCell['month'], currency: 'USD', amount, nanos, basis }
  return { ...own, isBeside: basis !== 'billed' } as ActualCell
}

test('rows stand as a tree, drivers in their own section', () => {
  expect(sheetOf().sheet.rows.map(({ id, level, position }) => `${position} ${'·'.repeat(level)}${id}`)).toEqual([
    '1 initiative search',
    '2 ·row cursor',
    '3 ·row agents',
    '4 initiative billing',
    '5 section drivers',
    '6 ·row seats',
  ])
})

test('collapsed rows leave and keep their numbers', () => {
  const { sheet } = sheetOf({ closed: ['initiative search'] })
  expect(sheet.rows.map(({ id, position }) => `${position} ${id}`)).toEqual([
    '1 initiative search',
    '4 initiative billing',
    '5 section drivers',
    '6 row seats',
  ])
})

describe('a month of a line', () => {
  const { cell } = sheetOf()
  test('from the formula', () => {
    expect(cell('row cursor', 'plan 2026-11')).toMatchObject({
      role: 'formula',
      text: '$2,000',
      raw: '=Seats * $40',
      value: 2000,
    })
  })
  test('typed', () => {
    expect(cell('row agents', 'plan 2026-11')).toMatchObject({
      role: 'input',
      text: '$1,200',
      raw: '1.2k',
      mark: 'none',
    })
  })
  test('a range shows its mean, so that lines add up to totals, and is marked', () => {
    const range = cell('row agents', 'plan 2026-12')
    expect(range).toMatchObject({ role: 'input', raw: '10k to 20k', mark: 'range' })
    // Lognormal with P10 10k and P90 20k: exp(mu + sigma^2 / 2) = 14,142 * 1.037.
    expect(range?.value).toBeGreaterThan(14_600)
    expect(range?.value).toBeLessThan(14_750)
    expect(range?.tip).toContain('P50 $14,1')
  })
  test('nobody planned is empty, not zero', () => {
    expect(cell('row agents', 'plan 2027-01')).toMatchObject({ role: 'input', text: '', value: null, isEditable: true })
  })
})

test('sums are computed, cannot be typed into, and add up', () => {
  const { cell } = sheetOf()
  expect(cell('initiative search', 'plan 2026-11')).toMatchObject({ role: 'computed', value: 3200, isEditable: false })
  expect(cell('initiative search', 'plan 2026-11')?.lockedBecause).toContain('adds up')
  expect(cell('total', 'plan 2026-11')?.value).toBe(3200)
  const months = MONTHS.map((month) => cell('total', `plan ${month}`)?.value ?? 0)
  expect(cell('total', 'plan 2026-11..2027-01')?.value).toBeCloseTo(
    months.reduce((sum, value) => sum + value, 0),
    2,
  )
  expect(cell('initiative billing', 'plan 2026-11')?.value).toBeNull()
})

test('an unknown name shows its code, explains itself and is in no total', () => {
  const records = {
    ...RECORDS,
    rows: { ...RECORDS.rows, bad: lineOf('bad', { name: 'Bad', formula: 'Seets * 2', order: 9 }) },
  }
  const { cell } = sheetOf({ records })
  expect(cell('row bad', 'plan 2026-11')).toMatchObject({ errorCode: '#NAME?', text: '#NAME?', value: null })
  expect(cell('row bad', 'plan 2026-11')?.tip).toContain('Seats')
  expect(cell('total', 'name')?.text).toBe('Total without 1 in error')
  expect(cell('total', 'plan 2026-11')?.value).toBe(3200)
})

describe('actuals', () => {
  const actuals = [
    actual('search', '4000.25'),
    actual('search', '100', 'included'),
    actual(null, '12.5'),
    actual('gone', '7.5'),
    actual('billing', '90', 'included'),
    actual('billing', '30', 'estimated', '2026-12'),
    actual('search', '70', 'estimated'),
  ]

  test('stand beside the plan of their initiative', () => {
    const { cell } = sheetOf({ actuals, columnSet: 'variance' })
    expect(cell('initiative search', 'actual 2026-11')).toMatchObject({ value: 4000.25, isEditable: false })
    expect(cell('initiative search', 'actual 2026-11')?.tip).toContain('$100.00 included')
    expect(cell('initiative search', 'variance 2026-11')).toMatchObject({ value: 800.25, tone: 'bad', text: '▲ +$800' })
    expect(cell('initiative search', 'actual 2026-12')?.text).toBe('')
  })

  test('nominal cost is named, never added', () => {
    const { cell } = sheetOf({ actuals, columnSet: 'actual' })
    expect(cell('initiative billing', 'actual 2026-11')).toMatchObject({ text: 'included', value: null })
    expect(cell('total', 'actual 2026-11')?.value).toBe(4020.25)
  })

  test('cost of another kind is told beside the sum, and alone shows its kind', () => {
    const { cell } = sheetOf({ actuals, columnSet: 'actual' })
    expect(cell('initiative search', 'actual 2026-11')?.tip).toContain('$4,000.25 billed')
    expect(cell('initiative search', 'actual 2026-11')?.tip).toContain('$70.00 estimated beside it, in no total')
    expect(cell('initiative billing', 'actual 2026-12')).toMatchObject({ text: '$30 est.', value: null })
  })

  test('money nobody claims is always shown, that of a deleted initiative too', () => {
    const { cell } = sheetOf({ actuals, columnSet: 'actual' })
    expect(cell('unattributed', 'actual 2026-11')?.value).toBe(20)
    expect(sheetOf({ actuals: [actual('search', '1')] }).sheet.rows.some(({ id }) => id === 'unattributed')).toBe(false)
  })
})

describe('forecast', () => {
  const actuals = [actual('search', '4000'), actual(null, '300')]
  const at = (dataUntil: string) => sheetOf({ actuals, columnSet: 'forecast', dataUntil: dataUntil as Day }).cell

  test('is what was spent in a month that is over, and the plan after it', () => {
    const cell = at('2026-11-30')
    expect(cell('initiative search', 'forecast 2026-11')).toMatchObject({ value: 4000, isEditable: false })
    expect(cell('initiative search', 'difference 2026-11')).toMatchObject({ value: 800, tone: 'bad' })
    const december = cell('initiative search', 'plan 2026-12')?.value
    expect(cell('initiative search', 'forecast 2026-12')?.value).toBe(december)
    expect(cell('initiative search', 'forecast 2026-11..2027-01')?.tip).toBe(
      'From what was spent in months that are over, then the plan where nothing is known yet.',
    )
  })

  test('goes on by the working days in the month under way', () => {
    // Ten of the twenty-one working days of November 2026 are gone with Friday the 13th.
    expect(at('2026-11-13')('initiative search', 'forecast 2026-11')?.value).toBe(8400)
  })

  test('adds up, money without an owner too', () => {
    const cell = at('2026-11-30')
    const parts = ['initiative search', 'initiative billing', 'unattributed'].map(
      (row) => cell(row, 'forecast 2026-11')?.value ?? 0,
    )
    expect(parts).toEqual([4000, 0, 300])
    expect(cell('total', 'forecast 2026-11')?.value).toBe(4300)
  })
})

test('a year has its quarters, which cannot be typed into, and carries rows on from its first month', () => {
  const fiscal = { startMonth: 2 }
  const quarter = fiscalQuarterOf('2026-11' as MonthKey, fiscal)
  const months = planMonths('2026-11' as MonthKey, fiscal)
  const records = {
    ...RECORDS,
    rows: { grow: lineOf('grow', { name: 'Grow', formula: 'prev(Grow) + 100' }) },
  }
  const cells = (span: PlanSpan) => {
    const periods = planPeriods(span, quarter, fiscal)
    const sheet = planSheet({
      records,
      months,
      periods,
      results: planValues(records, months),
      actuals: [],
      dataUntil: null,
      currency: 'USD',
      columnSet: 'plan',
      closed: new Set(),
    })
    const { cells: own } = sheet.rows.find(({ id }) => id === 'row grow')!
    return sheet.columns.flatMap(({ header }, at) => (own[at]!.value === null ? [] : [`${header} ${own[at]!.value}`]))
  }
  expect(cells('quarters')).toEqual(['FY27 Q1 600', 'FY27 Q2 1500', 'FY27 Q3 2400', 'FY27 Q4 3300', 'FY27 7800'])
  expect(cells('quarter')).toEqual(['Nov 2026 1000', 'Dec 2026 1100', 'Jan 2027 1200', 'FY27 Q4 3300'])
  expect(cells('months')).toHaveLength(17)
})

test('every row has a cell for every column, whatever is shown', () => {
  for (const columnSet of ['plan', 'actual', 'variance', 'forecast'] as const) {
    const { sheet } = sheetOf({ columnSet, actuals: [actual(null, '1')] })
    for (const row of [...sheet.rows, ...sheet.totals]) expect(row.cells).toHaveLength(sheet.columns.length)
  }
})
