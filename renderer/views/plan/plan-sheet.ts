/** The plan as rows and columns of the sheet. Pure: records, computed values and actuals in, what the sheet shows out. */
import type { MonthKey } from '../../../shared/calendar/index.ts'
import type { ModelRow, RowResult } from '../../../shared/model/index.ts'
import { type Nanos, nanosOf } from '../../../shared/money/index.ts'
import { type PlanSum, planNanos, planTotals, rowsInOrder } from '../../../shared/plan/index.ts'
import type { WorkbookRecords } from '../../../shared/workbook/index.ts'
import { type Sheet, type SheetCell, type SheetRow, EMPTY_CELL, cellOf } from '../../grid/sheet.ts'
import type { ActualCell } from '../../stores/figures.ts'
import { type Actual, MonthCell, actualCell, headCells, moneyCell, sumActual, varianceCell } from './plan-cells.ts'
import { type ColumnSet, MEASURES, planColumns } from './plan-columns.ts'
import {
  DRIVERS_ROW,
  NO_INITIATIVE_ROW,
  OUTCOMES_ROW,
  TOTAL_ROW,
  UNATTRIBUTED_ROW,
  rowOfInitiative,
  rowOfRecord,
} from './plan-ids.ts'

export interface PlanSheetInput {
  readonly records: WorkbookRecords
  readonly months: readonly MonthKey[]
  readonly results: ReadonlyMap<string, RowResult>
  readonly actuals: readonly ActualCell[]
  /** ISO 4217. */
  readonly currency: string
  /** Name of the quarter column: `FY26 Q4`. */
  readonly quarterName: string
  readonly columnSet: ColumnSet
  /** Row ids of the sheet that are collapsed. */
  readonly closed: ReadonlySet<string>
}

export function planSheet(input: PlanSheetInput): Sheet {
  const { records, results, months, actuals, currency } = input
  const totals = planTotals(rowsInOrder(records), results, months)
  const planOf = new Map(totals.byInitiative.map((sum) => [sum.initiativeId, amountsOf(sum)]))
  const amountsByLine = new Map(totals.lines.map(({ rowId, amounts }) => [rowId, amounts]))
  const actualOf = actualsByInitiative(records, actuals, months, currency)
  const nothing = [...months.map(() => null), null]
  const { byInitiative, loose, drivers, outcomes } = partsOf(records)
  const writer = new RowWriter(input)

  const sumOf = (rows: readonly ModelRow[]) =>
    sumOfLines(
      rows.map(({ id }) => amountsByLine.get(id)),
      months.length,
    )
  for (const initiative of Object.values(records.initiatives).sort((a, b) => a.order - b.order)) {
    const { id, name } = initiative
    const lines = byInitiative.get(id) ?? []
    writer.addGroup(rowOfInitiative(id), name, true, lines.length, () =>
      writer.amountCells(planOf.get(id) ?? nothing, actualOf(id), SUMMED),
    )
    for (const line of lines) writer.addLine(rowOfInitiative(id), line, () => sumOf([line]).at(-1) ?? null)
  }
  if (loose.length > 0) {
    writer.addGroup(NO_INITIATIVE_ROW, 'No initiative', false, loose.length, () =>
      writer.amountCells(sumOf(loose), nothing, SUMMED),
    )
    for (const line of loose) writer.addLine(NO_INITIATIVE_ROW, line, () => sumOf([line]).at(-1) ?? null)
  }
  // Money without an owner is always shown, and only left out when there is none.
  const unattributed = actualOf(null)
  if (unattributed.some((amount) => amount !== null)) writer.addUnattributed(unattributed)
  writer.addSection(DRIVERS_ROW, 'Drivers', drivers)
  writer.addSection(OUTCOMES_ROW, 'Outcomes', outcomes)
  return {
    columns: planColumns(input),
    rows: writer.rows,
    totals: [writer.totalRow(amountsOf(totals), actualsWhere(actuals, months, currency), totals.leftOut.length)],
  }
}

interface PlanParts {
  readonly byInitiative: ReadonlyMap<string, readonly ModelRow[]>
  /** Budget lines of no initiative there is. */
  readonly loose: readonly ModelRow[]
  readonly drivers: readonly ModelRow[]
  readonly outcomes: readonly ModelRow[]
}

