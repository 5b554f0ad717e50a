import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Sheet } from '../../../renderer/grid/sheet.ts'
import { anyStep, planWalk, sheetOf } from './plan-walk-steps.ts'

test('any walk of edits, pastes, fills, moves, notes and new rows on an arranged sheet, undone, ends where it began (seed 7)', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 14 }), (steps) => {
      const { records, sheets, undone, redone, last } = planWalk(steps)
      expect(undone).toEqual(records)
      expect(redone).toEqual(last)
      // Rows that keep the cells they had show what a sheet made from nothing shows.
      expect(shownBy(sheets.at(-1)!)).toEqual(shownBy(sheetOf(structuredClone(last))))
      // No step may leave the sheet with another number of cells in a row.
      for (const sheet of sheets) for (const { cells } of sheet.rows) expect(cells).toHaveLength(sheet.columns.length)
    }),
    { seed: 7, numRuns: 60 },
  )
})

function shownBy({ rows, totals }: Sheet): readonly (readonly string[])[] {
  return [...rows, ...totals].map(({ cells }) => cells.map(({ text, raw, tip }) => `${text} ${raw} ${tip}`))
}
