/** The plan as rows and columns of the sheet. Pure: records, computed values and actuals in, what the sheet shows out. */
import type { MonthKey } from '../../../shared/calendar/index.ts'
import type { ModelRow, RowResult, Spread } from '../../../shared/model/index.ts'
import {
  type Nanos,
  currencyOf,
  formatMoney,
  moneyOf,
  nanosOf,
  parseNanos,
  toUnits,
} from '../../../shared/money/index.ts'
import { type PlanCell, type PlanTotals, planTotals, rowsInOrder, varianceOf } from '../../../shared/plan/index.ts'
import type { WorkbookRecords } from '../../../shared/workbook/index.ts'
import { type Sheet, type SheetCell, type SheetColumn, type SheetRow, EMPTY_CELL, cellOf } from '../../grid/sheet.ts'
import { LOCALE, formatUnits } from '../../parts/value-text.ts'
import type { ActualCell } from '../../stores/figures.ts'
import {
  DRIVERS_ROW,
  FORMULA_COLUMN,
  type Measure,
  NAME_COLUMN,
  NO_INITIATIVE_ROW,
  OUTCOMES_ROW,
  TOTAL_ROW,
  UNATTRIBUTED_ROW,
  UNIT_COLUMN,
  columnOf,
  rowOfInitiative,
  rowOfRecord,
} from './plan-ids.ts'
import { nameMonth } from '../month-name.ts'

export type ColumnSet = 'plan' | 'actual' | 'variance'

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
  const builder = new PlanSheetBuilder(input)
  return builder.build()
}

export const MEASURES: Readonly<Record<ColumnSet, readonly Measure[]>> = {
  plan: ['plan'],
  actual: ['plan', 'actual'],
  variance: ['plan', 'actual', 'variance'],
}

const MEASURE_NAMES: Readonly<Record<Measure, string>> = { plan: 'Plan', actual: 'Actual', variance: 'Variance' }

/** Plan and actual of something over the months and the quarter; null = nothing known, which is never zero. */
interface Amounts {
  readonly plan: readonly (Nanos | null)[]
  readonly actual: readonly (Actual | null)[]
}

interface Actual {
  /** What is owed or estimated; null = only nominal cost that seats or a pool cover. */
  readonly nanos: Nanos | null
  /** How it is made up, by kind of cost. */
  readonly tip: string
}

class PlanSheetBuilder {
  private readonly input: PlanSheetInput
  private readonly rows: readonly ModelRow[]
  private readonly totals: PlanTotals
  private readonly cellsByRow: ReadonlyMap<string, readonly PlanCell[]>
  private readonly shown: SheetRow[] = []
  private position = 0

  constructor(input: PlanSheetInput) {
    this.input = input
    this.rows = rowsInOrder(input.records)
    this.totals = planTotals(this.rows, input.results, input.months)
    const byRow = new Map<string, PlanCell[]>()
    for (const cell of this.totals.cells) {
      const own = byRow.get(cell.rowId)
      if (own) own.push(cell)
      else byRow.set(cell.rowId, [cell])
    }
    this.cellsByRow = byRow
  }

  build(): Sheet {
    const { records } = this.input
    const lines = this.rows.filter(({ kind }) => kind === 'budget line')
    const initiatives = Object.values(records.initiatives).sort((a, b) => a.order - b.order)
    for (const initiative of initiatives) {
      this.addGroup(rowOfInitiative(initiative.id), initiative.name, true, {
        amounts: this.amountsOf(initiative.id),
        lines: lines.filter(({ group }) => group === initiative.id),
      })
    }
    const known = new Set(initiatives.map(({ id }) => id))
    const loose = lines.filter(({ group }) => group === null || !known.has(group))
    if (loose.length > 0)
      this.addGroup(NO_INITIATIVE_ROW, 'No initiative', false, {
        amounts: { plan: this.planOf(loose), actual: this.noActual() },
        lines: loose,
      })
    this.addUnattributed()
    this.addSection(
      DRIVERS_ROW,
      'Drivers',
      this.rows.filter(({ kind }) => kind === 'driver'),
    )
    this.addSection(
      OUTCOMES_ROW,
      'Outcomes',
      this.rows.filter(({ kind }) => kind === 'outcome' || kind === 'key result'),
    )
    return { columns: planColumns(this.input), rows: this.shown, totals: [this.totalRow()] }
  }

