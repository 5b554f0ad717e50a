/** The plan as rows and columns of the sheet. Pure: records, computed values and actuals in, what the sheet shows out. */
import type { Day, MonthKey } from '../../../shared/calendar/index.ts'
import type { ModelRow, RowResult } from '../../../shared/model/index.ts'
import type { Nanos } from '../../../shared/money/index.ts'
import { type PlanSum, planNanos, planTotals, rowsInOrder, sumOfMonths } from '../../../shared/plan/index.ts'
import type { WorkbookRecords } from '../../../shared/workbook/index.ts'
import type { DecimalMark } from '../../grid/decimal-mark.ts'
import { type Sheet, type SheetCell, type SheetRow, EMPTY_CELL, cellOf } from '../../grid/sheet.ts'
import { countOf, formatCount } from '../../parts/value-text.ts'
import type { ActualCell } from '../../stores/figures.ts'
import type { PlanColumns } from '../../stores/screen.ts'
import { type PlanAmounts, joinForecasts, planAmounts, sumKnown } from './plan-amounts.ts'
import {
  MonthCell,
  type RowFigures,
  actualCell,
  forecastCell,
  headCells,
  moneyCell,
  varianceCell,
} from './plan-cells.ts'
import { MEASURES, planColumns } from './plan-columns.ts'
import {
  DRIVERS_ROW,
  NO_INITIATIVE_ROW,
  OUTCOMES_ROW,
  TOTAL_ROW,
  UNATTRIBUTED_ROW,
  rowOfInitiative,
  rowOfRecord,
} from './plan-ids.ts'
import { type PlanPeriod, monthsOf } from './plan-periods.ts'

export interface PlanSheetInput {
  readonly records: WorkbookRecords
  /** What the model was worked out over; every month of the periods is among them. */
  readonly months: readonly MonthKey[]
  readonly periods: readonly PlanPeriod[]
  readonly results: ReadonlyMap<string, RowResult>
  readonly actuals: readonly ActualCell[]
  /** The last day imported, where actuals end and the forecast begins; null = none. */
  readonly dataUntil: Day | null
  /** ISO 4217. */
  readonly currency: string
  readonly columnSet: PlanColumns
  /** How numbers are written; absent = with the point. */
  readonly decimalMark?: DecimalMark
  /** Whether the screen is wide enough to show long names whole. */
  readonly isRoomy?: boolean
  /** Row ids of the sheet that are collapsed. */
  readonly closed: ReadonlySet<string>
}

