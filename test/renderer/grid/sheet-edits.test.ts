import { describe, expect, test } from 'vitest'
import { selectCell, selectRect } from '../../../renderer/grid/range.ts'
import {
  autosumFormula,
  clearEdits,
  copyBlock,
  entryEdits,
  fillEdgeEdits,
  fillEdits,
  pasteEdits,
  rowIdsOf,
  selectionFigures,
} from '../../../renderer/grid/sheet-edits.ts'
import { type Sheet, cellOf, columnLetters } from '../../../renderer/grid/sheet.ts'

/** `=…` is a formula, `#…` computed, anything else typed. */
function sheetOf(rows: readonly (readonly string[])[]): Sheet {
  const width = rows[0]!.length
  return {
    columns: Array.from({ length: width }, (_, index) => ({
      id: columnLetters(index),
      header: '',
      group: '',
      kind: 'number',
      width: 100,
      isFlexible: false,
      isPinned: false,
    })),
    rows: rows.map((texts, index) => ({
      id: String(index + 1),
      kind: 'line',
      level: 0,
      isOpen: null,
      position: index + 1,
      cells: texts.map((text) => {
        const number = Number(text.replace(/^[#=]/, ''))
        const value = text === '' || Number.isNaN(number) ? null : number
        const role = text.startsWith('#') ? 'computed' : text.startsWith('=') ? 'formula' : 'input'
        return cellOf({ role, text, value, raw: role === 'computed' ? '' : text, isEditable: role !== 'computed' })
      }),
    })),
    totals: [],
  }
}

const rect = (top: number, left: number, bottom = top, right = left) => ({ top, left, bottom, right })
const cell = (row: number, column: number) => ({ row, column })
const told = (edits: readonly { rowId: string; columnId: string; text: string }[]) =>
  edits.map(({ rowId, columnId, text }) => `${columnId}${rowId}=${text}`)

const SHEET = sheetOf([
  ['1', '2', '#3'],
  ['10k to 20k', '', '=7'],
  ['4', '5', '#9'],
])

test('copy gives bare numbers to others and what was typed to ourselves', () => {
  const block = copyBlock(SHEET, selectRect(rect(0, 0, 1, 2)))
  expect(block?.values).toEqual([
    ['1', '2', '3'],
    ['10k to 20k', '', '7'],
  ])
  expect(block?.raw).toEqual([
    ['1', '2', '3'],
    ['10k to 20k', '', '=7'],
  ])
})

describe('paste', () => {
  test('computed cells are left alone and counted', () => {
    const plan = pasteEdits(SHEET, selectCell(cell(0, 1)), [
      ['8', '9'],
      ['6', '5'],
    ])
    expect(told(plan.edits)).toEqual(['B1=8', 'B2=6', 'C2=5'])
    expect(plan.skipped).toBe(1)
    expect(plan.selection).toEqual(selectRect(rect(0, 1, 1, 2)))
  })

  test('what does not fit on the sheet is counted too', () => {
    expect(
      pasteEdits(SHEET, selectCell(cell(2, 0)), [
        ['1', '2', '3', '4'],
        ['5', '6', '7', '8'],
      ]),
    ).toMatchObject({
      skipped: 1 + 5,
    })
  })

  test('one cell fills the selection', () => {
    expect(told(pasteEdits(SHEET, selectRect(rect(0, 0, 1, 1)), [['x']]).edits)).toEqual([
      'A1=x',
      'B1=x',
      'A2=x',
      'B2=x',
    ])
  })

  test('an empty clipboard changes nothing', () => {
    expect(pasteEdits(SHEET, selectCell(cell(0, 0)), []).edits).toEqual([])
  })
})

test('Delete clears what was typed and leaves formulas and computed cells, counted', () => {
  const plan = clearEdits(SHEET, selectRect(rect(0, 0, 2, 2)))
  expect(told(plan.edits)).toEqual(['A1=', 'B1=', 'A2=', 'A3=', 'B3='])
  expect(plan.skipped).toBe(3)
})

test('the fill handle goes on in each lane', () => {
  const sheet = sheetOf([
    ['1', '5'],
    ['2', '5'],
    ['', ''],
    ['', '#'],
  ])
  const plan = fillEdits(sheet, rect(0, 0, 1, 1), rect(2, 0, 3, 1), 'down', false)
  expect(told(plan.edits)).toEqual(['A3=3', 'A4=4', 'B3=5'])
  expect(plan.skipped).toBe(1)
  expect(plan.selection).toEqual(selectRect(rect(0, 0, 3, 1)))
})

test('fill up and left go backwards', () => {
  const sheet = sheetOf([
    ['', ''],
    ['', '3'],
    ['', '4'],
  ])
  expect(told(fillEdits(sheet, rect(1, 1, 2, 1), rect(0, 1, 0, 1), 'up', false).edits)).toEqual(['B1=2'])
  expect(told(fillEdits(sheet, rect(1, 1, 2, 1), rect(1, 0, 2, 0), 'left', false).edits)).toEqual(['A2=3', 'A3=4'])
})

test('Ctrl+D copies the first row down, and the row above when one row is selected', () => {
  expect(told(fillEdgeEdits(SHEET, selectRect(rect(0, 0, 2, 0)), 'down').edits)).toEqual(['A2=1', 'A3=1'])
  expect(told(fillEdgeEdits(SHEET, selectCell(cell(1, 1)), 'down').edits)).toEqual(['B2=2'])
  expect(fillEdgeEdits(SHEET, selectCell(cell(0, 1)), 'down').edits).toEqual([])
  expect(told(fillEdgeEdits(SHEET, selectCell(cell(0, 1)), 'right').edits)).toEqual(['B1=1'])
})

test('one text goes into every selected cell', () => {
  const plan = entryEdits(SHEET, [cell(0, 0), cell(0, 2)], '5', selectCell(cell(0, 0)))
  expect(told(plan.edits)).toEqual(['A1=5'])
  expect(plan.skipped).toBe(1)
})

test('figures leave unknown cells out instead of counting them as zero, and count each cell once', () => {
  const overlapping = {
    ranges: [...selectRect(rect(0, 0, 1, 1)).ranges, ...selectRect(rect(0, 0)).ranges],
    active: cell(0, 0),
  }
  expect(selectionFigures(SHEET, overlapping)).toEqual({
    cells: 4,
    filled: 3,
    numbers: 2,
    sum: 3,
    average: 1.5,
    smallest: 1,
    largest: 2,
    errors: 0,
  })
  expect(selectionFigures(SHEET, selectCell(cell(1, 1)))).toMatchObject({ numbers: 0, average: null, smallest: null })
})

test('rows of a selection, each once and in order', () => {
  expect(rowIdsOf(SHEET, selectRect(rect(1, 0, 2, 2)))).toEqual(['2', '3'])
})

test('columns have letters', () => {
  expect([0, 25, 26, 701, 702].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA'])
})

test('Alt+= adds up the selected rows, or those right above on the same level', () => {
  const sheet = sheetOf([['Group'], ['One'], ['Two words'], ['']])
  const rows = sheet.rows.map((row, at) => ({ ...row, level: at === 0 ? 0 : 1 }))
  const write = (name: string) => (name.includes(' ') ? `'${name}'` : name)
  const propose = (selection: ReturnType<typeof selectCell>) => autosumFormula({ ...sheet, rows }, selection, 0, write)
  expect(propose(selectCell(cell(3, 0)))).toBe("=One + 'Two words'")
  expect(propose({ ...selectRect(rect(2, 0, 3, 0)), active: cell(3, 0) })).toBe("='Two words'")
  expect(propose(selectCell(cell(1, 0)))).toBeNull()
})