  private addGroup(
    id: string,
    name: string,
    isOwn: boolean,
    { amounts, lines }: { readonly amounts: Amounts; readonly lines: readonly ModelRow[] },
  ): void {
    const isOpen = !this.input.closed.has(id)
    const nameCell = cellOf({ role: 'label', text: name, raw: isOwn ? name : '', isEditable: isOwn })
    this.add(
      {
        id,
        kind: 'initiative',
        level: 0,
        isOpen: lines.length > 0 ? isOpen : null,
      },
      () => [nameCell, ...this.blankHead(), ...this.amountCells(amounts, SUMMED)],
    )
    for (const line of lines) {
      if (isOpen) this.addLine(line)
      else this.position += 1
    }
  }

  private addLine(row: ModelRow): void {
    const measures = MEASURES[this.input.columnSet]
    const cellsOf = () => {
      const plan = this.planOf([row])
      return [...this.input.months, 'quarter' as const].flatMap((month, at) =>
        measures.map((measure) => {
          if (measure !== 'plan') return EMPTY_CELL
          return month === 'quarter' ? this.moneyCell(plan[at] ?? null, SUM_OF_MONTHS) : this.monthCell(row, month, at)
        }),
      )
    }
    this.add(
      {
        id: rowOfRecord(row.id),
        kind: 'line',
        level: 1,
        isOpen: null,
        note: row.note,
      },
      () => [...this.headCells(row), ...cellsOf()],
    )
  }

  private addSection(id: string, name: string, rows: readonly ModelRow[]): void {
    if (rows.length === 0) return
    const isOpen = !this.input.closed.has(id)
    const width = MEASURES[this.input.columnSet].length * (this.input.months.length + 1)
    this.add(
      {
        id,
        kind: 'section',
        level: 0,
        isOpen,
      },
      () => [cellOf({ role: 'label', text: name }), ...this.blankHead(), ...Array<SheetCell>(width).fill(EMPTY_CELL)],
    )
    for (const row of rows) {
      if (!isOpen) {
        this.position += 1
        continue
      }
      const cellsOf = () =>
        [...this.input.months, 'quarter' as const].flatMap((month, at) =>
          MEASURES[this.input.columnSet].map((measure) =>
            measure === 'plan' && month !== 'quarter' ? this.monthCell(row, month, at) : EMPTY_CELL,
          ),
        )
      this.add(
        {
          id: rowOfRecord(row.id),
          kind: 'driver',
          level: 1,
          isOpen: null,
          note: row.note,
        },
        () => [...this.headCells(row), ...cellsOf()],
      )
    }
  }

  /** Money without an owner is always shown, and only left out when there is none. */
  private addUnattributed(): void {
    const actual = this.actualsOf(null)
    if (actual.every((amount) => amount === null)) return
    const tip = 'Spend that no attribution rule claims. Add a rule in Data to give it an owner.'
    this.add(
      {
        id: UNATTRIBUTED_ROW,
        kind: 'initiative',
        level: 0,
        isOpen: null,
      },
      () => [
        cellOf({ role: 'label', text: 'Unattributed', tip, lockedBecause: tip }),
        ...this.blankHead(),
        ...this.amountCells({ plan: actual.map(() => null), actual }, 'Unattributed spend comes from the imports.'),
      ],
    )
  }

