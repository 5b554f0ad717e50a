import { nameKey, nearestName, printName } from '../formula/index.ts'
import { accepted, type Outcome, refused } from '../issues/index.ts'
import type { KeyResult } from '../okr/index.ts'
import { seekOdds, type Sought } from '../model/index.ts'
import { unknownRow, untoldCondition } from './messages.ts'
import { wantsLess } from './key-results.ts'
import { ROLE } from './roles.ts'
import type { PreparedScenario } from './run-scenario.ts'

/** What is to hold in a run. Amounts in the workbook's currency; months from the start. */
export type SeekCondition =
  | { readonly kind: 'NPV above'; readonly amount: number }
  | { readonly kind: 'payback within'; readonly months: number }
  | { readonly kind: 'cost below'; readonly amount: number }
  | { readonly kind: 'key result met'; readonly keyResultId: string }
  /** A comparison over the rows, such as `NPV > 0`. */
  | { readonly kind: 'formula'; readonly text: string }

/** The largest (or smallest) value of one row with which a condition still holds often enough. */
export interface SeekWish {
  /** Name of a row of the scenario or of the plan. */
  readonly row: string
  readonly between: readonly [number, number]
  readonly condition: SeekCondition
  /** 0 … 1. */
  readonly odds: number
  readonly end: 'largest' | 'smallest'
}

/** Seeks over the very model the scenario is run with; refused where a name or a condition has no row. */
export function seekInScenario(
  { assembled, runs }: PreparedScenario,
  { row: name, between, condition, odds, end }: SeekWish,
  onProgress?: (share: number) => void,
): Outcome<Sought> {
  const { model, options } = runs[0]!
  const row = model.rows.find((one) => nameKey(one.name) === nameKey(name))
  if (!row) {
    const names = model.rows.map((one) => one.name)
    return refused(unknownRow(name, nearestName(name, names)))
  }
  const nameOf = (id: string | null | undefined) => model.rows.find((one) => one.id === id)?.name ?? null
  const keyResults = assembled.keyResults.map(({ keyResult, withId }) => ({ keyResult, rowName: nameOf(withId) }))
  const formula = formulaOf(condition, nameOf, keyResults)
  if (formula === null) return refused(untoldCondition())
  const { samples, seed } = options
  return accepted(
    seekOdds(model, formula, odds, end, {
      samples,
      seed,
      change: row.id,
      between,
      ...(onProgress && { onProgress }),
    }),
  )
}

/** The condition as a comparison of rows by name; null where there is no row to compare. */
function formulaOf(
  condition: SeekCondition,
  nameOf: (id: string) => string | null,
  keyResults: readonly { readonly keyResult: KeyResult; readonly rowName: string | null }[],
): string | null {
  const compare = (name: string | null | undefined, operator: string, value: number) =>
    name == null || !Number.isFinite(value) ? null : `${printName(name)} ${operator} ${value}`
  switch (condition.kind) {
    case 'formula':
      return condition.text
    case 'NPV above':
      return compare(nameOf(ROLE.npv), '>', condition.amount)
    case 'payback within':
      return compare(nameOf(ROLE.payback), '<=', condition.months)
    case 'cost below':
      return compare(nameOf(ROLE.allIn), '<', condition.amount)
    case 'key result met': {
      const found = keyResults.find(({ keyResult }) => keyResult.id === condition.keyResultId)
      if (!found) return null
      const { isStrict, target } = found.keyResult
      return compare(found.rowName, `${wantsLess(found.keyResult) ? '<' : '>'}${isStrict ? '' : '='}`, target)
    }
  }
}

/** Where to seek a value at first: a quarter of what it is (or of its P10) to four times that (of its P90); null without one. */
export function seekSpan(
  [low, high]: readonly [number, number],
  unit: string,
): readonly [low: number, high: number] | null {
  if (!(low > 0 && high >= low && Number.isFinite(high))) return null
  const most = unit === '%' && high <= 1 ? 1 : Number.POSITIVE_INFINITY
  const round = (value: number) => Number(value.toPrecision(2))
  return [round(low / 4), Math.min(most, round(high * 4))]
}

/**
 * The value found, short enough to be written as a formula and rounded to the side on which the condition still holds:
 * three figures, whole from 10 on where things are counted. 76,118.3 as the largest is 76,100, as the smallest 76,200.
 */
export function usableValue(value: number, end: SeekWish['end'], unit: string): number {
  if (value === 0 || !Number.isFinite(value)) return value
  const places = 2 - Math.floor(Math.log10(Math.abs(value)))
  const decimals = unit === '1' && Math.abs(value) >= 10 ? Math.min(0, places) : places
  const scale = 10 ** Math.abs(decimals)
  const steps = decimals >= 0 ? value * scale : value / scale
  // Products such as 0.57 * 10,000 miss the whole number they mean by a hair.
  const hair = 1e-9 * Math.abs(steps)
  const whole = end === 'largest' ? Math.floor(steps + hair) : Math.ceil(steps - hair)
  return decimals >= 0 ? whole / scale : whole * scale
}

/** A number as people type it into a row of that unit: 0.125 of a `%` row is `12.5%`. */
export function writeValue(value: number, unit: string): string {
  return unit === '%' ? `${Number((value * 100).toPrecision(10))}%` : String(value)
}
