import { nameMonth } from '../calendar/index.ts'
import {
  type Expression,
  LITERAL_UNIT,
  meetUnits,
  nameKey,
  nameUnit,
  partsOf,
  tellUnit,
  type Unit,
  UNKNOWN_UNIT,
} from '../formula/index.ts'
import { ExpressionCompiler } from './compile-expressions.ts'
import { type Value } from './emitter.ts'
import { STATISTICS, DRAWS } from './function-kinds.ts'
import { type CompiledModel, type CompiledRow, MONTH, type Phase, SAMPLE, type Segment } from './instructions.ts'
import { KNOWN_FUNCTIONS } from './known-mentions.ts'
import { orderRows } from './order-rows.ts'
import { Problem, wholeOf } from './problem.ts'
import { ReadCorrelations } from './read-correlations.ts'
import { ReadRows, type RowState } from './read-rows.ts'
import { serialOf } from './serial-of.ts'
import type { FormulaError, Model } from './types.ts'

/**
 * Turns rows of formulas into a flat list of instructions. Never throws for what a user wrote: a row that cannot be understood
 * carries an error with its place, rows that need it say so, and all others run.
 */
export function compileModel(model: Model): CompiledModel {
  const rows = new ReadRows(model)
  return new Compiler(model, rows, new ReadCorrelations(model, rows.states, rows.byName)).compile()
}

/** Rows and groups of rows, in the order in which they can be worked out. */
export class Compiler extends ExpressionCompiler {
  protected readonly segments: Segment[] = []
  protected readonly errors: FormulaError[]
  protected readonly compiledRows: CompiledRow[] = []
  private readonly correlations: ReadCorrelations

  constructor(model: Model, rows: ReadRows, correlations: ReadCorrelations) {
    super(model, rows, correlations)
    this.errors = rows.errors
    this.correlations = correlations
  }

  compile(): CompiledModel {
    const order = orderRows(this.states.map((state) => state.mentions))
    for (const group of order) {
      if (group.kind === 'cycle') this.refuseCycle(group.rows, group.circle)
      else this.segments.push(this.compileGroup(group.rows, group.kind === 'stepped', this.segments.length))
    }
    for (const index of this.states.keys()) this.compiledRows.push(this.compiledRow(index))
    return {
      model: this.model,
      rows: this.compiledRows,
      errors: this.errors,
      notes: [...new Set([...this.correlations.notes, ...this.notes])],
      segments: this.segments,
      registers: this.registers,
      groups: this.correlations.groups,
      literals: this.literals,
      firstMonth: this.model.months.length > 0 ? serialOf(this.model.months[0]!) : 0,
    }
  }

  protected compiledRow(index: number): CompiledRow {
    const state = this.states[index]!
    return {
      id: state.row.id,
      name: state.row.name,
      formula: state.row.formula,
      unit: state.row.unit || nameUnit(state.unit),
      register: state.error ? null : state.register,
      error: state.error,
      needs: state.mentions.map((mention) => mention.row),
      segment: state.segment,
    }
  }

  private refuseCycle(rows: readonly number[], circle: readonly number[]): void {
    const names = [...circle, circle[0]!].map((row) => this.states[row]!.row.name)
    const shown = names.length > 8 ? [...names.slice(0, 4), '…', ...names.slice(-3)] : names
    const first = this.states[circle[0]!]!
    const own = circle.length === 1
    const cause: FormulaError = {
      code: '#CYCLE!',
      row: first.row.id,
      place: wholeOf(first.row.formula),
      message: own
        ? `“${first.row.name}” needs its own value. Use prev(${first.row.name}) for the month before.`
        : `These rows need each other: ${shown.join(' → ')}. Take one mention out, or use prev(…) for the month before.`,
    }
    const told = first.error ?? cause
    if (!first.error) this.errors.push(cause)
    for (const row of rows) {
      const state = this.states[row]!
      state.error ??= row === circle[0] ? cause : { ...told, row: state.row.id, place: wholeOf(state.row.formula) }
    }
  }

  // ---- groups of rows

  /** `at`: which segment it becomes. */
  protected compileGroup(rows: readonly number[], isStepped: boolean, at: number): Segment {
    this.instructions = []
    this.constants.clear()
    this.steppedFrom = isStepped ? this.registers.length : Number.POSITIVE_INFINITY
    if (isStepped) {
      const isSampled = rows.some((row) => this.isSampled(this.states[row]!, new Set(rows)))
      const isAfter = rows.some((row) => this.needsStatistics(this.states[row]!))
      const phase: Phase = isAfter ? 'after' : isSampled ? 'block' : 'before'
      for (const row of rows) {
        this.states[row]!.register = this.addRegister({
          shape: MONTH | (isSampled ? SAMPLE : 0),
          phase,
          isStepped: true,
          isRedrawn: false,
        })
      }
    }
    for (const row of rows) this.compileRow(row, isStepped)
    if (isStepped) {
      const broken = rows.map((row) => this.states[row]!).find((state) => state.error)
      for (const row of rows) if (broken?.error) this.states[row]!.error ??= waiting(this.states[row]!, broken)
    }
    for (const row of rows) this.states[row]!.segment = at
    return { rows, isStepped, instructions: rows.some((row) => this.states[row]!.error) ? [] : this.instructions }
  }

