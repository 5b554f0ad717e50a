import type { MonthKey } from '../calendar/index.ts'
import type { Issue } from '../issues/index.ts'
import type { ModelRow, RowResult } from '../model/index.ts'
import { fromUnits, type Nanos, nanosOf, roundNanos, sumNanos } from '../money/index.ts'

/** One budget line over the months. */
export interface PlanLine {
  readonly rowId: string
  readonly initiativeId: string | null
  /** Currency units as they came out of the model, not rounded; NaN = no number is planned there. */
  readonly amounts: Float64Array
}

export interface PlanSum {
  readonly byMonth: readonly Nanos[]
  readonly total: Nanos
}

/** Sums of cells: every total is the sum of the rounded cells below it, so parts add up to the whole to the cent. */
export interface PlanTotals extends PlanSum {
  readonly months: readonly MonthKey[]
  readonly lines: readonly PlanLine[]
  readonly byInitiative: readonly (PlanSum & { readonly initiativeId: string | null })[]
  /** Lines whose number could not be computed; they are in no total. */
  readonly leftOut: readonly Issue[]
}

/**
 * Totals of the budget lines by initiative and month. An uncertain line counts with its mean, because means add up and
 * percentiles do not. Lines without an initiative are together under `null`, last.
 *
 * Rounding: each cell once, to cents, half away from zero. 100.005 a month for two months is 200.02.
 */
export function planTotals(
  rows: readonly ModelRow[],
  results: ReadonlyMap<string, RowResult>,
  months: readonly MonthKey[],
): PlanTotals {
  const leftOut: Issue[] = []
  const lines: PlanLine[] = []
  // In one pass: a sheet of thousands of lines is added up again at every edit.
  const all = new CentSums(months.length)
  const byOwner = new Map<string | null, CentSums>()
  for (const row of rows) {
    if (row.kind !== 'budget line') continue
    const result = results.get(row.id)
    if (!result || result.shape === 'error') {
      leftOut.push(notComputed(row, result))
      continue
    }
    const { line, cents } = countedLine(row, result, months)
    lines.push(line)
    let own = byOwner.get(row.group)
    if (!own) byOwner.set(row.group, (own = new CentSums(months.length)))
    if (cents) own.addCents(cents)
    else for (let at = 0; at < months.length; at++) own.add(at, line.amounts[at]!)
  }
  for (const own of byOwner.values()) all.addAll(own)
  return {
    months,
    lines,
    byInitiative: [...byOwner.keys()]
      .sort(nullLast)
      .map((initiativeId) => new LateSum(byOwner.get(initiativeId)!, initiativeId)),
    ...allMonths(all),
    leftOut,
  }
}

interface CountedLine {
  readonly result: RowResult
  readonly months: readonly MonthKey[]
  readonly line: PlanLine
  /** Each amount in whole cents, 0 where there is none; null when a double cannot hold them. */
  readonly cents: Float64Array | null
}

/** Kept, because an edit changes few of thousands of lines and all are added up again. */
const countedLines = new WeakMap<ModelRow, CountedLine>()

function countedLine(row: ModelRow, result: RowResult, months: readonly MonthKey[]): CountedLine {
  const known = countedLines.get(row)
  if (known && known.result === result && known.months === months) return known
  const amounts = amountsOf(row, result, months)
  const cents = new Float64Array(months.length)
  const isFast = amounts.every((amount, at) => {
    if (!(amount - amount === 0)) return true
    cents[at] = centsOf(amount)
    return Math.abs(amount) < FAST_UNITS
  })
  const line = { rowId: row.id, initiativeId: row.group, amounts }
  const counted = { result, months, line, cents: isFast ? cents : null }
  countedLines.set(row, counted)
  return counted
}

/** A cell as money, in whole cents; null = no number. */
export function planNanos(amount: number): Nanos | null {
  return Number.isFinite(amount) ? roundNanos(fromUnits(amount), 2) : null
}

/** What a line adds up to at some of its places, each rounded first; null = no number is planned at any. */
export function sumOfMonths(amounts: Float64Array, places: readonly number[]): Nanos | null {
  let isPlanned = false
  let cents = 0
  let beyond = 0n
  for (const place of places) {
    const amount = amounts[place] ?? Number.NaN
    if (!Number.isFinite(amount)) continue
    isPlanned = true
    if (Math.abs(amount) < FAST_UNITS) cents += centsOf(amount)
    else beyond += planNanos(amount)!
  }
  return isPlanned ? nanosOf(BigInt(cents) * NANOS_PER_CENT + beyond) : null
}