/** The rows of the plan by where they stand, each in the order of the sheet. */
function partsOf(records: WorkbookRecords): PlanParts {
  const byInitiative = new Map<string, ModelRow[]>(Object.keys(records.initiatives).map((id) => [id, []]))
  const [loose, drivers, outcomes]: [ModelRow[], ModelRow[], ModelRow[]] = [[], [], []]
  for (const row of rowsInOrder(records)) {
    if (row.kind === 'driver') drivers.push(row)
    else if (row.kind !== 'budget line') outcomes.push(row)
    else (byInitiative.get(row.group ?? '') ?? loose).push(row)
  }
  return { byInitiative, loose, drivers, outcomes }
}

/** What a row showed last, for as long as nothing it shows has changed. */
interface ShownCells {
  readonly look: string
  readonly result: RowResult | undefined
  readonly read: () => readonly SheetCell[]
}

/** An edit changes few of the rows on a sheet; all others keep the cells they have. */
const shownCells = new WeakMap<ModelRow, ShownCells>()

/** Writes rows one below the other; collapsed ones keep their numbers. */
class RowWriter {
  readonly rows: SheetRow[] = []
  private readonly input: PlanSheetInput
  /** Everything beside the row and its numbers that its cells depend on. */
  private readonly look: string
  private readonly hasUnit: boolean
  private position = 0

  constructor(input: PlanSheetInput) {
    this.input = input
    this.look = `${input.columnSet} ${input.currency} ${input.months.join(' ')}`
    this.hasUnit = input.columnSet === 'plan'
  }

  addGroup(id: string, name: string, isOwn: boolean, lineCount: number, amounts: () => readonly SheetCell[]): void {
    const isOpen = lineCount > 0 ? !this.input.closed.has(id) : null
    this.add({ id, kind: 'initiative', level: 0, isOpen }, () => [
      cellOf({ role: 'label', text: name, raw: isOwn ? name : '', isEditable: isOwn }),
      ...this.blankHead(),
      ...amounts(),
    ])
  }

  addLine(group: string, row: ModelRow, sum: () => Nanos | null): void {
    this.addRow(group, 'line', row, () => moneyCell(sum(), this.input.currency, SUM_OF_MONTHS))
  }

  addSection(id: string, name: string, rows: readonly ModelRow[]): void {
    if (rows.length === 0) return
    this.add({ id, kind: 'section', level: 0, isOpen: !this.input.closed.has(id) }, () => [
      cellOf({ role: 'label', text: name }),
      ...this.blankHead(),
      ...this.figureCells(() => EMPTY_CELL, EMPTY_CELL),
    ])
    for (const row of rows) this.addRow(id, 'driver', row, () => EMPTY_CELL)
  }

  addUnattributed(actual: readonly (Actual | null)[]): void {
    const tip = 'Spend that no attribution rule claims. Add a rule in Data to give it an owner.'
    this.add({ id: UNATTRIBUTED_ROW, kind: 'initiative', level: 0, isOpen: null }, () => [
      cellOf({ role: 'label', text: 'Unattributed', tip, lockedBecause: tip }),
      ...this.blankHead(),
      ...this.amountCells(
        actual.map(() => null),
        actual,
        'Unattributed spend comes from the imports.',
      ),
    ])
  }

  totalRow(plan: readonly (Nanos | null)[], actual: readonly (Actual | null)[], leftOut: number): SheetRow {
    const tip = leftOut === 0 ? '' : `${leftOut} ${leftOut === 1 ? 'line' : 'lines'} with an open question in no total.`
    const name = cellOf({ role: 'label', text: leftOut === 0 ? 'Total' : `Total without ${leftOut} in error`, tip })
    return {
      id: TOTAL_ROW,
      kind: 'total',
      level: 0,
      isOpen: null,
      position: 0,
      cells: [name, ...this.blankHead(), ...this.amountCells(plan, actual, '')],
    }
  }

  /** Plan, actual and what lies between them, over the months and the quarter. */
  amountCells(
    plan: readonly (Nanos | null)[],
    actual: readonly (Actual | null)[],
    lockedBecause: string,
  ): readonly SheetCell[] {
    const { months, columnSet, currency } = this.input
    return [...months, 'quarter'].flatMap((_, at) =>
      MEASURES[columnSet].map((measure) => {
        if (measure === 'plan') return moneyCell(plan[at] ?? null, currency, lockedBecause)
        return measure === 'actual'
          ? actualCell(actual[at] ?? null, currency)
          : varianceCell(plan[at], actual[at], currency)
      }),
    )
  }

