import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type MonthKey, monthsBetween } from '../../../shared/calendar/index.ts'
import { compileModel, type Model, type ModelRow, Recalculation, runModel } from '../../../shared/model/index.ts'
import { seedOf } from '../../../shared/quantities/index.ts'
import { formulaOver } from './random-formulas.ts'
import { modelOf } from './run.ts'

const MONTHS = monthsBetween('2026-10' as MonthKey, '2027-03' as MonthKey)
const OPTIONS = { samples: 64, seed: seedOf(5) }

function start(text: string): { model: Model; sheet: Recalculation } {
  const model = modelOf(text, MONTHS)
  return { model, sheet: new Recalculation(model, OPTIONS) }
}

function withRow(model: Model, id: string, change: Partial<ModelRow>): Model {
  return { ...model, rows: model.rows.map((row) => (row.id === id ? { ...row, ...change } : row)) }
}

function expectFresh(sheet: Recalculation, model: Model): void {
  const fresh = runModel(compileModel(model), OPTIONS)
  expect([...sheet.rows.keys()]).toEqual([...fresh.rows.keys()])
  for (const [id, row] of fresh.rows) expect(sheet.rows.get(id), id).toEqual(row)
}

const CHAIN = 'A = 2\nB = A * 3\nC = B + 1\nD = 7\nE = D * (1 to 2)\nF = C + E'

describe('an edit works out what it reaches and nothing else', () => {
  test.each([
    ['a', '4', ['a', 'b', 'c', 'f']],
    ['d', '8', ['d', 'e', 'f']],
    ['f', 'C - E', ['f']],
    ['c', 'B + A', ['c', 'f']],
    ['a', '2', []],
  ])('%s = %s reaches %j', (id, formula, reached) => {
    const { model, sheet } = start(CHAIN)
    const edited = withRow(model, id, { formula })
    expect(sheet.update(edited)).toEqual(reached)
    expectFresh(sheet, edited)
  })

  test('one row alone, and one result alone', () => {
    const { model, sheet } = start(CHAIN)
    const row = model.rows[0]!
    expect(sheet.change({ ...row, formula: '9' })).toEqual(['a', 'b', 'c', 'f'])
    expect(sheet.row('c')).toMatchObject({ shape: 'number', value: 28 })
    expect(sheet.change({ ...row, formula: '9' })).toEqual([])
    expect(sheet.change({ ...row, id: 'z' })).toEqual([])
    expect(sheet.change({ ...row, name: 'Z' }).length).toBe(6)
    expect(sheet.row('c')!.shape).toBe('error')
    expect(model.rows[0]!.formula).toBe('2')
    sheet.update(model)
    expectFresh(sheet, model)
  })

  test('a row dragged along, with a formula that needs it written in between', () => {
    const { model, sheet } = start(`${CHAIN}\nG = sum(A, B, cumulate(C), E, D) + prev(G)`)
    const drag = (id: string, formula: string) => sheet.change({ ...model.rows.find((row) => row.id === id)!, formula })
    expect([drag('d', '8'), drag('d', '9')]).toEqual([
      ['d', 'e', 'f', 'g'],
      ['d', 'e', 'f', 'g'],
    ])
    expectFresh(sheet, withRow(model, 'd', { formula: '9' }))
    expect([drag('a', '3'), drag('a', '4')]).toEqual([
      ['a', 'b', 'c', 'f', 'g'],
      ['a', 'b', 'c', 'f', 'g'],
    ])
    drag('e', 'A * (1 to 2)')
    expect([drag('a', '5'), drag('a', '6')]).toEqual([
      ['a', 'b', 'c', 'e', 'f', 'g'],
      ['a', 'b', 'c', 'e', 'f', 'g'],
    ])
    const edited = withRow(withRow(model, 'a', { formula: '6' }), 'd', { formula: '9' })
    expectFresh(sheet, withRow(edited, 'e', { formula: 'A * (1 to 2)' }))
  })

  test('a typed month', () => {
    const { model, sheet } = start(CHAIN.replace('B = A * 3', 'B = cumulate(A)'))
    const edited = withRow(model, 'b', { overrides: { '2026-12': '100 to 200' } })
    sheet.update(edited)
    expectFresh(sheet, edited)
    const again = withRow(edited, 'b', { overrides: { '2026-12': '150 to 200' } })
    expect(sheet.update(again)).toEqual(['b', 'c', 'f'])
    expectFresh(sheet, again)
  })

  test.each([
    ['chance enters', 'd', { formula: '1 to 3' }],
    ['a circle closes', 'a', { formula: 'F' }],
    ['it goes through the months', 'c', { formula: 'prev(C) + B' }],
    ['it cannot be read', 'c', { formula: 'B +' }],
    ['another unit', 'c', { formula: '$5' }],
    ['another name', 'c', { name: 'G' }],
    ['it is the same as another row', 'b', { formula: 'A' }],
    ['it divides by zero', 'a', { formula: '1 / 0' }],
  ] as const)('%s', (_, id, change) => {
    const { model, sheet } = start(CHAIN)
    const edited = withRow(model, id, change)
    sheet.update(edited)
    expectFresh(sheet, edited)
    sheet.update(model)
    expectFresh(sheet, model)
  })

  test('rows drawn inside each(), by statistics and by correlations', () => {
    const text = 'N = 30\nT = 1 to 9\nS = each(N, T, share: 20%)\nU = 2 to 3\nO = p90(S) + N\nT ~ U : 0.5'
    const { model, sheet } = start(text)
    let edited = model
    for (const [id, formula] of [
      ['n', '25'],
      ['t', '1 to 8'],
      ['u', '2 to 4'],
      ['o', 'p10(S)'],
      ['n', '10'],
    ] as const) {
      edited = withRow(edited, id, { formula })
      sheet.update(edited)
      expectFresh(sheet, edited)
    }
  })

  test('results taken before an edit stay as they were', () => {
    const { model, sheet } = start('A = 1\nX = A * (1 to 9)')
    const before = sheet.rows.get('x')!
    sheet.update(withRow(model, 'a', { formula: '2' }))
    const after = sheet.rows.get('x')!
    if (before.shape !== 'spread' || after.shape !== 'spread') throw new Error()
    expect(after.spread.p50 / before.spread.p50).toBeCloseTo(2, 12)
  })
})

