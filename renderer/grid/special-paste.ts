/** Paste special: what of a block goes where, beside the plain way. */
import { monthOfHead } from './month-of-head.ts'
import { type Selection, lastRect, selectRect } from './range.ts'
import { type EditPlan, pasteEdits } from './sheet-edits.ts'
import { type Sheet, type SheetEdit, cellAt } from './sheet.ts'
import { parseTypedNumber } from './typed-number.ts'

export interface SpecialPaste {
  /** Without the formulas and ranges behind them. */
  readonly isValues: boolean
  /** Rows become columns. */
  readonly isTransposed: boolean
  /** Numbers are added to those that are there. */
  readonly isAdded: boolean
  /** The first line names months, and each column goes to its own, in whatever order they stand. */
  readonly isByMonth: boolean
}

type Block = readonly (readonly string[])[]

export function specialPasteEdits(
  sheet: Sheet,
  selection: Selection,
  block: Block,
  isForeign: boolean,
  how: SpecialPaste,
): EditPlan {
  const turned = how.isTransposed ? transposed(block) : block
  const plan = how.isByMonth
    ? monthEdits(sheet, selection, turned, isForeign)
    : pasteEdits(sheet, selection, turned, isForeign)
  if (!how.isAdded) return plan
  // Nothing added changes nothing.
  const filled = plan.edits.filter(({ text }) => text.trim() !== '')
  const sums = filled.map((edit) => added(sheet, edit)).filter((edit) => edit !== null)
  const ranges = filled.length - sums.length
  return { ...plan, edits: sums, skipped: plan.skipped + ranges, ranges }
}

function transposed(block: Block): Block {
  return (block[0] ?? []).map((_, column) => block.map((cells) => cells[column] ?? ''))
}

/** Columns of months that are not on the sheet are left out and counted. */
function monthEdits(sheet: Sheet, selection: Selection, block: Block, isForeign: boolean): EditPlan {
  const [heads = [], ...lines] = block
  const { top } = lastRect(selection)
  const months = sheet.columns.flatMap(({ month }, column) => (month === undefined ? [] : [{ month, column }]))
  const edits: SheetEdit[] = []
  const columns: number[] = []
  let skipped = 0
  let rows = 0
  for (const [at, head] of heads.entries()) {
    const column = monthOfHead(head, months)
    if (column === null) {
      skipped += lines.filter((cells) => cells[at] !== '').length
      continue
    }
    const plan = pasteEdits(
      sheet,
      selectRect({ top, bottom: top, left: column, right: column }),
      lines.map((cells) => [cells[at] ?? '']),
      isForeign,
    )
    edits.push(...plan.edits)
    skipped += plan.skipped
    rows = Math.max(rows, plan.overflow?.rows ?? 0)
    columns.push(column)
  }
  if (columns.length === 0) return { edits, skipped, selection }
  const bottom = Math.min(sheet.rows.length, top + lines.length) - 1
  const rect = { top, bottom, left: Math.min(...columns), right: Math.max(...columns) }
  return { edits, skipped, selection: selectRect(rect), overflow: { rows, columns: 0 } }
}

/** Null for a range: its sum with a number would be a number, and how uncertain it is would be lost. */
function added(sheet: Sheet, edit: SheetEdit): SheetEdit | null {
  const row = sheet.rows.findIndex(({ id }) => id === edit.rowId)
  const column = sheet.columns.findIndex(({ id }) => id === edit.columnId)
  const { value, mark } = cellAt(sheet, row, column)
  if (mark === 'range') return null
  const more = parseTypedNumber(edit.text)?.value
  // Fifteen digits, or 0.1 and 0.2 would come to 0.30000000000000004.
  return value === null || more === undefined ? edit : { ...edit, text: String(Number((value + more).toPrecision(15))) }
}
