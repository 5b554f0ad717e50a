import { describe, expect, test } from 'vitest'
import { checkFormula } from '../../../renderer/views/plan/check-formula.ts'
import { driversBehind, explainCell } from '../../../renderer/views/plan/explain-cell.ts'
import { rowOfRecord } from '../../../renderer/views/plan/plan-ids.ts'
import { monthsAndSum } from '../../../renderer/views/plan/plan-periods.ts'
import { planSheet } from '../../../renderer/views/plan/plan-sheet.ts'
import { planValues } from '../../../renderer/views/plan/plan-values.ts'
import { traceCell } from '../../../renderer/views/plan/trace.ts'
import type { WorkbookRecords } from '../../../shared/workbook/index.ts'
import { MONTHS, RECORDS } from './plan-records.ts'

const SUM = `plan ${MONTHS[0]}..${MONTHS.at(-1)}`
const COLUMNS = ['name', 'formula', ...MONTHS.map((month) => `plan ${month}`), SUM]

function withFormula(formula: string, id = 'agents'): WorkbookRecords {
  return { ...RECORDS, rows: { ...RECORDS.rows, [id]: { ...RECORDS.rows[id]!, formula, overrides: {} } } }
}

function traced(records: WorkbookRecords, rowId: string, columnId: string) {
  const { precedents, dependents } = traceCell({ records, months: MONTHS, columns: COLUMNS }, { rowId, columnId })
  const told = (cells: typeof precedents) => cells.map((cell) => `${cell.rowId} @ ${cell.columnId}`)
  return { from: told(precedents), to: told(dependents) }
}

describe('what a cell rests on', () => {
  test.each([
    ['Seats * 2', ['row seats @ plan 2026-11']],
    ['Seats[2026-10] + seats', ['row seats @ plan 2026-10', 'row seats @ plan 2026-11']],
    ['Seats[prev]', ['row seats @ plan 2026-10']],
    ['lag(Seats, 2)', ['row seats @ plan 2026-09']],
    ['sum(Seats)', MONTHS.map((month) => `row seats @ plan ${month}`)],
    ['sum(Seats[2026-11..2026-12])', ['row seats @ plan 2026-11', 'row seats @ plan 2026-12']],
    ['max(Seats, 3)', ['row seats @ plan 2026-11']],
    ['Nobody * 2', []],
    // What was spent on it does not depend on what is planned for it.
    ['iferror(actual(Seats), 7)', []],
    ["actual(Seats) + Seats + history('Seats')", ['row seats @ plan 2026-11']],
  ])('%s', (formula, cells) => {
    expect(traced(withFormula(formula), 'row agents', 'plan 2026-11').from).toEqual(cells)
  })

  test('a typed month rests on nothing, a sum on its months, a group on its lines', () => {
    expect(traced(RECORDS, 'row agents', 'plan 2026-11').from).toEqual([])
    expect(traced(RECORDS, 'row agents', SUM).from).toEqual(MONTHS.map((month) => `row agents @ plan ${month}`))
    expect(traced(RECORDS, 'initiative search', 'plan 2026-11').from).toEqual([
      'row cursor @ plan 2026-11',
      'row agents @ plan 2026-11',
    ])
  })
})

test('a formula that asks what was spent on a row does not rest on its cells', () => {
  const to = traced(withFormula('actual(Seats)'), 'row seats', 'plan 2026-11').to
  expect(to).toEqual(traced(RECORDS, 'row seats', 'plan 2026-11').to)
})

test('what rests on a cell: formulas that reach that month, its sum, its initiative', () => {
  expect(traced(RECORDS, 'row seats', 'plan 2026-11').to).toEqual(['row cursor @ plan 2026-11', `row seats @ ${SUM}`])
  expect(traced(withFormula('Seats[2026-10]'), 'row seats', 'plan 2026-10').to).toEqual(
    expect.arrayContaining(MONTHS.map((month) => `row agents @ plan ${month}`)),
  )
  expect(traced(RECORDS, 'row cursor', 'plan 2026-11').to).toEqual([
    `row cursor @ ${SUM}`,
    'initiative search @ plan 2026-11',
  ])
})