  private compileRow(index: number, isStepped: boolean): void {
    const state = this.states[index]!
    if (state.error) return
    this.row = index
    this.literal = 0
    this.keyOwner = state.row.id
    this.body = null
    const kept = this.instructions.length
    try {
      for (const { row } of state.mentions) {
        const needed = this.states[row]!
        if (needed.error) {
          state.error = waiting(state, needed)
          return
        }
      }
      const value = this.rowValue(state)
      const unit = meetUnits(state.declared, value.unit)
      if (unit === null) {
        throw new Problem(
          '#UNIT!',
          wholeOf(state.row.formula),
          `“${state.row.name}” is in ${tellUnit(state.declared)}, its formula gives ${tellUnit(value.unit)}. Change the unit or the formula.`,
        )
      }
      state.unit =
        state.declared.kind === 'known' ? state.declared : value.unit.kind === 'literal' ? UNKNOWN_UNIT : value.unit
      if (isStepped) this.moveTo(state.register!, value.register, wholeOf(state.row.formula))
      else state.register = value.register
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      const error: FormulaError = {
        code: problem.code,
        row: state.row.id,
        place: problem.place,
        message: problem.message,
      }
      state.error = error
      this.errors.push(error)
      this.instructions.length = kept
      this.constants.clear()
    }
  }

  private rowValue(state: RowState): Value {
    const place = wholeOf(state.row.formula)
    let base: Value
    if (state.ast) base = this.expression(state.ast)
    else if (state.row.kind === 'budget line') base = this.constant(0, LITERAL_UNIT, place)
    else base = this.constant(Number.NaN, LITERAL_UNIT, place)
    if (state.overrides.length === 0) return base
    let unit = base.unit
    const args = [base.register]
    for (const override of state.overrides) {
      this.literal = 0
      this.keyOwner = `${state.row.id} ${override.key}`
      const value = this.expression(override.ast)
      unit = this.unitOfTyped(state, override, unit, value.unit)
      if (this.shapeOf(value) & MONTH)
        throw new Problem(
          '#VALUE!',
          place,
          `“${state.row.name}”, ${nameMonth(override.key)}: one number or range is wanted for one month.`,
        )
      args.push(value.register)
    }
    const register = this.emit(
      { op: 'override', months: state.overrides.map((override) => override.month) },
      args,
      place,
      MONTH,
    )
    return { register, unit }
  }

  /** What is typed into a month is in the unit of its row, or in none: 12% of nothing named is no amount of dollars. */
  private unitOfTyped(
    { row, declared }: RowState,
    { key, ast }: RowState['overrides'][number],
    unit: Unit,
    own: Unit,
  ): Unit {
    const wanted = declared.kind === 'known' ? declared : unit
    if (meetUnits(wanted, own) !== null) return meetUnits(unit, own) ?? unit
    const text = row.overrides[key]?.slice(ast.place.from, ast.place.to)
    const share = own.kind === 'known' && own.isPercent ? `, or a share of a row, such as =${text} * Name` : ''
    throw new Problem(
      '#UNIT!',
      wholeOf(row.formula),
      `“${row.name}”, ${nameMonth(key)}: found “${text}” in ${tellUnit(own)}, wanted ${tellUnit(wanted)}. Type an amount in ${tellUnit(wanted)}${share}, or change the unit of the row.`,
    )
  }

  /** Whether chance reaches a row of a stepped group; rows outside the group are compiled already. */
  private isSampled(state: RowState, within: ReadonlySet<number>): boolean {
    const visit = (node: Expression): boolean => {
      if (node.kind === 'range' || node.kind === 'counts') return true
      if (node.kind === 'call' && (STATISTICS.has(node.name) || KNOWN_FUNCTIONS.has(node.name))) return false
      if (node.kind === 'call' && DRAWS.has(node.name)) return true
      const names = [
        ...(node.kind === 'name' ? [node.name] : []),
        ...(node.kind === 'pick' && node.at.kind === 'named' ? [node.at.name] : []),
      ]
      for (const name of names) {
        const row = this.byName.get(nameKey(name))
        const register = row === undefined || within.has(row) ? null : this.states[row]!.register
        if (register !== null && this.registers[register]!.shape & SAMPLE) return true
      }
      return partsOf(node).some(visit)
    }
    return [...(state.ast ? [state.ast] : []), ...state.overrides.map((override) => override.ast)].some(visit)
  }

  private needsStatistics(state: RowState): boolean {
    const visit = (node: Expression): boolean =>
      (node.kind === 'call' && STATISTICS.has(node.name)) || partsOf(node).some(visit)
    if (state.ast && visit(state.ast)) return true
    return state.mentions.some(({ row }) => {
      const { register } = this.states[row]!
      return register !== null && this.registers[register]!.phase === 'after'
    })
  }
}

function waiting(state: RowState, needed: RowState): FormulaError {
  const { code } = needed.error!
  return {
    code,
    row: state.row.id,
    place: wholeOf(state.row.formula),
    message: `“${state.row.name}” waits for “${needed.row.name}”, which shows ${code}.`,
  }
}