test('after any row of edits everything is, bit for bit, what a fresh run gives (seed 8)', () => {
  const names = ['A', 'B', 'D', 'E', 'F', 'G', 'R0', 'R1']
  const edit = fc.record({
    at: fc.nat(9),
    formula: fc.oneof(formulaOver(names), fc.constantFrom('3', '5', '1 to 4', '20%', 'A', '$3', '', '1 +')),
    month: fc.option(fc.constantFrom('9', '2 to 3'), { nil: null }),
  })
  fc.assert(
    fc.property(
      formulaOver(names.slice(0, 6)),
      formulaOver(names.slice(0, 7)),
      fc.array(edit, { maxLength: 6 }),
      (r0, r1, edits) => {
        const text = [
          'A = 1 to 9',
          'B = normal(0, 3)',
          'D = 3',
          'E = cumulate(2) - 5',
          'F = A * E',
          'G = 2026-12',
          `R0 = ${r0}`,
          `R1 = ${r1}`,
        ]
        const { model, sheet } = start([...text, 'S = prev(S) + R1', 'T = sum(S) + R0'].join('\n'))
        let edited = model
        for (const { at, formula, month } of edits) {
          const overrides: Record<string, string> = month === null ? {} : { '2026-12': month }
          edited = withRow(edited, edited.rows[at]!.id, { formula, overrides })
          sheet.update(edited)
          expectFresh(sheet, edited)
        }
      },
    ),
    { numRuns: 60, seed: 8 },
  )
}, 60_000)
