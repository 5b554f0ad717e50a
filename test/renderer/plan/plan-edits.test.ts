import { describe, expect, test } from 'vitest'
import type { SheetEdit } from '../../../renderer/grid/sheet.ts'
import { addInitiative, addRow, applyPlanEdits, removeRows } from '../../../renderer/views/plan/plan-edits.ts'
import type { Scenario } from '../../../shared/scenario/index.ts'
import { RECORDS, lineOf } from './plan-records.ts'

function edit(rowId: string, columnId: string, text: string, how: SheetEdit['how'] = 'typed'): SheetEdit {
  return { rowId, columnId, text, how }
}

function rowAfter(id: string, ...edits: readonly SheetEdit[]) {
  const { formula, overrides } = applyPlanEdits(RECORDS, edits).records.rows[id]!
  return { formula, overrides }
}

describe('a month', () => {
  test('takes a number for itself alone', () => {
    expect(rowAfter('cursor', edit('row cursor', 'plan 2026-12', '$2,500'))).toEqual({
      formula: 'Seats * $40',
      overrides: { '2026-12': '2500' },
    })
  })

  test('takes a formula for the whole row and gives its own number up', () => {
    expect(rowAfter('agents', edit('row agents', 'plan 2026-11', '=Seats * 100'))).toEqual({
      formula: 'Seats * 100',
      overrides: { '2026-12': '10k to 20k' },
    })
  })

  test('falls back to the formula when it is emptied, and the formula goes when its own cell is', () => {
    const set = edit('row cursor', 'plan 2026-12', '9')
    const emptied = edit('row cursor', 'plan 2026-12', '')
    expect(rowAfter('cursor', set, emptied)).toEqual({ formula: 'Seats * $40', overrides: {} })
    expect(rowAfter('cursor', emptied)).toEqual({ formula: '', overrides: {} })
    expect(rowAfter('cursor', edit('row cursor', 'plan 2026-12', '', 'cleared'))).toEqual({
      formula: 'Seats * $40',
      overrides: {},
    })
  })

  test('refuses what is no amount, keeps the rest of the paste, and says why once', () => {
    const outcome = applyPlanEdits(RECORDS, [
      edit('row agents', 'plan 2026-11', 'abc', 'placed'),
      edit('row agents', 'plan 2026-12', '7', 'placed'),
    ])
    expect(outcome).toMatchObject({ taken: 1, refused: 1 })
    expect(outcome.why).toContain('abc')
    expect(outcome.records.rows['agents']?.overrides).toEqual({ '2026-11': '1.2k', '2026-12': '7' })
  })
})

describe('names', () => {
  test('a new name goes into every formula that used the old one', () => {
    const { records } = applyPlanEdits(RECORDS, [edit('row seats', 'name', 'Licensed seats')])
    expect(records.rows['seats']?.name).toBe('Licensed seats')
    expect(records.rows['cursor']?.formula).toBe("'Licensed seats' * $40")
    expect(records.rows['agents']).toBe(RECORDS.rows['agents'])
  })

  test('scenarios follow, but for those with a row of that name of their own', () => {
    const base: Scenario = {
      id: 's',
      name: 'What if',
      templateId: null,
      sets: { seats: '80' },
      rows: [lineOf('extra', { name: 'Extra', formula: 'Seats + 1' })],
      startMonth: '2026-11' as Scenario['startMonth'],
      horizonMonths: 12,
      samples: 1024,
      seed: 1 as Scenario['seed'],
      order: 1,
    }
    const own = { ...base, id: 'own', rows: [...base.rows, lineOf('theirs', { name: 'Seats' })] }
    const { records } = applyPlanEdits({ ...RECORDS, scenarios: { s: base, own } }, [
      edit('row seats', 'name', 'Licences'),
    ])
    expect(records.scenarios['s']).toMatchObject({ sets: { Licences: '80' }, rows: [{ formula: 'Licences + 1' }] })
    expect(records.scenarios['own']).toBe(own)
  })

  test.each([
    ['', 'needs a name'],
    ['AGENTS', 'Another row'],
  ])('“%s” is refused', (name, why) => {
    const outcome = applyPlanEdits(RECORDS, [edit('row seats', 'name', name)])
    expect(outcome.records).toBe(RECORDS)
    expect(outcome.why).toContain(why)
  })

  test('an initiative can be renamed', () => {
    const { records } = applyPlanEdits(RECORDS, [edit('initiative search', 'name', 'Find')])
    expect(records.initiatives['search']?.name).toBe('Find')
  })
})

test('computed rows and columns cannot be typed into', () => {
  expect(applyPlanEdits(RECORDS, [edit('total', 'plan 2026-11', '5')])).toMatchObject({ taken: 0, refused: 1 })
  expect(applyPlanEdits(RECORDS, [edit('row agents', 'actual 2026-11', '5')])).toMatchObject({ taken: 0, refused: 1 })
})

test('a formula can be typed with and without its equals sign', () => {
  expect(rowAfter('cursor', edit('row cursor', 'formula', '=Seats * 50')).formula).toBe('Seats * 50')
  expect(rowAfter('cursor', edit('row cursor', 'formula', 'Seats * 50')).formula).toBe('Seats * 50')
})

test('new rows come last with a name nobody has', () => {
  const once = addRow(RECORDS, 'a', 'driver', null).records
  const twice = addRow(once, 'b', 'driver', null).records
  expect(twice.rows['a']).toMatchObject({ name: 'New driver', unit: '', order: 4 })
  expect(twice.rows['b']).toMatchObject({ name: 'New driver 2', order: 5 })
  expect(addInitiative(RECORDS, 'c').records.initiatives['c']).toMatchObject({ name: 'New initiative', order: 3 })
})

test('an initiative goes with its budget lines and rules, drivers stay', () => {
  const rule = { id: 'r', field: 'tool', equals: 'cursor', initiativeId: 'search', order: 1 } as const
  const removed = removeRows({ ...RECORDS, attributionRules: { r: rule } }, ['initiative search', 'total'])
  expect(removed).toMatchObject({ names: ['Search'], lines: 2, rules: 1 })
  expect(Object.keys(removed.records.rows)).toEqual(['seats'])
  expect(removed.records.attributionRules).toEqual({})
  expect(Object.keys(removed.records.initiatives)).toEqual(['billing'])
})
