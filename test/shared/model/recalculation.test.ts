import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type MonthKey, monthsBetween } from '../../../shared/calendar/index.ts'
import {
  compileModel,
  knownKey,
  type Model,
  type ModelRow,
  Recalculation,
  runModel,
} from '../../../shared/model/index.ts'
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
    expect([...sheet.change({ ...row, name: 'Z' })].sort()).toEqual(['a', 'b', 'c', 'f'])
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

  test('a row that asks what was spent on another is as certain as before when that one is not any more', () => {
    const known = { [knownKey({ name: 'actual', args: ['D'] })]: { values: [1, 2, 3, 4, 5, 6], unit: '', why: '' } }
    const { model: plain } = start('D = 3\nS = prev(S) + actual(D)')
    const model = { ...plain, known }
    const sheet = new Recalculation(model, OPTIONS)
    const edited = withRow(model, 'd', { formula: '1 to 9' })
    expect(sheet.update(edited)).toEqual(['d'])
    expectFresh(sheet, edited)
    expect(sheet.rows.get('s')).toMatchObject({ shape: 'months', values: [1, 3, 6, 10, 15, 21] })
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

describe('rows that come, go, move and change shape', () => {
  const added = (model: Model, at: number, name: string, formula: string): Model => {
    const row = { ...model.rows[0]!, id: name.toLowerCase(), name, formula }
    return { ...model, rows: [...model.rows.slice(0, at), row, ...model.rows.slice(at)] }
  }

  test.each([
    ['a month typed where one number was', (m: Model) => withRow(m, 'a', { overrides: { '2026-12': '9' } }), 'abcf'],
    ['chance where there was none', (m: Model) => withRow(m, 'a', { formula: '1 to 3' }), 'abcf'],
    ['an error', (m: Model) => withRow(m, 'b', { formula: 'Q' }), 'bcf'],
    ['another unit', (m: Model) => withRow(m, 'c', { formula: '$5' }), 'cf'],
    ['a need of a later row', (m: Model) => withRow(m, 'b', { formula: 'A * D' }), 'bcf'],
    ['the same as another row', (m: Model) => withRow(m, 'b', { formula: 'A' }), 'bcf'],
    ['a row nobody needs', (m: Model) => added(m, 2, 'G', 'F * 2'), 'g'],
    ['a row gone', (m: Model) => ({ ...m, rows: m.rows.filter(({ id }) => id !== 'd') }), 'ef'],
    ['another order', (m: Model) => ({ ...m, rows: [...m.rows].reverse() }), ''],
    ['another name', (m: Model) => withRow(m, 'd', { name: 'X' }), 'def'],
  ] as const)('%s', (_, change, reached) => {
    const { model, sheet } = start(CHAIN)
    const edited = change(model)
    expect([...sheet.update(edited)].sort().join('')).toBe(reached)
    expectFresh(sheet, edited)
    sheet.update(model)
    expectFresh(sheet, model)
  })

  test('a name that was missing, and one nearer to it', () => {
    const { model, sheet } = start('A = 2\nB = Aple * 3\nC = Appel')
    const nearer = added(model, 0, 'Apple', '7')
    sheet.update(nearer)
    expectFresh(sheet, nearer)
    const there = added(nearer, 4, 'Aple', '5')
    expect([...sheet.update(there)].sort()).toEqual(['aple', 'b', 'c'])
    expectFresh(sheet, there)
  })

  test('a row that goes before it was told', () => {
    const { model, sheet } = start(CHAIN)
    const more = added(model, 6, 'G', '1')
    sheet.update(more)
    sheet.update(model)
    expectFresh(sheet, model)
  })

  test('the shape of what a row drawn inside each() needs', () => {
    const { model, sheet } = start('N = 9\nA = 2\nT = A * (1 to 9)\nS = each(N, T)')
    for (const change of [{ overrides: { '2026-11': '3' } }, { overrides: {} }, { formula: '4' }]) {
      const edited = withRow(model, 'a', change)
      sheet.update(edited)
      expectFresh(sheet, edited)
    }
  })

  test('many months typed, taken back and typed again take no more room', () => {
    const text = Array.from({ length: 40 }, (_, at) => `R${at} = ${at === 0 ? '3' : `R${at >> 1} * 2`}`).join('\n')
    const { model, sheet } = start(text)
    const typed = {
      ...model,
      rows: model.rows.map((row, at) => (at % 3 === 0 ? { ...row, overrides: { '2026-11': '5' } } : row)),
    }
    for (let turn = 0; turn < 4; turn++) for (const next of [typed, model]) expect(sheet.update(next).length).toBe(40)
    expectFresh(sheet, model)
  })
})

test('after any row of edits everything is, bit for bit, what a fresh run gives (seed 8)', () => {
  const names = ['A', 'B', 'D', 'E', 'F', 'G', 'R0', 'R1']
  const edit = fc.record({
    kind: fc.constantFrom('write', 'write', 'write', 'add', 'take out', 'move', 'rename'),
    at: fc.nat(20),
    formula: fc.oneof(formulaOver(names), fc.constantFrom('3', '5', '1 to 4', '20%', 'A', '$3', '', '1 +')),
    month: fc.option(fc.constantFrom('9', '2 to 3'), { nil: null }),
  })
  fc.assert(
    fc.property(
      formulaOver(names.slice(0, 6)),
      formulaOver(names.slice(0, 7)),
      fc.array(edit, { maxLength: 10 }),
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
        for (const [turn, { kind, at, formula, month }] of edits.entries()) {
          const overrides: Record<string, string> = month === null ? {} : { '2026-12': month }
          const row = edited.rows[at % edited.rows.length]!
          const others = edited.rows.filter((one) => one !== row)
          const to = (at * 7) % edited.rows.length
          const name = names.find((one) => !edited.rows.some((other) => other.name === one)) ?? `New ${turn}`
          const put = (one: ModelRow) => ({ ...edited, rows: [...others.slice(0, to), one, ...others.slice(to)] })
          if (kind === 'write') edited = withRow(edited, row.id, { formula, overrides })
          else if (kind === 'take out' && others.length > 0) edited = { ...edited, rows: others }
          else if (kind === 'move') edited = put(row)
          else if (kind === 'rename') edited = withRow(edited, row.id, { name })
          else edited = { ...edited, rows: [...edited.rows, { ...row, id: `n${turn}`, name, formula, overrides }] }
          sheet.update(edited)
          // Not after each, so that edits meet rows that were not told yet.
          if (at % 3 > 0) expectFresh(sheet, edited)
        }
        expectFresh(sheet, edited)
      },
    ),
    { numRuns: 80, seed: 8 },
  )
}, 60_000)
