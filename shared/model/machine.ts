import { type Day, epochDayOf } from '../calendar/index.ts'
import type { Seed } from '../quantities/index.ts'
import { closedForm } from './closed-forms.ts'
import { Draws } from './draws.ts'
import { binaryLoop, unaryLoop } from './elementwise.ts'
import {
  type CompiledModel,
  type Instruction,
  MONTH,
  type MoneyCode,
  type Operation,
  SAMPLE,
  type StatisticCode,
} from './instructions.ts'
import { datedRate, datedValue, internalRate, paybackOf, presentValue } from './money-flows.ts'
import { parameters, Registers } from './registers.ts'
import type { Unit } from './run-plan.ts'
import { statisticOf } from './statistic-of.ts'
import { sumDraws } from './sum-draws.ts'

/** Carries out instructions, one after the other, over months and the samples of a block. */
export class Machine extends Registers {
  readonly draws: Draws
  /** Whether sums of separate draws may be drawn as one where that is accurate. */
  private readonly sums: 'short' | 'draw by draw'
  /** Rows in which a sum of draws was drawn as one. */
  readonly shortSums = new Set<number>()
  private yearsFromStart: Float64Array | null = null

  constructor(compiled: CompiledModel, seed: Seed, sums: 'short' | 'draw by draw') {
    super(compiled)
    this.draws = new Draws(this, seed)
    this.sums = sums
  }

  openBlock(block: number, count: number): void {
    this.count = count
    this.draws.openBlock(block)
  }

  runUnits(units: readonly Unit[]): void {
    for (const { isStepped, instructions } of units) {
      if (!isStepped) {
        for (const instruction of instructions) this.execute(instruction, 0, this.months)
        continue
      }
      for (let t = 0; t < this.months; t++) for (const instruction of instructions) this.execute(instruction, t, t + 1)
    }
  }

  /** Without samples the months themselves are walked, in one go. */
  private monthMask(register: number): number {
    return this.shapeOf(register) & MONTH ? -1 : 0
  }

  execute(instruction: Instruction, from: number, to: number): void {
    const { operation, out, args } = instruction
    const target = this.data[out]!
    const shape = this.shapeOf(out)
    const count = shape & SAMPLE ? this.count : 1
    const first = shape & MONTH ? from : 0
    const last = shape & MONTH ? to : 1
    switch (operation.op) {
      case 'constant':
        target[0] = operation.value
        return
      case 'months':
        for (let t = first; t < last; t++) target[t] = this.compiled.firstMonth + t
        return
      case 'copy':
        if (!(shape & SAMPLE)) this.copyMonths(target, args[0]!, first, last)
        else for (let t = first; t < last; t++) this.copy(target, this.offset(out, t), args[0]!, t, count)
        return
      case 'unary': {
        const a = args[0]!
        const source = this.data[a]!
        if (!(shape & SAMPLE)) {
          unaryLoop(operation.code, target, first, source, this.offset(a, first), this.monthMask(a), last - first)
          return
        }
        for (let t = first; t < last; t++)
          unaryLoop(operation.code, target, this.offset(out, t), source, this.offset(a, t), this.mask(a), count)
        return
      }
      case 'binary': {
        const a = args[0]!
        const b = args[1]!
        const left = this.data[a]!
        const right = this.data[b]!
        const { code } = operation
        if (!(shape & SAMPLE)) {
          const am = this.monthMask(a)
          const bm = this.monthMask(b)
          binaryLoop(code, target, first, left, first & am, am, right, first & bm, bm, last - first)
          return
        }
        const [am, bm] = [this.mask(a), this.mask(b)]
        for (let t = first; t < last; t++) {
          const [o, ao, bo] = [this.offset(out, t), this.offset(a, t), this.offset(b, t)]
          binaryLoop(code, target, o, left, ao, am, right, bo, bm, count)
        }
        return
      }
      case 'select':
        for (let t = first; t < last; t++) this.select(target, this.offset(out, t), args, t, count)
        return
      case 'at':
        this.copy(target, 0, args[0]!, operation.month, count)
        return
      case 'at named':
        for (let t = first; t < last; t++) this.atNamed(target, this.offset(out, t), args, t, count)
        return
      case 'lag':
        for (let t = first; t < last; t++) {
          const source = t - operation.months
          const isInside = source >= 0 && source < this.months
          this.copy(target, this.offset(out, t), isInside ? args[0]! : args[1]!, isInside ? source : t, count)
        }
        return
      case 'cumulate':
        for (let t = first; t < last; t++) {
          const o = this.offset(out, t)
          this.copy(target, o, args[0]!, t, count)
          if (t === 0) continue
          const before = this.offset(out, t - 1)
          for (let i = 0; i < count; i++) target[o + i] = target[o + i]! + target[before + i]!
        }
        return
      case 'grow':
        for (let t = first; t < last; t++) {
          const o = this.offset(out, t)
          if (t === 0) {
            this.copy(target, o, args[0]!, t, count)
            continue
          }
          const before = this.offset(out, t - 1)
          const rate = this.data[args[1]!]!
          const ro = this.offset(args[1]!, t)
          const rm = this.mask(args[1]!)
          for (let i = 0; i < count; i++) target[o + i] = target[before + i]! * (1 + rate[ro + (i & rm)]!)
        }
        return
      case 'change':
        for (let t = first; t < last; t++) {
          const o = this.offset(out, t)
          const a = args[0]!
          if (t === 0) target.fill(Number.NaN, o, o + count)
          else {
            binaryLoop(
              '/',
              target,
              o,
              this.data[a]!,
              this.offset(a, t),
              this.mask(a),
              this.data[a]!,
              this.offset(a, t - 1),
              this.mask(a),
              count,
            )
            for (let i = 0; i < count; i++) target[o + i] = target[o + i]! - 1
          }
        }
        return
      case 'reduce':
        this.reduce(operation, target, args[0]!, count)
        return
      case 'money':
        this.money(operation.code, target, args, count)
        return
      case 'closed form':
        for (let t = first; t < last; t++) {
          const o = this.offset(out, t)
          for (let i = 0; i < count; i++) {
            this.gather(args, t, i)
            target[o + i] = closedForm(operation.code, parameters, args.length)
          }
        }
        return
      case 'draw':
        this.draws.fill(instruction, operation, target, first, last)
        return
      case 'each':
        sumDraws(this, instruction, operation, from, to, this.sums)
        return
      case 'override':
        for (let t = first; t < last; t++) {
          const at = operation.months.indexOf(t)
          this.copy(target, this.offset(out, t), args[at + 1]!, t, count)
        }
        return
      case 'statistic':
        this.statistic(operation.code, target, args[0]!)
    }
  }

