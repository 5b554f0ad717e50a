/** What a cell of the plan rests on, and what rests on it. Pure. */
import { addMonths, type MonthKey } from '../../../shared/calendar/index.ts'
import {
  type Expression,
  functionNamed,
  type MonthPick,
  nameKey,
  parseFormula,
  partsOf,
} from '../../../shared/formula/index.ts'
import type { ModelRow } from '../../../shared/model/index.ts'
import { rowsInOrder } from '../../../shared/plan/index.ts'
import type { WorkbookRecords } from '../../../shared/workbook/index.ts'
import type { CellRef, CellTrace } from '../../grid/sheet.ts'
import { NO_INITIATIVE_ROW, columnOf, placeOfRow, readPlanColumn, rowOfInitiative, rowOfRecord } from './plan-ids.ts'

type Rows = WorkbookRecords['rows']

export interface TraceInput {
  readonly records: Pick<WorkbookRecords, 'rows' | 'initiatives'>
  /** What the model runs over. */
  readonly months: readonly MonthKey[]
  /** Columns on the sheet, by id. */
  readonly columns: readonly string[]
}

/** Cells directly before and after one, in the order of the sheet. */
export function traceCell(input: TraceInput, cell: CellRef): CellTrace {
  return { precedents: precedentsOf(input, cell), dependents: dependentsOf(input, cell) }
}

function precedentsOf(input: TraceInput, { rowId, columnId }: CellRef): readonly CellRef[] {
  const { records, columns } = input
  const { measure, months } = readPlanColumn(columnId) ?? { measure: null, months: [] }
  if (measure === 'variance' || measure === 'difference' || measure === 'forecast')
    return columns
      .filter((other) => {
        const read = readPlanColumn(other)
        const isSource =
          measure === 'forecast' ? ['plan', 'actual'] : ['plan', measure === 'variance' ? 'actual' : 'forecast']
        return read !== null && isSource.includes(read.measure) && read.period === readPlanColumn(columnId)!.period
      })
      .map((other) => ({ rowId, columnId: other }))
  if (measure === 'actual') return []
  const place = placeOfRow(rowId)
  if (place.kind !== 'row') return linesUnder(records, rowId).map(({ id }) => ({ rowId: rowOfRecord(id), columnId }))
  const row = records.rows[place.id]
  if (!row) return []
  if (months.length > 1) return months.map((month) => ({ rowId, columnId: columnOf('plan', month) }))
  const month = months[0] ?? null
  if (month !== null && row.overrides[month] !== undefined) return []
  return mentionsOf(input, row, month).map(({ row: other, month: at }) => ({
    rowId: rowOfRecord(other.id),
    columnId: at === null ? columnId : columnOf('plan', at),
  }))
}

function dependentsOf(input: TraceInput, { rowId, columnId }: CellRef): readonly CellRef[] {
  const place = placeOfRow(rowId)
  const row = place.kind === 'row' ? input.records.rows[place.id] : undefined
  if (!row) return []
  const read = readPlanColumn(columnId)
  if (read !== null && read.measure !== 'plan') return []
  const month = read?.months.length === 1 ? read.months[0]! : null
  const found: CellRef[] = []
  for (const other of rowsInOrder(input.records)) {
    if (!namesOf(other).has(nameKey(row.name))) continue
    const at = month === null ? [null] : shownMonths(input.columns)
    for (const one of at) {
      if (one !== null && other.overrides[one] !== undefined) continue
      const isMet = mentionsOf(input, other, one).some(
        (mention) => mention.row.id === row.id && mention.month === month,
      )
      if (isMet) found.push({ rowId: rowOfRecord(other.id), columnId: one === null ? columnId : columnOf('plan', one) })
    }
  }
  if (month !== null)
    for (const other of input.columns) {
      const sum = readPlanColumn(other)
      if (sum?.measure === 'plan' && sum.months.length > 1 && sum.months.includes(month))
        found.push({ rowId, columnId: other })
    }
  if (row.kind === 'budget line' && read !== null) {
    const isKnown = row.group !== null && input.records.initiatives[row.group] !== undefined
    found.push({ rowId: isKnown ? rowOfInitiative(row.group!) : NO_INITIATIVE_ROW, columnId })
  }
  return found
}

function shownMonths(columns: readonly string[]): readonly MonthKey[] {
  return columns.flatMap((column) => {
    const read = readPlanColumn(column)
    return read?.measure === 'plan' && read.months.length === 1 ? read.months : []
  })
}

