import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AS_IT_IS, type Arrangement, arrangeSheet } from '../../../renderer/grid/arrange-sheet.ts'
import { type Sheet, type SheetRow, cellOf } from '../../../renderer/grid/sheet.ts'

const COLUMNS = ['name', 'amount'].map((id) => ({
  id,
  header: id,
  group: '',
  kind: id === 'name' ? ('name' as const) : ('number' as const),
  width: 100,
  isFlexible: false,
  isPinned: false,
}))

function row(id: string, level: number, value: number | null, parts: Partial<SheetRow> = {}): SheetRow {
  const amount = value === null ? cellOf({}) : cellOf({ role: 'input', value, raw: String(value), text: `$${value}` })
  return {
    id,
    kind: level === 0 ? 'initiative' : 'line',
    level,
    isOpen: null,
    position: 1,
    cells: [cellOf({ role: 'label', text: id }), amount],
    ...parts,
  }
}

const SHEET: Sheet = {
  columns: COLUMNS,
  rows: [
    row('Search', 0, 30),
    row('Index', 1, 10),
    row('Rank', 1, 20),
    row('Billing', 0, 50),
    row('Invoice', 1, 50),
    row('Drivers', 0, null, { kind: 'section' }),
    row('Seats', 1, 7, { kind: 'driver' }),
    row('Rate', 1, null, { kind: 'driver' }),
  ],
  totals: [],
}

const ids = (arrangement: Partial<Arrangement>, sheet = SHEET) =>
  arrangeSheet(sheet, { ...AS_IT_IS, ...arrangement }).rows.map(({ id }) => id)

describe('filter', () => {
  test('keeps what is found under its group', () => {
    expect(ids({ text: 'RANK' })).toEqual(['Search', 'Rank'])
    expect(ids({ text: '$50' })).toEqual(['Billing', 'Invoice'])
    expect(ids({ text: 'nowhere' })).toEqual([])
  })

  test('keeps all rows of a group that is found itself', () => {
    expect(ids({ text: 'search' })).toEqual(['Search', 'Index', 'Rank'])
  })

  test.each([
    ['error', { errorCode: '#NAME?' }],
    ['uncertain', { mark: 'range' }],
    ['unfavourable', { tone: 'bad' }],
    ['typed', { role: 'input', raw: '1' }],
  ] as const)('by what cells are: %s', (condition, parts) => {
    const plain = SHEET.rows.map((one) => ({ ...one, cells: one.cells.map(() => cellOf({ text: '1' })) }))
    const rows = plain.map((one) => (one.id === 'Rank' ? { ...one, cells: [cellOf(parts)] } : one))
    expect(ids({ condition }, { ...SHEET, rows })).toEqual(['Search', 'Rank'])
  })
})

describe('sort', () => {
  test('goes by value within each group, blanks last', () => {
    expect(ids({ sort: { columnId: 'amount', isDescending: true } })).toEqual([
      'Billing',
      'Invoice',
      'Search',
      'Rank',
      'Index',
      'Drivers',
      'Seats',
      'Rate',
    ])
  })

  test('goes by text where there are no values, and says so in the head', () => {
    const arranged = arrangeSheet(SHEET, { ...AS_IT_IS, sort: { columnId: 'name', isDescending: false } })
    expect(arranged.rows.map(({ id }) => id).slice(0, 5)).toEqual(['Billing', 'Invoice', 'Search', 'Index', 'Rank'])
    expect(arranged.columns.map(({ header }) => header)).toEqual(['name ▲', 'amount'])
  })
})

test('sorting keeps every row, each under its own group, and nothing asked changes nothing (seed 3)', () => {
  const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.option(fc.integer({ min: -9, max: 9 }))), {
    maxLength: 30,
  })
  fc.assert(
    fc.property(rows, fc.boolean(), (made, isDescending) => {
      let last = -1
      const levels = made.map(([level]) => (last = Math.min(level, last + 1)))
      const sheet = { ...SHEET, rows: made.map(([, value], at) => row(`r${at}`, levels[at]!, value)) }
      const parents = (all: readonly SheetRow[]) =>
        new Map(
          all.map((one, at) => [
            one.id,
            all
              .slice(0, at)
              .reverse()
              .find(({ level }) => level < one.level)?.id,
          ]),
        )
      const after = arrangeSheet(sheet, { ...AS_IT_IS, sort: { columnId: 'amount', isDescending } }).rows
      expect(parents(after)).toEqual(parents(sheet.rows))
      expect(after).toHaveLength(made.length)
      expect(arrangeSheet(sheet, AS_IT_IS)).toBe(sheet)
    }),
    { seed: 3, numRuns: 200 },
  )
})
