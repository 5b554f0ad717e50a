import {
  BLOCK,
  fillCorrelated,
  fillPlain,
  fillStratified,
  lognormalShare,
  normalQuantile,
  normalShareBelow,
  type RangeFit,
} from '../chance/index.ts'
import { type Day, epochDayOf } from '../calendar/index.ts'
import type { Seed } from '../quantities/index.ts'
import { closedForm } from './closed-forms.ts'
import { MOST_DRAWS } from './compile-model.ts'
import { type Filler, fillerFor, fillFromNormals, normalForm, valueAt } from './draw-values.ts'
import { binaryLoop, unaryLoop } from './elementwise.ts'
import {
  type CompiledModel,
  type CompiledRow,
  type Instruction,
  MONTH,
  type MoneyCode,
  type Operation,
  SAMPLE,
  type StatisticCode,
} from './instructions.ts'
import { datedRate, datedValue, internalRate, paybackOf, presentValue } from './money-flows.ts'
import { deviationOf, meanOf, quantileOf, spreadOf } from './spread-of.ts'
import type { FormulaError, RowResult } from './types.ts'

export interface RunOptions {
  readonly samples: number
  readonly seed: Seed
  /** Row ids whose results are wanted; only what they need is drawn. All rows when left out. */
  readonly wanted?: readonly string[]
  /** Called after each block of 1,024 samples. */
  readonly onBlock?: (done: number, of: number) => void
  readonly isCancelled?: () => boolean
}

export interface ModelRun {
  /** Wanted rows by id, in the model's order. */
  readonly rows: ReadonlyMap<string, RowResult>
  /** As many as were run: fewer than asked for when cancelled. */
  readonly samples: number
  readonly seed: Seed
  readonly cancelled: boolean
  /** All samples of a wanted row that varies by sample and not by month; null for others. Undefined samples are NaN. */
  sampleOf(id: string): Float64Array | null
  /** The same for a wanted row that varies by both: one array per month. */
  monthSamplesOf(id: string): readonly Float64Array[] | null
  readonly notes: readonly string[]
}

export const MOST_SAMPLES = 1_000_000

/**
 * Runs a compiled model. The same seed gives the same bits everywhere; the first n samples of a longer run are the samples of a
 * run of n; and a row's draws depend on nothing but the seed, its id and its own formula.
 */
export function runModel(compiled: CompiledModel, options: RunOptions): ModelRun {
  const asked = Math.max(1, Math.min(MOST_SAMPLES, Math.floor(options.samples) || 1))
  const wanted = wantedRows(compiled, options.wanted)
  const plan = planRun(compiled, wanted)
  const machine = new Machine(compiled, options.seed)
  for (const register of plan.fixed)
    machine.data[register] = new Float64Array(compiled.registers[register]!.shape & MONTH ? machine.months : 1)
  machine.runUnits(plan.before)

  const kept = new Map<number, Float64Array[]>()
  for (const register of plan.kept) {
    const arrays = compiled.registers[register]!.shape & MONTH ? machine.months : 1
    kept.set(
      register,
      Array.from({ length: arrays }, () => new Float64Array(asked)),
    )
  }
  let samples = 0
  let cancelled = false
  if (plan.block.length > 0) {
    assignBuffers(compiled, plan, machine)
    const blocks = Math.ceil(asked / BLOCK)
    for (let block = 0; block < blocks; block++) {
      if (options.isCancelled?.()) {
        cancelled = true
        break
      }
      machine.openBlock(block, Math.min(BLOCK, asked - samples))
      machine.runUnits(plan.block)
      for (const [register, arrays] of kept) {
        for (const [t, array] of arrays.entries())
          array.set(machine.data[register]!.subarray(t * BLOCK, t * BLOCK + machine.count), samples)
      }
      samples += machine.count
      options.onBlock?.(block + 1, blocks)
    }
  } else samples = asked
  if (cancelled)
    for (const [register, arrays] of kept)
      kept.set(
        register,
        arrays.map((array) => array.subarray(0, samples)),
      )
  machine.kept = kept
  machine.runUnits(plan.after)

  const notes = [...compiled.notes]
  const rows = new Map<string, RowResult>()
  for (const row of wanted) rows.set(compiled.rows[row]!.id, resultOf(compiled, machine, row, samples, notes))
  const byId = new Map(wanted.map((index) => [compiled.rows[index]!.id, compiled.rows[index]!]))
  const arraysOf = (id: string, shape: number): Float64Array[] | null => {
    const row = byId.get(id)
    if (!row || row.register === null) return null
    return compiled.registers[row.register]!.shape === shape ? (kept.get(row.register) ?? null) : null
  }
  return {
    rows,
    samples,
    seed: options.seed,
    cancelled,
    sampleOf: (id) => arraysOf(id, SAMPLE)?.[0] ?? null,
    monthSamplesOf: (id) => arraysOf(id, SAMPLE | MONTH),
    notes,
  }
}

