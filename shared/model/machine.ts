import { type Day, epochDayOf } from '../calendar/index.ts'
import { BLOCK } from '../chance/index.ts'
import type { Seed } from '../quantities/index.ts'
import { closedForm } from './closed-forms.ts'
import { Draws } from './draws.ts'
import { blockLoop } from './block-loop.ts'
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
import {
  fixedTimesThree,
  fixedTimesTwo,
  plusFixedTimes,
  plusInto,
  plusProduct,
  plusProductInto,
  productOfThree,
} from './fused-loops.ts'
import { datedRate, datedValue, discount, internalRate, paybackOf } from './money-flows.ts'
import { parameters, Registers } from './registers.ts'
import type { Unit } from './run-plan.ts'
import { statisticOf } from './statistic-of.ts'
import { sumDraws } from './sum-draws.ts'

const factors = new Float64Array(BLOCK)

/** Day number of the first of a month given as year * 12 + month - 1. */
function dayOfSerial(serial: number): number {
  const whole = Math.round(serial)
  if (!(whole >= 12_000 && whole < 120_000)) return Number.NaN
  const month = String((whole % 12) + 1).padStart(2, '0')
  return epochDayOf(`${Math.floor(whole / 12)}-${month}-01` as Day)
}

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
          const [x, ao] = am === 0 ? [left, this.offset(a, t)] : [this.slice(a, t), 0]
          const [y, bo] = bm === 0 ? [right, this.offset(b, t)] : [this.slice(b, t), 0]
          blockLoop(code, this.slice(out, t), x, am, ao, y, bm, bo, count)
        }
        return
      }
      case 'fused':
        for (let t = first; t < last; t++) this.fused(operation, this.slice(out, t), args, t, count)
        return
      case 'sum':
        this.sum(target, out, args, first, last, count)
        return
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
          if (shape & SAMPLE) this.addTo(this.slice(out, t), out, t - 1, count)
          else target[o] = target[o]! + target[o - 1]!
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
    else target.set(data.subarray(so, so + count), o)
  }

  private copyMonths(target: Float64Array, source: number, first: number, last: number): void {
    const data = this.data[source]!
    const mask = this.monthMask(source)
    for (let t = first; t < last; t++) target[t] = data[t & mask]!
  }

  private sum(
    target: Float64Array,
    out: number,
    args: readonly number[],
    first: number,
    last: number,
    count: number,
  ): void {
    const isSampled = this.mask(out) !== 0
    for (let t = first; t < last; t++) {
      const o = this.offset(out, t)
      this.copy(target, o, args[0]!, t, count)
      for (let k = 1; k < args.length; k++) {
        if (isSampled) this.addTo(this.slice(out, t), args[k]!, t, count)
        else target[o] = target[o]! + this.data[args[k]!]![this.offset(args[k]!, t)]!
      }
    }
  }

  private fused(
    { code, before, isAdded }: Operation & { op: 'fused' },
    out: Float64Array,
    args: readonly number[],
    t: number,
    count: number,
  ): void {
    const [a, b, c, d] = args as [number, number, number, number]
    if (code === 'product') {
      const isFixed = this.mask(a) === 0
      const y = isFixed ? this.data[a]![this.offset(a, t)]! : 0
      if (args.length === 4) fixedTimesThree(out, y, this.slice(b, t), this.slice(c, t), this.slice(d, t), count)
      else if (isFixed) fixedTimesTwo(out, y, this.slice(b, t), this.slice(c, t), count)
      else productOfThree(out, this.slice(a, t), this.slice(b, t), this.slice(c, t), count)
      return
    }
    const sums = isAdded ? this.slice(args[args.length - 1]!, t) : null
    const start = args[args.length - (isAdded ? 2 : 1)]!
    const x = before === 0 ? this.slice(a, t) : t >= before ? this.slice(a, t - before) : this.spread(start, t, count)
    if (code === 'plus') {
      if (sums) plusInto(out, x, this.slice(b, t), sums, count)
      else blockLoop('+', out, x, -1, 0, this.slice(b, t), -1, 0, count)
    } else if (this.mask(b) === 0) plusFixedTimes(out, x, this.data[b]![this.offset(b, t)]!, this.slice(c, t), count)
    else if (sums) plusProductInto(out, x, this.slice(b, t), this.slice(c, t), sums, count)
    else plusProduct(out, x, this.slice(b, t), this.slice(c, t), count)
  }

  /** The block of month t of a register that may be the same in every sample. */
  private spread(register: number, t: number, count: number): Float64Array {
    if (this.mask(register) !== 0) return this.slice(register, t)
    return factors.fill(this.data[register]![this.offset(register, t)]!, 0, count)
  }

  private addTo(sums: Float64Array, register: number, t: number, count: number): void {
    if (this.mask(register) === 0) {
      blockLoop('+', sums, sums, -1, 0, this.data[register]!, 0, this.offset(register, t), count)
    } else blockLoop('+', sums, sums, -1, 0, this.slice(register, t), -1, 0, count)
  }

  private select(target: Float64Array, o: number, args: readonly number[], t: number, count: number): void {
    const [c, a, b] = args as [number, number, number]
    if (this.mask(c) === 0) {
      const test = this.data[c]![this.offset(c, t)]!
      if (test !== test) target.fill(Number.NaN, o, o + count)
      else this.copy(target, o, test !== 0 ? a : b, t, count)
      return
    }
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
      const [step, mask] = [this.offset(source, t), this.mask(source)]
      if (code === 'min' || code === 'max') binaryLoop(code, target, 0, target, 0, -1, data, step, mask, count)
      else if (mask === 0) target[0] = target[0]! + data[step]!
      else this.addTo(target, source, t, count)
    }
    if (code === 'avg') for (let i = 0; i < count; i++) target[i] = target[i]! / (to - from + 1)
  }

  private money(code: MoneyCode, target: Float64Array, args: readonly number[], count: number): void {
    const rates = code === 'npv' || code === 'xnpv' ? args[0]! : null
    const isDated = code === 'xnpv' || code === 'xirr'
    const given = rates === null ? args : args.slice(1)
    const rows = isDated ? given.slice(0, 1) : given
    const dates = isDated ? given[1] : undefined
    const columns = rows.flatMap((register) =>
      Array.from({ length: this.shapeOf(register) & MONTH ? this.months : 1 }, (_, t) => ({ register, t })),
    )
    if (code === 'npv') {
      this.netPresentValue(target, rates!, columns, count)
      return
    }
    const isOneRow = rows.length === 1 && columns.length > 1
    const [row] = rows as [number]
    const flows = isOneRow
      ? { data: this.data[row]!, at: 0, step: this.offset(row, 1), count: columns.length }
      : { data: new Float64Array(columns.length), at: 0, step: 1, count: columns.length }
    for (let i = 0; i < count; i++) {
      if (isOneRow) flows.at = i & this.mask(row)
      else {
        for (const [k, { register, t }] of columns.entries())
          flows.data[k] = this.data[register]![this.offset(register, t) + (i & this.mask(register))]!
      }
      const rate = rates === null ? 0 : this.data[rates]![i & this.mask(rates)]!
      if (code === 'irr') target[i] = internalRate(flows)
      else if (code === 'payback') target[i] = paybackOf(flows)
      else {
        const years = dates === undefined ? this.years() : this.yearsOf(dates, i)
        target[i] = code === 'xnpv' ? datedValue(rate, flows, years) : datedRate(flows, years)
      }
    }
  }

  /** `presentValue` of every sample at once, flow after flow from the last. */
  private netPresentValue(
    target: Float64Array,
    rates: number,
    columns: readonly { readonly register: number; readonly t: number }[],
    count: number,
  ): void {
    const rate = this.data[rates]!
    const step = this.mask(rates)
    for (let i = 0; i < count; i++) {
      factors[i] = discount(rate[i & step]!)
      // An undefined rate stays so with no flows at all.
      target[i] = factors[i]! - factors[i]!
    }
    for (let k = columns.length - 1; k >= 0; k--) {
      const { register, t } = columns[k]!
      const data = this.data[register]!
      const at = this.offset(register, t)
      const mask = this.mask(register)
      for (let i = 0; i < count; i++) target[i] = (target[i]! + data[at + (i & mask)]!) * factors[i]!
    }
  }

  /** Years from the first of the first date to the first of each, in sample i; NaN where a date is none. */
  private yearsOf(dates: number, i: number): Float64Array {
    const data = this.data[dates]!
    const days = Array.from({ length: this.months }, (_, t) =>
      dayOfSerial(data[this.offset(dates, t) + (i & this.mask(dates))]!),
    )
    return Float64Array.from(days, (day) => (day - days[0]!) / 365)
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
