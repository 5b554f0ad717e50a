import { describe, expect, test } from 'vitest'
import { type Vocabulary, completionsAt, functionAround, insertName } from '../../../renderer/grid/formula-help.ts'
import { placeNamed } from '../../../renderer/grid/places.ts'
import { type Sheet, cellOf } from '../../../renderer/grid/sheet.ts'
import { printName } from '../../../shared/formula/index.ts'

const VOCABULARY: Vocabulary = {
  rows: ['Seats', 'Review hours', 'Seat price'].map((name) => ({ name, detail: 'driver' })),
  months: ['2026-10', '2026-11', '2026-12'],
  write: printName,
}
const offered = (text: string, caret = text.length) => {
  const { from, to, items } = completionsAt(text, caret, VOCABULARY)
  return items.map((item) => text.slice(0, from) + item.text + text.slice(to))
}

describe('completion', () => {
  test('offers rows that begin with the word, then functions, then rows that hold it', () => {
    expect(offered('=2 * sea')).toEqual(['=2 * Seats', "=2 * 'Seat price'"])
    expect(offered('=av')[0]).toBe('=avg(')
    expect(offered('=hour')).toEqual(["='Review hours'"])
  })

  test('works inside a quoted name and in the middle of a formula', () => {
    expect(offered("=1 + 'Review h")).toEqual(["=1 + 'Review hours'"])
    expect(offered('=sea + 1', 4)[0]).toBe('=Seats + 1')
  })

  test('offers months in brackets, after a span too, and the months that are not called by their date', () => {
    expect(offered('=Seats[')).toEqual(
      ['prev', 'first', 'last', '2026-10', '2026-11', '2026-12'].map((month) => `=Seats[${month}`),
    )
    expect(offered('=sum(Seats[2026-10..2026-1')).toEqual([
      '=sum(Seats[2026-10..2026-10',
      '=sum(Seats[2026-10..2026-11',
      '=sum(Seats[2026-10..2026-12',
    ])
    expect(offered('=Seats[2026-10]')).toEqual([])
  })

  test('is quiet outside formulas, after numbers and on a whole name', () => {
    expect(offered('sea')).toEqual([])
    expect(offered('=1 + ')).toEqual([])
    expect(offered('=Seats')).toEqual([])
  })
})

test('the signature is that of the innermost function the caret is in', () => {
  expect(functionAround('=max(1, avg(2', 13)?.signature).toContain('avg(')
  expect(functionAround('=max(1, avg(2), ', 16)?.signature).toContain('max(')
  expect(functionAround('=abs(1', 6)?.unit).toBe('the unit of the first argument')
  expect(functionAround('=avg(2)', 7)).toBeNull()
  expect(functionAround('=(1 + 2', 5)).toBeNull()
})

describe('pointing', () => {
  test('names a row where a name can stand, and nowhere else', () => {
    expect(insertName('=', 1, 'Seats', null)).toEqual({ text: '=Seats', from: 1, to: 6 })
    expect(insertName('=max(1, ) + 2', 8, 'Seats', null)?.text).toBe('=max(1, Seats) + 2')
    expect(insertName('=Seats', 6, 'Price', null)).toBeNull()
    expect(insertName('12 + ', 5, 'Price', null)).toBeNull()
  })

  test('another click replaces the name, until something is typed', () => {
    const first = insertName('=2*', 3, 'Seats', null)!
    expect(insertName(first.text, first.to, "'Seat price'", first)?.text).toBe("=2*'Seat price'")
    expect(insertName(`${first.text}+`, first.to + 1, 'Seats', first)?.text).toBe('=2*Seats+Seats')
  })
})

test('the name box knows places, ranges and names; row numbers count collapsed rows', () => {
  const column = { header: '', group: '', kind: 'name' as const, width: 9, isFlexible: false, isPinned: false }
  const row = (name: string, position: number) => ({
    id: name,
    kind: 'line',
    level: 0,
    isOpen: null,
    position,
    cells: [cellOf({ text: name }), cellOf({})],
  })
  const sheet: Sheet = {
    columns: [
      { ...column, id: 'a' },
      { ...column, id: 'b', kind: 'number' },
    ],
    rows: [row('Search', 1), row('Support', 5)],
    totals: [],
  }
  expect(placeNamed(sheet, 'b5', 0, 1)).toEqual({ top: 1, left: 1, bottom: 1, right: 1 })
  expect(placeNamed(sheet, 'B5:A1', 0, 1)).toEqual({ top: 0, left: 0, bottom: 1, right: 1 })
  expect(placeNamed(sheet, 'sup', 0, 1)).toEqual({ top: 1, left: 1, bottom: 1, right: 1 })
  expect(placeNamed(sheet, 'b3', 0, 1)).toBeNull()
  expect(placeNamed(sheet, '', 0, 1)).toBeNull()
})
