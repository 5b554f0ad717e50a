/** How one cell of the plan came about: its formula, what went in, where that is from. Pure. */
import { type MonthKey, nameMonth } from '../../../shared/calendar/index.ts'
import {
  type Driver,
  type Evidence,
  type History,
  type ModelRow,
  type RowResult,
  type Spread,
  compileModel,
  driversOf,
  evidenceOfDraws,
  runModel,
} from '../../../shared/model/index.ts'
import { seedOf } from '../../../shared/quantities/index.ts'
import { type FigureSources, knownFigures } from '../../../shared/plan/index.ts'
import type { WorkbookRecords } from '../../../shared/workbook/index.ts'
import { type CellRef, type CellTrace, type Sheet, EMPTY_CELL, type SheetCell } from '../../grid/sheet.ts'
import type { ActualCell } from '../../stores/figures.ts'
import { rowsBehind } from './check-formula.ts'
import { MonthCell, spreadAt } from './plan-cells.ts'
import { monthOfPlanColumn, placeOfRow, readPlanColumn } from './plan-ids.ts'
import { rowsByName } from './trace.ts'

export interface ExplainInput {
  readonly records: WorkbookRecords
  readonly months: readonly MonthKey[]
  readonly results: ReadonlyMap<string, RowResult>
  readonly actuals: readonly ActualCell[]
  readonly currency: string
  readonly sheet: Sheet
  /** Columns that formulas draw on with `from(…)`. */
  readonly history?: History
}

/** Another cell, named and with what it shows. */
export interface NamedCell extends CellRef {
  readonly name: string
  readonly value: string
}

export interface CellExplanation {
  readonly name: string
  /** The column, as people call it: `Nov 2026 Plan`. */
  readonly place: string
  readonly value: string
  /** One sentence: typed, from a formula, added up, imported. */
  readonly how: string
  readonly formula: string | null
  readonly problem: string | null
  readonly inputs: readonly NamedCell[]
  readonly usedBy: readonly NamedCell[]
  readonly spread: Spread | null
  readonly unit: string
  readonly evidence: Evidence | null
  /** Spend behind an actual, by tool and kind of cost. */
  readonly spend: readonly ActualCell[]
  readonly row: ModelRow | null
}

export function explainCell(input: ExplainInput, cell: CellRef, trace: CellTrace): CellExplanation | null {
  const { records, sheet, results, months, history = {} } = input
  const shown = cellShown(input, cell)
  if (shown === null) return null
  const place = placeOfRow(cell.rowId)
  const row = place.kind === 'row' ? (records.rows[place.id] ?? null) : null
  const column = sheet.columns.find(({ id }) => id === cell.columnId)
  const month = monthOfPlanColumn(cell.columnId)
  const result = row ? results.get(row.id) : undefined
  const isOwn = row !== null && month !== null && row.overrides[month] !== undefined
  const hasFormula = row !== null && row.formula !== '' && !isOwn
  return {
    name: nameOf(input, cell.rowId),
    place: [column?.group, column?.header].filter((part) => part !== undefined && part !== '').join(' '),
    value: shown.text,
    how: howOf(shown, row, month, isOwn, cell.columnId),
    formula: hasFormula ? row.formula : isOwn ? row.overrides[month]! : null,
    problem: result?.shape === 'error' ? result.error.message : shown.errorCode === '' ? null : shown.tip,
    inputs: trace.precedents.map((ref) => named(input, ref)),
    usedBy: trace.dependents.map((ref) => named(input, ref)),
    spread: month === null ? null : uncertain(spreadAt(result, months.indexOf(month))),
    unit: row?.unit ?? '$',
    evidence:
      row === null ? null : isOwn ? { kind: 'entered' } : (evidenceOfDraws(row.formula, history) ?? row.evidence),
    spend: spendBehind(input, cell),
    row,
  }
}

