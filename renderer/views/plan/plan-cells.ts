/** The cells of the plan's sheet. A sheet has a hundred thousand of them, so what only a cell on screen needs is made when it is read. */
import type { MonthKey } from '../../../shared/calendar/index.ts'
import type { ModelRow, RowResult, Spread } from '../../../shared/model/index.ts'
import { type Nanos, currencyOf, formatMoney, moneyOf, toUnits } from '../../../shared/money/index.ts'
import { type ForecastBasis, besideActuals, sumActuals, varianceOf } from '../../../shared/plan/index.ts'
import { type CellRole, type SheetCell, EMPTY_CELL, cellOf } from '../../grid/sheet.ts'
import { LOCALE, formatUnits } from '../../parts/value-text.ts'
import type { ActualCell } from '../../stores/figures.ts'

export interface Actual {
  /** Of the one kind of cost that actuals are added up in; null = only cost of other kinds is known. */
  readonly nanos: Nanos | null
  /** What is known of other kinds of cost, in no sum. */
  readonly beside: ReturnType<typeof besideActuals>
  /** How it is made up, by kind of cost. */
  readonly tip: string
}

export interface Forecast {
  readonly nanos: Nanos
  /** What its months rest on, each once. */
  readonly bases: readonly ForecastBasis[]
}

const NO_NUMBER = 'This month has no number. Check what the formula divides by.'

/** What the months of one row have in common. */
export interface RowFigures {
  readonly row: ModelRow
  readonly result: RowResult | undefined
  readonly currency: string
}

/** A row in one month: what was typed there, or what its formula comes to. */
export class MonthCell implements SheetCell {
  readonly value: number | null
  readonly errorCode: string
  readonly lockedBecause = ''
  readonly isEditable = true
  readonly tone = 'plain'
  private readonly of: RowFigures
  readonly note: string
  private readonly own: string | undefined
  private readonly at: number
  private madeSpread: Spread | null | undefined

  constructor(of: RowFigures, month: MonthKey, at: number) {
    const { row, result } = of
    this.of = of
    this.own = row.overrides[month]
    this.note = row.monthNotes?.[month] ?? ''
    const isPlanned = this.own !== undefined || row.formula !== ''
    const value = isPlanned ? valueAt(result, at) : null
    this.value = value !== null && Number.isFinite(value) ? value : null
    this.errorCode = !isPlanned || this.value !== null ? '' : result?.shape === 'error' ? result.error.code : '#NUM!'
    this.at = at
  }

  /** Its percentiles cost more than all the rest of the cell. */
  private get spread(): Spread | null {
    if (this.madeSpread === undefined) {
      const spread = this.value === null ? null : spreadAt(this.of.result, this.at)
      this.madeSpread = spread !== null && spread.p90 > spread.p10 ? spread : null
    }
    return this.madeSpread
  }

  get role(): CellRole {
    return this.own !== undefined || this.of.row.formula === '' ? 'input' : 'formula'
  }

  get raw(): string {
    const { formula } = this.of.row
    return this.own ?? (formula === '' ? '' : `=${formula}`)
  }

  get text(): string {
    return this.value === null ? this.errorCode : amountText(this.value, this.of.row.unit, this.of.currency)
  }

  get shortText(): string {
    return this.value === null ? '' : formatUnits(this.value, this.of.row.unit, this.of.currency)
  }

  get mark(): SheetCell['mark'] {
    return this.spread === null ? 'none' : 'range'
  }

  get tip(): string {
    const { row, result, currency } = this.of
    if (this.errorCode !== '') return result?.shape === 'error' ? result.error.message : NO_NUMBER
    if (this.spread === null) return ''
    const { p10, p50, p90 } = this.spread
    const [low, middle, high] = [p10, p50, p90].map((value) => amountText(value, row.unit, currency))
    return `The mean is shown, because means add up. P10 ${low}, P50 ${middle}, P90 ${high}.`
  }
}

/** A sum, or money that was spent. */
class MoneyCell implements SheetCell {
  readonly role = 'computed'
  readonly raw = ''
  readonly isEditable = false
  readonly errorCode = ''
  readonly tone = 'plain'
  readonly mark = 'none'
  readonly note = ''
  readonly value: number
  readonly lockedBecause: string
  private readonly nanos: Nanos
  private readonly currency: string
  private readonly told: string | null

  constructor(nanos: Nanos, currency: string, lockedBecause: string, told: string | null) {
    this.nanos = nanos
    this.value = toUnits(nanos)
    this.currency = currency
    this.lockedBecause = lockedBecause
    this.told = told
  }

  get text(): string {
    return amountText(this.value, '$', this.currency)
  }

  get shortText(): string {
    return formatUnits(this.value, '$', this.currency)
  }

  get tip(): string {
    if (this.told !== null) return this.told
    const exact = formatMoney(moneyOf(this.nanos, currencyOf(this.currency)), LOCALE)
    // Whole amounts already show all there is.
    return exact.endsWith('.00') ? '' : exact
  }
}

