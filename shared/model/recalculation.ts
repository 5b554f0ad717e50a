import { BLOCK } from '../chance/index.ts'
import type { Seed } from '../quantities/index.ts'
import { type Compiler, compilerOf } from './compile-model.ts'
import { type CompiledModel, type Instruction, MONTH, SAMPLE } from './instructions.ts'
import { FlatProgram } from './flat-program.ts'
import { Machine } from './machine.ts'
import { resultOf } from './row-result.ts'
import { runModel } from './run-model.ts'
import { emptyPlan, planSegment, type RunPlan } from './run-plan.ts'
import type { Model, ModelRow, RowResult } from './types.ts'

export interface RecalculationOptions {
  /** 1 to 1,024, one block: what a sheet shows while it is edited. */
  readonly samples: number
  readonly seed: Seed
}

/** Models whose numbers take more room than this are run anew at every change. */
const MOST_BYTES = 128 * 2 ** 20
/** Registers of replaced formulas are given up; after this many the model is compiled anew. */
const MOST_SPARE = 20_000

/**
 * A model that is being edited: compiled once, all numbers kept, and after a change only the changed rows and those that need
 * them are worked out again. What it gives is bit for bit what `runModel` gives for the same model, samples and seed.
 */
export class Recalculation {
  private readonly samples: number
  private readonly seed: Seed
  private model: Model
  private session: Session | null = null
  private indexOf: ReadonlyMap<string, number> = new Map()
  private readonly results = new Map<string, RowResult>()

  constructor(model: Model, { samples, seed }: RecalculationOptions) {
    this.samples = Math.max(1, Math.min(BLOCK, Math.floor(samples) || 1))
    this.seed = seed
    this.model = model
    this.start()
  }

  /** The results as they are now, by row id; the map stays the same one over all changes. */
  get rows(): ReadonlyMap<string, RowResult> {
    this.session?.tell(this.results)
    return this.results
  }

  /** The result of one row, without making those of all others. */
  row(id: string): RowResult | undefined {
    const index = this.indexOf.get(id)
    if (index !== undefined) this.session?.tell(this.results, index, index + 1)
    return this.results.get(id)
  }

  /** Takes the model as it is after any edit and returns the ids of the rows that were worked out again. */
  update(model: Model): readonly string[] {
    const changed = changedRows(this.model, model)
    this.model = { ...model, rows: [...model.rows] }
    if (changed === null) return this.start()
    if (changed.length === 0) return []
    if (!this.session?.replace(this.model, changed)) return this.start()
    return this.session.recompute(changed)
  }

  /** The same for one row alone, without looking at the others: what a slider moves. */
  change(row: ModelRow): readonly string[] {
    const index = this.indexOf.get(row.id)
    if (index === undefined) return []
    const old = this.model.rows[index]!
    const rows = this.model.rows as ModelRow[]
    if (!isSameButFormula(old, row))
      return this.update({ ...this.model, rows: rows.map((one) => (one === old ? row : one)) })
    if (isSameRow(old, row)) return []
    rows[index] = row
    if (!this.session?.replace(this.model, [index])) return this.start()
    return this.session.recompute([index])
  }

  private start(): readonly string[] {
    // A list of its own, because change() puts rows into it.
    this.model = { ...this.model, rows: [...this.model.rows] }
    this.indexOf = new Map(this.model.rows.map(({ id }, index) => [id, index]))
    this.results.clear()
    const compiler = compilerOf(this.model)
    const compiled = compiler.compile()
    if (bytesOf(compiled) > MOST_BYTES) {
      this.session = null
      for (const [id, row] of runModel(compiled, { samples: this.samples, seed: this.seed }).rows)
        this.results.set(id, row)
    } else {
      this.session = new Session(compiler, compiled, this.samples, this.seed)
      this.session.recompute([...compiled.rows.keys()])
    }
    return compiled.rows.map(({ id }) => id)
  }
}

/** What an edit reaches, in order of evaluation. */
interface Reach {
  readonly rows: readonly number[]
  readonly ids: readonly string[]
  readonly segments: readonly number[]
  /** Segments with anything beside what is certain before the samples. */
  readonly later: readonly number[]
}

