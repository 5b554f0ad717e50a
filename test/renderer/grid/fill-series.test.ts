import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seriesEdits, spreadTotal, totalOf } from '../../../renderer/grid/fill-series.ts'
import { selectRect } from '../../../renderer/grid/range.ts'
import { type Sheet, cellOf } from '../../../renderer/grid/sheet.ts'

/** `#` is computed, anything else typed. */
function sheetOf(...rows: readonly (readonly string[])[]): Sheet {
  return {
    columns: rows[0]!.map((_, at) => ({
      id: `c${at}`,
      header: '',
      group: '',
      kind: 'number',
      width: 90,
      isFlexible: false,
      isPinned: false,
    })),
    rows: rows.map((texts, at) => ({
      id: `r${at}`,
      kind: 'line',
      level: 0,
      isOpen: null,
      position: at + 1,
      cells: texts.map((text) =>
        text === '#'
          ? cellOf({ role: 'computed', text: '5', value: 5 })
          : cellOf({ role: 'input', text, raw: text, value: text === '' ? null : Number(text), isEditable: true }),
      ),
    })),
    totals: [],
  }
}

const all = (sheet: Sheet) =>
  selectRect({ top: 0, left: 0, bottom: sheet.rows.length - 1, right: sheet.columns.length - 1 })
const told = (sheet: Sheet, series: Parameters<typeof seriesEdits>[2]) =>
  seriesEdits(sheet, all(sheet), series).edits.map(({ rowId, columnId, text }) => `${rowId}${columnId}=${text}`)

test('a total is spread to the cent', () => {
  expect(spreadTotal('100', [1n, 1n, 1n])).toEqual(['33.34', '33.33', '33.33'])
  expect(spreadTotal('$1.2k', [22n, 21n, 23n])).toEqual(['400', '381.82', '418.18'])
  expect(spreadTotal('-1', [1n, 1n, 1n])).toEqual(['-0.34', '-0.33', '-0.33'])
  expect(spreadTotal('a lot', [1n])).toBeNull()
  expect(spreadTotal('1', [0n, 0n])).toBeNull()
})

test('the parts of any total add up to it', () => {
  const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 14n }), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(fc.integer({ min: -1e11, max: 1e11 }), weights, (cents, shares) => {
      fc.pre(shares.some((share) => share > 0n))
      const parts = spreadTotal(String(cents / 100), shares)!
      const sum = parts.reduce((total, part) => total + Math.round(Number(part) * 100), 0)
      expect(sum).toBe(cents)
    }),
    { seed: 5, numRuns: 300 },
  )
})

test('a spread writes every month of the row and steps over what stands between', () => {
  const sheet = sheetOf(['1', '#', '2', '#', '3'])
  expect(told(sheet, { kind: 'spread', total: '10', weightOf: () => 1n })).toEqual([
    'r0c0=3.34',
    'r0c2=3.33',
    'r0c4=3.33',
  ])
  expect(totalOf(sheet, all(sheet))).toBe('6')
})

test('steps and growth start from the first cell of each row, or of a single column downwards', () => {
  expect(told(sheetOf(['100', '', ''], ['10', '7', '']), { kind: 'growth', rate: 0.05 })).toEqual([
    'r0c1=105',
    'r0c2=110.25',
    'r1c1=10.5',
    'r1c2=11.03',
  ])
  expect(told(sheetOf(['0.1'], [''], ['']), { kind: 'linear', step: 0.2 })).toEqual(['r1c0=0.3', 'r2c0=0.5'])
})

test('a row without a first number is left alone and counted', () => {
  const sheet = sheetOf(['', '', ''])
  expect(seriesEdits(sheet, all(sheet), { kind: 'linear', step: 1 })).toMatchObject({ edits: [], skipped: 3 })
})