  private copy(target: Float64Array, o: number, source: number, t: number, count: number): void {
    const data = this.data[source]!
    const so = this.offset(source, t)
    if (count === 1) target[o] = data[so]!
    else if (this.mask(source) === 0) target.fill(data[so]!, o, o + count)
    else for (let i = 0; i < count; i++) target[o + i] = data[so + i]!
  }

  private copyMonths(target: Float64Array, source: number, first: number, last: number): void {
    const data = this.data[source]!
    const mask = this.monthMask(source)
    for (let t = first; t < last; t++) target[t] = data[t & mask]!
  }

  private select(target: Float64Array, o: number, args: readonly number[], t: number, count: number): void {
    const [c, a, b] = args as [number, number, number]
    const [condition, then, otherwise] = [this.data[c]!, this.data[a]!, this.data[b]!]
    const [co, ao, bo] = [this.offset(c, t), this.offset(a, t), this.offset(b, t)]
    const [cm, am, bm] = [this.mask(c), this.mask(a), this.mask(b)]
    for (let i = 0; i < count; i++) {
      const test = condition[co + (i & cm)]!
      target[o + i] = test !== test ? Number.NaN : test !== 0 ? then[ao + (i & am)]! : otherwise[bo + (i & bm)]!
    }
  }

  private atNamed(target: Float64Array, o: number, args: readonly number[], t: number, count: number): void {
    const [x, month] = args as [number, number]
    const months = this.data[month]!
    const mo = this.offset(month, t)
    const mm = this.mask(month)
    const xm = this.mask(x)
    for (let i = 0; i < count; i++) {
      const at = Math.round(months[mo + (i & mm)]!) - this.compiled.firstMonth
      target[o + i] = at >= 0 && at < this.months ? this.data[x]![this.offset(x, at) + (i & xm)]! : Number.NaN
    }
  }

  private reduce(operation: Operation & { op: 'reduce' }, target: Float64Array, source: number, count: number): void {
    const { code, from, to } = operation
    const data = this.data[source]!
    this.copy(target, 0, source, code === 'last' ? to : from, count)
    if (code === 'first' || code === 'last') return
    for (let t = from + 1; t <= to; t++) {
      binaryLoop(
        code === 'min' || code === 'max' ? code : '+',
        target,
        0,
        target,
        0,
        -1,
        data,
        this.offset(source, t),
        this.mask(source),
        count,
      )
    }
    if (code === 'avg') for (let i = 0; i < count; i++) target[i] = target[i]! / (to - from + 1)
  }

  private money(code: MoneyCode, target: Float64Array, args: readonly number[], count: number): void {
    const takesRate = code === 'npv' || code === 'xnpv'
    const columns: { data: Float64Array; offset: number; mask: number }[] = []
    for (const register of takesRate ? args.slice(1) : args) {
      const months = this.shapeOf(register) & MONTH ? this.months : 1
      for (let t = 0; t < months; t++)
        columns.push({ data: this.data[register]!, offset: this.offset(register, t), mask: this.mask(register) })
    }
    const flows = new Float64Array(columns.length)
    const rate = args[0]!
    for (let i = 0; i < count; i++) {
      for (let k = 0; k < columns.length; k++) {
        const column = columns[k]!
        flows[k] = column.data[column.offset + (i & column.mask)]!
      }
      const rateValue = takesRate ? this.data[rate]![i & this.mask(rate)]! : 0
      if (code === 'npv') target[i] = presentValue(rateValue, flows, flows.length)
      else if (code === 'irr') target[i] = internalRate(flows, flows.length)
      else if (code === 'payback') target[i] = paybackOf(flows, flows.length)
      else if (code === 'xnpv') target[i] = datedValue(rateValue, flows, this.years(), flows.length)
      else target[i] = datedRate(flows, this.years(), flows.length)
    }
  }

  /** Years (365 days) from the first of the first month to the first of each month. */
  private years(): Float64Array {
    if (!this.yearsFromStart) {
      const days = this.compiled.model.months.map((month) => epochDayOf(`${month}-01` as Day))
      this.yearsFromStart = Float64Array.from(days, (day) => (day - days[0]!) / 365)
    }
    return this.yearsFromStart
  }

  private statistic(code: StatisticCode, target: Float64Array, source: number): void {
    const months = this.shapeOf(source) & MONTH ? this.months : 1
    const samples = this.kept.get(source)
    for (let t = 0; t < months; t++) {
      target[t] = samples ? statisticOf(code, samples[t]!) : statisticOf(code, Float64Array.of(this.data[source]![t]!))
    }
  }
}