const NANOS_PER_CENT = 10_000_000n
/** Below it an amount in millionths is a whole number that a double holds exactly, and so is a hundred times as much. */
const FAST_UNITS = 45_000_000
/** Whole cents are moved out of the doubles before these could lose one. */
const FULL_CENTS = 2 ** 52

/** Sums by month in whole cents: in doubles while those are exact, which is fast, and in big integers beyond that. */
class CentSums {
  readonly months: number
  private readonly cents: Float64Array
  private readonly beyond: bigint[]

  constructor(months: number) {
    this.months = months
    this.cents = new Float64Array(months)
    this.beyond = Array.from({ length: months }, () => 0n)
  }

  /** Adds what `planNanos` makes of the amount; nothing when that is null. */
  add(at: number, amount: number): void {
    if (amount < FAST_UNITS && amount > -FAST_UNITS) {
      this.cents[at]! += centsOf(amount)
      if (Math.abs(this.cents[at]!) > FULL_CENTS) this.moveOut(at)
    } else if (amount - amount === 0) this.beyond[at]! += planNanos(amount)! / NANOS_PER_CENT
  }

  /** Whole cents of every month. */
  addCents(cents: Float64Array): void {
    const sums = this.cents
    for (let at = 0; at < sums.length; at++) {
      const sum = sums[at]! + cents[at]!
      sums[at] = sum
      if (sum > FULL_CENTS || sum < -FULL_CENTS) this.moveOut(at)
    }
  }

  addAll(other: CentSums): void {
    this.addCents(other.cents)
    for (const [at, cents] of other.beyond.entries()) if (cents !== 0n) this.beyond[at]! += cents
  }

  nanos(at: number): Nanos {
    return nanosOf((BigInt(this.cents[at]!) + this.beyond[at]!) * NANOS_PER_CENT)
  }

  private moveOut(at: number): void {
    this.beyond[at]! += BigInt(this.cents[at]!)
    this.cents[at] = 0
  }
}

/** To millionths first, as `fromUnits` does, and then to cents, both half away from zero. */
function centsOf(amount: number): number {
  const cents = Math.floor((Math.round(Math.abs(amount) * 1e6) + 5_000) / 10_000)
  return amount < 0 ? -cents : cents
}

/** Made when it is first read: of a thousand initiatives a screen shows a few. */
class LateSum implements PlanSum {
  readonly initiativeId: string | null
  private readonly sums: CentSums
  private made: PlanSum | null = null

  constructor(sums: CentSums, initiativeId: string | null) {
    this.sums = sums
    this.initiativeId = initiativeId
  }

  get byMonth(): readonly Nanos[] {
    return (this.made ??= allMonths(this.sums)).byMonth
  }

  get total(): Nanos {
    return (this.made ??= allMonths(this.sums)).total
  }
}

function allMonths(sums: CentSums): PlanSum {
  const byMonth = Array.from({ length: sums.months }, (_, at) => sums.nanos(at))
  return { byMonth, total: sumNanos(byMonth) }
}

function amountsOf(row: ModelRow, result: RowResult, months: readonly MonthKey[]): Float64Array {
  const amounts = new Float64Array(months.length)
  const hasFormula = row.formula.trim() !== ''
  for (let at = 0; at < amounts.length; at++) {
    const isPlanned = hasFormula || row.overrides[months[at]!] !== undefined
    amounts[at] = isPlanned ? (amountAt(result, at) ?? Number.NaN) : Number.NaN
  }
  return amounts
}

/** A scalar line is the amount of every month. */
function amountAt(result: RowResult, at: number): number | null {
  switch (result.shape) {
    case 'number':
      return result.value
    case 'months':
      return result.values[at] ?? null
    case 'spread':
      return result.spread.mean
    case 'spread by month':
      return result.spreads[at]?.mean ?? null
    case 'error':
      return null
  }
}

/** Keeps the order in which initiatives first appear on the sheet, but for the lines without one. */
function nullLast(a: string | null, b: string | null): number {
  return Number(a === null) - Number(b === null)
}

function notComputed(line: ModelRow, result: RowResult | undefined): Issue {
  return {
    code: 'plan/not-computed',
    where: { at: line.name },
    said: result?.shape === 'error' ? result.error.code : line.formula,
    wanted: 'a formula or amounts that give a number for each month',
    did: 'kept-aside',
    can:
      result?.shape === 'error'
        ? result.error.message
        : 'Enter an amount or a formula; until then the line is in no total.',
  }
}
