import {
  type Expression,
  functionNamed,
  FUNCTIONS,
  LITERAL_UNIT,
  meetUnits,
  MONTH_UNIT,
  type MonthPick,
  parseUnit,
  type Place,
  RATIO_UNIT,
  tellUnit,
} from '../formula/index.ts'
import { callUnit } from './call-unit.ts'
import { ChanceCompiler } from './compile-chance.ts'
import { constantOf } from './constant-of.ts'
import { type Value } from './emitter.ts'
import {
  type ClosedFormCode,
  MONTH,
  type MoneyCode,
  type ReduceCode,
  SAMPLE,
  type StatisticCode,
  type UnaryCode,
} from './instructions.ts'
import { knownKey, mentionOf } from './known-mentions.ts'
import { Problem } from './problem.ts'

/** Calls of functions, each as the instructions that carry it out. */
export abstract class CallCompiler extends ChanceCompiler {
  protected call(node: Expression & { kind: 'call' }): Value {
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
    if (entry.group === 'known figures') return this.knownFigure(node, entry.signature)
    if (entry.group === 'statistics') return this.statistic(node, name as StatisticCode)
    const nodes = plain.map((arg) => arg.value)
    const span = nodes.length === 1 && nodes[0]!.kind === 'span' ? nodes[0] : null
    if (['sum', 'avg', 'min', 'max', 'first', 'last'].includes(name) && nodes.length === 1)
      return this.reduce(name as ReduceCode, nodes[0]!, span, place)
    const values = nodes.map((each) => this.expression(each))
    const registers = values.map((value) => value.register)
    const units = values.map((value) => value.unit)
    const unit = callUnit(node, entry.unit, values, nodes)
    const result = (register: number): Value => ({ register, unit })
    switch (name) {
      case 'sum':
      case 'avg': {
        const total =
          registers.length > 2
            ? this.emit({ op: 'sum' }, registers, place)
            : registers.slice(1).reduce((sum, next) => this.binary('+', sum, next, place), registers[0]!)
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
        const flow = name === 'xnpv' ? 1 : 0
        for (let k = flow; k < values.length; k++) {
          if (!(this.shapeOf(values[k]!) & MONTH))
            throw new Problem('#VALUE!', nodes[k]!.place, `${name} looks at a row over months; this is one number.`)
        }
        const dates = values[flow + 1]
        if (dates && meetUnits(dates.unit, MONTH_UNIT) === null) {
          throw new Problem(
            '#UNIT!',
            nodes[flow + 1]!.place,
            `${name} takes the months of its flows here, not ${tellUnit(dates.unit)}.`,
          )
        }
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

  protected knownFigure(node: Expression & { kind: 'call' }, signature: string): Value {
    const { place } = node
    const mention = mentionOf(node)
    if (mention === null)
      throw new Problem('#VALUE!', place, `${node.name} takes names, not values. It is written ${signature}.`)
    const known = this.model.known?.[knownKey(mention)]
    if (!known)
      throw new Problem(
        '#VALUE!',
        place,
        `${node.name}(…) is not at hand here. Use it in the plan or a scenario of a workbook, or type the number.`,
      )
    if ('wrong' in known) throw new Problem('#NAME?', place, known.wrong)
    const unit = parseUnit(known.unit)
    const [first = Number.NaN, ...others] = known.values
    if (others.length === 0 && Number.isFinite(first)) return this.constant(first, unit, place)
    const unknown = this.addRegister({ shape: 0, phase: 'before', isStepped: false, isRedrawn: false })
    this.push({
      out: unknown,
      args: [],
      operation: { op: 'constant', value: Number.NaN, why: known.why },
      row: this.row,
      place,
    })
    const months = known.values.flatMap((value, month) => (Number.isFinite(value) ? [month] : []))
    if (months.length === 0) return { register: unknown, unit }
    const values = months.map((month) => this.constant(known.values[month]!, unit, place).register)
    return { register: this.emit({ op: 'override', months }, [unknown, ...values], place, MONTH), unit }
  }

  protected reduce(
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

  protected money(code: MoneyCode, registers: readonly number[], place: Place): number {
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

  protected statistic(node: Expression & { kind: 'call' }, code: StatisticCode): Value {
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

  protected select(condition: number, then: number, otherwise: number, place: Place): number {
    return this.emit({ op: 'select' }, [condition, then, otherwise], place)
  }

  protected choose(registers: readonly number[], place: Place): number {
    const index = this.emit({ op: 'unary', code: 'int' }, [registers[0]!], place)
    let result = this.constant(Number.NaN, LITERAL_UNIT, place).register
    for (let k = registers.length - 1; k >= 1; k--) {
      const matches = this.binary('=', index, this.constant(k, LITERAL_UNIT, place).register, place)
      result = this.select(matches, registers[k]!, result, place)
    }
    return result
  }

  protected switchOn(registers: readonly number[], place: Place): number {
    const hasDefault = registers.length % 2 === 0
    let result = hasDefault ? registers.at(-1)! : this.constant(Number.NaN, LITERAL_UNIT, place).register
    for (let k = registers.length - (hasDefault ? 3 : 2); k >= 1; k -= 2) {
      result = this.select(this.binary('=', registers[0]!, registers[k]!, place), registers[k + 1]!, result, place)
    }
    return result
  }

  protected monthIndex(pick: MonthPick): number {
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
}
