import {
  type Expression,
  nameKey,
  namesIn,
  type ParsedFormula,
  parseFormula,
  parseUnit,
  partsOf,
  type Place,
  type Unit,
} from '../formula/index.ts'
import { constantOf } from './constant-of.ts'
import { KNOWN_FUNCTIONS } from './known-mentions.ts'
import type { Mention } from './order-rows.ts'
import { wholeOf } from './problem.ts'
import type { FormulaError, FormulaErrorCode, Model, ModelRow } from './types.ts'

/** Words of the language that a row may be called all the same. */
export const WORDS: ReadonlySet<string> = new Set(['month', 'true', 'false'])

/** A row while the model is compiled. */
export interface RowState {
  readonly row: ModelRow
  readonly ast: Expression | null
  readonly overrides: readonly { readonly month: number; readonly key: string; readonly ast: Expression }[]
  readonly mentions: readonly Mention[]
  readonly declared: Unit
  error: FormulaError | null
  register: number | null
  unit: Unit
  segment: number
}

interface ParsedOverride {
  readonly month: string
  readonly text: string
  readonly parsed: ParsedFormula
}

const NO_OVERRIDES: readonly ParsedOverride[] = []

/** Rows are never changed in place, so their months are read once, however often the model around them is compiled anew. */
const parsedOverrides = new WeakMap<ModelRow, readonly ParsedOverride[]>()

function overridesOf(row: ModelRow): readonly ParsedOverride[] {
  const known = parsedOverrides.get(row)
  if (known) return known
  const entries = Object.entries(row.overrides)
  if (entries.length === 0) return NO_OVERRIDES
  const parsed = entries.map(([month, text]) => ({ month, text, parsed: parseFormula(text) }))
  parsedOverrides.set(row, parsed)
  return parsed
}

const units = new Map<string, Unit>()

/** Thousands of rows are in a handful of units. */
function unitNamed(text: string): Unit {
  let unit = units.get(text)
  if (!unit) {
    if (units.size > 1000) units.clear()
    units.set(text, (unit = parseUnit(text)))
  }
  return unit
}

/** Rows as read, in the model's order; every error that can be seen in one row alone is in `errors`. */
export class ReadRows {
  readonly states: RowState[] = []
  readonly errors: FormulaError[] = []
  readonly byName = new Map<string, number>()
  /** Two rows have one name. */
  hasTwins = false
  /** Names just as their rows write them, which is how nearly all formulas write them too. */
  private readonly bySpelling = new Map<string, number>()
  private readonly model: Model

  constructor(model: Model) {
    this.model = model
    for (const [index, row] of this.model.rows.entries()) {
      const key = nameKey(row.name)
      if (this.byName.has(key)) this.hasTwins = true
      else this.byName.set(key, index)
      this.bySpelling.set(row.name, this.byName.get(key)!)
    }
    for (const [index, row] of this.model.rows.entries()) this.states.push(this.readRow(row, index))
  }

  /** False when another row is called so. */
  addName(name: string, index: number): boolean {
    const key = nameKey(name)
    if (this.byName.has(key)) return false
    this.byName.set(key, index)
    this.bySpelling.set(name, index)
    return true
  }

  removeName(name: string): void {
    this.byName.delete(nameKey(name))
    this.bySpelling.delete(name)
  }

  /** One row, or another formula in its place. */
  readRow(row: ModelRow, index: number): RowState {
    const fail = (code: FormulaErrorCode, place: Place, message: string) => {
      const error: FormulaError = { code, row: row.id, place, message }
      this.errors.push(error)
      firstError ??= error
    }
    let firstError: FormulaError | null = null
    const twin = this.rowNamed(row.name)
    if (twin !== index) fail('#NAME?', wholeOf(row.formula), `Two rows are called “${row.name}”. Rename one of them.`)
    let ast: Expression | null = null
    if (row.formula.trim() !== '') {
      const formula = parseFormula(row.formula)
      for (const error of formula.errors) fail('#SYNTAX!', error.place, error.message)
      ast = formula.ast
    }
    const overrides: { month: number; key: string; ast: Expression }[] = []
    for (const { month, text, parsed } of overridesOf(row)) {
      const at = this.model.months.indexOf(month as (typeof this.model.months)[number])
      if (at < 0) continue
      const [error] = parsed.errors
      if (error) fail('#SYNTAX!', error.place, `${month}: ${error.message}`)
      else if (namesIn(parsed.ast).some((name) => !WORDS.has(nameKey(name)))) {
        fail(
          '#VALUE!',
          wholeOf(text),
          `${month} holds “${text}”: a single month takes a number or a range, not other rows. Put it in the row’s formula.`,
        )
      } else overrides.push({ month: at, key: month, ast: parsed.ast })
    }
    if (ast === null && overrides.length === 0 && row.kind !== 'budget line' && !firstError) {
      fail(
        '#VALUE!',
        { from: 0, to: 0 },
        `“${row.name}” has no formula yet. Write a number, a range such as 10 to 20, or a formula.`,
      )
    }
    const mentions = ast && !firstError ? this.mentionsOf(ast) : []
    const declared = unitNamed(row.unit)
    return { row, ast, overrides, mentions, declared, error: firstError, register: null, unit: declared, segment: -1 }
  }

  private rowNamed(name: string): number | undefined {
    return this.bySpelling.get(name) ?? this.byName.get(nameKey(name))
  }

  private mentionsOf(ast: Expression): Mention[] {
    const found: { readonly row: number; isEarlier: boolean }[] = []
    const add = (name: string, isEarlier: boolean) => {
      const row = this.rowNamed(name)
      if (row === undefined) return
      const known = found.find((mention) => mention.row === row)
      if (!known) found.push({ row, isEarlier })
      else known.isEarlier &&= isEarlier
    }
    const visit = (node: Expression) => {
      // What was spent on a row does not depend on what is planned for it.
      if (node.kind === 'call' && KNOWN_FUNCTIONS.has(node.name)) return
      const earlier = earlierRow(node)
      if (earlier) {
        add(earlier.name, true)
        earlier.others.forEach(visit)
        return
      }
      if (node.kind === 'name') add(node.name, false)
      for (const pick of node.kind === 'pick' ? [node.at] : node.kind === 'span' ? [node.from, node.to] : []) {
        if (pick.kind === 'named') add(pick.name, false)
      }
      partsOf(node).forEach(visit)
    }
    visit(ast)
    return found
  }
}

/** `prev(X)`, `lag(X, 2)`, `X[prev]`, `X[-3]`: the row whose earlier months alone are needed. */
function earlierRow(node: Expression): { name: string; others: readonly Expression[] } | null {
  if (
    node.kind === 'pick' &&
    node.of.kind === 'name' &&
    (node.at.kind === 'prev' || (node.at.kind === 'back' && node.at.months >= 1))
  ) {
    return { name: node.of.name, others: [] }
  }
  if (node.kind !== 'call' || !['prev', 'lag', 'shift'].includes(node.name)) return null
  const [of, months] = node.args.map((arg) => arg.value)
  if (of?.kind !== 'name') return null
  if (node.name !== 'prev' && !(months && (constantOf(months) ?? 0) >= 1)) return null
  return { name: of.name, others: node.args.slice(1).map((arg) => arg.value) }
}
