import {
  type Expression,
  functionNamed,
  LITERAL_UNIT,
  meetMonths,
  meetUnits,
  MONTH_UNIT,
  MONTHS_IN_PERIOD,
  MONTHS_UNIT,
  nameKey,
  nearestName,
  parseUnit,
  PERCENT_UNIT,
  type Place,
  raiseUnit,
  RATIO_UNIT,
  tellUnit,
  timesUnits,
  type Unit,
} from '../formula/index.ts'
import { CallCompiler } from './compile-calls.ts'
import { constantOf } from './constant-of.ts'
import { type Value } from './emitter.ts'
import { MONTH, SAMPLE } from './instructions.ts'
import { Problem } from './problem.ts'
import { serialOf } from './serial-of.ts'

/** Expressions: names, months, operators; units are checked on the way. */
export abstract class ExpressionCompiler extends CallCompiler {
  protected expression(node: Expression): Value {
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

  protected name(name: string, place: Place): Value {
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
        this.model.rows.map((row) => row.name),
        'No row is called',
      ),
    )
  }

  protected tellUnknown(name: string, known: Iterable<string>, what: string): string {
    const near = nearestName(name, known)
    return near === null
      ? `${what} “${name}”. Add it, or check the spelling.`
      : `${what} “${name}”. Did you mean ${near.includes(' ') ? `'${near}'` : near}?`
  }

  protected pick(node: Expression & { kind: 'pick' }): Value {
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

  protected binaryExpression(node: Expression & { kind: 'binary' }): Value {
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

  protected meet(node: Expression & { kind: 'binary' }, left: Value, right: Value, verb: string): Unit {
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
  protected noteMultipliedRange(node: Expression & { kind: 'binary' }): void {
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
}
