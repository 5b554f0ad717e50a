/** How a function's result is measured. */
export type UnitRule =
  /** All arguments meet in one unit, which is the result's. */
  | 'same'
  /** The first argument's unit. */
  | 'first'
  /** The second argument's unit. */
  | 'second'
  /** Arguments after the first meet; the result is theirs. */
  | 'same after first'
  | 'ratio'
  | 'months'
  | 'month'
  | 'days'
  /** Worked out by the compiler: `sqrt`, `power`, `each`, `switch`, `discrete`, `growth`, `pmt`. */
  | 'own'

export type FunctionGroup =
  'arithmetic' | 'logic' | 'months' | 'money' | 'chance' | 'statistics' | 'flow' | 'known figures'

export interface FunctionEntry {
  readonly name: string
  readonly signature: string
  /** Fewest and most unnamed arguments. */
  readonly least: number
  readonly most: number
  /** Arguments that are given by name, such as `share: 30%`. */
  readonly named: readonly string[]
  readonly unit: UnitRule
  readonly group: FunctionGroup
  readonly example: string
  readonly doc: string
}

/** Most arguments of functions that take any number of them. */
export const MANY = 250

/** Makes the entries of one group. */
export function entriesOf(group: FunctionGroup) {
  return (
    name: string,
    signature: string,
    least: number,
    most: number,
    unit: UnitRule,
    example: string,
    doc: string,
    named: readonly string[] = [],
  ): FunctionEntry => ({ group, name, signature, least, most, unit, example, doc, named })
}
