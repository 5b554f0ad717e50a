import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MonthKey } from '../../../shared/calendar/index.ts'
import type { SheetEdit } from '../../../renderer/grid/sheet.ts'
import { applyPlanEdits } from '../../../renderer/views/plan/plan-edits.ts'
import {
  addInitiative,
  addRow,
  duplicateRows,
  insertRow,
  moveRows,
  moveRowsTo,
  removeRows,
  setNote,
} from '../../../renderer/views/plan/plan-rows.ts'
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

  test('a new name of an initiative goes into every formula that asks what was spent on it', () => {
    const { name } = RECORDS.initiatives['search']!
    const asking = {
      ...RECORDS,
      rows: {
        ...RECORDS.rows,
        agents: { ...RECORDS.rows['agents']!, formula: `iferror(actual('${name}'), actual("${name}")) + Seats` },
        // Another row may be called as the initiative is.
        twin: lineOf('twin', { name, formula: '1' }),
        user: lineOf('user', { name: 'User', formula: `'${name}' + 2` }),
      },
    }
    const { records } = applyPlanEdits(asking, [edit('initiative search', 'name', 'Find it')])
    expect(records.rows['agents']!.formula).toBe(`iferror(actual('Find it'), actual("Find it")) + Seats`)
    expect(records.rows['user']).toBe(asking.rows['user'])
    const renamed = applyPlanEdits(asking, [edit('row twin', 'name', 'Other')]).records
    expect(renamed.rows['agents']).toBe(asking.rows['agents'])
    expect(renamed.rows['user']!.formula).toBe('Other + 2')
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

describe('rows', () => {
  const orderOf = (records: typeof RECORDS) =>
    Object.values(records.rows)
      .sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
      .map(({ id }) => id)
  const linesOf = (records: typeof RECORDS) => orderOf(records).filter((id) => records.rows[id]?.group === 'search')

  test('a refused edit comes with its own reason', () => {
    const bad = edit('row agents', 'plan 2026-11', 'abc')
    const { refusals } = applyPlanEdits(RECORDS, [bad, edit('row agents', 'actual 2026-11', '1')])
    expect(refusals.map(({ edit: refused }) => refused)).toEqual([bad, edit('row agents', 'actual 2026-11', '1')])
    expect(refusals[0]?.why).toContain('abc')
    expect(refusals[1]?.why).toContain('computed')
  })

  test('a new row goes right below the one it was asked for, in its group', () => {
    const added = insertRow(RECORDS, 'fresh', 'row agents')!
    const order = orderOf(added.records)
    expect(order[order.indexOf('agents') + 1]).toBe('fresh')
    expect(added.records.rows['fresh']).toMatchObject({ kind: 'budget line', group: RECORDS.rows['agents']?.group })
    expect(insertRow(RECORDS, 'fresh', 'unattributed')).toBeNull()
  })

  test('a copy has all but the name of its row', () => {
    const { records, ids } = duplicateRows(RECORDS, ['row agents', 'total'], () => 'copy')
    const { id, name, order, ...rest } = records.rows['copy']!
    expect(ids).toEqual(['copy'])
    expect([id, name]).toEqual(['copy', `${RECORDS.rows['agents']!.name} copy`])
    expect(order).toBeGreaterThan(RECORDS.rows['agents']!.order)
    expect(RECORDS.rows['agents']).toMatchObject(rest)
  })

  test('rows change places with their neighbour and stop at the end', () => {
    const driver = Object.values(RECORDS.rows).find(({ kind }) => kind === 'driver')!
    const two = insertRow(RECORDS, 'second', `row ${driver.id}`)!.records
    const driversOf = (records: typeof RECORDS) => orderOf(records).filter((id) => records.rows[id]?.kind === 'driver')
    const moved = moveRows(two, ['row second'], -1)
    expect(driversOf(two)).toEqual([driver.id, 'second'])
    expect(driversOf(moved)).toEqual(['second', driver.id])
    expect(driversOf(moveRows(moved, ['row second'], 1))).toEqual([driver.id, 'second'])
    expect(moveRows(two, ['row second'], 1)).toBe(two)
  })

  test('dragged lines take on the initiative they are put into', () => {
    const moved = moveRowsTo(RECORDS, ['row cursor'], 'initiative billing', 'below')!
    expect(moved.rows['cursor']?.group).toBe('billing')
    const back = moveRowsTo(moved, ['row cursor'], 'row agents', 'above')!
    expect(back.rows['cursor']?.group).toBe('search')
    expect(linesOf(back)).toEqual(['cursor', 'agents'])
    expect(linesOf(moveRowsTo(back, ['row cursor'], 'row agents', 'below')!)).toEqual(['agents', 'cursor'])
  })

  test('dragged initiatives take their lines along, wherever in another they are put', () => {
    const moved = moveRowsTo(RECORDS, ['initiative billing'], 'row agents', 'above')!
    expect(
      Object.values(moved.initiatives)
        .sort((a, b) => a.order - b.order)
        .map(({ id }) => id),
    ).toEqual(['billing', 'search'])
    expect(moved.rows).toBe(RECORDS.rows)
  })

  test.each([
    ['a line among drivers', ['row cursor'], 'row seats'],
    ['a driver in an initiative', ['row seats'], 'initiative search'],
    ['lines with a driver', ['row cursor', 'row seats'], 'row agents'],
    ['a computed row', ['unattributed'], 'row agents'],
    ['a row onto itself', ['row cursor'], 'row cursor'],
  ])('%s cannot be put there', (_, rowIds, target) => {
    expect(moveRowsTo(RECORDS, rowIds, target, 'above')).toBeNull()
  })

  test('a note on a month is kept with it, and goes when it is emptied', () => {
    const noted = setNote(RECORDS, 'row agents', '2026-11' as MonthKey, ' pilot ')
    expect(noted.rows['agents']).toMatchObject({ note: '', monthNotes: { '2026-11': 'pilot' } })
    expect(setNote(noted, 'row agents', '2026-11' as MonthKey, '').rows['agents']?.monthNotes).toEqual({})
    expect(setNote(noted, 'row agents', '2026-11' as MonthKey, 'pilot')).toBe(noted)
  })

  test('a note is kept with its row', () => {
    expect(setNote(RECORDS, 'row agents', null, ' why ').rows['agents']?.note).toBe('why')
    expect(setNote(RECORDS, 'total', null, 'why')).toBe(RECORDS)
  })
})

test('many edits at once come to what they come to one by one, and what was there before stays as it was', () => {
  const before = JSON.stringify(RECORDS)
  const texts = ['7', '1,234.50', '10k to 20k', '=Seats * 3', '', 'what']
  const places = ['row agents', 'row cursor'].flatMap((row) =>
    ['plan 2026-11', 'plan 2026-12', 'name', 'formula'].map((column): [string, string] => [row, column]),
  )
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...places), fc.constantFrom(...texts)), { maxLength: 12 }),
      (typed) => {
        const edits = typed.map(([[row, column], text]) => edit(row, column, text))
        const oneByOne = edits.reduce((records, each) => applyPlanEdits(records, [each]).records, RECORDS)
        expect(applyPlanEdits(RECORDS, edits).records).toEqual(oneByOne)
      },
    ),
    { seed: 3, numRuns: 300 },
  )
  expect(JSON.stringify(RECORDS)).toBe(before)
})