/** Compiled rows with all their numbers. */
class Session {
  private readonly compiler: Compiler
  private compiled: CompiledModel
  private readonly machine: Machine
  private readonly samples: number
  private readonly plans: RunPlan[]
  /** What is certain and known before the samples. */
  private readonly program: FlatProgram
  private readonly programs: (readonly [number, number])[] = []
  private readonly dependents: number[][]
  private readonly sizeAtStart: number
  private readonly isReached: Uint8Array
  private readonly isUntold: Uint8Array
  /** What the row changed last reaches: a row that is dragged changes many times in a row. */
  private lastReach: { readonly from: number; readonly reach: Reach } | null = null
  private readonly isRun: Uint8Array
  /** Views of the numbers of every row that varies by sample. */
  private readonly kept = new Map<number, Float64Array[]>()

  constructor(compiler: Compiler, compiled: CompiledModel, samples: number, seed: Seed) {
    this.compiler = compiler
    this.compiled = compiled
    this.samples = samples
    this.machine = new Machine(compiled, seed, 'short')
    this.machine.kept = this.kept
    this.dependents = compiled.rows.map(() => [])
    for (const [index, { needs }] of compiled.rows.entries()) for (const row of needs) this.dependents[row]!.push(index)
    this.sizeAtStart = compiled.registers.length
    this.isReached = new Uint8Array(compiled.rows.length)
    this.isUntold = new Uint8Array(compiled.rows.length)
    this.isRun = new Uint8Array(compiled.segments.length)
    const size = compiled.registers.reduce(
      (sum, { phase }, register) => sum + (phase === 'block' ? 0 : sizeOf(compiled, register)),
      MOST_SPARE,
    )
    this.program = new FlatProgram(this.machine, size)
    this.plans = compiled.segments.map((_, segment) => this.planOf(segment)!)
    for (const { register } of compiled.rows) if (register !== null) this.keep(register)
  }

  /** False when the change reaches further than the rows themselves. */
  replace(model: Model, changed: readonly number[]): boolean {
    if (this.compiled.registers.length > this.sizeAtStart + MOST_SPARE) return false
    if (this.compiled.model !== model) this.compiled = { ...this.compiled, model }
    return changed.every((index) => {
      const { segment, register } = this.compiled.rows[index]!
      const number = this.compiler.replaceNumber(index, model.rows[index]!)
      if (number !== null) {
        this.machine.data[register!]![0] = number
        return true
      }
      this.lastReach = null
      if (!this.compiler.replaceRow(index, model.rows[index]!)) return false
      for (const row of this.compiled.rows[index]!.needs)
        if (!this.dependents[row]!.includes(index)) this.dependents[row]!.push(index)
      const plan = this.planOf(segment)
      if (plan) this.plans[segment] = plan
      return plan !== null
    })
  }

  /** Ids of the rows worked out again; what they come to is told by `tell`. */
  recompute(changed: readonly number[]): readonly string[] {
    const { machine } = this
    const { rows, ids, segments, later } = this.reachOf(changed)
    for (const segment of segments) this.program.run(this.programs[segment]!)
    if (later.length > 0) {
      machine.draws.forgetFillers()
      machine.openBlock(0, this.samples)
      for (const phase of ['block', 'after'] as const)
        for (const segment of later) machine.runUnits(this.plans[segment]![phase])
    }
    for (const row of rows) this.isUntold[row] = 1
    return ids
  }

  /** Puts the results of all rows worked out since the last time into the map, or of one row. */
  tell(results: Map<string, RowResult>, from = 0, to = this.isUntold.length): void {
    // Copied, because results are looked at late and the numbers here change with the next edit.
    const samplesOf = (register: number) => this.kept.get(register)!.map((samples) => samples.slice())
    for (let row = from; row < to; row++) {
      if (this.isUntold[row] === 0) continue
      this.isUntold[row] = 0
      const result = resultOf(this.compiled, this.machine.data, samplesOf, row, this.samples, [])
      results.set(result.id, result)
    }
  }

  private reachOf(changed: readonly number[]): Reach {
    const from = changed.length === 1 ? changed[0]! : -1
    if (from >= 0 && this.lastReach?.from === from) return this.lastReach.reach
    this.isReached.fill(0)
    this.isRun.fill(0)
    const [reached, run] = this.reach(changed)
    const rows = inOrder(reached, this.isReached)
    const segments = inOrder(run, this.isRun)
    const later = segments.filter((segment) => {
      const { block, after } = this.plans[segment]!
      return block.length + after.length > 0
    })
    const reach = { rows, ids: rows.map((row) => this.compiled.rows[row]!.id), segments, later }
    this.lastReach = from >= 0 ? { from, reach } : null
    return reach
  }

