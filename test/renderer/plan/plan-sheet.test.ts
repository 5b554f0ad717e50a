import { describe, expect, test } from 'vitest'
import type { ColumnSet } from '../../../renderer/views/plan/plan-columns.ts'
import { planSheet } from '../../../renderer/views/plan/plan-sheet.ts'
import { planValues } from '../../../renderer/views/plan/plan-values.ts'
import type { ActualCell } from '../../../renderer/stores/figures.ts'
import type { WorkbookRecords } from '../../../shared/workbook/index.ts'
import { MONTHS, RECORDS, lineOf } from './plan-records.ts'

function sheetOf({
  records = RECORDS,
  actuals = [],
  columnSet = 'plan',
  closed = [],
}: {
  readonly records?: WorkbookRecords
  readonly actuals?: readonly ActualCell[]
  readonly columnSet?: ColumnSet
  readonly closed?: readonly string[]
} = {}) {
  const sheet = planSheet({
    records,
    months: MONTHS,
    results: planValues(records, MONTHS),
    actuals,
    currency: 'USD',
    quarterName: 'FY26 Q4',
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
  return { initiativeId, month: month as ActualCell['month'], currency: 'USD', amount, basis } as ActualCell
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
  expect(cell('total', 'plan quarter')?.value).toBeCloseTo(
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

  test('money nobody claims is always shown, that of a deleted initiative too', () => {
    const { cell } = sheetOf({ actuals, columnSet: 'actual' })
    expect(cell('unattributed', 'actual 2026-11')?.value).toBe(20)
    expect(sheetOf({ actuals: [actual('search', '1')] }).sheet.rows.some(({ id }) => id === 'unattributed')).toBe(false)
  })
})

test('every row has a cell for every column, whatever is shown', () => {
  for (const columnSet of ['plan', 'actual', 'variance'] as const) {
    const { sheet } = sheetOf({ columnSet, actuals: [actual(null, '1')] })
    for (const row of [...sheet.rows, ...sheet.totals]) expect(row.cells).toHaveLength(sheet.columns.length)
  }
})
