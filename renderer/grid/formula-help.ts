/** Help while a formula is typed: what a name could become, which function the caret is in, where a click puts a row. Pure. */
import { FUNCTIONS, type UnitRule } from '../../shared/formula/index.ts'

/** A row by the name formulas call it, with what helps to choose it. */
export interface NamedRow {
  readonly name: string
  /** Its unit and kind; '' = nothing to tell. */
  readonly detail: string
}

/** What a formula can name on the sheet. */
export interface Vocabulary {
  readonly rows: readonly NamedRow[]
  /** Months as formulas write them: `2026-11`. */
  readonly months: readonly string[]
  /** A row's name as formulas write it. */
  readonly write: (name: string) => string
}

export interface Completion {
  readonly kind: 'row' | 'function' | 'month'
  /** What it becomes: a row's name as formulas write it, or a function with its bracket. */
  readonly text: string
  readonly label: string
  readonly detail: string
}

export interface Completions {
  /** The part of the text that gives way. */
  readonly from: number
  readonly to: number
  readonly items: readonly Completion[]
}

const MOST = 8
const NOTHING: Completions = { from: 0, to: 0, items: [] }
const RELATIVE_MONTHS: readonly Completion[] = [
  { kind: 'month', text: 'prev', label: 'prev', detail: 'the month before' },
  { kind: 'month', text: 'first', label: 'first', detail: 'the first month' },
  { kind: 'month', text: 'last', label: 'last', detail: 'the last month' },
]

/** Months inside brackets; else rows and functions that begin with, then hold, the word left of the caret. */
export function completionsAt(text: string, caret: number, { rows, months, write }: Vocabulary): Completions {
  if (!text.startsWith('=')) return NOTHING
  const before = text.slice(1, caret)
  const picked = /\[(?:[^\][]*\.\.)?([\w-]*)$/.exec(before)
  if (picked) return monthsAt(picked[1] ?? '', caret, months)
  const isInQuote = (before.match(/'/g)?.length ?? 0) % 2 === 1
  const word = isInQuote ? before.slice(before.lastIndexOf("'") + 1) : (/[\p{L}_][\p{L}\d_]*$/u.exec(before)?.[0] ?? '')
  if (word === '') return NOTHING
  const key = word.toLowerCase()
  const fits = (name: string) => name.toLowerCase().includes(key) && (isInQuote || name.toLowerCase() !== key)
  const fitting = rows
    .filter(({ name }) => fits(name))
    .map(({ name, detail }): Completion => ({ kind: 'row', text: write(name), label: name, detail }))
  const functions = isInQuote
    ? []
    : FUNCTIONS.filter(({ name }) => name.toLowerCase().startsWith(key)).map(
        ({ name, signature, doc }): Completion => ({
          kind: 'function',
          text: `${name}(`,
          label: signature,
          detail: doc,
        }),
      )
  const isFirst = ({ label }: Completion) => label.toLowerCase().startsWith(key)
  const items = [...fitting.filter(isFirst), ...functions, ...fitting.filter((row) => !isFirst(row))].slice(0, MOST)
  return { from: caret - word.length - (isInQuote ? 1 : 0), to: caret, items }
}

function monthsAt(word: string, caret: number, months: readonly string[]): Completions {
  const all = [
    ...RELATIVE_MONTHS,
    ...months.map((month): Completion => ({ kind: 'month', text: month, label: month, detail: 'month' })),
  ]
  const items = all.filter(({ text }) => text.startsWith(word.toLowerCase()) && text !== word)
  return { from: caret - word.length, to: caret, items: items.slice(0, MOST + RELATIVE_MONTHS.length) }
}

export interface FunctionHelp {
  readonly signature: string
  readonly doc: string
  /** What its result is measured in, in words. */
  readonly unit: string
}

const UNIT_WORDS: Readonly<Record<UnitRule, string>> = {
  same: 'the unit all arguments share',
  first: 'the unit of the first argument',
  second: 'the unit of the second argument',
  'same after first': 'the unit all arguments after the first share',
  ratio: 'a plain number',
  months: 'a number of months',
  month: 'a month',
  days: 'a number of days',
  own: '',
}

/** Signature, meaning and unit of the innermost function around the caret; null outside of any. */
export function functionAround(text: string, caret: number): FunctionHelp | null {
  let depth = 0
  for (let at = caret - 1; at >= 0; at--) {
    if (text[at] === ')') depth += 1
    else if (text[at] === '(' && depth > 0) depth -= 1
    else if (text[at] === '(') {
      const name = /([\p{L}_][\p{L}\d_]*)$/u.exec(text.slice(0, at))?.[1]?.toLowerCase()
      const entry = FUNCTIONS.find((one) => one.name.toLowerCase() === name)
      if (entry) return { signature: entry.signature, doc: entry.doc, unit: UNIT_WORDS[entry.unit] }
    }
  }
  return null
}

export interface Pointed {
  readonly text: string
  /** Where the name stands; a click on another row replaces it. */
  readonly from: number
  readonly to: number
}

/** Puts a name where the caret is, if a name can stand there: after an operator, a bracket or a comma. */
export function insertName(text: string, caret: number, written: string, last: Pointed | null): Pointed | null {
  if (!text.startsWith('=')) return null
  const isAgain = last !== null && last.text === text && last.to === caret
  const from = isAgain ? last.from : caret
  if (!/[=(+\-*/^,<>&]\s*$/.test(text.slice(0, from))) return null
  const next = text.slice(0, from) + written + text.slice(caret)
  return { text: next, from, to: from + written.length }
}