  /** Marks the rows themselves, all that need them, and their groups. */
  private reach(changed: readonly number[]): readonly [number[], number[]] {
    const { rows, segments } = this.compiled
    const reached: number[] = []
    const run: number[] = []
    const open = [...changed]
    for (let row = open.pop(); row !== undefined; row = open.pop()) {
      if (this.isReached[row] === 1) continue
      this.isReached[row] = 1
      reached.push(row)
      for (const dependent of this.dependents[row]!) if (this.isReached[dependent] === 0) open.push(dependent)
      const { segment } = rows[row]!
      if (segment < 0 || this.isRun[segment] === 1) continue
      this.isRun[segment] = 1
      run.push(segment)
      if (segments[segment]!.rows.length > 1) open.push(...segments[segment]!.rows)
    }
    return [reached, run]
  }

  /** null when the program has no room for more. */
  private planOf(segment: number): RunPlan | null {
    this.machine.takeIn()
    const plan = emptyPlan()
    planSegment(this.compiled, this.compiled.segments[segment]!, plan)
    let hasRoom = true
    const allocate = ({ out, operation }: Instruction) => {
      if (this.compiled.registers[out]!.phase !== 'block') hasRoom &&= this.program.place(out)
      else this.machine.data[out] ??= new Float64Array(sizeOf(this.compiled, out))
      if (operation.op === 'each') operation.body.forEach(allocate)
    }
    this.compiled.segments[segment]!.instructions.forEach(allocate)
    if (!hasRoom) return null
    for (const register of plan.kept) this.keep(register)
    this.programs[segment] = this.program.add(plan.before)
    return plan
  }

  private keep(register: number): void {
    const { shape } = this.compiled.registers[register]!
    const data = this.machine.data[register]
    if (!(shape & SAMPLE) || !data || this.kept.has(register)) return
    const arrays = Array.from({ length: shape & MONTH ? this.machine.months : 1 }, (_, t) =>
      data.subarray(t * BLOCK, t * BLOCK + this.samples),
    )
    this.kept.set(register, arrays)
  }
}

/** A few are sorted; of many, the marks are gone through. */
function inOrder(indices: number[], marks: Uint8Array): readonly number[] {
  if (indices.length * 16 < marks.length) return indices.sort((a, b) => a - b)
  const ordered: number[] = []
  for (let index = 0; index < marks.length; index++) if (marks[index] === 1) ordered.push(index)
  return ordered
}

function sizeOf({ registers, model }: CompiledModel, register: number): number {
  const { shape } = registers[register]!
  return (shape & MONTH ? model.months.length : 1) * (shape & SAMPLE ? BLOCK : 1)
}

function bytesOf(compiled: CompiledModel): number {
  return compiled.registers.reduce((bytes, _, register) => bytes + 8 * sizeOf(compiled, register), 0)
}

/** Indices of rows with another formula or other months; null when anything else differs. */
function changedRows(before: Model, after: Model): readonly number[] | null {
  if (before.rows.length !== after.rows.length || !isSameAround(before, after)) return null
  const changed: number[] = []
  for (let index = 0; index < after.rows.length; index++) {
    const [old, row] = [before.rows[index]!, after.rows[index]!]
    if (old === row) continue
    if (!isSameButFormula(old, row)) return null
    if (!isSameRow(old, row)) changed.push(index)
  }
  return changed
}

function isSameAround(before: Model, after: Model): boolean {
  const isSameHistory =
    before.history === after.history || Object.keys(before.history).length + Object.keys(after.history).length === 0
  const isSameCorrelations =
    before.correlations === after.correlations || before.correlations.length + after.correlations.length === 0
  return (
    isSameHistory &&
    isSameCorrelations &&
    (before.known === after.known || JSON.stringify(before.known) === JSON.stringify(after.known)) &&
    before.months.length === after.months.length &&
    before.months.every((month, t) => month === after.months[t])
  )
}

function isSameButFormula(a: ModelRow, b: ModelRow): boolean {
  return a.id === b.id && a.name === b.name && a.unit === b.unit && a.kind === b.kind
}

function isSameRow(a: ModelRow, b: ModelRow): boolean {
  const months = Object.keys(a.overrides)
  return (
    a.formula === b.formula &&
    months.length === Object.keys(b.overrides).length &&
    months.every((month) => a.overrides[month] === b.overrides[month])
  )
}