  /** A row of the model: its own plan in each month; nothing was spent on it alone. */
  private addRow(under: string, kind: 'line' | 'driver', row: ModelRow, sum: () => SheetCell): void {
    if (this.input.closed.has(under)) {
      this.position += 1
      return
    }
    this.position += 1
    const { currency } = this.input
    const result = this.input.results.get(row.id)
    let shown = shownCells.get(row)
    if (!shown || shown.look !== this.look || shown.result !== result) {
      const read = once(() => [
        ...headCells(row, result, this.hasUnit),
        ...this.figureCells((month, at) => new MonthCell(row, month, at, result, currency), sum()),
      ])
      shown = { look: this.look, result, read }
      shownCells.set(row, shown)
    }
    this.rows.push(new LateRow(rowOfRecord(row.id), kind, 1, null, this.position, shown.read, row.note))
  }

  /** Cells of the plan; actual and variance stay empty. */
  private figureCells(cellOfMonth: (month: MonthKey, at: number) => SheetCell, sum: SheetCell): readonly SheetCell[] {
    const { months, columnSet } = this.input
    const blanks = MEASURES[columnSet].slice(1).map(() => EMPTY_CELL)
    const cells: SheetCell[] = []
    for (const [at, month] of months.entries()) cells.push(cellOfMonth(month, at), ...blanks)
    cells.push(sum, ...blanks)
    return cells
  }

  /** Formula and unit of a row that has neither. */
  private blankHead(): readonly SheetCell[] {
    return this.hasUnit ? [EMPTY_CELL, EMPTY_CELL] : [EMPTY_CELL]
  }

  private add(
    { id, kind, level, isOpen }: Pick<SheetRow, 'id' | 'kind' | 'level' | 'isOpen'>,
    make: () => readonly SheetCell[],
  ): void {
    this.position += 1
    this.rows.push(new LateRow(id, kind, level, isOpen, this.position, once(make)))
  }
}

/** A row whose cells are made when they are first read: of thousands of rows a screen shows a few dozen. */
class LateRow implements SheetRow {
  readonly id: string
  readonly kind: string
  readonly level: number
  readonly isOpen: boolean | null
  readonly position: number
  readonly note?: string
  private readonly read: () => readonly SheetCell[]

  constructor(
    id: string,
    kind: string,
    level: number,
    isOpen: boolean | null,
    position: number,
    read: () => readonly SheetCell[],
    note?: string,
  ) {
    this.id = id
    this.kind = kind
    this.level = level
    this.isOpen = isOpen
    this.position = position
    this.read = read
    if (note !== undefined) this.note = note
  }

  get cells(): readonly SheetCell[] {
    return this.read()
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => (made ??= { value: make() }).value
}

const SUMMED = 'This cell adds up the budget lines below it. Edit one of those instead.'
const SUM_OF_MONTHS = 'This cell adds up the months of the row. Edit a month instead.'

/** Months, then the quarter. */
function amountsOf({ byMonth, total }: PlanSum): readonly Nanos[] {
  return [...byMonth, total]
}

/** Months, then the quarter, of some lines together; a month nobody planned is null, which is never zero. */
function sumOfLines(lines: readonly (Float64Array | undefined)[], monthCount: number): readonly (Nanos | null)[] {
  const sums: (bigint | null)[] = Array.from({ length: monthCount + 1 }, () => null)
  for (const amounts of lines) {
    for (const [at, amount] of (amounts ?? []).entries()) {
      const nanos = planNanos(amount)
      if (nanos === null) continue
      for (const place of [at, monthCount]) sums[place] = (sums[place] ?? 0n) + nanos
    }
  }
  return sums.map((sum) => (sum === null ? null : nanosOf(sum)))
}

/** Asked by initiative; null = what belongs to none. */
function actualsByInitiative(
  { initiatives }: WorkbookRecords,
  actuals: readonly ActualCell[],
  months: readonly MonthKey[],
  currency: string,
): (initiativeId: string | null) => readonly (Actual | null)[] {
  const byOwner = new Map<string | null, ActualCell[]>()
  for (const cell of actuals) {
    // A rule can still name an initiative that is gone; its money must not vanish with it.
    const owner = cell.initiativeId !== null && initiatives[cell.initiativeId] ? cell.initiativeId : null
    const own = byOwner.get(owner)
    if (own) own.push(cell)
    else byOwner.set(owner, [cell])
  }
  return (initiativeId) => actualsWhere(byOwner.get(initiativeId) ?? [], months, currency)
}

function actualsWhere(
  cells: readonly ActualCell[],
  months: readonly MonthKey[],
  currency: string,
): readonly (Actual | null)[] {
  const own = cells.filter((cell) => cell.currency === currency && months.includes(cell.month))
  return [...months.map((month) => own.filter((cell) => cell.month === month)), own].map((part) =>
    sumActual(part, currency),
  )
}
