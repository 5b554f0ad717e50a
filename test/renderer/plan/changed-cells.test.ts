import { expect, test } from 'vitest'
import { changedCells } from '../../../renderer/views/plan/changed-cells.ts'
import type { ModelRow } from '../../../shared/model/index.ts'
import { RECORDS } from './plan-records.ts'

const row = Object.values(RECORDS.rows)[0]!

function cellsOf(before: Partial<ModelRow> | null, after: Partial<ModelRow> | null): readonly string[] {
  const side = (part: Partial<ModelRow> | null) => part && { ...row, overrides: {}, ...part }
  const diff = [{ table: 'rows', id: 'x', before: side(before), after: side(after) }]
  return changedCells(diff).map(({ rowId, columnId }) => `${rowId} ${columnId}`)
}

test.each([
  [
    { overrides: { '2026-10': '1', '2026-11': '2' } },
    { overrides: { '2026-11': '3' } },
    ['plan 2026-10', 'plan 2026-11'],
  ],
  [{}, { monthNotes: { '2026-10': 'ask' } }, ['plan 2026-10']],
  [{}, { formula: 'A * 3', unit: 'h' }, ['formula', 'unit']],
  [{}, { name: 'Other' }, ['name']],
  [{}, { order: 99 }, ['name']],
  [null, {}, ['name']],
  [{}, null, []],
])('%j -> %j', (before, after, columns) => {
  expect(cellsOf(before, after)).toEqual(columns.map((column) => `row x ${column}`))
})

test('an initiative is shown at its name, other tables nowhere', () => {
  const change = { id: 'i', before: null, after: { id: 'i' } }
  expect(
    changedCells([
      { table: 'initiatives', ...change },
      { table: 'teams', ...change },
    ]),
  ).toEqual([{ rowId: 'initiative i', columnId: 'name' }])
})