  private totalRow(): SheetRow {
    const { months, actuals } = this.input
    const plan = [...this.totals.byMonth, this.totals.total]
    const actual = this.actualsWhere(actuals)
    const leftOut = this.totals.leftOut.length
    const tip = leftOut === 0 ? '' : `${leftOut} ${leftOut === 1 ? 'line' : 'lines'} with an open question in no total.`
    const name = cellOf({ role: 'label', text: leftOut === 0 ? 'Total' : `Total without ${leftOut} in error`, tip })
    return {
      id: TOTAL_ROW,
      kind: 'total',
      level: 0,
      isOpen: null,
      position: 0,
      cells: [name, ...this.blankHead(), ...this.amountCells({ plan: plan.slice(0, months.length + 1), actual }, '')],
    }
  }

  /** Formula and unit of a row that has neither. */
  private blankHead(): readonly SheetCell[] {
    return this.input.columnSet === 'plan' ? [EMPTY_CELL, EMPTY_CELL] : [EMPTY_CELL]
  }

  private headCells(row: ModelRow): readonly SheetCell[] {
    const result = this.input.results.get(row.id)
    const wrong = result?.shape === 'error' ? result.error : null
    const formula = row.formula === '' ? '' : `=${row.formula}`
    return [
      cellOf({ role: 'label', text: row.name, raw: row.name, isEditable: true, tip: row.note || row.name }),
      cellOf({ role: 'label', text: formula, raw: formula, isEditable: true, tip: wrong?.message ?? formula }),
      ...(this.input.columnSet === 'plan' ? [unitCell(row.unit)] : []),
    ]
  }

  private monthCell(row: ModelRow, month: MonthKey, at: number): SheetCell {
    const own = row.overrides[month]
    const result = this.input.results.get(row.id)
    const raw = own ?? (row.formula === '' ? '' : `=${row.formula}`)
    const role = own !== undefined || row.formula === '' ? 'input' : 'formula'
    const base = cellOf({ role, raw, isEditable: true })
    if (raw === '') return base
    if (result?.shape === 'error') {
      const { code, message } = result.error
      return { ...base, text: code, errorCode: code, tip: message }
    }
    const value = valueAt(result, at)
    if (value === null || !Number.isFinite(value))
      return {
        ...base,
        text: '#NUM!',
        errorCode: '#NUM!',
        tip: 'This month has no number. Check what the formula divides by.',
      }
    const spread = spreadAt(result, at)
    const isRange = spread !== null && spread.p90 > spread.p10
    const [show, { currency }] = [(amount: number) => this.show(amount, row.unit), this.input]
    return {
      ...base,
      get text() {
        return show(value)
      },
      get shortText() {
        return formatUnits(value, row.unit, currency)
      },
      value,
      mark: isRange ? 'range' : 'none',
      tip: isRange ? this.rangeTip(spread, row) : '',
    }
  }

  private rangeTip(spread: Spread, row: ModelRow): string {
    const [low, middle, high] = [spread.p10, spread.p50, spread.p90].map((value) => this.show(value, row.unit))
    return `The mean is shown, because means add up. P10 ${low}, P50 ${middle}, P90 ${high}.`
  }

  private amountCells({ plan, actual }: Amounts, lockedBecause: string): readonly SheetCell[] {
    return [...this.input.months, 'quarter'].flatMap((_, at) =>
      MEASURES[this.input.columnSet].map((measure) => {
        if (measure === 'plan') return this.moneyCell(plan[at] ?? null, lockedBecause)
        return measure === 'actual' ? this.actualCell(actual[at] ?? null) : this.varianceCell(plan[at], actual[at])
      }),
    )
  }

  private moneyCell(nanos: Nanos | null, lockedBecause: string): SheetCell {
    if (nanos === null) return EMPTY_CELL
    const value = toUnits(nanos)
    const [show, { currency }] = [(amount: number) => this.show(amount, '$'), this.input]
    return {
      ...EMPTY_CELL,
      role: 'computed',
      get text() {
        return show(value)
      },
      get shortText() {
        return formatUnits(value, '$', currency)
      },
      value,
      lockedBecause,
      get tip() {
        const exact = formatMoney(moneyOf(nanos, currencyOf(currency)), LOCALE)
        // Whole amounts already show all there is.
        return exact.endsWith('.00') ? '' : exact
      },
    }
  }

