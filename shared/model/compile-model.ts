import {
  type HistoryFit,
  correlatedGroup,
  type CorrelatedGroup,
  fitHistory,
  fitRange,
  PERCENT_EDGE,
  streamKeyOf,
} from '../chance/index.ts'
import {
  type Expression,
  functionNamed,
  FUNCTIONS,
  LITERAL_UNIT,
  meetMonths,
  meetUnits,
  MONTH_UNIT,
  MONTHS_IN_PERIOD,
  MONTHS_UNIT,
  type MonthPick,
  nameKey,
  namesIn,
  nameUnit,
  nearestName,
  parseFormula,
  parseUnit,
  partsOf,
  PERCENT_UNIT,
  type Place,
  raiseUnit,
  RATIO_UNIT,
  tellUnit,
  timesUnits,
  type Unit,
  UNKNOWN_UNIT,
} from '../formula/index.ts'
import {
  type BinaryCode,
  type ClosedFormCode,
  type CompiledModel,
  type CompiledRow,
  type DrawKind,
  type Instruction,
  MONTH,
  type MoneyCode,
  MOST_DRAWS,
  type Operation,
  type Phase,
  type ReduceCode,
  type Register,
  SAMPLE,
  type Segment,
  type StatisticCode,
  type UnaryCode,
} from './instructions.ts'
import { spearman } from './correlation.ts'
import { type Mention, orderRows } from './order-rows.ts'
import type { FormulaError, FormulaErrorCode, Model, ModelRow } from './types.ts'

/**
 * Turns rows of formulas into a flat list of instructions. Never throws for what a user wrote: a row that cannot be understood
 * carries an error with its place, rows that need it say so, and all others run.
 */
export function compileModel(model: Model): CompiledModel {
  return new Compiler(model).compile()
}

/** `2026-03` as a whole number that counts months: year * 12 + month - 1. */
export function serialOf(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1
}

const STATISTICS = new Set(FUNCTIONS.filter((entry) => entry.group === 'statistics').map((entry) => entry.name))
const DRAWS = new Set([
  'normal',
  'lognormal',
  'uniform',
  'triangular',
  'pert',
  'beta',
  'gamma',
  'poisson',
  'bernoulli',
  'binomial',
  'discrete',
  'from',
  'each',
])
const EVENTS = new Set(['poisson', 'bernoulli', 'binomial'])
const WORDS = new Set(['month', 'true', 'false'])

/** Thrown inside one row's compilation and caught at its end; never leaves this file. */
class Problem extends Error {
  readonly code: FormulaErrorCode
  readonly place: Place

  constructor(code: FormulaErrorCode, place: Place, message: string) {
    super(message)
    this.code = code
    this.place = place
  }
}

interface Value {
  readonly register: number
  readonly unit: Unit
}

interface RowState {
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

class Compiler {
  private readonly model: Model
  private readonly states: RowState[] = []
  private readonly byName = new Map<string, number>()
  private readonly registers: Register[] = []
  private readonly segments: Segment[] = []
  private readonly errors: FormulaError[] = []
  private readonly notes: string[] = []
  private readonly groups: CorrelatedGroup[] = []
  private readonly memberships = new Map<number, { index: number; member: number }>()
  private readonly constants = new Map<number, number>()
  private readonly firstMonth: number
  /** Of the row being compiled. */
  private row = 0
  private literal = 0
  private keyOwner = ''
  private instructions: Instruction[] = []
  private body: Instruction[] | null = null
  /** First register of the stepped group being compiled: earlier ones are known in all months by then. */
  private steppedFrom = Number.POSITIVE_INFINITY

  constructor(model: Model) {
    this.model = model
    this.firstMonth = model.months.length > 0 ? serialOf(model.months[0]!) : 0
  }

  compile(): CompiledModel {
    this.readRows()
    const order = orderRows(this.states.map((state) => state.mentions))
    this.readCorrelations()
    for (const group of order) {
      if (group.kind === 'cycle') this.refuseCycle(group.rows, group.circle)
      else this.compileGroup(group.rows, group.kind === 'stepped')
    }
    const rows: CompiledRow[] = this.states.map((state) => ({
      id: state.row.id,
      name: state.row.name,
      unit: state.row.unit || nameUnit(state.unit),
      register: state.error ? null : state.register,
      error: state.error,
      needs: state.mentions.map((mention) => mention.row),
      segment: state.segment,
    }))
    return {
      model: this.model,
      rows,
      errors: this.errors,
      notes: [...new Set(this.notes)],
      segments: this.segments,
      registers: this.registers,
      groups: this.groups,
      firstMonth: this.firstMonth,
    }
  }

  // ---- reading rows

  private readRows(): void {
    for (const [index, row] of this.model.rows.entries()) {
      const key = nameKey(row.name)
      if (!this.byName.has(key)) this.byName.set(key, index)
    }
    for (const [index, row] of this.model.rows.entries()) this.states.push(this.readRow(row, index))
  }

