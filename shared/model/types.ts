import type { MonthKey } from '../calendar/index.ts'
import type { Identified } from '../records/index.ts'

/** Where a row's numbers come from; shown wherever the row is. */
export type Evidence =
  | {
      readonly kind: 'your data'
      readonly n: number
      readonly method: string
      readonly source: string
      /** What a range was laid over, in the row's unit, ascending; left out where no such values are kept. */
      readonly values?: readonly number[]
    }
  | { readonly kind: 'published'; readonly source: string }
  | { readonly kind: 'guess' }
  | { readonly kind: 'entered' }
  | { readonly kind: 'computed' }

export type RowKind = 'driver' | 'budget line' | 'key result' | 'outcome'

/**
 * The one concept of plans, scenarios and templates: a named row over months with one formula.
 * Identity is the id; renaming rewrites the formulas that name it and never changes a sample.
 */
export interface ModelRow extends Identified {
  readonly name: string
  /** `$`, `tokens`, `h`, `%`, `1`, or compounds such as `$/h`; `` = not declared. */
  readonly unit: string
  readonly kind: RowKind
  /** Initiative id for budget lines, free group name for others. */
  readonly group: string | null
  readonly owner: string
  readonly evidence: Evidence
  /** Without the leading `=`. Empty = every month comes from `overrides`. */
  readonly formula: string
  /** Month -> literal or range as typed (`12k`, `10k to 20k`); data, never a formula over other rows. */
  readonly overrides: Readonly<Record<string, string>>
  readonly note: string
  /** Notes on single months; none when left out. */
  readonly monthNotes?: Readonly<Record<string, string>>
  readonly order: number
}

/** A place inside one row's formula, 0-based characters, end excluded. */
export interface FormulaPlace {
  readonly from: number
  readonly to: number
}

/** Excel's names for errors in a row; a value, never thrown. */
export type FormulaErrorCode = '#NAME?' | '#CYCLE!' | '#UNIT!' | '#DIV/0!' | '#NUM!' | '#VALUE!' | '#SYNTAX!'

export interface FormulaError {
  readonly code: FormulaErrorCode
  readonly row: string
  readonly place: FormulaPlace
  /** What is wrong and what to do, one sentence each. */
  readonly message: string
}

/** What is known of one row over samples, in the row's unit. */
export interface Spread {
  readonly p10: number
  readonly p50: number
  readonly p90: number
  readonly mean: number
  readonly sd: number
  /** Samples without a value (a division by zero, a project that never pays back); counted, never dropped. */
  readonly undefined: number
}

export type RowResult = {
  readonly id: string
  readonly name: string
  readonly unit: string
} & (
  | { readonly shape: 'number'; readonly value: number }
  | { readonly shape: 'months'; readonly values: readonly number[] }
  | { readonly shape: 'spread'; readonly spread: Spread }
  | { readonly shape: 'spread by month'; readonly spreads: readonly Spread[] }
  | { readonly shape: 'error'; readonly error: FormulaError }
)

/** Rows of imported facts that `from('name'.column)` and fits draw on: column name -> values, rows aligned. */
export type History = Readonly<Record<string, Readonly<Record<string, Float64Array>>>>

/** Rank correlation between two rows' inputs (`'A' ~ 'B' : 0.6`). */
export interface Correlation {
  readonly a: string
  readonly b: string
  readonly rho: number
}

/** What `lookup`, `actual` or `history` stands for, found out before the model is compiled. */
export type KnownFigure =
  | {
      /** One number, or one for each month of the model; NaN = not known. */
      readonly values: readonly number[]
      readonly unit: string
      /** Why some are not known and what to do; '' where all are. */
      readonly why: string
    }
  /** Nothing like it can be known: what is wrong and what to do. */
  | { readonly wrong: string }

/** By `knownKey`. */
export type KnownFigures = Readonly<Record<string, KnownFigure>>

export interface Model {
  readonly rows: readonly ModelRow[]
  readonly correlations: readonly Correlation[]
  readonly months: readonly MonthKey[]
  readonly history: History
  /** Figures that formulas name; left out where none does. */
  readonly known?: KnownFigures
}