  private actualCell(actual: Actual | null): SheetCell {
    if (actual === null) return EMPTY_CELL
    if (actual.nanos === null)
      return cellOf({ role: 'computed', text: 'included', lockedBecause: FROM_IMPORTS, tip: actual.tip })
    return { ...this.moneyCell(actual.nanos, FROM_IMPORTS), tip: actual.tip }
  }

  private varianceCell(plan: Nanos | null | undefined, actual: Actual | null | undefined): SheetCell {
    if (plan === null || plan === undefined || !actual || actual.nanos === null) return EMPTY_CELL
    const { nanos, share, reading, band } = varianceOf(actual.nanos, plan)
    const value = toUnits(nanos)
    const isTold = band !== 'within'
    const arrow = isTold ? (nanos > 0n ? '▲ ' : '▼ ') : ''
    const percent = share === null ? 'nothing was planned' : `${(share * 100).toFixed(1)}% of plan`
    return cellOf({
      role: 'computed',
      text: `${arrow}${value > 0 ? '+' : ''}${this.show(value, '$')}`,
      shortText: `${arrow}${formatUnits(value, '$', this.input.currency)}`,
      value,
      tone: isTold ? (reading === 'unfavourable' ? 'bad' : 'good') : 'plain',
      lockedBecause: 'Variance is actual minus plan.',
      tip: `Actual minus plan: ${percent}, ${reading}.`,
    })
  }

  private amountsOf(initiativeId: string): Amounts {
    const total = this.totals.byInitiative.find((entry) => entry.initiativeId === initiativeId)
    const plan = total ? [...total.byMonth, total.total] : [...this.input.months.map(() => null), null]
    return { plan, actual: this.actualsOf(initiativeId) }
  }

  /** Months, then the quarter; a month nobody planned is null. */
  private planOf(rows: readonly ModelRow[]): readonly (Nanos | null)[] {
    const cells = rows.flatMap(({ id }) => this.cellsByRow.get(id) ?? [])
    const sum = (month: MonthKey | null): Nanos | null => {
      const known = cells.flatMap((cell) =>
        (month === null || cell.month === month) && cell.nanos !== null ? [cell.nanos] : [],
      )
      return known.length === 0 ? null : nanosOf(known.reduce<bigint>((total, nanos) => total + nanos, 0n))
    }
    return [...this.input.months.map(sum), sum(null)]
  }

  private actualsOf(initiativeId: string | null): readonly (Actual | null)[] {
    const known = new Set(Object.keys(this.input.records.initiatives))
    return this.actualsWhere(
      this.input.actuals.filter((cell) => {
        // A rule can still name an initiative that is gone; its money must not vanish with it.
        const owner = cell.initiativeId !== null && known.has(cell.initiativeId) ? cell.initiativeId : null
        return owner === initiativeId
      }),
    )
  }

  private actualsWhere(cells: readonly ActualCell[]): readonly (Actual | null)[] {
    const { months, currency } = this.input
    const own = cells.filter((cell) => cell.currency === currency && months.includes(cell.month))
    return [...months.map((month) => own.filter((cell) => cell.month === month)), own].map((part) =>
      sumActual(part, currency),
    )
  }

  private noActual(): readonly null[] {
    return [...this.input.months.map(() => null), null]
  }

  private show(value: number, unit: string): string {
    return unit === '$' ? wholeMoney(value, this.input.currency) : formatUnits(value, unit, this.input.currency)
  }

  /** Cells are made when they are first read: of thousands of rows an edit changes, a screen shows a few dozen. */
  private add(row: Omit<SheetRow, 'position' | 'cells'>, make: () => readonly SheetCell[]): void {
    this.position += 1
    let made: readonly SheetCell[] | null = null
    this.shown.push({
      ...row,
      position: this.position,
      get cells() {
        made ??= make()
        return made
      },
    })
  }
}

/** A bare number has no unit to show; `1` is how one says so. */
function unitCell(unit: string): SheetCell {
  return cellOf({ role: 'label', text: unit === '1' ? 'number' : unit, raw: unit, isEditable: true })
}