/** Instructions run as one: a single one, or the body of a group gone through month by month. */
type Unit = { readonly isStepped: boolean; readonly instructions: readonly Instruction[] }

interface RunPlan {
  readonly before: readonly Unit[]
  readonly block: readonly Unit[]
  readonly after: readonly Unit[]
  /** Registers that hold one number or one per month. */
  readonly fixed: readonly number[]
  /** Registers whose samples are kept: wanted rows and what statistics look at. */
  readonly kept: ReadonlySet<number>
}

function wantedRows(compiled: CompiledModel, ids: readonly string[] | undefined): number[] {
  const all = compiled.rows.map((_, index) => index)
  if (!ids) return all
  const set = new Set(ids)
  return all.filter((index) => set.has(compiled.rows[index]!.id))
}

function planRun(compiled: CompiledModel, wanted: readonly number[]): RunPlan {
  const needed = new Set<number>()
  const open = [...wanted]
  for (let row = open.pop(); row !== undefined; row = open.pop()) {
    if (needed.has(row)) continue
    needed.add(row)
    const { needs, segment } = compiled.rows[row]!
    open.push(...needs)
    if (segment >= 0) open.push(...compiled.segments[segment]!.rows)
  }
  const plan = {
    before: [] as Unit[],
    block: [] as Unit[],
    after: [] as Unit[],
    fixed: [] as number[],
    kept: new Set<number>(),
  }
  for (const segment of compiled.segments) {
    if (!segment.rows.some((row) => needed.has(row))) continue
    const stepped: Instruction[] = []
    for (const instruction of segment.instructions) {
      const register = compiled.registers[instruction.out]!
      if (register.phase !== 'block') plan.fixed.push(instruction.out)
      if (register.isStepped) stepped.push(instruction)
      else plan[register.phase].push({ isStepped: false, instructions: [instruction] })
      if (instruction.operation.op === 'statistic') {
        const [source] = instruction.args
        if (compiled.registers[source!]!.shape & SAMPLE) plan.kept.add(source!)
      }
    }
    if (stepped.length > 0)
      plan[compiled.registers[stepped[0]!.out]!.phase].push({ isStepped: true, instructions: stepped })
  }
  for (const row of wanted) {
    const { register } = compiled.rows[row]!
    if (register !== null && compiled.registers[register]!.shape & SAMPLE) plan.kept.add(register)
  }
  return plan
}