/** Rows behind an uncertain one that its spread comes from, largest share first; null = too many to run again at once. */
export function driversBehind(
  records: WorkbookRecords,
  months: readonly MonthKey[],
  row: ModelRow,
  figures: FigureSources | null = null,
): readonly (Driver & { readonly name: string })[] | null {
  const rows = rowsBehind(row, rowsByName(records))
  if (rows === null) return null
  const known = figures && knownFigures(Object.values(records.rows), months, figures)
  const model = { rows, correlations: [], months, history: figures?.history ?? {}, ...(known && { known }) }
  const run = runModel(compileModel(model), { samples: 4096, seed: seedOf(1) })
  const others = rows.filter(({ id }) => id !== row.id)
  const sources = others.filter(({ formula }) => !others.some(({ name }) => formula.includes(name)))
  return driversOf(
    run,
    row.id,
    sources.map(({ id }) => id),
  ).map((driver) => ({
    ...driver,
    name: records.rows[driver.id]?.name ?? driver.id,
  }))
}

function howOf(
  shown: SheetCell,
  row: ModelRow | null,
  month: MonthKey | null,
  isOwn: boolean,
  columnId: string,
): string {
  const measure = readPlanColumn(columnId)?.measure
  if (measure === 'actual') return 'Imported: usage and bills that attribution rules give to this row.'
  if (measure === 'variance') return 'Actual minus plan.'
  if (measure === 'difference') return 'Forecast minus plan.'
  if (measure === 'forecast') return shown.tip === '' ? 'Actuals so far, and what is expected of the rest.' : shown.tip
  if (row === null) return 'Added up from the budget lines below it, each rounded to cents first.'
  if (measure === 'plan' && month === null) return 'Added up from its months, each rounded to cents first.'
  if (isOwn && row.formula !== '')
    return `Typed for ${nameMonth(month!)} alone; the other months follow the formula of the row.`
  if (isOwn) return 'Typed.'
  return row.formula === '' ? 'Nothing was planned here yet.' : 'Worked out by the formula of the row.'
}

function spendBehind(
  { records, actuals, currency }: ExplainInput,
  { rowId, columnId }: CellRef,
): readonly ActualCell[] {
  const read = readPlanColumn(columnId)
  if (read?.measure !== 'actual') return []
  const place = placeOfRow(rowId)
  const owner = place.kind === 'initiative' ? place.id : null
  return actuals.filter((cell) => {
    const own = cell.initiativeId !== null && records.initiatives[cell.initiativeId] ? cell.initiativeId : null
    return own === owner && cell.currency === currency && read.months.includes(cell.month)
  })
}

function named(input: ExplainInput, ref: CellRef): NamedCell {
  const month = monthOfPlanColumn(ref.columnId)
  const name = nameOf(input, ref.rowId)
  const value = cellShown(input, ref)?.text ?? ''
  return { ...ref, name: month === null ? name : `${name}, ${nameMonth(month)}`, value }
}

/** What a cell shows, also in a row that is collapsed or filtered away just now. */
function cellShown({ records, results, months, currency, sheet }: ExplainInput, ref: CellRef): SheetCell | null {
  const row = sheet.rows.find(({ id }) => id === ref.rowId)
  const at = sheet.columns.findIndex(({ id }) => id === ref.columnId)
  if (row && at >= 0) return row.cells[at] ?? EMPTY_CELL
  const place = placeOfRow(ref.rowId)
  const model = place.kind === 'row' ? records.rows[place.id] : undefined
  const month = monthOfPlanColumn(ref.columnId)
  if (!model || month === null) return null
  return new MonthCell({ row: model, result: results.get(model.id), currency }, month, months.indexOf(month))
}

function nameOf({ records, sheet }: ExplainInput, rowId: string): string {
  const place = placeOfRow(rowId)
  if (place.kind === 'row') return records.rows[place.id]?.name ?? ''
  if (place.kind === 'initiative') return records.initiatives[place.id]?.name ?? ''
  return sheet.rows.find(({ id }) => id === rowId)?.cells[0]?.text ?? ''
}

function uncertain(spread: Spread | null): Spread | null {
  return spread !== null && spread.p90 > spread.p10 ? spread : null
}