test('the two directions are each other turned round', () => {
  const formulas = [
    'Seats',
    'Seats[prev]',
    'lag(Seats, 2)',
    'sum(Seats)',
    'Seats[2026-11..2026-12]',
    "max('Cursor seats', Seats)",
  ]
  for (const formula of formulas) {
    const input = { records: withFormula(formula), months: MONTHS, columns: COLUMNS }
    for (const rowId of ['row seats', 'row cursor', 'row agents', 'initiative search'])
      for (const columnId of COLUMNS.slice(2)) {
        const cell = { rowId, columnId }
        const shown = traceCell(input, cell).precedents.filter((one) => COLUMNS.includes(one.columnId))
        for (const before of shown) expect(traceCell(input, before).dependents, formula).toContainEqual(cell)
      }
  }
})

describe('an explanation', () => {
  const explained = (records: WorkbookRecords, rowId: string, columnId: string) => {
    const results = planValues(records, MONTHS)
    const sheet = planSheet({
      records,
      months: MONTHS,
      periods: monthsAndSum(MONTHS, 'FY26 Q4'),
      results,
      actuals: [],
      dataUntil: null,
      currency: 'USD',
      columnSet: 'plan',
      closed: new Set(['section drivers']),
    })
    const cell = { rowId, columnId }
    const trace = traceCell({ records, months: MONTHS, columns: sheet.columns.map(({ id }) => id) }, cell)
    return explainCell({ records, months: MONTHS, results, actuals: [], currency: 'USD', sheet }, cell, trace)
  }

  test('tells formula, inputs with their values though they are collapsed, and what uses it', () => {
    expect(explained(RECORDS, 'row cursor', 'plan 2026-11')).toMatchObject({
      name: RECORDS.rows['cursor']!.name,
      value: '$2,000',
      how: 'Worked out by the formula of the row.',
      formula: 'Seats * $40',
      inputs: [{ name: 'Seats, Nov 2026', value: '50' }],
      usedBy: [{ rowId: 'row cursor' }, { rowId: 'initiative search' }],
    })
  })

  test('tells a typed month, a sum, an error and a range with what drives it', () => {
    expect(explained(RECORDS, 'row agents', 'plan 2026-11')?.how).toMatch(/^Typed/)
    expect(explained(RECORDS, 'initiative search', 'plan 2026-11')?.how).toMatch(/^Added up from the budget lines/)
    expect(explained(withFormula('Nobody'), 'row agents', 'plan 2026-11')?.problem).toContain(
      'No row is called “Nobody”',
    )
    const records = withFormula('Seats * ($30 to $50)')
    const uncertain = {
      ...records,
      rows: { ...records.rows, seats: { ...records.rows['seats']!, formula: '40 to 80' } },
    }
    expect(explained(uncertain, 'row agents', 'plan 2026-11')).toMatchObject({
      problem: null,
      spread: { p10: expect.any(Number) },
    })
    const drivers = driversBehind(uncertain, MONTHS, records.rows['agents']!)
    expect(drivers?.map(({ name, sign }) => `${name} ${sign}`)).toEqual(['Seats 1'])
  })
})

describe('a formula while it is typed', () => {
  const checked = (formula: string) => checkFormula(RECORDS, MONTHS, rowOfRecord('agents'), formula)
  test('nothing is wrong', () => {
    expect(checked('Seats * $40')).toEqual([])
  })
  test('a name nobody has, with the name that was meant', () => {
    expect(checked('2 * Seets')).toMatchObject([
      {
        from: 4,
        to: 9,
        message: 'No row is called “Seets”. Did you mean Seats?',
        fix: { label: 'Use Seats', text: 'Seats' },
      },
    ])
  })
  test('syntax, circles and units, each with its place', () => {
    expect(checked('2 *')).toMatchObject([{ message: expect.stringContaining('something is missing') }])
    expect(checked('Agents + 1')[0]?.message).toContain('needs its own value')
    expect(checked('$5 + 3 months')[0]?.message).toBeTruthy()
  })
})
