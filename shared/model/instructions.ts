import type { CorrelatedGroup, HistoryFit, StreamKey } from '../chance/index.ts'
import type { Place } from '../formula/index.ts'
import type { FormulaError, Model } from './types.ts'

/** Bits of a register's shape: neither = one number, MONTH = one per month, SAMPLE = one per sample, both = [month][sample]. */
export const MONTH = 1
export const SAMPLE = 2

/** A sum of more separate draws than this is refused: it would take minutes and differ from its mean by nothing. */
export const MOST_DRAWS = 100_000

/** When a register gets its value: before the samples, in every block of them, or once all are known (statistics). */
export type Phase = 'before' | 'block' | 'after'

export interface Register {
  readonly shape: number
  readonly phase: Phase
  /** Depends on the rows of its own group, so it is worked out month by month. */
  readonly isStepped: boolean
  /** Belongs to the body of an `each` and changes with every draw. */
  readonly isRedrawn: boolean
}

export type BinaryCode =
  | '+'
  | '-'
  | '*'
  | '/'
  | '^'
  | '='
  | '<>'
  | '<'
  | '>'
  | '<='
  | '>='
  | 'min'
  | 'max'
  | 'and'
  | 'or'
  | 'mod'
  | 'round'
  | 'roundup'
  | 'rounddown'
  | 'iferror'

export type UnaryCode =
  'negate' | 'abs' | 'int' | 'exp' | 'ln' | 'log10' | 'sqrt' | 'sign' | 'not' | 'month' | 'year' | 'quarter'
export type ReduceCode = 'sum' | 'avg' | 'min' | 'max' | 'first' | 'last'
export type MoneyCode = 'npv' | 'xnpv' | 'irr' | 'xirr' | 'payback'
export type ClosedFormCode = 'pmt' | 'sln' | 'erlangc' | 'queuewait' | 'batchdays'
export type StatisticCode = 'p' | 'mean' | 'sd' | `p${number}`

/** a * b * c or a * b * c * d; a + b; a + b * c. Of `product` the first and of `plus product` the second may be fixed. */
export type FusedCode = 'product' | 'plus' | 'plus product'

export type DrawKind =
  | { readonly kind: 'range'; readonly isPercent: boolean }
  | { readonly kind: 'normal' | 'lognormal' | 'uniform' | 'triangular' | 'pert' | 'beta' | 'gamma' | 'discrete' }
  /** Events: drawn anew in every month when a parameter has months. */
  | { readonly kind: 'poisson' | 'bernoulli' | 'binomial' }
  | { readonly kind: 'history'; readonly fit: HistoryFit }

export type Operation =
  | { readonly op: 'constant'; readonly value: number; readonly why?: string }
  | { readonly op: 'months' }
  | { readonly op: 'copy' }
  | { readonly op: 'unary'; readonly code: UnaryCode }
  | { readonly op: 'binary'; readonly code: BinaryCode }
  /** All arguments added up, from the first to the last. */
  | { readonly op: 'sum' }
  | { readonly op: 'select' }
  /** The value of one month of the model, by index. */
  | { readonly op: 'at'; readonly month: number }
  /** The value of the month the second argument says. */
  | { readonly op: 'at named' }
  | { readonly op: 'lag'; readonly months: number }
  | { readonly op: 'cumulate' }
  | { readonly op: 'change' }
  | { readonly op: 'grow' }
  | { readonly op: 'reduce'; readonly code: ReduceCode; readonly from: number; readonly to: number }
  | { readonly op: 'money'; readonly code: MoneyCode }
  | { readonly op: 'closed form'; readonly code: ClosedFormCode }
  | {
      readonly op: 'draw'
      readonly draw: DrawKind
      readonly key: StreamKey
      readonly group: { index: number; member: number } | null
    }
  | { readonly op: 'each'; readonly body: readonly Instruction[]; readonly result: number }
  | { readonly op: 'statistic'; readonly code: StatisticCode }
  /**
   * Operators in one go, made by `fuse`. With `before`, the first argument is read that many months back and one argument more
   * says what stands there before the first month. With `isAdded`, what comes out is also added to the last argument.
   */
  | { readonly op: 'fused'; readonly code: FusedCode; readonly before: number; readonly isAdded: boolean }
  /** First argument with single months replaced: `months[k]` takes argument k + 1. */
  | { readonly op: 'override'; readonly months: readonly number[] }

export interface Instruction {
  readonly out: number
  readonly args: readonly number[]
  readonly operation: Operation
  /** Index of the row and the place in its formula, for telling where a value was lost. */
  readonly row: number
  readonly place: Place
}

/** Rows evaluated together: one row, or a group that refers to its own earlier months. */
export interface Segment {
  readonly rows: readonly number[]
  readonly isStepped: boolean
  readonly instructions: readonly Instruction[]
}

export interface CompiledRow {
  readonly id: string
  readonly name: string
  /** As written. */
  readonly formula: string
  /** Declared, else inferred, else ''. */
  readonly unit: string
  readonly register: number | null
  readonly error: FormulaError | null
  /** Indices of the rows its formula names. */
  readonly needs: readonly number[]
  readonly segment: number
}

/** Something uncertain inside a formula: a range, a distribution, a sum of draws. */
export interface InlineLiteral {
  /** The row's id, `#` and which of its draws, from 0: what `wanted`, `sampleOf`, drivers and value of information take. */
  readonly id: string
  readonly row: number
  readonly register: number
  /** As written. */
  readonly text: string
}

/** A model ready to run: nothing in it depends on seed or sample count. */
export interface CompiledModel {
  readonly model: Model
  readonly rows: readonly CompiledRow[]
  /** Every cause once; rows that only wait for another row are not repeated here. */
  readonly errors: readonly FormulaError[]
  readonly notes: readonly string[]
  /** In order of evaluation. */
  readonly segments: readonly Segment[]
  readonly registers: readonly Register[]
  readonly groups: readonly CorrelatedGroup[]
  /** Draws that are only a part of their row's formula and give one number a sample. */
  readonly literals: readonly InlineLiteral[]
  /** Serial number of the first month: year * 12 + month - 1. */
  readonly firstMonth: number
}
