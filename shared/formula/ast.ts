import type { MonthKey } from '../calendar/index.ts'

/** Half-open place in the formula's text, 0-based characters. */
export interface Place {
  readonly from: number
  readonly to: number
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '^' | '&' | '=' | '<>' | '<' | '>' | '<=' | '>='

/** What stands in the brackets of `X[…]`. */
export type MonthPick =
  | { readonly kind: 'month'; readonly month: MonthKey; readonly place: Place }
  | { readonly kind: 'first'; readonly place: Place }
  | { readonly kind: 'last'; readonly place: Place }
  | { readonly kind: 'prev'; readonly place: Place }
  /** `X[-3]`: three months earlier. */
  | { readonly kind: 'back'; readonly months: number; readonly place: Place }
  /** `X['Go-live']`: the month a row of one month names. */
  | { readonly kind: 'named'; readonly name: string; readonly place: Place }

export interface Argument {
  /** `share` in `share: 30%`; null for the others. */
  readonly name: string | null
  readonly value: Expression
}

/** One formula as a tree; every node knows where it was written. */
export type Expression =
  /** `text` is kept as typed, so `12M` stays `12M`; `currency` is its sign or ''. */
  | {
      readonly kind: 'number'
      readonly value: number
      readonly text: string
      readonly currency: string
      readonly place: Place
    }
  | { readonly kind: 'text'; readonly value: string; readonly place: Place }
  | { readonly kind: 'month'; readonly month: MonthKey; readonly place: Place }
  /** `4 quarters`, a length of time. */
  | { readonly kind: 'period'; readonly count: Expression; readonly period: PeriodName; readonly place: Place }
  | { readonly kind: 'name'; readonly name: string; readonly place: Place }
  | { readonly kind: 'column'; readonly source: string; readonly column: string; readonly place: Place }
  | { readonly kind: 'pick'; readonly of: Expression; readonly at: MonthPick; readonly place: Place }
  | {
      readonly kind: 'span'
      readonly of: Expression
      readonly from: MonthPick
      readonly to: MonthPick
      readonly place: Place
    }
  | { readonly kind: 'unary'; readonly operator: '-' | '+'; readonly of: Expression; readonly place: Place }
  | { readonly kind: 'percent'; readonly of: Expression; readonly place: Place }
  | {
      readonly kind: 'binary'
      readonly operator: BinaryOperator
      readonly left: Expression
      readonly right: Expression
      readonly place: Place
    }
  /** `low to high at cover`; without `at` the ends are P10 and P90. */
  | {
      readonly kind: 'range'
      readonly low: Expression
      readonly high: Expression
      readonly cover: Expression | null
      readonly place: Place
    }
  /** `180 of 250`. */
  | { readonly kind: 'counts'; readonly hits: Expression; readonly tries: Expression; readonly place: Place }
  | {
      readonly kind: 'call'
      /** Lower case. */
      readonly name: string
      readonly args: readonly Argument[]
      readonly place: Place
    }
  /** Where the text has a gap or something unreadable; always beside an error. */
  | { readonly kind: 'gap'; readonly place: Place }

export type PeriodName = 'month' | 'months' | 'quarter' | 'quarters' | 'year' | 'years'

export const MONTHS_IN_PERIOD: Readonly<Record<PeriodName, number>> = {
  month: 1,
  months: 1,
  quarter: 3,
  quarters: 3,
  year: 12,
  years: 12,
}

/** What is wrong with the text of one formula. */
export interface SyntaxProblem {
  readonly place: Place
  readonly message: string
}

/** The children of a node, in the order they were written. */
export function partsOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'period':
      return [node.count]
    case 'pick':
    case 'span':
    case 'unary':
    case 'percent':
      return [node.of]
    case 'binary':
      return [node.left, node.right]
    case 'range':
      return node.cover ? [node.low, node.high, node.cover] : [node.low, node.high]
    case 'counts':
      return [node.hits, node.tries]
    case 'call':
      return node.args.map((argument) => argument.value)
    default:
      return []
  }
}

/** Names are compared without regard to case and to how many spaces stand between words. */
export function nameKey(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase()
}
