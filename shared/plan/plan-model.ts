import { type FiscalCalendar, type MonthKey, addMonths, fiscalPeriodOf } from '../calendar/index.ts'
import type { History, Model, ModelRow } from '../model/index.ts'
import { type FigureSources, knownFigures } from './known-figures.ts'

/** The part of a workbook's records a plan is made of. */
export interface PlanRecords {
  readonly rows: Readonly<Record<string, ModelRow>>
}

/**
 * Drivers and budget lines as one model over `months`, in their order on the sheet. Formulas hold in every month, so the
 * model can look beyond the quarter that is being edited; a line without a formula has its typed months and nothing else.
 */
export function planModel(
  records: PlanRecords,
  months: readonly MonthKey[],
  sources: FigureSources | null = null,
  history: History = sources?.history ?? {},
): Model {
  const rows = rowsInOrder(records)
  const known = sources && knownFigures(rows, months, sources)
  return { rows, correlations: [], months, history, ...(known && { known }) }
}

/**
 * The months a plan is worked out over: the fiscal year `month` lies in. What a row carries from month to month (`prev`)
 * begins with the year, so that a month is the same number whichever part of the year is looked at.
 */
export function planMonths(month: MonthKey, calendar: FiscalCalendar): readonly MonthKey[] {
  const first = addMonths(month, 1 - fiscalPeriodOf(month, calendar).period)
  return Array.from({ length: 12 }, (_, at) => addMonths(first, at))
}

/** Sorted once for as long as the records are the same: the model, the totals and the sheet all go by it. */
const sorted = new WeakMap<PlanRecords['rows'], readonly ModelRow[]>()

/** By order on the sheet; the id decides between equals, so that the same records are always the same model. */
export function rowsInOrder({ rows }: PlanRecords): readonly ModelRow[] {
  let known = sorted.get(rows)
  if (!known) {
    known = Object.values(rows).sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
    sorted.set(rows, known)
  }
  return known
}

export function budgetLines(records: PlanRecords): readonly ModelRow[] {
  return rowsInOrder(records).filter(({ kind }) => kind === 'budget line')
}
