import { describe, expect, test } from 'vitest'
import { monthOfHead } from '../../../renderer/grid/month-of-head.ts'
import { selectCell } from '../../../renderer/grid/range.ts'
import { type SpecialPaste, specialPasteEdits } from '../../../renderer/grid/special-paste.ts'
import { type Sheet, cellOf } from '../../../renderer/grid/sheet.ts'

const MONTHS = ['2026-10', '2026-11', '2026-12']
const SHEET: Sheet = {
  columns: MONTHS.map((month) => ({
    id: month,
    header: month,
    group: '',
    kind: 'number',
    width: 80,
    isFlexible: false,
    isPinned: false,
    month,
  })),
  rows: [0, 1, 2].map((row) => ({
    id: `r${row}`,
    kind: 'line',
    level: 1,
    isOpen: null,
    position: row + 1,
    cells: MONTHS.map((_, column) => cellOf({ role: 'input', isEditable: true, value: row + column / 10, raw: 'x' })),
  })),
  totals: [],
}
const range = cellOf({ role: 'input', isEditable: true, value: 15, raw: '10 to 20', mark: 'range' })
const PLAIN: SpecialPaste = { isValues: false, isAdded: false, isTransposed: false, isByMonth: false }

function pasted(block: string[][], how: Partial<SpecialPaste>) {
  const plan = specialPasteEdits(SHEET, selectCell({ row: 1, column: 0 }), block, true, { ...PLAIN, ...how })
  return { ...plan, cells: plan.edits.map(({ rowId, columnId, text }) => `${rowId} ${columnId} ${text}`) }
}

test('turned, added, and both', () => {
  expect(pasted([['1', '2']], { isTransposed: true }).cells).toEqual(['r1 2026-10 1', 'r2 2026-10 2'])
  expect(pasted([['0.2', '2']], { isAdded: true }).cells).toEqual(['r1 2026-10 1.2', 'r1 2026-11 3.1'])
  expect(pasted([['', '2']], { isAdded: true }).cells, 'nothing added changes nothing').toEqual(['r1 2026-11 3.1'])
  expect(pasted([['abc']], { isAdded: true }).cells, 'left to be refused').toEqual(['r1 2026-10 abc'])
})

test('a range is left alone and counted: no number says how uncertain its sum is', () => {
  const rows = SHEET.rows.map((row, at) => (at === 1 ? { ...row, cells: row.cells.with(0, range) } : row))
  const plan = specialPasteEdits({ ...SHEET, rows }, selectCell({ row: 1, column: 0 }), [['5', '5']], true, {
    ...PLAIN,
    isAdded: true,
  })
  expect(plan).toMatchObject({ skipped: 1, ranges: 1, edits: [{ columnId: '2026-11', text: '6.1' }] })
})

test('each column into its month; others are left out and counted', () => {
  const block = [
    ['Dec 2026', 'Team', 'October'],
    ['12', 'Search', '10'],
    ['13', 'Ads', '11'],
    ['14', 'Maps', '12'],
  ]
  const { cells, skipped, overflow, selection } = pasted(block, { isByMonth: true })
  expect(cells).toEqual(['r1 2026-12 12', 'r2 2026-12 13', 'r1 2026-10 10', 'r2 2026-10 11'])
  expect([skipped, overflow]).toEqual([5, { rows: 1, columns: 0 }])
  expect(selection.ranges).toEqual([{ anchor: { row: 1, column: 0 }, focus: { row: 2, column: 2 } }])
})

describe('heads that name a month', () => {
  const columns = MONTHS.map((month, column) => ({ month, column }))
  test.each([
    ['Oct 2026', 0],
    ['october', 0],
    ['Nov-26', 1],
    ["Dec '26", 2],
    ['2026-12', 2],
    ['2026-11-01', 1],
    ['10/2026', 0],
    ['Oct 2025', null],
    ['Novem. 2026', 1],
    ['Total', null],
    ['Octopus', null],
    ['Decline 2026', null],
    ['No', null],
    ['', null],
  ])('%s', (head, column) => expect(monthOfHead(head, columns)).toBe(column))

  test('a month of two years is no one month', () => {
    expect(monthOfHead('Oct', [...columns, { month: '2027-10', column: 3 }])).toBe(null)
  })
})