export function planSheet(input: PlanSheetInput): Sheet {
  const { records, results, months, actuals, currency, dataUntil } = input
  const totals = planTotals(rowsInOrder(records), results, months)
  const place = new Map(months.map((month, at) => [month, at]))
  const plannedIn = (sum: PlanSum | undefined) => (month: MonthKey) => sum?.byMonth[place.get(month) ?? -1] ?? null
  const planOf = new Map(totals.byInitiative.map((sum) => [sum.initiativeId, plannedIn(sum)]))
  const linePlans = new Map(totals.lines.map(({ rowId, amounts }) => [rowId, amounts]))
  const plannedOn = (row: ModelRow) => (month: MonthKey) =>
    planNanos(linePlans.get(row.id)?.[place.get(month) ?? -1] ?? Number.NaN)
  // What nobody planned has no sum, and an empty one would be a zero.
  const plannedWhere = (lines: readonly ModelRow[], planned: (month: MonthKey) => Nanos | null) => (month: MonthKey) =>
    lines.some((line) => plannedOn(line)(month) !== null) ? planned(month) : null
  const actualsOf = actualsByInitiative(records, actuals)
  const amountsFor = (planned: (month: MonthKey) => Nanos | null, own: readonly ActualCell[]) =>
    planAmounts({ planned, actuals: own, currency, dataUntil })
  const { byInitiative, loose, drivers, outcomes } = partsOf(records)
  const writer = new RowWriter(input)
  const groups: PlanAmounts[] = []
  const addLines = (group: string, lines: readonly ModelRow[]) => {
    for (const line of lines) writer.addLine(group, line, linePlans.get(line.id))
  }

  for (const initiative of Object.values(records.initiatives).sort((a, b) => a.order - b.order)) {
    const { id, name } = initiative
    const lines = byInitiative.get(id) ?? []
    const amounts = amountsFor(plannedWhere(lines, planOf.get(id) ?? (() => null)), actualsOf(id))
    groups.push(amounts)
    writer.addGroup(rowOfInitiative(id), name, true, lines.length, amounts)
    addLines(rowOfInitiative(id), lines)
  }
  if (loose.length > 0) {
    const amounts = amountsFor((month) => sumKnown(loose.map((line) => plannedOn(line)(month))), [])
    groups.push(amounts)
    writer.addGroup(NO_INITIATIVE_ROW, 'No initiative', false, loose.length, amounts)
    addLines(NO_INITIATIVE_ROW, loose)
  }
  // Money without an owner is always shown, and only left out when there is none.
  const shownMonths = monthsOf(input.periods)
  const unattributed = amountsFor(() => null, actualsOf(null))
  if (unattributed.actual(shownMonths) !== null) writer.addUnattributed(unattributed)
  writer.addSection(DRIVERS_ROW, 'Drivers', drivers)
  writer.addSection(OUTCOMES_ROW, 'Outcomes', outcomes)
  const all: PlanAmounts = {
    ...amountsFor(plannedWhere([...byInitiative.values()].flat().concat(loose), plannedIn(totals)), actuals),
    // The parts may each rest on something else, so the whole is what they add up to.
    forecast: (period) => joinForecasts([...groups, unattributed].map(({ forecast }) => forecast(period))),
  }
  return { columns: planColumns(input), rows: writer.rows, totals: [writer.totalRow(all, totals.leftOut.length)] }
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
  readonly shown: LateRow
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
  /** Where the months of each period stand among those of the model. */
  private readonly places: readonly (readonly number[])[]
  private position = 0

  constructor(input: PlanSheetInput) {
    this.input = input
    this.look = `${input.columnSet} ${input.currency} ${input.months[0]} ${input.periods.map(({ id }) => id).join(' ')}`
    this.hasUnit = input.columnSet === 'plan'
    this.places = input.periods.map(({ months }) => months.map((month) => input.months.indexOf(month)))
  }

  addGroup(id: string, name: string, isOwn: boolean, lineCount: number, amounts: PlanAmounts): void {
    const isOpen = lineCount > 0 ? !this.input.closed.has(id) : null
    this.add({ id, kind: 'initiative', level: 0, isOpen }, () => [
      cellOf({ role: 'label', text: name, raw: isOwn ? name : '', isEditable: isOwn }),
      ...this.blankHead(),
      ...this.amountCells(amounts, SUMMED),
    ])
  }

  addLine(group: string, row: ModelRow, amounts: Float64Array | undefined): void {
    this.addRow(group, 'line', row, (places) =>
      moneyCell(amounts ? sumOfMonths(amounts, places) : null, this.input.currency, SUM_OF_MONTHS),
    )
  }

  addSection(id: string, name: string, rows: readonly ModelRow[]): void {
    if (rows.length === 0) return
    this.add({ id, kind: 'section', level: 0, isOpen: !this.input.closed.has(id) }, () => [
      cellOf({ role: 'label', text: name }),
      ...this.blankHead(),
      ...this.figureCells(() => EMPTY_CELL),
    ])
    for (const row of rows) this.addRow(id, 'driver', row, () => EMPTY_CELL)
  }

  addUnattributed(amounts: PlanAmounts): void {
    const tip = 'Spend that no attribution rule claims. Add a rule in Data to give it an owner.'
    this.add({ id: UNATTRIBUTED_ROW, kind: 'initiative', level: 0, isOpen: null }, () => [
      cellOf({ role: 'label', text: 'Unattributed', tip, lockedBecause: tip }),
      ...this.blankHead(),
      ...this.amountCells(amounts, 'Unattributed spend comes from the imports.'),
    ])
  }

  totalRow(amounts: PlanAmounts, leftOut: number): SheetRow {
    const tip = leftOut === 0 ? '' : `${countOf(leftOut, 'line')} with an open question in no total.`
    const name = cellOf({
      role: 'label',
      text: leftOut === 0 ? 'Total' : `Total without ${formatCount(leftOut)} in error`,
      tip,
    })
    return {
      id: TOTAL_ROW,
      kind: 'total',
      level: 0,
      isOpen: null,
      position: 0,
      cells: [name, ...this.blankHead(), ...this.amountCells(amounts, '')],
    }
  }

  /** What the chosen columns tell of it, period by period. */
  amountCells(amounts: PlanAmounts, lockedBecause: string): readonly SheetCell[] {
    const { periods, columnSet, currency } = this.input
    return periods.flatMap(({ months }) => {
      const plan = amounts.plan(months)
      return MEASURES[columnSet].map((measure): SheetCell => {
        switch (measure) {
          case 'plan':
            return moneyCell(plan, currency, lockedBecause)
          case 'actual':
            return actualCell(amounts.actual(months), currency)
          case 'variance':
            return varianceCell(plan, amounts.actual(months)?.nanos ?? null, 'Actual', currency)
          case 'forecast':
            return forecastCell(amounts.forecast(months), currency)
          case 'difference':
            return varianceCell(plan, amounts.forecast(months)?.nanos ?? null, 'Forecast', currency)
        }
      })
    })
  }

  /** A row of the model: its own plan in each month; nothing was spent on it alone. */
  private addRow(
    under: string,
    kind: 'line' | 'driver',
    row: ModelRow,
    sum: (places: readonly number[]) => SheetCell,
  ): void {
    if (this.input.closed.has(under)) {
      this.position += 1
      return
    }
    this.position += 1
    const { currency } = this.input
    const result = this.input.results.get(row.id)
    const known = shownCells.get(row)
    if (known?.look === this.look && known.result === result) this.rows.push(known.shown.at(this.position))
    else {
      const shared: RowFigures = { row, result, currency }
      const read = once(() => [
        ...headCells(row, result, this.hasUnit),
        ...this.figureCells(({ isSum, months: [month] }, places) =>
          isSum || month === undefined ? sum(places) : new MonthCell(shared, month, places[0]!),
        ),
      ])
      const shown = new LateRow(rowOfRecord(row.id), kind, 1, null, this.position, read, row)
      shownCells.set(row, { look: this.look, result, shown })
      this.rows.push(shown)
    }
  }

  /** Cells of the plan; all other measures stay empty. */
  private figureCells(makeCell: (period: PlanPeriod, places: readonly number[]) => SheetCell): readonly SheetCell[] {
    const blanks = MEASURES[this.input.columnSet].slice(1).map(() => EMPTY_CELL)
    const cells: SheetCell[] = []
    for (const [at, period] of this.input.periods.entries()) cells.push(makeCell(period, this.places[at]!), ...blanks)
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
  readonly formulaName?: string
  readonly about?: string
  private readonly read: () => readonly SheetCell[]
  private readonly row: ModelRow | undefined

  constructor(
    id: string,
    kind: string,
    level: number,
    isOpen: boolean | null,
    position: number,
    read: () => readonly SheetCell[],
    row?: ModelRow,
  ) {
    this.id = id
    this.kind = kind
    this.level = level
    this.isOpen = isOpen
    this.position = position
    this.read = read
    this.row = row
    if (row === undefined) return
    this.note = row.note
    this.formulaName = row.name
    this.about = row.unit === '' ? row.kind : `${row.kind}, ${row.unit}`
  }

  get cells(): readonly SheetCell[] {
    return this.read()
  }

  /** The same row where rows above it came or went. */
  at(position: number): LateRow {
    const { id, kind, level, isOpen, read, row } = this
    return position === this.position ? this : new LateRow(id, kind, level, isOpen, position, read, row)
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => (made ??= { value: make() }).value
}

const SUMMED = 'This cell adds up the budget lines below it. Edit one of those instead.'
const SUM_OF_MONTHS = 'This cell adds up the months of the row. Edit a month instead.'

/** Asked by initiative; null = what belongs to none. */
function actualsByInitiative(
  { initiatives }: WorkbookRecords,
  actuals: readonly ActualCell[],
): (initiativeId: string | null) => readonly ActualCell[] {
  const byOwner = new Map<string | null, ActualCell[]>()
  for (const cell of actuals) {
    // A rule can still name an initiative that is gone; its money must not vanish with it.
    const owner = cell.initiativeId !== null && initiatives[cell.initiativeId] ? cell.initiativeId : null
    const own = byOwner.get(owner)
    if (own) own.push(cell)
    else byOwner.set(owner, [cell])
  }
  return (initiativeId) => byOwner.get(initiativeId) ?? []
}