  private readRow(row: ModelRow, index: number): RowState {
    const fail = (code: FormulaErrorCode, place: Place, message: string) => {
      const error: FormulaError = { code, row: row.id, place, message }
      this.errors.push(error)
      firstError ??= error
    }
    let firstError: FormulaError | null = null
    const twin = this.byName.get(nameKey(row.name))!
    if (twin !== index) fail('#NAME?', wholeOf(row.formula), `Two rows are called “${row.name}”. Rename one of them.`)
    let ast: Expression | null = null
    if (row.formula.trim() !== '') {
      const parsed = parseFormula(row.formula)
      for (const error of parsed.errors) fail('#SYNTAX!', error.place, error.message)
      ast = parsed.ast
    }
    const overrides: { month: number; key: string; ast: Expression }[] = []
    for (const [month, text] of Object.entries(row.overrides)) {
      const at = this.model.months.indexOf(month as (typeof this.model.months)[number])
      if (at < 0) continue
      const parsed = parseFormula(text)
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
    const declared = parseUnit(row.unit)
    return { row, ast, overrides, mentions, declared, error: firstError, register: null, unit: declared, segment: -1 }
  }

  private mentionsOf(ast: Expression): Mention[] {
    const found = new Map<number, boolean>()
    const add = (name: string, isEarlier: boolean) => {
      const row = this.byName.get(nameKey(name))
      if (row !== undefined) found.set(row, (found.get(row) ?? true) && isEarlier)
    }
    const visit = (node: Expression) => {
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
    return [...found].map(([row, isEarlier]) => ({ row, isEarlier }))
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

  // ---- correlations

  private readCorrelations(): void {
    const pairs: { a: number; b: number; rho: number }[] = []
    for (const { a, b, rho } of this.model.correlations) {
      const rows = [a, b].map((name) => this.byName.get(nameKey(name)))
      const [first, second] = rows
      if (first === undefined || second === undefined || first === second) {
        this.notes.push(
          `The correlation '${a}' ~ '${b}' is left out: it names ${first === second && first !== undefined ? 'one row twice' : `no row called “${first === undefined ? a : b}”`}.`,
        )
        continue
      }
      const plain = [first, second].find((row) => !this.isCorrelatable(row))
      if (plain !== undefined) {
        this.notes.push(
          `The correlation '${a}' ~ '${b}' is left out: “${this.states[plain]!.row.name}” is not itself a range. Correlate the ranges it is made of.`,
        )
        continue
      }
      pairs.push({ a: first, b: second, rho: Math.max(-1, Math.min(1, rho)) })
    }
    this.addHistoryPairs(pairs)
    for (const members of linkedSets(pairs)) {
      // In the order of ids, so that moving a row cannot change which of two rows keeps its draws.
      const rows = [...members].sort((a, b) => (this.states[a]!.row.id < this.states[b]!.row.id ? -1 : 1))
      const matrix = rows.map((a) =>
        rows.map((b) =>
          a === b
            ? 1
            : (pairs.find((pair) => (pair.a === a && pair.b === b) || (pair.a === b && pair.b === a))?.rho ?? 0),
        ),
      )
      const group = correlatedGroup(
        rows.map((row) => streamKeyOf(this.states[row]!.row.id, 0)),
        matrix,
      )
      if (group.wasProjected) {
        const told = rows.flatMap((a, i) =>
          rows.slice(i + 1).map((b, j) => [a, b, group.inForce[i]![i + 1 + j]!] as const),
        )
        const list = told.map(
          ([a, b, rho]) => `${this.states[a]!.row.name} ~ ${this.states[b]!.row.name} ${rho.toFixed(2)}`,
        )
        this.notes.push(`The correlations cannot all hold at once; the nearest that can are used: ${list.join(', ')}.`)
      }
      for (const [member, row] of rows.entries()) this.memberships.set(row, { index: this.groups.length, member })
      this.groups.push(group)
    }
  }

  /** Short histories are fitted column by column; columns of one source keep the rank correlation of their rows. */
  private addHistoryPairs(pairs: { a: number; b: number; rho: number }[]): void {
    const fitted: { row: number; source: string; column: string; values: Float64Array }[] = []
    for (const [row, { ast }] of this.states.entries()) {
      if (ast?.kind !== 'call' || ast.name !== 'from') continue
      const argument = ast.args[0]?.value
      const values = argument?.kind === 'column' ? this.historyOf(argument) : null
      if (argument?.kind !== 'column' || !values || fitHistory(values).kind === 'bootstrap') continue
      fitted.push({ row, source: nameKey(argument.source), column: nameKey(argument.column), values })
    }
    for (const [index, one] of fitted.entries()) {
      for (const other of fitted.slice(index + 1)) {
        if (
          one.source !== other.source ||
          pairs.some((pair) => [pair.a, pair.b].includes(one.row) && [pair.a, pair.b].includes(other.row))
        )
          continue
        const rho = one.column === other.column ? 0 : spearman(one.values, other.values)
        if (Math.abs(rho) > 1e-9) pairs.push({ a: one.row, b: other.row, rho: Math.max(-0.999, Math.min(0.999, rho)) })
      }
    }
  }

  private isCorrelatable(row: number): boolean {
    const { ast } = this.states[row]!
    if (!ast) return false
    if (ast.kind === 'range' || ast.kind === 'counts') return true
    return ast.kind === 'call' && DRAWS.has(ast.name) && ast.name !== 'each'
  }

  // ---- groups of rows

  private compileGroup(rows: readonly number[], isStepped: boolean): void {
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
    const segment = this.segments.length
    for (const row of rows) this.states[row]!.segment = segment
    this.segments.push({
      rows,
      isStepped,
      instructions: rows.some((row) => this.states[row]!.error) ? [] : this.instructions,
    })
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
      if (isStepped) this.emitTo(state.register!, { op: 'copy' }, [value.register], wholeOf(state.row.formula))
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
      unit = meetUnits(unit, value.unit) ?? unit
      if (this.shapeOf(value) & MONTH)
        throw new Problem('#VALUE!', place, `${override.key}: one number or range is wanted for one month.`)
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

  /** Whether chance reaches a row of a stepped group; rows outside the group are compiled already. */
  private isSampled(state: RowState, within: ReadonlySet<number>): boolean {
    const visit = (node: Expression): boolean => {
      if (node.kind === 'range' || node.kind === 'counts') return true
      if (node.kind === 'call' && STATISTICS.has(node.name)) return false
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

  // ---- expressions

  private expression(node: Expression): Value {
    switch (node.kind) {
      case 'number':
        return this.constant(node.value, node.currency ? parseUnit(node.currency) : LITERAL_UNIT, node.place)
      case 'month':
        return this.constant(serialOf(node.month), MONTH_UNIT, node.place)
      case 'period': {
        const count = constantOf(node.count) ?? Number.NaN
        return this.constant(count * MONTHS_IN_PERIOD[node.period], MONTHS_UNIT, node.place)
      }
      case 'percent': {
        const share = constantOf(node)
        if (share !== null) return this.constant(share, PERCENT_UNIT, node.place)
        const of = this.expression(node.of)
        return {
          register: this.binary('/', of.register, this.constant(100, LITERAL_UNIT, node.place).register, node.place),
          unit: PERCENT_UNIT,
        }
      }
      case 'text':
        throw new Problem(
          '#VALUE!',
          node.place,
          `“${node.value}” is text; rows hold numbers. For a row’s name use single quotes: '${node.value}'.`,
        )
      case 'name':
        return this.name(node.name, node.place)
      case 'column':
        throw new Problem(
          '#VALUE!',
          node.place,
          `A column of imported history is drawn with from('${node.source}'.${node.column}).`,
        )
      case 'pick':
        return this.pick(node)
      case 'span':
        throw new Problem(
          '#VALUE!',
          node.place,
          'A span of months stands for several numbers. Put it inside sum, avg, min, max, first or last.',
        )
      case 'unary': {
        const of = this.expression(node.of)
        return node.operator === '+'
          ? of
          : { register: this.emit({ op: 'unary', code: 'negate' }, [of.register], node.place), unit: of.unit }
      }
      case 'binary':
        return this.binaryExpression(node)
      case 'range':
        return this.range(node)
      case 'counts':
        return this.counts(node)
      case 'call':
        return this.call(node)
      case 'gap':
        throw new Problem('#SYNTAX!', node.place, 'Something is missing here.')
    }
  }

  private name(name: string, place: Place): Value {
    const index = this.byName.get(nameKey(name))
    if (index !== undefined) {
      const state = this.states[index]!
      return { register: state.register!, unit: state.unit }
    }
    const word = nameKey(name)
    if (word === 'month') return { register: this.emit({ op: 'months' }, [], place, MONTH), unit: MONTH_UNIT }
    if (word === 'true' || word === 'false') return this.constant(word === 'true' ? 1 : 0, RATIO_UNIT, place)
    if (functionNamed(word))
      throw new Problem('#NAME?', place, `“${name}” is a function: write ${functionNamed(word)!.signature}.`)
    throw new Problem(
      '#NAME?',
      place,
      this.tellUnknown(
        name,
        this.states.map((state) => state.row.name),
        'No row is called',
      ),
    )
  }

  private tellUnknown(name: string, known: Iterable<string>, what: string): string {
    const near = nearestName(name, known)
    return near === null
      ? `${what} “${name}”. Add it, or check the spelling.`
      : `${what} “${name}”. Did you mean ${near.includes(' ') ? `'${near}'` : near}?`
  }

  private pick(node: Expression & { kind: 'pick' }): Value {
    const { at } = node
    const of = this.expression(node.of)
    if (at.kind === 'prev' || at.kind === 'back') {
      const start = this.constant(0, of.unit, at.place)
      return {
        register: this.emit(
          { op: 'lag', months: at.kind === 'prev' ? 1 : at.months },
          [of.register, start.register],
          node.place,
          MONTH,
        ),
        unit: of.unit,
      }
    }
    if (at.kind === 'named') {
      const month = this.name(at.name, at.place)
      if (month.unit.kind === 'known' && meetUnits(month.unit, MONTH_UNIT) === null) {
        throw new Problem(
          '#VALUE!',
          at.place,
          `“${at.name}” is in ${tellUnit(month.unit)}; a month such as 2026-03 is wanted in the brackets.`,
        )
      }
      if (!(this.shapeOf(of) & MONTH)) return of
      const shape = (this.shapeOf(of) & SAMPLE) | this.shapeOf(month)
      return {
        register: this.emitShaped({ op: 'at named' }, [of.register, month.register], node.place, shape),
        unit: of.unit,
      }
    }
    const month = this.monthIndex(at)
    if (!(this.shapeOf(of) & MONTH)) return of
    if (this.isStepped(of.register))
      throw new Problem('#CYCLE!', node.place, 'A fixed month of a row cannot be used by rows that month depends on.')
    return {
      register: this.emitShaped({ op: 'at', month }, [of.register], node.place, this.shapeOf(of) & SAMPLE),
      unit: of.unit,
    }
  }

  private monthIndex(pick: MonthPick): number {
    const { months } = this.model
    if (pick.kind === 'first') return 0
    if (pick.kind === 'last') return months.length - 1
    if (pick.kind === 'month') {
      const index = months.indexOf(pick.month)
      if (index >= 0) return index
      throw new Problem(
        '#VALUE!',
        pick.place,
        `${pick.month} is outside the model’s months, ${months[0] ?? 'none'} to ${months.at(-1) ?? 'none'}.`,
      )
    }
    throw new Problem(
      '#VALUE!',
      pick.place,
      'A span of months is written with months, first or last: X[2026-01..2026-03].',
    )
  }

  private binaryExpression(node: Expression & { kind: 'binary' }): Value {
    const { operator, place } = node
    if (operator === '&') throw new Problem('#VALUE!', place, '& joins text; rows hold numbers.')
    const left = this.expression(node.left)
    const right = this.expression(node.right)
    const register = this.binary(operator, left.register, right.register, place)
    switch (operator) {
      case '*':
        this.noteMultipliedRange(node)
        return { register, unit: timesUnits(left.unit, right.unit, 1) }
      case '/':
        return { register, unit: timesUnits(left.unit, right.unit, -1) }
      case '^': {
        const unit = raiseUnit(left.unit, constantOf(node.right))
        if (unit === null)
          throw new Problem(
            '#UNIT!',
            place,
            `${tellUnit(left.unit)} is raised to a power that is not fixed; its unit would change. Use a number as power.`,
          )
        return { register, unit }
      }
      case '+':
      case '-': {
        const months = meetMonths(operator, left.unit, right.unit)
        return { register, unit: months ?? this.meet(node, left, right, operator === '+' ? 'added' : 'subtracted') }
      }
      default:
        this.meet(node, left, right, 'compared')
        return { register, unit: RATIO_UNIT }
    }
  }

  private meet(node: Expression & { kind: 'binary' }, left: Value, right: Value, verb: string): Unit {
    const unit = meetUnits(left.unit, right.unit)
    if (unit) return unit
    const { formula } = this.states[this.row]!.row
    const text = (part: Expression) => formula.slice(part.place.from, part.place.to)
    throw new Problem(
      '#UNIT!',
      node.place,
      `“${text(node.left)}” is in ${tellUnit(left.unit)} and “${text(node.right)}” in ${tellUnit(right.unit)}; they cannot be ${verb}. Convert one of them first.`,
    )
  }

  /** `250 * (12M to 70M)` draws once and multiplies: all 250 are then alike, which is seldom what is meant. */
  private noteMultipliedRange(node: Expression & { kind: 'binary' }): void {
    for (const [count, range] of [
      [node.left, node.right],
      [node.right, node.left],
    ] as const) {
      if (range.kind !== 'range') continue
      const row = count.kind === 'name' ? this.states[this.byName.get(nameKey(count.name)) ?? -1]?.ast : count
      const value = row ? constantOf(row) : null
      if (value === null || !Number.isInteger(value) || value < 2) continue
      this.notes.push(
        `“${this.states[this.row]!.row.name}” multiplies one range by ${value}, as if all ${value} came out alike. For ${value} separate draws write each(…, …).`,
      )
    }
  }

  // ---- chance

  private range(node: Expression & { kind: 'range' }): Value {
    const low = this.expression(node.low)
    const high = this.expression(node.high)
    const unit = meetUnits(low.unit, high.unit)
    if (unit === null)
      throw new Problem(
        '#UNIT!',
        node.place,
        `The ends of the range are in ${tellUnit(low.unit)} and ${tellUnit(high.unit)}; one unit is wanted.`,
      )
    const cover = node.cover ? constantOf(node.cover) : 0.8
    if (cover === null || !(cover > 0 && cover < 1)) {
      throw new Problem(
        '#VALUE!',
        (node.cover ?? node).place,
        '“at” takes the share of chance between the ends, above 0% and below 100%, such as at 90%.',
      )
    }
    const { declared } = this.states[this.row]!
    const isPercent =
      (unit.kind === 'known' && unit.isPercent) ||
      (unit.kind === 'literal' && declared.kind === 'known' && declared.isPercent)
    const ends = [constantOf(node.low), constantOf(node.high)] as const
    if (ends[0] !== null && ends[1] !== null) {
      if (fitRange(ends[0], ends[1], cover, isPercent) === null) {
        throw new Problem('#VALUE!', node.place, `The low end ${ends[0]} is above the high end ${ends[1]}. Swap them.`)
      }
      if (isPercent && ends[0] >= 0 && ends[1] <= 1 && (ends[0] < PERCENT_EDGE || ends[1] > 1 - PERCENT_EDGE)) {
        this.notes.push(
          `“${this.states[this.row]!.row.name}”: an end at 0% or 100% is read as 0.05% or 99.95%, because a share’s range reaches its ends only in the limit.`,
        )
      }
    }
    const coverValue = this.constant(cover, LITERAL_UNIT, node.place)
    return { register: this.draw({ kind: 'range', isPercent }, [low, high, coverValue], node.place), unit }
  }

  private counts(node: Expression & { kind: 'counts' }): Value {
    const hits = this.expression(node.hits)
    const tries = this.expression(node.tries)
    const [k, n] = [constantOf(node.hits), constantOf(node.tries)]
    if (k !== null && n !== null && !(k >= 0 && n >= k)) {
      throw new Problem(
        '#VALUE!',
        node.place,
        `“${k} of ${n}”: the first number counts some of the second, so it lies between 0 and ${n}.`,
      )
    }
    const half = this.constant(0.5, LITERAL_UNIT, node.place).register
    const a = this.binary('+', hits.register, half, node.place)
    const b = this.binary('+', this.binary('-', tries.register, hits.register, node.place), half, node.place)
    const args = [a, b].map((register) => ({ register, unit: RATIO_UNIT }))
    return { register: this.draw({ kind: 'beta' }, args, node.place), unit: PERCENT_UNIT }
  }

  private draw(draw: DrawKind, args: readonly Value[], place: Place): number {
    const literal = this.literal++
    const membership =
      this.body === null && literal === 0 && this.keyOwner === this.states[this.row]!.row.id
        ? (this.memberships.get(this.row) ?? null)
        : null
    const key = streamKeyOf(this.keyOwner, literal)
    const shape = SAMPLE | args.reduce((bits, arg) => bits | this.shapeOf(arg), 0)
    const group = membership && EVENTS.has(draw.kind) && shape & MONTH ? null : membership
    return this.emit(
      { op: 'draw', draw, key, group },
      args.map((arg) => arg.register),
      place,
      SAMPLE,
      this.body !== null,
    )
  }

  private history(node: Expression & { kind: 'call' }): Value {
    const argument = node.args[0]?.value
    if (argument?.kind !== 'column')
      throw new Problem(
        '#VALUE!',
        node.place,
        "from() takes a column of imported history, such as from('PR history'.ci_h).",
      )
    const values = this.historyOf(argument)
    if (!values) {
      const source = Object.entries(this.model.history).find(([name]) => nameKey(name) === nameKey(argument.source))
      throw new Problem(
        '#NAME?',
        argument.place,
        source
          ? this.tellUnknown(argument.column, Object.keys(source[1]), `“${source[0]}” has no column`)
          : this.tellUnknown(argument.source, Object.keys(this.model.history), 'No imported history is called'),
      )
    }
    const fit: HistoryFit = fitHistory(values)
    if (fit.kind === 'none') {
      throw new Problem(
        '#VALUE!',
        argument.place,
        `'${argument.source}'.${argument.column} has ${fit.n} known values; at least 2 are needed. Import more, or write a range.`,
      )
    }
    if (fit.kind === 'bootstrap' && fit.n < values.length) {
      this.notes.push(
        `'${argument.source}'.${argument.column}: ${values.length - fit.n} of ${values.length} rows have no value; samples that draw them are undefined.`,
      )
    }
    if (fit.kind !== 'bootstrap')
      return { register: this.draw({ kind: 'history', fit }, [], node.place), unit: UNKNOWN_UNIT }
    // Keyed by the source, not the row: columns of one source are drawn as whole rows. Two sums of separate draws stay separate.
    this.literal++
    const owner = this.body === null ? '' : ` ${this.keyOwner}`
    const key = streamKeyOf(`history ${nameKey(argument.source)}${owner}`, 0)
    const register = this.emit(
      { op: 'draw', draw: { kind: 'history', fit }, key, group: null },
      [],
      node.place,
      SAMPLE,
      this.body !== null,
    )
    return { register, unit: UNKNOWN_UNIT }
  }

  private historyOf(column: Expression & { kind: 'column' }): Float64Array | null {
    const source = Object.entries(this.model.history).find(([name]) => nameKey(name) === nameKey(column.source))?.[1]
    return (source && Object.entries(source).find(([name]) => nameKey(name) === nameKey(column.column))?.[1]) ?? null
  }

  private each(node: Expression & { kind: 'call' }): Value {
    const [countNode, whatNode] = node.args.filter((arg) => arg.name === null).map((arg) => arg.value)
    const shareNode = node.args.find((arg) => arg.name === 'share')?.value
    const count = this.expression(countNode!)
    const fixed = constantOf(countNode!)
    if (fixed !== null && (!(fixed >= 0) || fixed > MOST_DRAWS)) {
      throw new Problem('#VALUE!', countNode!.place, `each() adds up 0 to 100,000 separate draws, not ${fixed}.`)
    }
    const share = shareNode ? constantOf(shareNode) : 0
    if (share === null || !(share >= 0 && share <= 1)) {
      throw new Problem('#VALUE!', shareNode!.place, 'share: takes a correlation from 0% to 100%.')
    }
    // The range is drawn anew here; a row named alone stands for its formula, rows that one names keep their own draw.
    let drawn = whatNode!
    const named = whatNode!.kind === 'name' ? this.byName.get(nameKey(whatNode!.name)) : undefined
    if (named !== undefined) {
      const state = this.states[named]!
      if (state.overrides.length > 0 || !state.ast)
        throw new Problem(
          '#VALUE!',
          whatNode!.place,
          `each() draws a range; “${state.row.name}” has its own values by month.`,
        )
      drawn = state.ast
    }
    const outer: Instruction[] | null = this.body
    const body: Instruction[] = []
    this.body = body
    const host = this.row
    if (named !== undefined) this.row = named
    const value = this.expression(drawn)
    this.row = host
    this.body = outer
    const unitOfDraw = named === undefined ? value.unit : this.states[named]!.unit
    if (body.length === 0) {
      this.notes.push(
        `“${this.states[this.row]!.row.name}”: nothing inside each() is uncertain in itself, so it is the same as multiplying.`,
      )
      return {
        register: this.binary('*', count.register, value.register, node.place),
        unit: eachUnit(count.unit, unitOfDraw),
      }
    }
    const shareValue = this.constant(share, LITERAL_UNIT, node.place)
    const outside = body
      .flatMap((instruction) => instruction.args)
      .filter((register) => !this.registers[register]!.isRedrawn)
    const args = [count.register, shareValue.register, ...new Set(outside)]
    const shape = this.shapeOf(value)
    const register = this.emit(
      { op: 'each', body, result: value.register },
      args,
      node.place,
      SAMPLE | shape,
      outer !== null,
    )
    return { register, unit: eachUnit(count.unit, unitOfDraw) }
  }

  // ---- calls

  private call(node: Expression & { kind: 'call' }): Value {
    const entry = functionNamed(node.name)
    if (!entry) {
      throw new Problem(
        '#NAME?',
        { from: node.place.from, to: node.place.from + node.name.length },
        this.tellUnknown(
          node.name,
          FUNCTIONS.map((each) => each.name),
          'No function is called',
        ),
      )
    }
    const plain = node.args.filter((arg) => arg.name === null)
    const odd = node.args.find((arg) => arg.name !== null && !entry.named.includes(arg.name))
    if (odd)
      throw new Problem(
        '#VALUE!',
        odd.value.place,
        `${entry.name} has no “${odd.name}:”. It is written ${entry.signature}.`,
      )
    if (plain.length < entry.least || plain.length > entry.most) {
      const wanted = entry.least === entry.most ? `${entry.least}` : `${entry.least} to ${entry.most}`
      throw new Problem(
        '#VALUE!',
        node.place,
        `${entry.name} takes ${wanted} ${entry.most === 1 ? 'value' : 'values'}, here are ${plain.length}. It is written ${entry.signature}.`,
      )
    }
    const { place } = node
    const name = entry.name
    if (name === 'from') return this.history(node)
    if (name === 'each') return this.each(node)
    if (entry.group === 'statistics') return this.statistic(node, name as StatisticCode)
    const nodes = plain.map((arg) => arg.value)
    const span = nodes.length === 1 && nodes[0]!.kind === 'span' ? nodes[0] : null
    if (['sum', 'avg', 'min', 'max', 'first', 'last'].includes(name) && nodes.length === 1)
      return this.reduce(name as ReduceCode, nodes[0]!, span, place)
    const values = nodes.map((each) => this.expression(each))
    const registers = values.map((value) => value.register)
    const units = values.map((value) => value.unit)
    const unit = this.callUnit(node, entry.unit, values, nodes)
    const result = (register: number): Value => ({ register, unit })
    switch (name) {
      case 'sum':
      case 'avg': {
        const total = registers.slice(1).reduce((sum, next) => this.binary('+', sum, next, place), registers[0]!)
        return result(
          name === 'sum'
            ? total
            : this.binary('/', total, this.constant(registers.length, LITERAL_UNIT, place).register, place),
        )
      }
      case 'min':
      case 'max':
        return result(registers.slice(1).reduce((best, next) => this.binary(name, best, next, place), registers[0]!))
      case 'and':
      case 'or':
        return result(
          registers.reduce(
            (all, next) => this.binary(name, all, next, place),
            this.constant(name === 'and' ? 1 : 0, LITERAL_UNIT, place).register,
          ),
        )
      case 'abs':
      case 'int':
      case 'exp':
      case 'ln':
      case 'log10':
      case 'sqrt':
      case 'sign':
      case 'not':
      case 'month':
      case 'year':
      case 'quarter':
        return result(this.emit({ op: 'unary', code: name as UnaryCode }, registers, place))
      case 'round':
      case 'roundup':
      case 'rounddown':
        return result(
          this.binary(name, registers[0]!, registers[1] ?? this.constant(0, LITERAL_UNIT, place).register, place),
        )
      case 'mod':
      case 'iferror':
        return result(this.binary(name, registers[0]!, registers[1]!, place))
      case 'power':
        return result(this.binary('^', registers[0]!, registers[1]!, place))
      case 'if':
        return result(
          this.select(
            registers[0]!,
            registers[1]!,
            registers[2] ?? this.constant(0, LITERAL_UNIT, place).register,
            place,
          ),
        )
      case 'choose':
        return result(this.choose(registers, place))
      case 'switch':
        return result(this.switchOn(registers, place))
      case 'cumulate':
        return result(this.emit({ op: 'cumulate' }, registers, place, MONTH))
      case 'prev':
        return result(
          this.emit(
            { op: 'lag', months: 1 },
            [registers[0]!, registers[1] ?? this.constant(0, LITERAL_UNIT, place).register],
            place,
            MONTH,
          ),
        )
      case 'lag':
      case 'shift': {
        const months = constantOf(nodes[1]!)
        if (months === null || !Number.isInteger(months) || Math.abs(months) > 1200 || (name === 'lag' && months < 0)) {
          throw new Problem(
            '#VALUE!',
            nodes[1]!.place,
            `${name} takes a whole number of months typed in${name === 'lag' ? ', 0 or more' : ''}.`,
          )
        }
        return result(
          this.emit(
            { op: 'lag', months },
            [registers[0]!, registers[2] ?? this.constant(0, LITERAL_UNIT, place).register],
            place,
            MONTH,
          ),
        )
      }
      case 'monthsbetween':
        return result(this.binary('-', registers[1]!, registers[0]!, place))
      case 'growth':
        return result(this.emit(registers.length === 1 ? { op: 'change' } : { op: 'grow' }, registers, place, MONTH))
      case 'npv':
      case 'irr':
        return result(this.money(name, registers, place))
      case 'xnpv':
      case 'xirr':
      case 'payback': {
        if (!(this.shapeOf(values.at(-1)!) & MONTH))
          throw new Problem('#VALUE!', nodes.at(-1)!.place, `${name} looks at a row over months; this is one number.`)
        return result(this.money(name, registers, place))
      }
      case 'pmt':
      case 'sln':
      case 'erlangc':
      case 'queuewait':
      case 'batchdays': {
        if (name === 'batchdays' && registers.length % 2 === 0)
          throw new Problem(
            '#VALUE!',
            place,
            `Stages are given in pairs of capacity and mean days: ${entry.signature}.`,
          )
        return result(this.emit({ op: 'closed form', code: name as ClosedFormCode }, registers, place))
      }
      case 'discrete':
        if (registers.length % 2 === 1)
          throw new Problem('#VALUE!', place, `Values and weights come in pairs: ${entry.signature}.`)
        return result(this.draw({ kind: 'discrete' }, values, place))
      case 'normal':
      case 'lognormal':
      case 'uniform':
      case 'triangular':
      case 'pert':
      case 'beta':
      case 'gamma':
      case 'poisson':
      case 'bernoulli':
      case 'binomial':
        return {
          register: this.draw({ kind: name }, values, place),
          unit: unit.kind === 'literal' && name === 'bernoulli' ? RATIO_UNIT : unit,
        }
      default:
        throw new Problem('#NAME?', place, `“${name}” cannot be worked out here. ${units.length} values were given.`)
    }
  }

  private callUnit(
    node: Expression & { kind: 'call' },
    rule: string,
    values: readonly Value[],
    nodes: readonly Expression[],
  ): Unit {
    const meetAll = (some: readonly Value[]): Unit =>
      some.reduce<Unit>((unit, value) => {
        const met = meetUnits(unit, value.unit)
        if (met) return met
        throw new Problem(
          '#UNIT!',
          node.place,
          `${node.name} meets ${tellUnit(unit)} and ${tellUnit(value.unit)}; one unit is wanted.`,
        )
      }, LITERAL_UNIT)
    const first = values[0]!.unit
    switch (rule) {
      case 'same':
        return meetAll(values)
      case 'first':
        return first
      case 'second':
        return node.name === 'npv' ? meetAll(values.slice(1)) : (values[1]?.unit ?? UNKNOWN_UNIT)
      case 'same after first':
        return meetAll(values.slice(1))
      case 'months':
        return MONTHS_UNIT
      case 'month':
        return MONTH_UNIT
      case 'days':
        return parseUnit('days')
      case 'own':
        if (node.name === 'sqrt') return raiseUnit(first, 0.5) ?? UNKNOWN_UNIT
        if (node.name === 'power') {
          const unit = raiseUnit(first, constantOf(nodes[1]!))
          if (unit === null)
            throw new Problem(
              '#UNIT!',
              node.place,
              `${tellUnit(first)} is raised to a power that is not fixed. Use a number as power.`,
            )
          return unit
        }
        if (node.name === 'pmt') return values[2]!.unit
        if (node.name === 'growth') return values.length === 1 ? PERCENT_UNIT : first
        if (node.name === 'discrete') return meetAll(values.filter((_, index) => index % 2 === 0))
        if (node.name === 'switch')
          return meetAll(
            values.filter(
              (_, index) => index > 0 && (index % 2 === 0 || (index === values.length - 1 && index % 2 === 1)),
            ),
          )
        return UNKNOWN_UNIT
      default:
        return RATIO_UNIT
    }
  }

  private reduce(
    code: ReduceCode,
    node: Expression,
    span: (Expression & { kind: 'span' }) | null,
    place: Place,
  ): Value {
    const value = this.expression(span ? span.of : node)
    const [from, to] = span ? [this.monthIndex(span.from), this.monthIndex(span.to)] : [0, this.model.months.length - 1]
    if (from > to) throw new Problem('#VALUE!', place, 'The span of months ends before it begins.')
    if (!(this.shapeOf(value) & MONTH)) {
      if (!span || code !== 'sum') return value
      return {
        register: this.binary('*', value.register, this.constant(to - from + 1, LITERAL_UNIT, place).register, place),
        unit: value.unit,
      }
    }
    if (this.isStepped(value.register)) {
      throw new Problem(
        '#CYCLE!',
        place,
        `${code} over all months cannot be used by rows those months depend on. Use cumulate or prev.`,
      )
    }
    return {
      register: this.emitShaped(
        { op: 'reduce', code, from, to },
        [value.register],
        place,
        this.shapeOf(value) & SAMPLE,
      ),
      unit: value.unit,
    }
  }

  private money(code: MoneyCode, registers: readonly number[], place: Place): number {
    if (registers.some((register) => this.isStepped(register))) {
      throw new Problem(
        '#CYCLE!',
        place,
        `${code} looks at all months and cannot be used by rows those months depend on.`,
      )
    }
    const shape = registers.reduce((bits, register) => bits | (this.registers[register]!.shape & SAMPLE), 0)
    return this.emitShaped({ op: 'money', code }, registers, place, shape)
  }

  private statistic(node: Expression & { kind: 'call' }, code: StatisticCode): Value {
    const argument = node.args[0]!.value
    const value = this.expression(argument)
    const unit = code === 'p' ? RATIO_UNIT : value.unit
    const source = this.registers[value.register]!
    if (this.isStepped(value.register))
      throw new Problem(
        '#CYCLE!',
        node.place,
        'A statistic is known after the run and cannot feed the rows it is taken from.',
      )
    if (source.isRedrawn)
      throw new Problem('#VALUE!', node.place, 'A statistic cannot stand inside each(). Give it a row of its own.')
    const register = this.addRegister({
      shape: source.shape & MONTH,
      phase: source.phase === 'before' ? 'before' : 'after',
      isStepped: false,
      isRedrawn: false,
    })
    this.push({
      out: register,
      args: [value.register],
      operation: { op: 'statistic', code },
      row: this.row,
      place: node.place,
    })
    return { register, unit }
  }

  private select(condition: number, then: number, otherwise: number, place: Place): number {
    return this.emit({ op: 'select' }, [condition, then, otherwise], place)
  }

  private choose(registers: readonly number[], place: Place): number {
    const index = this.emit({ op: 'unary', code: 'int' }, [registers[0]!], place)
    let result = this.constant(Number.NaN, LITERAL_UNIT, place).register
    for (let k = registers.length - 1; k >= 1; k--) {
      const matches = this.binary('=', index, this.constant(k, LITERAL_UNIT, place).register, place)
      result = this.select(matches, registers[k]!, result, place)
    }
    return result
  }

  private switchOn(registers: readonly number[], place: Place): number {
    const hasDefault = registers.length % 2 === 0
    let result = hasDefault ? registers.at(-1)! : this.constant(Number.NaN, LITERAL_UNIT, place).register
    for (let k = registers.length - (hasDefault ? 3 : 2); k >= 1; k -= 2) {
      result = this.select(this.binary('=', registers[0]!, registers[k]!, place), registers[k + 1]!, result, place)
    }
    return result
  }

  // ---- emitting

  private constant(value: number, unit: Unit, place: Place): Value {
    let register = this.constants.get(value)
    if (register === undefined) {
      register = this.addRegister({ shape: 0, phase: 'before', isStepped: false, isRedrawn: false })
      this.constants.set(value, register)
      this.instructions.push({ out: register, args: [], operation: { op: 'constant', value }, row: this.row, place })
    }
    return { register, unit }
  }

  private binary(code: BinaryCode, left: number, right: number, place: Place): number {
    return this.emit({ op: 'binary', code }, [left, right], place)
  }

  /** Shape is that of all arguments together, and what the operation adds. */
  private emit(operation: Operation, args: readonly number[], place: Place, added = 0, isRedrawn = false): number {
    const shape = args.reduce((bits, register) => bits | this.registers[register]!.shape, added)
    return this.emitShaped(operation, args, place, shape, isRedrawn)
  }

  private emitShaped(
    operation: Operation,
    args: readonly number[],
    place: Place,
    shape: number,
    isRedrawn = false,
  ): number {
    const sources = args.map((register) => this.registers[register]!)
    const isAfter = sources.some((source) => source.phase === 'after')
    if (isAfter && shape & SAMPLE) {
      throw new Problem(
        '#VALUE!',
        place,
        'A statistic such as p90(…) is one number known after the run; it cannot be mixed with a row that varies by sample.',
      )
    }
    const register = this.addRegister({
      shape,
      phase: isAfter ? 'after' : shape & SAMPLE ? 'block' : 'before',
      isStepped: args.some((arg) => this.isStepped(arg)),
      isRedrawn: isRedrawn || sources.some((source) => source.isRedrawn),
    })
    this.push({ out: register, args, operation, row: this.row, place })
    return register
  }

  private emitTo(register: number, operation: Operation, args: readonly number[], place: Place): void {
    const isAfter = args.some((arg) => this.registers[arg]!.phase === 'after')
    if (isAfter && this.registers[register]!.shape & SAMPLE) {
      throw new Problem(
        '#VALUE!',
        place,
        'A statistic such as p90(…) is known only after the run; it cannot feed a row that varies by sample.',
      )
    }
    this.push({ out: register, args, operation, row: this.row, place })
  }

  private push(instruction: Instruction): void {
    if (this.body !== null && this.registers[instruction.out]!.isRedrawn) this.body.push(instruction)
    else this.instructions.push(instruction)
  }

  private addRegister(register: Register): number {
    this.registers.push(register)
    return this.registers.length - 1
  }

  /** Whether a register is filled month by month together with the one being compiled. */
  private isStepped(register: number): boolean {
    return register >= this.steppedFrom && this.registers[register]!.isStepped
  }

  private shapeOf(value: Value): number {
    return this.registers[value.register]!.shape
  }
}

/** The number an expression of literals stands for; null when it depends on rows or chance. */
export function constantOf(node: Expression): number | null {
  switch (node.kind) {
    case 'number':
      return node.value
    case 'period': {
      const count = constantOf(node.count)
      return count === null ? null : count * MONTHS_IN_PERIOD[node.period]
    }
    case 'percent': {
      if (node.of.kind === 'number' && node.of.currency === '') return percentOf(node.of.text)
      const of = constantOf(node.of)
      return of === null ? null : of / 100
    }
    case 'unary': {
      const of = constantOf(node.of)
      return of === null ? null : node.operator === '-' ? -of : of
    }
    case 'binary': {
      const left = constantOf(node.left)
      const right = constantOf(node.right)
      if (left === null || right === null) return null
      if (node.operator === '+') return left + right
      if (node.operator === '-') return left - right
      if (node.operator === '*') return left * right
      return node.operator === '/' && right !== 0 ? left / right : null
    }
    default:
      return null
  }
}

/** 65% through decimal text, so it is the double nearest 0.65; numbers with a suffix take the division. */
function percentOf(text: string): number {
  const direct = Number(`${text}e-2`)
  if (Number.isFinite(direct)) return direct
  const parsed = parseFormula(text).ast
  return parsed.kind === 'number' ? parsed.value / 100 : Number.NaN
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

function waiting(state: RowState, needed: RowState): FormulaError {
  const { code } = needed.error!
  return {
    code,
    row: state.row.id,
    place: wholeOf(state.row.formula),
    message: `“${state.row.name}” waits for “${needed.row.name}”, which shows ${code}.`,
  }
}

/** services times tokens/service = tokens; a draw without the count's unit below the line keeps its own unit. */
function eachUnit(count: Unit, drawn: Unit): Unit {
  if (count.kind !== 'known' || drawn.kind !== 'known') return drawn
  const cancels = Object.entries(count.powers).every(([word, power]) => drawn.powers[word] === -power)
  return cancels ? timesUnits(count, drawn, 1) : drawn
}

function wholeOf(formula: string): Place {
  return { from: 0, to: formula.length }
}

function linkedSets(pairs: readonly { a: number; b: number }[]): Set<number>[] {
  const sets: Set<number>[] = []
  for (const { a, b } of pairs) {
    const touched = sets.filter((set) => set.has(a) || set.has(b))
    const merged = new Set([a, b, ...touched.flatMap((set) => [...set])])
    for (const set of touched) sets.splice(sets.indexOf(set), 1)
    sets.push(merged)
  }
  return sets
}