/** Buffers of a block are used again once nothing later reads them, so a large model fits in the cache. */
function assignBuffers(compiled: CompiledModel, plan: RunPlan, machine: Machine): void {
  const lastUse = new Map<number, number>()
  const written: number[][] = []
  for (const [index, unit] of plan.block.entries()) {
    const outs: number[] = []
    const visit = (instruction: Instruction) => {
      outs.push(instruction.out)
      for (const register of [instruction.out, ...instruction.args]) lastUse.set(register, index)
      if (instruction.operation.op === 'each') instruction.operation.body.forEach(visit)
    }
    unit.instructions.forEach(visit)
    written.push([...new Set(outs)])
  }
  const ending: number[][] = plan.block.map(() => [])
  for (const [register, index] of lastUse) ending[index]!.push(register)
  const free = new Map<number, Float64Array[]>()
  for (const [index, outs] of written.entries()) {
    for (const register of outs) {
      const { shape } = compiled.registers[register]!
      const size = (shape & MONTH ? machine.months : 1) * (shape & SAMPLE ? BLOCK : 1)
      machine.data[register] ??= free.get(size)?.pop() ?? new Float64Array(size)
    }
    for (const register of ending[index]!) {
      const { phase } = compiled.registers[register]!
      if (phase !== 'block' || plan.kept.has(register)) continue
      const buffer = machine.data[register]!
      const list = free.get(buffer.length)
      if (list) list.push(buffer)
      else free.set(buffer.length, [buffer])
    }
  }
}

const shares = new Float64Array(BLOCK)
const normals = new Float64Array(BLOCK)
const parameters = new Float64Array(600)

/** The registers' contents and the loops that fill them. */
class Machine {
  readonly months: number
  readonly data: Float64Array[] = []
  count = 1
  kept: ReadonlyMap<number, Float64Array[]> = new Map()
  private readonly compiled: CompiledModel
  private readonly seed: Seed
  private block = 0
  /** 0 outside each(); inside, which draw of it. */
  private drawn = 0
  private share = 0
  private readonly fillers = new Map<Instruction, Filler[]>()
  private readonly common = new Map<Instruction, Float64Array>()
  private readonly groupShares: (Float64Array[] | null)[]
  private yearsFromStart: Float64Array | null = null

  constructor(compiled: CompiledModel, seed: Seed) {
    this.compiled = compiled
    this.seed = seed
    this.months = compiled.model.months.length
    this.groupShares = compiled.groups.map(() => null)
  }

