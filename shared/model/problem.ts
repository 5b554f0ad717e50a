import type { Place } from '../formula/index.ts'
import type { FormulaErrorCode } from './types.ts'

/** Thrown inside one row's compilation and caught at its end; never leaves the compiler. */
export class Problem extends Error {
  readonly code: FormulaErrorCode
  readonly place: Place

  constructor(code: FormulaErrorCode, place: Place, message: string) {
    super(message)
    this.code = code
    this.place = place
  }
}

export function wholeOf(formula: string): Place {
  return { from: 0, to: formula.length }
}
