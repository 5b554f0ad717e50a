/** Help while a formula is typed: what a name could become, which function the caret is in, where a click puts a row. Pure. */
import { FUNCTIONS } from '../../shared/formula/index.ts'

export interface Completion {
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

/** Rows and functions that begin with, then hold, the word left of the caret; nothing outside a formula. */
export function completionsAt(
  text: string,
  caret: number,
  names: readonly string[],
  write: (name: string) => string,
): Completions {
  if (!text.startsWith('=')) return NOTHING
  const before = text.slice(1, caret)
  const isInQuote = (before.match(/'/g)?.length ?? 0) % 2 === 1
  const word = isInQuote ? before.slice(before.lastIndexOf("'") + 1) : (/[\p{L}_][\p{L}\d_]*$/u.exec(before)?.[0] ?? '')
  if (word === '') return NOTHING
  const key = word.toLowerCase()
  const fits = (name: string) => name.toLowerCase().includes(key) && (isInQuote || name.toLowerCase() !== key)
  const rows = names.filter(fits).map((name) => ({ text: write(name), label: name, detail: 'row' }))
  const functions = isInQuote
    ? []
    : FUNCTIONS.filter(({ name }) => name.toLowerCase().startsWith(key)).map(({ name, signature, doc }) => ({
        text: `${name}(`,
        label: signature,
        detail: doc,
      }))
  const isFirst = ({ label }: Completion) => label.toLowerCase().startsWith(key)
  const items = [...rows.filter(isFirst), ...functions, ...rows.filter((row) => !isFirst(row))].slice(0, MOST)
  return { from: caret - word.length - (isInQuote ? 1 : 0), to: caret, items }
}

/** Signature and meaning of the innermost function around the caret; null outside of any. */
export function functionAround(
  text: string,
  caret: number,
): { readonly signature: string; readonly doc: string } | null {
  let depth = 0
  for (let at = caret - 1; at >= 0; at--) {
    if (text[at] === ')') depth += 1
    else if (text[at] === '(' && depth > 0) depth -= 1
    else if (text[at] === '(') {
      const name = /([\p{L}_][\p{L}\d_]*)$/u.exec(text.slice(0, at))?.[1]?.toLowerCase()
      const entry = FUNCTIONS.find((one) => one.name.toLowerCase() === name)
      if (entry) return { signature: entry.signature, doc: entry.doc }
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