  openBlock(block: number, count: number): void {
    this.block = block
    this.count = count
    this.groupShares.fill(null)
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

  shapeOf(register: number): number {
    return this.compiled.registers[register]!.shape
  }

  /** Where month t of a register begins. */
  private offset(register: number, t: number): number {
    const shape = this.shapeOf(register)
    return shape & MONTH ? (shape & SAMPLE ? t * BLOCK : t) : 0
  }

  /** -1 walks the samples of a register, 0 repeats its one value. */
  private mask(register: number): number {
    return this.shapeOf(register) & SAMPLE ? -1 : 0
  }

  private execute(instruction: Instruction, from: number, to: number): void {
    const { operation, out, args } = instruction
    const target = this.data[out]!
    const shape = this.shapeOf(out)
    const count = shape & SAMPLE ? this.count : 1
    const [first, last] = shape & MONTH ? [from, to] : [0, 1]
    switch (operation.op) {
      case 'constant':
        target[0] = operation.value
        return
      case 'months':
        for (let t = first; t < last; t++) target[t] = this.compiled.firstMonth + t
        return
      case 'copy':
        for (let t = first; t < last; t++) this.copy(target, this.offset(out, t), args[0]!, t, count)
        return
      case 'unary': {
        const a = args[0]!
        for (let t = first; t < last; t++)
          unaryLoop(operation.code, target, this.offset(out, t), this.data[a]!, this.offset(a, t), this.mask(a), count)
        return
      }
      case 'binary': {
        const [a, b] = args as [number, number]
        for (let t = first; t < last; t++) {
          binaryLoop(
            operation.code,
            target,
            this.offset(out, t),
            this.data[a]!,
            this.offset(a, t),
            this.mask(a),
            this.data[b]!,
            this.offset(b, t),
            this.mask(b),
            count,
          )
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
        this.draw(instruction, operation, target, first, last, count)
        return
      case 'each':
        this.each(instruction, operation, target, from, to)
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
    if (this.mask(source) === 0) target.fill(data[so]!, o, o + count)
    else for (let i = 0; i < count; i++) target[o + i] = data[so + i]!
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

  private gather(args: readonly number[], t: number, i: number): void {
    for (let k = 0; k < args.length; k++) {
      const register = args[k]!
      parameters[k] = this.data[register]![this.offset(register, t) + (i & this.mask(register))]!
    }
  }

  // ---- chance

  private draw(
    instruction: Instruction,
    operation: Operation & { op: 'draw' },
    target: Float64Array,
    first: number,
    last: number,
    count: number,
  ): void {
    const { args, out } = instruction
    const hasMonths = (this.shapeOf(out) & MONTH) !== 0
    const isEvent =
      operation.draw.kind === 'poisson' || operation.draw.kind === 'bernoulli' || operation.draw.kind === 'binomial'
    const isFixed = args.every((register) => !(this.shapeOf(register) & SAMPLE))
    for (let t = first; t < last; t++) {
      const o = this.offset(out, t)
      const month = hasMonths && isEvent ? t + 1 : 0
      if (this.drawn !== 0 && this.share > 0) {
        if (isFixed) this.gather(args, t, 0)
        const form = isFixed ? normalForm(operation.draw, parameters) : null
        this.fillCommon(instruction, operation, month, form)
        if (form) {
          fillFromNormals(form, normals, target, o, count)
          continue
        }
        for (let i = 0; i < count; i++) {
          shares[i] = Math.min(1 - 2 ** -53, Math.max(1e-300, normalShareBelow(normals[i]!)))
        }
      } else if (t === first || month > 0) this.fillShares(operation, month)
      const filler = isFixed ? this.fillerOf(instruction, operation, t) : null
      if (filler) filler(shares, target, o, count)
      else {
        const given = parameters.subarray(0, args.length)
        for (let i = 0; i < count; i++) {
          this.gather(args, t, i)
          target[o + i] = valueAt(operation.draw, shares[i]!, given)
        }
      }
    }
  }

  private fillerOf(instruction: Instruction, operation: Operation & { op: 'draw' }, t: number): Filler {
    let list = this.fillers.get(instruction)
    if (!list) this.fillers.set(instruction, (list = []))
    if (!list[t]) {
      this.gather(instruction.args, t, 0)
      list[t] = fillerFor(operation.draw, Array.from(parameters.subarray(0, instruction.args.length)))
    }
    return list[t]
  }

  private fillShares(operation: Operation & { op: 'draw' }, month: number): void {
    const { key, group } = operation
    if (this.drawn !== 0) {
      fillPlain(shares, this.seed, key, this.block, nextDraw(this.drawn, month))
      return
    }
    if (group) {
      let buffers = this.groupShares[group.index] ?? null
      if (!buffers) {
        const members = this.compiled.groups[group.index]!
        buffers = members.keys.map(() => new Float64Array(BLOCK))
        fillCorrelated(members, buffers, this.seed, this.block)
        this.groupShares[group.index] = buffers
      }
      shares.set(buffers[group.member]!)
      return
    }
    fillStratified(shares, this.seed, key, this.block, month)
  }

  /**
   * Draws with a common factor into `normals`: sqrt(r) z0 + sqrt(1 - r) z, where r makes lognormal values themselves, not only
   * their normals, correlate by `share`.
   */
  private fillCommon(
    instruction: Instruction,
    operation: Operation & { op: 'draw' },
    month: number,
    form: RangeFit | null,
  ): void {
    let factor = this.common.get(instruction)
    if (!factor) {
      factor = new Float64Array(BLOCK)
      fillStratified(factor, this.seed, operation.key, this.block, 0)
      for (let i = 0; i < BLOCK; i++) factor[i] = normalQuantile(factor[i]!)
      this.common.set(instruction, factor)
    }
    const r = form?.kind === 'lognormal' ? lognormalShare(this.share, form.sigma) : this.share
    const [a, b] = [Math.sqrt(r), Math.sqrt(1 - r)]
    fillPlain(shares, this.seed, operation.key, this.block, nextDraw(this.drawn, month))
    for (let i = 0; i < this.count; i++) normals[i] = a * factor[i]! + b * normalQuantile(shares[i]!)
  }

  private each(
    instruction: Instruction,
    operation: Operation & { op: 'each' },
    target: Float64Array,
    from: number,
    to: number,
  ): void {
    const { out, args } = instruction
    const counts = args[0]!
    const [outerDraw, outerShare] = [this.drawn, this.share]
    this.common.clear()
    const share = this.data[args[1]!]![0]!
    const byMonth = (this.shapeOf(counts) & MONTH) !== 0
    const hasMonths = (this.shapeOf(out) & MONTH) !== 0
    for (let t = from; t < (byMonth ? to : from + 1); t++) {
      const [first, last] = byMonth ? [t, t + 1] : [from, to]
      const bases: number[] = []
      for (let month = first; month < (hasMonths ? last : first + 1); month++) bases.push(this.offset(out, month))
      const most = this.startSums(target, bases, counts, t)
      const base = byMonth ? nextDraw(outerDraw, 0x40000000 + t) : outerDraw
      const numbers = this.data[counts]!
      const co = this.offset(counts, t)
      const cm = this.mask(counts)
      for (let k = 0; k < most; k++) {
        this.drawn = nextDraw(base, k + 1)
        this.share = share
        for (const inner of operation.body) this.execute(inner, first, last)
        const result = this.data[operation.result]!
        for (const [index, o] of bases.entries()) {
          const ro = this.offset(operation.result, first + index)
          const rm = this.mask(operation.result)
          if (cm === 0) for (let i = 0; i < this.count; i++) target[o + i] = target[o + i]! + result[ro + (i & rm)]!
          else {
            for (let i = 0; i < this.count; i++) {
              if (numbers[co + i]! >= k + 0.5) target[o + i] = target[o + i]! + result[ro + (i & rm)]!
            }
          }
        }
      }
    }
    this.drawn = outerDraw
    this.share = outerShare
  }

  /** Sets the sums to 0, or to undefined where the count is; returns the largest count, rounded. */
  private startSums(target: Float64Array, bases: readonly number[], counts: number, t: number): number {
    const numbers = this.data[counts]!
    const co = this.offset(counts, t)
    const cm = this.mask(counts)
    let most = 0
    for (let i = 0; i < this.count; i++) {
      const n = numbers[co + (i & cm)]!
      const isSound = n > -0.5 && n <= MOST_DRAWS
      if (isSound && n > most) most = n
      for (const o of bases) target[o + i] = isSound ? 0 : Number.NaN
    }
    return Math.floor(most + 0.5)
  }

  private statistic(code: StatisticCode, target: Float64Array, source: number): void {
    const months = this.shapeOf(source) & MONTH ? this.months : 1
    const samples = this.kept.get(source)
    for (let t = 0; t < months; t++) {
      target[t] = samples ? statisticOf(code, samples[t]!) : statisticOf(code, Float64Array.of(this.data[source]![t]!))
    }
  }
}

function statisticOf(code: StatisticCode, samples: Float64Array): number {
  switch (code) {
    case 'p': {
      let holds = 0
      for (let i = 0; i < samples.length; i++) if (samples[i]! !== 0 && samples[i]! === samples[i]!) holds++
      return holds / samples.length
    }
    case 'mean':
      return meanOf(samples)
    case 'sd':
      return deviationOf(samples)
    default:
      return quantileOf(samples, Number(code.slice(1)) / 100)
  }
}

function nextDraw(draw: number, step: number): number {
  return (Math.imul(draw, 0x9e3779b1) + step) | 0
}

// ---- results

function resultOf(
  compiled: CompiledModel,
  machine: Machine,
  index: number,
  samples: number,
  notes: string[],
): RowResult {
  const row = compiled.rows[index]!
  const head = { id: row.id, name: row.name, unit: row.unit }
  if (row.error || row.register === null) return { ...head, shape: 'error', error: row.error! }
  const shape = machine.shapeOf(row.register)
  if (shape & SAMPLE) {
    const spreads = machine.kept.get(row.register)!.map(spreadOf)
    const missing = spreads.map((spread) => spread.undefined)
    const most = Math.max(...missing)
    if (most > 0) {
      const where = shape & MONTH ? ` in ${compiled.model.months[missing.indexOf(most)]}` : ''
      notes.push(
        `“${row.name}”: ${most.toLocaleString('en-US')} of ${samples.toLocaleString('en-US')} samples have no value${where}.`,
      )
    }
    return shape & MONTH
      ? { ...head, shape: 'spread by month', spreads }
      : { ...head, shape: 'spread', spread: spreads[0]! }
  }
  const values = Array.from(machine.data[row.register]!, (value) => (Number.isFinite(value) ? value : Number.NaN))
  const known = values.filter((value) => value === value).length
  if (known === 0) return { ...head, shape: 'error', error: lostValue(compiled, machine, row, index) }
  if (!(shape & MONTH)) return { ...head, shape: 'number', value: values[0]! }
  if (known < values.length) {
    const first = compiled.model.months[values.findIndex((value) => value !== value)]
    notes.push(
      `“${row.name}”: ${values.length - known} of ${values.length} months have no value, the first is ${first}.`,
    )
  }
  return { ...head, shape: 'months', values }
}

/** Follows undefined values back to the instruction that made them from defined ones. */
function lostValue(compiled: CompiledModel, machine: Machine, row: CompiledRow, index: number): FormulaError {
  const makers = new Map<number, Instruction>()
  for (const segment of compiled.segments) {
    for (const instruction of segment.instructions)
      if (!makers.has(instruction.out) || instruction.operation.op !== 'copy') makers.set(instruction.out, instruction)
  }
  const isLost = (register: number) => machine.data[register]?.every((value) => !Number.isFinite(value)) ?? false
  let maker = makers.get(row.register!)
  for (let steps = 0; maker && steps < 10_000; steps++) {
    const operation: Operation = maker.operation
    const sources = operation.op === 'select' ? maker.args.slice(0, 1) : operation.op === 'constant' ? [] : maker.args
    const next = sources.find(isLost)
    if (next === undefined) break
    maker = makers.get(next) ?? maker
    if (maker.out !== next) break
  }
  const operation = maker?.operation
  const code = operation?.op === 'binary' && (operation.code === '/' || operation.code === 'mod') ? '#DIV/0!' : '#NUM!'
  if (maker && maker.row !== index) {
    const cause = compiled.rows[maker.row]!
    return {
      code,
      row: row.id,
      place: { from: 0, to: compiled.model.rows[index]!.formula.length },
      message: `“${row.name}” waits for “${cause.name}”, which shows ${code}.`,
    }
  }
  return {
    code,
    row: row.id,
    place: maker?.place ?? { from: 0, to: 0 },
    message: tellLoss(row.name, operation, machine.months),
  }
}

function tellLoss(name: string, operation: Operation | undefined, months: number): string {
  if (operation?.op === 'binary' && (operation.code === '/' || operation.code === 'mod')) {
    return `“${name}” divides by zero. Use iferror(…, 0) if that is meant, or check the divisor.`
  }
  if (operation?.op === 'money' && operation.code === 'payback')
    return `“${name}” does not come back to 0 within the ${months} months. Look at more months.`
  if (operation?.op === 'money')
    return `“${name}” has no rate or value: the flows need both signs and a rate above -100%.`
  if (operation?.op === 'closed form')
    return `“${name}” has no steady value: work arrives faster than it can be served, or an argument is out of its range.`
  if (operation?.op === 'unary') return `“${name}” takes ${operation.code} of a number that has none.`
  return `“${name}” has no value: a number is out of the range its formula can take.`
}