const SUMMED = 'This cell adds up the budget lines below it. Edit one of those instead.'
const SUM_OF_MONTHS = 'This cell adds up the months of the row. Edit a month instead.'
const FROM_IMPORTS = 'Actual spend comes from the imports and cannot be typed into.'

function planColumns({ months, columnSet, quarterName }: PlanSheetInput): readonly SheetColumn[] {
  const measures = MEASURES[columnSet]
  const isWide = columnSet === 'plan'
  const unit: SheetColumn = {
    id: UNIT_COLUMN,
    header: 'Unit',
    group: '',
    kind: 'text',
    width: 72,
    isFlexible: false,
    isPinned: false,
  }
  const head: readonly SheetColumn[] = [
    {
      id: NAME_COLUMN,
      header: 'Name',
      group: '',
      kind: 'name',
      width: isWide ? 264 : 216,
      isFlexible: false,
      isPinned: true,
    },
    {
      id: FORMULA_COLUMN,
      header: 'Formula',
      group: '',
      kind: 'text',
      width: isWide ? 160 : 88,
      isFlexible: true,
      isPinned: false,
      isFormula: true,
    },
    // Beside actuals there is no room for it; the values carry their unit.
    ...(isWide ? [unit] : []),
  ]
  const figures = [...months, 'quarter' as const].flatMap((month) =>
    measures.map((measure): SheetColumn => {
      const name = month === 'quarter' ? quarterName : nameMonth(month)
      const isAlone = measures.length === 1
      return {
        id: columnOf(measure, month),
        header: isAlone ? name : MEASURE_NAMES[measure],
        group: isAlone ? '' : name,
        kind: 'number',
        width: isAlone ? 112 : measure === 'variance' ? 104 : 84,
        isFlexible: false,
        isPinned: false,
      }
    }),
  )
  return [...head, ...figures]
}

/** Whole currency units, because cents only crowd a plan; amounts below ten keep them. The tooltip has the exact amount. */
function wholeMoney(value: number, currency: string): string {
  const digits = value !== 0 && Math.abs(value) < 10 ? 2 : 0
  return moneyFormat(currency, digits).format(value === 0 ? 0 : value)
}

/** Kept, because making one takes as long as formatting a hundred amounts. */
const moneyFormats = new Map<string, Intl.NumberFormat>()

function moneyFormat(currency: string, digits: number): Intl.NumberFormat {
  const key = `${currency} ${digits}`
  const known = moneyFormats.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(LOCALE, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  moneyFormats.set(key, made)
  return made
}

function valueAt(result: RowResult | undefined, at: number): number | null {
  switch (result?.shape) {
    case 'number':
      return result.value
    case 'months':
      return result.values[at] ?? null
    case 'spread':
    case 'spread by month':
      return spreadAt(result, at)?.mean ?? null
    default:
      return null
  }
}

function spreadAt(result: RowResult | undefined, at: number): Spread | null {
  if (result?.shape === 'spread') return result.spread
  return result?.shape === 'spread by month' ? (result.spreads[at] ?? null) : null
}

function sumActual(cells: readonly ActualCell[], currency: string): Actual | null {
  if (cells.length === 0) return null
  const byBasis = new Map<string, bigint>()
  for (const { basis, amount } of cells) {
    const nanos = parseNanos(amount)
    if (nanos.ok) byBasis.set(basis, (byBasis.get(basis) ?? 0n) + nanos.value)
  }
  const owed = [...byBasis].filter(([basis]) => basis !== 'included')
  const told = [...byBasis].map(([basis, nanos]) => {
    const money = formatMoney(moneyOf(nanos, currencyOf(currency)), LOCALE)
    return basis === 'included' ? `${money} included in seats or a pool, in no total` : `${money} ${basis}`
  })
  return {
    nanos: owed.length === 0 ? null : nanosOf(owed.reduce((sum, [, nanos]) => sum + nanos, 0n)),
    tip: `${told.join('; ')}.`,
  }
}
