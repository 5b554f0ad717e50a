import fc from 'fast-check'
import { AS_IT_IS, type Arrangement, arrangeSheet } from '../../../renderer/grid/arrange-sheet.ts'
import { seriesEdits } from '../../../renderer/grid/fill-series.ts'
import { findCells, replaceEdits } from '../../../renderer/grid/find.ts'
import { type Selection, selectRect } from '../../../renderer/grid/range.ts'
import {
  clearEdits,
  copyBlock,
  entryEdits,
  fillEdgeEdits,
  fillEdits,
  pasteEdits,
  rowIdsOf,
} from '../../../renderer/grid/sheet-edits.ts'
import type { Sheet, SheetEdit } from '../../../renderer/grid/sheet.ts'
import { applyPlanEdits } from '../../../renderer/views/plan/plan-edits.ts'
import {
  duplicateRows,
  insertRow,
  insertRows,
  moveRows,
  moveRowsTo,
  removeRows,
  setNote,
} from '../../../renderer/views/plan/plan-rows.ts'
import { monthOfPlanColumn, rowOfRecord } from '../../../renderer/views/plan/plan-ids.ts'
import { planSheet } from '../../../renderer/views/plan/plan-sheet.ts'
import { monthsAndSum } from '../../../renderer/views/plan/plan-periods.ts'
import { planValues } from '../../../renderer/views/plan/plan-values.ts'
import { invertDiff, type RecordsDiff } from '../../../shared/records/index.ts'
import { changeRecords, diffRecords, type WorkbookRecords } from '../../../shared/workbook/index.ts'
import { MONTHS, RECORDS } from './plan-records.ts'

const corner = fc.record({ row: fc.nat(12), column: fc.nat(7), rows: fc.nat(4), columns: fc.nat(3) })
const text = fc.constantFrom('1.2k', '', '=Seats * 3', '10k to 20k', 'abc', '12%', "it's", '=1 +', '-5')

/** One thing a person does to the sheet, anywhere on it. */
export const anyStep = fc.oneof(
  fc.record({ kind: fc.constant('type' as const), corner, text }),
  fc.record({ kind: fc.constantFrom('clear', 'down', 'right', 'drag', 'insert', 'duplicate', 'delete'), corner }),
  fc.record({ kind: fc.constantFrom('copy', 'growth', 'spread'), corner, to: corner }),
  fc.record({ kind: fc.constant('move' as const), corner, step: fc.constantFrom(-1 as const, 1 as const) }),
  fc.record({ kind: fc.constant('replace' as const), wanted: text, by: text }),
  fc.record({ kind: fc.constant('cut' as const), corner, to: corner }),
  fc.record({ kind: fc.constant('paste with new rows' as const), corner, rows: fc.integer({ min: 1, max: 3 }), text }),
  fc.record({
    kind: fc.constant('move to' as const),
    corner,
    target: fc.nat(12),
    side: fc.constantFrom('above' as const, 'below' as const),
  }),
  fc.record({ kind: fc.constant('note' as const), corner, text }),
  // What is done next is done to the rows that are shown then, in the order they are shown in.
  fc.record({
    kind: fc.constant('arrange' as const),
    arrangement: fc.record<Arrangement>({
      text: fc.constantFrom('', '', 'a', 'seats'),
      condition: fc.constantFrom(null, null, 'error', 'uncertain', 'typed'),
      sort: fc.option(
        fc.record({ columnId: fc.constantFrom('name', `plan ${MONTHS[0]}`), isDescending: fc.boolean() }),
        { nil: null },
      ),
    }),
  }),
)

type Step = typeof anyStep extends fc.Arbitrary<infer One> ? One : never

export function planWalk(steps: readonly Step[]) {
  let records: WorkbookRecords = RECORDS
  const sheets = [sheetOf(records)]
  const diffs: RecordsDiff[] = []
  let arrangement = AS_IT_IS
  for (const [at, step] of steps.entries()) {
    if (step.kind === 'arrange') {
      arrangement = step.arrangement
      continue
    }
    const diff = diffRecords(records, stepped(records, arrangeSheet(sheets.at(-1)!, arrangement), step, `new-${at}`))
    records = changeRecords(records, diff)
    diffs.push(diff)
    sheets.push(sheetOf(records))
  }
  const undone = diffs.reduceRight((now, diff) => changeRecords(now, invertDiff(diff)), records)
  const redone = diffs.reduce((now, diff) => changeRecords(now, diff), undone)
  return { records: RECORDS, sheets, undone, redone, last: records }
}

