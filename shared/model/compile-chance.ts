import { type HistoryFit, fitHistory, fitRange, PERCENT_EDGE, streamKeyOf } from '../chance/index.ts'
import {
  type Expression,
  LITERAL_UNIT,
  meetUnits,
  nameKey,
  PERCENT_UNIT,
  type Place,
  RATIO_UNIT,
  tellUnit,
  timesUnits,
  type Unit,
  UNKNOWN_UNIT,
} from '../formula/index.ts'
import { constantOf } from './constant-of.ts'
import { Emitter, type Value } from './emitter.ts'
import { EVENTS } from './function-kinds.ts'
import { type DrawKind, type Instruction, MONTH, MOST_DRAWS, SAMPLE } from './instructions.ts'
import { Problem } from './problem.ts'
import { columnOf } from './read-correlations.ts'

/** Ranges, counts, history and sums of separate draws. */
export abstract class ChanceCompiler extends Emitter {
  protected abstract expression(node: Expression): Value

  protected abstract tellUnknown(name: string, known: Iterable<string>, what: string): string

  protected range(node: Expression & { kind: 'range' }): Value {
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

  protected counts(node: Expression & { kind: 'counts' }): Value {
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

  protected draw(draw: DrawKind, args: readonly Value[], place: Place): number {
    const literal = this.literal++
    const membership =
      this.body === null && literal === 0 && this.keyOwner === this.states[this.row]!.row.id
        ? (this.memberships.get(this.row) ?? null)
        : null
    const key = streamKeyOf(this.keyOwner, literal)
    const shape = SAMPLE | args.reduce((bits, arg) => bits | this.shapeOf(arg), 0)
    const isByMonth = EVENTS.has(draw.kind) && (shape & MONTH) !== 0
    if (membership && isByMonth)
      this.notes.push(
        `The correlations of “${this.states[this.row]!.row.name}” are left out: it is drawn anew in every month. Correlate a range its formula rests on.`,
      )
    const group = isByMonth ? null : membership
    const register = this.emit(
      { op: 'draw', draw, key, group },
      args.map((arg) => arg.register),
      place,
      SAMPLE,
      this.body !== null,
    )
    this.nameLiteral(literal, register, place)
    return register
  }

  protected history(node: Expression & { kind: 'call' }): Value {
    const argument = node.args[0]?.value
    if (argument?.kind !== 'column')
      throw new Problem(
        '#VALUE!',
        node.place,
        "from() takes a column of imported history, such as from('PR history'.ci_h).",
      )
    const values = columnOf(this.model.history, argument)
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
    this.notes.push(
      `“${this.states[this.row]!.row.name}” draws on '${argument.source}'.${argument.column}: ${fit.n} values, ${fit.kind === 'bootstrap' ? 'drawn again as they are' : 'the next one by a Student-t fit'}.`,
    )
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

  protected each(node: Expression & { kind: 'call' }): Value {
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
    const firstDraw = this.literal
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
    this.nameLiteral(firstDraw, register, node.place)
    return { register, unit: eachUnit(count.unit, unitOfDraw) }
  }
}

/** services times tokens/service = tokens; a draw without the count's unit below the line keeps its own unit. */
function eachUnit(count: Unit, drawn: Unit): Unit {
  if (count.kind !== 'known' || drawn.kind !== 'known') return drawn
  const cancels = Object.entries(count.powers).every(([word, power]) => drawn.powers[word] === -power)
  return cancels ? timesUnits(count, drawn, 1) : drawn
}