export function moneyCell(nanos: Nanos | null, currency: string, lockedBecause: string): SheetCell {
  return nanos === null ? EMPTY_CELL : new MoneyCell(nanos, currency, lockedBecause, null)
}

const FROM_IMPORTS = 'Actual spend comes from the imports and cannot be typed into.'

export function actualCell(actual: Actual | null, currency: string): SheetCell {
  if (actual === null) return EMPTY_CELL
  if (actual.nanos === null)
    return cellOf({
      role: 'computed',
      text: besideText(actual.beside, currency),
      lockedBecause: FROM_IMPORTS,
      tip: actual.tip,
    })
  return new MoneyCell(actual.nanos, currency, FROM_IMPORTS, actual.tip)
}

/** Where no cost of the kind that is summed is known: what is, marked as what it is. */
function besideText(beside: Actual['beside'], currency: string): string {
  const other = beside.find(({ kind }) => kind !== 'included')
  if (other === undefined) return 'included'
  return `${wholeMoney(toUnits(other.nanos), currency)} ${other.kind === 'estimated' ? 'est.' : other.kind}`
}

const BASIS_WORDS: Readonly<Record<ForecastBasis, string>> = {
  actual: 'what was spent in months that are over',
  'run rate': 'the rate per working day of the month under way',
  plan: 'the plan where nothing is known yet',
}

export function forecastCell(forecast: Forecast | null, currency: string): SheetCell {
  if (forecast === null) return EMPTY_CELL
  const told = `From ${forecast.bases.map((basis) => BASIS_WORDS[basis]).join(', then ')}.`
  return new MoneyCell(forecast.nanos, currency, 'A forecast is worked out and cannot be typed into.', told)
}

/** `what` is above (or below) the plan: `Actual`, `Forecast`. */
export function varianceCell(
  plan: Nanos | null,
  amount: Nanos | null,
  what: 'Actual' | 'Forecast',
  currency: string,
): SheetCell {
  if (plan === null || amount === null) return EMPTY_CELL
  const { nanos, share, reading, band } = varianceOf(amount, plan)
  const value = toUnits(nanos)
  const isTold = band !== 'within'
  const arrow = isTold ? (nanos > 0n ? '▲ ' : '▼ ') : ''
  const percent = share === null ? 'nothing was planned' : `${(share * 100).toFixed(1)}% of plan`
  return cellOf({
    role: 'computed',
    text: `${arrow}${value > 0 ? '+' : ''}${amountText(value, '$', currency)}`,
    shortText: `${arrow}${formatUnits(value, '$', currency)}`,
    value,
    tone: isTold ? (reading === 'unfavourable' ? 'bad' : 'good') : 'plain',
    lockedBecause: `This is ${what.toLowerCase()} minus plan.`,
    tip: `${what} minus plan: ${percent}, ${reading}.`,
  })
}

/** Name and formula of a row; the unit too where it has a column. */
export function headCells(row: ModelRow, result: RowResult | undefined, hasUnit: boolean): readonly SheetCell[] {
  const wrong = result?.shape === 'error' ? result.error : null
  const formula = row.formula === '' ? '' : `=${row.formula}`
  return [
    cellOf({ role: 'label', text: row.name, raw: row.name, isEditable: true, tip: row.note || row.name }),
    cellOf({ role: 'label', text: formula, raw: formula, isEditable: true, tip: wrong?.message ?? formula }),
    ...(hasUnit ? [unitCell(row.unit)] : []),
  ]
}

/** A bare number has no unit to show; `1` is how one says so. */
function unitCell(unit: string): SheetCell {
  return cellOf({ role: 'label', text: unit === '1' ? 'number' : unit, raw: unit, isEditable: true })
}

/** What cells of one currency come to, with what is beside the sum by kind of cost; null when there are none. */
export function sumActual(cells: readonly ActualCell[], currency: string): Actual | null {
  if (cells.length === 0) return null
  const money = (nanos: Nanos) => formatMoney(moneyOf(nanos, currencyOf(currency)), LOCALE)
  const own = cells.find(({ isBeside }) => !isBeside)
  const beside = besideActuals(cells)
  const told = beside.map(({ kind, nanos }) =>
    kind === 'included'
      ? `${money(nanos)} included in seats or a pool, in no total`
      : `${money(nanos)} ${kind} beside it, in no total`,
  )
  return {
    nanos: own === undefined ? null : sumActuals(cells),
    beside,
    tip: `${[...(own === undefined ? [] : [`${money(sumActuals(cells))} ${own.basis}`]), ...told].join('; ')}.`,
  }
}

function amountText(value: number, unit: string, currency: string): string {
  return unit === '$' ? wholeMoney(value, currency) : formatUnits(value, unit, currency)
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

export function spreadAt(result: RowResult | undefined, at: number): Spread | null {
  if (result?.shape === 'spread') return result.spread
  return result?.shape === 'spread by month' ? (result.spreads[at] ?? null) : null
}
