import { expect, test } from 'vitest'
import { findCells, groupsOver, nextFound, replaceEdits } from '../../../renderer/grid/find.ts'
import { type Sheet, cellOf } from '../../../renderer/grid/sheet.ts'

const COLUMN = { header: '', group: '', width: 100, isFlexible: false, isPinned: false }
const SHEET: Sheet = {
  columns: [
    { ...COLUMN, id: 'name', kind: 'name' },
    { ...COLUMN, id: 'formula', kind: 'text', isFormula: true },
    { ...COLUMN, id: 'oct', kind: 'number' },
    { ...COLUMN, id: 'total', kind: 'number' },
  ],
  rows: [
    row('1', 'Seats', '', '25', '25'),
    row('2', 'Cursor', '=Seats * $40', '=Seats * $40', '1,000'),
    row('3', 'Claude', '', '1.2k', '1,200'),
  ],
  totals: [],
}

function row(id: string, name: string, formula: string, month: string, shown: string) {
  const role = month.startsWith('=') ? ('formula' as const) : ('input' as const)
  const label = (text: string) => cellOf({ role: 'label', text, raw: text, isEditable: true })
  return {
    id,
    kind: 'line',
    level: 1,
    isOpen: null,
    position: Number(id),
    cells: [
      label(name),
      label(formula),
      cellOf({ role, text: shown, raw: month, isEditable: true }),
      cellOf({ role: 'computed', text: shown }),
    ],
  }
}

const places = (wanted: string) => findCells(SHEET, wanted).map(({ row: at, column }) => `${at}${column}`)

test('finds names, formulas and values, whatever the capitals; a formula once and not in each month it fills', () => {
  expect(places('seats')).toEqual(['00', '11'])
  expect(places('1,2')).toEqual(['22', '23'])
  expect(places('1.2K')).toEqual(['22'])
  expect(places('')).toEqual([])
  expect(places('nothing')).toEqual([])
})

test('goes round the end in both directions', () => {
  const found = findCells(SHEET, 'seats')
  expect(nextFound(found, { row: 0, column: 0 }, false)).toEqual({ row: 1, column: 1 })
  expect(nextFound(found, { row: 1, column: 1 }, false)).toEqual({ row: 0, column: 0 })
  expect(nextFound(found, { row: 0, column: 0 }, true)).toEqual({ row: 1, column: 1 })
  expect(nextFound([], { row: 0, column: 0 }, false)).toBeNull()
})

test('replaces what was typed, to the letter, and counts what cannot be', () => {
  expect(replaceEdits(SHEET, findCells(SHEET, '$40'), '$40', '$&50')).toEqual({
    edits: [{ rowId: '2', columnId: 'formula', text: '=Seats * $&50', how: 'typed' }],
    skipped: 0,
  })
  expect(replaceEdits(SHEET, findCells(SHEET, '1,200'), '1,200', '9')).toEqual({ edits: [], skipped: 2 })
})

test('a row stands under the rows above it that are less deep', () => {
  const levels = [0, 1, 2, 1, 0, 1]
  const sheet = { ...SHEET, rows: levels.map((level, at) => ({ ...SHEET.rows[0]!, id: `r${at}`, level })) }
  const over = (at: number) => groupsOver(sheet, at).map(({ id }) => id)
  expect(levels.map((_, at) => over(at))).toEqual([[], ['r0'], ['r0', 'r1'], ['r0'], [], ['r4']])
})