function linesUnder({ rows, initiatives }: TraceInput['records'], rowId: string): readonly ModelRow[] {
  const place = placeOfRow(rowId)
  const isUnder = ({ group }: ModelRow) =>
    place.kind === 'initiative' ? group === place.id : group === null || initiatives[group] === undefined
  if (place.kind !== 'initiative' && rowId !== NO_INITIATIVE_ROW) return []
  return rowsInOrder({ rows }).filter((row) => row.kind === 'budget line' && isUnder(row))
}

const nameKeys = new WeakMap<ModelRow, ReadonlySet<string>>()

/** Names a row's formula holds, read once for as long as the row stays the same. */
function namesOf(row: ModelRow): ReadonlySet<string> {
  let known = nameKeys.get(row)
  if (!known) {
    const keys = new Set<string>()
    const visit = (node: Expression) => {
      if (asksForFigure(node)) return
      if (node.kind === 'name') keys.add(nameKey(node.name))
      partsOf(node).forEach(visit)
    }
    if (row.formula !== '') visit(parseFormula(row.formula).ast)
    nameKeys.set(row, (known = keys))
  }
  return known
}

/** What was spent on a row, a price or a metric: it does not rest on the plan of the row that is named. */
function asksForFigure(node: Expression): boolean {
  return node.kind === 'call' && functionNamed(node.name)?.group === 'known figures'
}

const byNames = new WeakMap<Rows, ReadonlyMap<string, ModelRow>>()

/** Rows by the key of their name; the first of two that share one, as formulas take it. */
export function rowsByName(records: { readonly rows: Rows }): ReadonlyMap<string, ModelRow> {
  let known = byNames.get(records.rows)
  if (!known) {
    known = new Map([...rowsInOrder(records)].reverse().map((row) => [nameKey(row.name), row]))
    byNames.set(records.rows, known)
  }
  return known
}

interface Mention {
  readonly row: ModelRow
  /** null = the row as a whole. */
  readonly month: MonthKey | null
}

/** Rows that look over all months when they are given one row alone. */
const OVER_MONTHS = new Set(['sum', 'avg', 'min', 'max'])
const EARLIER = new Set(['prev', 'lag', 'shift'])

/** Rows a formula names, each in the month that counts where the formula stands; each pair once. */
function mentionsOf({ records, months }: TraceInput, row: ModelRow, month: MonthKey | null): readonly Mention[] {
  if (row.formula === '') return []
  const byName = rowsByName(records)
  const found = new Map<string, Mention>()
  const add = (name: string, at: readonly (MonthKey | null)[]) => {
    const other = byName.get(nameKey(name))
    if (!other) return
    for (const one of at) found.set(`${other.id} ${one}`, { row: other, month: one })
  }
  const monthOf = (pick: MonthPick): MonthKey | null => {
    if (month === null) return null
    if (pick.kind === 'month') return pick.month
    if (pick.kind === 'first') return months[0] ?? null
    if (pick.kind === 'last') return months.at(-1) ?? null
    return addMonths(month, pick.kind === 'prev' ? -1 : pick.kind === 'back' ? -pick.months : 0)
  }
  const visit = (node: Expression) => {
    if (asksForFigure(node)) return
    if (node.kind === 'name') add(node.name, [month])
    else if (node.kind === 'pick' && node.of.kind === 'name') add(node.of.name, [monthOf(node.at)])
    else if (node.kind === 'span' && node.of.kind === 'name') {
      const [from, to] = [monthOf(node.from), monthOf(node.to)]
      add(node.of.name, from === null || to === null ? [null] : months.filter((one) => one >= from && one <= to))
    } else if (node.kind === 'call' && node.args[0]?.value.kind === 'name' && month !== null) {
      const [first, ...others] = node.args.map(({ value }) => value)
      const name = (first as Expression & { kind: 'name' }).name
      if (OVER_MONTHS.has(node.name) && others.length === 0) add(name, months)
      else if (EARLIER.has(node.name)) add(name, [addMonths(month, -stepOf(others[0]))])
      else add(name, [month])
      others.forEach(visit)
    } else partsOf(node).forEach(visit)
  }
  visit(parseFormula(row.formula).ast)
  return [...found.values()]
}

function stepOf(months: Expression | undefined): number {
  return months?.kind === 'number' ? months.value : 1
}