function stepped(
  records: WorkbookRecords,
  sheet: Sheet,
  step: Exclude<Step, { kind: 'arrange' }>,
  id: string,
): WorkbookRecords {
  if (sheet.rows.length === 0) return records
  const edited = (edits: readonly SheetEdit[]) => applyPlanEdits(records, edits).records
  if (step.kind === 'replace')
    return edited(replaceEdits(sheet, findCells(sheet, step.wanted), step.wanted, step.by).edits)
  const selection = selected(sheet, step.corner)
  const { active } = selection
  const rect = selectedRect(sheet, step.corner)
  switch (step.kind) {
    case 'type':
      return edited(entryEdits(sheet, [active], step.text, selection).edits)
    case 'clear':
      return edited(clearEdits(sheet, selection).edits)
    case 'down':
    case 'right':
      return edited(fillEdgeEdits(sheet, selection, step.kind).edits)
    case 'drag': {
      const target = { ...rect, top: rect.bottom + 1, bottom: Math.min(rect.bottom + 3, sheet.rows.length - 1) }
      return target.top > target.bottom ? records : edited(fillEdits(sheet, rect, target, 'down', false).edits)
    }
    case 'copy': {
      const block = copyBlock(sheet, selection)
      return edited(pasteEdits(sheet, 'to' in step ? selected(sheet, step.to) : selection, block?.raw ?? []).edits)
    }
    case 'growth':
      return edited(seriesEdits(sheet, selection, { kind: 'growth', rate: 0.1 }).edits)
    case 'spread':
      return edited(seriesEdits(sheet, selection, { kind: 'spread', total: '100', weightOf: () => 1n }).edits)
    case 'insert':
      return insertRow(records, id, sheet.rows[active.row]!.id)?.records ?? records
    case 'duplicate':
      return duplicateRows(records, rowIdsOf(sheet, selection), (rowId) => `${id}-${rowId}`).records
    case 'delete':
      return removeRows(records, rowIdsOf(sheet, selection)).records
    case 'move':
      return moveRows(records, rowIdsOf(sheet, selection), step.step)
    case 'move to': {
      const target = sheet.rows[Math.min(step.target, sheet.rows.length - 1)]!.id
      return moveRowsTo(records, rowIdsOf(sheet, selection), target, step.side) ?? records
    }
    case 'note': {
      const month = monthOfPlanColumn(sheet.columns[active.column]!.id)
      return setNote(records, sheet.rows[active.row]!.id, month, step.text)
    }
    case 'cut': {
      const plan = pasteEdits(sheet, selected(sheet, step.to), copyBlock(sheet, selection)?.raw ?? [])
      return edited([...clearEdits(sheet, selection).edits, ...plan.edits])
    }
    case 'paste with new rows': {
      const ids = Array.from({ length: step.rows }, (_, at) => `${id}-${at}`)
      const edits = ids.map((rowId): SheetEdit => {
        const columnId = sheet.columns[active.column]!.id
        return { rowId: rowOfRecord(rowId), columnId, text: step.text, how: 'placed' }
      })
      return applyPlanEdits(insertRows(records, ids, sheet.rows.at(-1)!.id), edits).records
    }
  }
}

interface Corner {
  readonly row: number
  readonly column: number
  readonly rows: number
  readonly columns: number
}

function selectedRect(sheet: Sheet, { row, column, rows, columns }: Corner) {
  const [lastRow, lastColumn] = [sheet.rows.length - 1, sheet.columns.length - 1]
  const [top, left] = [Math.min(row, lastRow), Math.min(column, lastColumn)]
  return { top, left, bottom: Math.min(top + rows, lastRow), right: Math.min(left + columns, lastColumn) }
}

function selected(sheet: Sheet, corner: Corner): Selection {
  return selectRect(selectedRect(sheet, corner))
}

export function sheetOf(records: WorkbookRecords): Sheet {
  return planSheet({
    records,
    months: MONTHS,
    results: planValues({ rows: records.rows }, MONTHS),
    actuals: [],
    currency: 'USD',
    periods: monthsAndSum(MONTHS, 'Quarter'),
    dataUntil: null,
    columnSet: 'plan',
    closed: new Set(),
  })
}
