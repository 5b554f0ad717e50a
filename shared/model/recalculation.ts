import { BLOCK } from '../chance/index.ts'
import type { Seed } from '../quantities/index.ts'
import { FlatProgram } from './flat-program.ts'
import { type CompiledModel, type Instruction, MONTH, SAMPLE } from './instructions.ts'
import { type Makers, makersIn } from './lost-value.ts'
import { Machine } from './machine.ts'
import { editBetween, isSameButFormula, isSameRow, type ModelEdit } from './model-edit.ts'
import { type PatchCompiler, patchCompilerOf } from './patch-compiler.ts'
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
/** What edits leave behind beside what there was at first; with more the model is compiled anew. */
const MOST_LEFT = { words: 2 ** 20, segments: 50_000, rows: 50_000 }
/** Numbers an edit may add before the others have to be put elsewhere. */
const ROOM = 2 ** 17

/**
 * A model that is being edited: compiled once, all numbers kept, and after a change only the changed rows and those that need
 * them are worked out again. What it gives is bit for bit what `runModel` gives for the same model, samples and seed.
 */
export class Recalculation {
  private readonly samples: number
  private readonly seed: Seed
  private model: Model
  private session: Session | null = null
  private readonly results = new Map<string, RowResult>()
  /** Whether the results stand in the order of the model. */
  private isInOrder = true
  /** Where rows stand in the model, in a list that change() may write into; made when it is first needed. */
  private places: ReadonlyMap<string, number> | null = null

  constructor(model: Model, { samples, seed }: RecalculationOptions) {
    this.samples = Math.max(1, Math.min(BLOCK, Math.floor(samples) || 1))
    this.seed = seed
    this.model = model
    this.start()
  }

  /** The results as they are now, by row id; the map stays the same one over all changes. */
  get rows(): ReadonlyMap<string, RowResult> {
    this.session?.tell(this.results)
    if (!this.isInOrder) {
      const results = new Map(this.results)
      this.results.clear()
      for (const { id } of this.model.rows) this.results.set(id, results.get(id)!)
      this.isInOrder = true
    }
    return this.results
  }

  /** The result of one row, without making those of all others. */
  row(id: string): RowResult | undefined {
    this.session?.tellRow(this.results, id)
    return this.results.get(id)
  }

  /** Takes the model as it is after any edit and returns the ids of the rows that were worked out again. */
  update(model: Model): readonly string[] {
    const edit = editBetween(this.model, model)
    this.model = model
    this.places = null
    if (edit === null) return this.start()
    if (edit.isReordered || edit.gone.length > 0) this.isInOrder = false
    for (const { id } of edit.gone) this.results.delete(id)
    return this.session?.take(edit, model) ?? this.start()
  }

  /** The same for one row alone, without looking at the others: what a slider moves. */
  change(row: ModelRow): readonly string[] {
    if (this.places === null) {
      this.model = { ...this.model, rows: [...this.model.rows] }
      this.places = new Map(this.model.rows.map(({ id }, index) => [id, index]))
    }
    const index = this.places.get(row.id)
    if (index === undefined) return []
    const old = this.model.rows[index]!
    const rows = this.model.rows as ModelRow[]
    if (!isSameButFormula(old, row))
      return this.update({ ...this.model, rows: rows.map((one) => (one === old ? row : one)) })
    if (isSameRow(old, row)) return []
    rows[index] = row
    const edit = { changed: [row], gone: [], come: [], isReordered: false }
    return this.session?.take(edit, this.model) ?? this.start()
  }

  private start(): readonly string[] {
    this.results.clear()
    this.isInOrder = true
    const compiler = patchCompilerOf(this.model)
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
  private readonly compiler: PatchCompiler
  private readonly compiled: CompiledModel
  private readonly machine: Machine
  private readonly samples: number
  private readonly plans: RunPlan[] = []
  /** What is certain and known before the samples. */
  private readonly program: FlatProgram
  private readonly programs: (readonly [number, number])[] = []
  /** Of words, segments and rows; more of them and all is compiled anew. */
  private readonly most: typeof MOST_LEFT
  private bytes: number
  private isReached: Uint8Array
  private isUntold: Uint8Array
  private isRun: Uint8Array
  /** What the row changed last reaches: a row that is dragged changes many times in a row. */
  private lastReach: { readonly from: number; readonly reach: Reach } | null = null
  /** Views of the numbers of every row that varies by sample. */
  private readonly kept = new Map<number, Float64Array[]>()

  constructor(compiler: PatchCompiler, compiled: CompiledModel, samples: number, seed: Seed) {
    this.compiler = compiler
    this.compiled = compiled
    this.samples = samples
    this.machine = new Machine(compiled, seed, 'short')
    this.machine.kept = this.kept
    this.bytes = bytesOf(compiled)
    this.isReached = new Uint8Array(compiled.rows.length)
    this.isUntold = new Uint8Array(compiled.rows.length)
    this.isRun = new Uint8Array(compiled.segments.length)
    const size = compiled.registers.reduce(
      (sum, { phase }, register) => sum + (phase === 'block' ? 0 : sizeOf(compiled, register)),
      ROOM,
    )
    this.program = new FlatProgram(this.machine, size)
    for (const segment of compiled.segments.keys()) this.plan(segment)
    for (const { register } of compiled.rows) if (register !== null) this.keep(register)
    this.most = {
      words: 2 * this.program.size + MOST_LEFT.words,
      segments: 2 * compiled.segments.length + MOST_LEFT.segments,
      rows: 2 * compiled.rows.length + MOST_LEFT.rows,
    }
  }

  /** Ids of the rows worked out again; null when the edit reaches further than the rows themselves. */
  take(edit: ModelEdit, model: Model): readonly string[] | null {
    const [only] = edit.changed
    if (only && edit.changed.length + edit.gone.length + edit.come.length === 1 && !edit.isReordered) {
      const index = this.compiler.indexOfRow(only.id)!
      const number = this.compiler.replaceNumber(index, only)
      if (number !== null) {
        this.machine.data[this.compiled.rows[index]!.register!]![0] = number
        return this.recompute([index])
      }
    }
    const count = this.compiled.registers.length
    const patch = this.compiler.patch(edit, model)
    const { registers, segments, rows } = this.compiled
    for (let register = count; register < registers.length; register++)
      this.bytes += 8 * sizeOf(this.compiled, register)
    const { most } = this
    const isWorn = this.program.size > most.words || segments.length > most.segments || rows.length > most.rows
    if (patch === null || isWorn || this.bytes > MOST_BYTES) return null
    this.lastReach = null
    this.isReached = grown(this.isReached, rows.length)
    this.isUntold = grown(this.isUntold, rows.length)
    this.isRun = grown(this.isRun, segments.length)
    this.machine.takeIn()
    for (const [from, to] of patch.moved) {
      this.plans[to] = this.plans[from]!
      this.programs[to] = this.programs[from]!
      this.plans[from] = emptyPlan()
      this.programs[from] = [0, 0]
    }
    for (const segment of patch.segments) {
      this.plan(segment)
      for (const row of segments[segment]!.rows) {
        const { register } = rows[row]!
        if (register !== null) this.keep(register)
      }
    }
    return this.recompute(patch.rows)
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

  /** Puts the results of all rows worked out since the last time into the map. */
  tell(results: Map<string, RowResult>): void {
    const makers = makersIn(this.compiled)
    for (let row = 0; row < this.isUntold.length; row++) this.tellAt(results, row, makers)
  }

  tellRow(results: Map<string, RowResult>, id: string): void {
    const index = this.compiler.indexOfRow(id)
    if (index !== undefined) this.tellAt(results, index, makersIn(this.compiled))
  }

  private tellAt(results: Map<string, RowResult>, row: number, makers: Makers): void {
    if (this.isUntold[row] === 0) return
    this.isUntold[row] = 0
    // A row that went before it was told.
    if (this.compiler.indexOfRow(this.compiled.rows[row]!.id) !== row) return
    // Copied, because results are looked at late and the numbers here change with the next edit.
    const samplesOf = (register: number) => this.kept.get(register)!.map((samples) => samples.slice())
    const result = resultOf(this.compiled, this.machine.data, samplesOf, row, this.samples, [], makers)
    results.set(result.id, result)
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
    const { dependents } = this.compiler
    const reached: number[] = []
    const run: number[] = []
    const open = [...changed]
    for (let row = open.pop(); row !== undefined; row = open.pop()) {
      if (this.isReached[row] === 1) continue
      this.isReached[row] = 1
      reached.push(row)
      for (const dependent of dependents[row]!) if (this.isReached[dependent] === 0) open.push(dependent)
      const { segment } = rows[row]!
      if (segment < 0 || this.isRun[segment] === 1) continue
      this.isRun[segment] = 1
      run.push(segment)
      if (segments[segment]!.rows.length > 1) open.push(...segments[segment]!.rows)
    }
    return [reached, run]
  }

  private plan(segment: number): void {
    const { instructions } = this.compiled.segments[segment]!
    const plan = emptyPlan()
    planSegment(this.compiled, this.compiled.segments[segment]!, plan)
    const allocate = ({ out, operation }: Instruction) => {
      if (this.compiled.registers[out]!.phase !== 'block') this.program.place(out)
      else this.machine.data[out] ??= new Float64Array(sizeOf(this.compiled, out))
      if (operation.op === 'each') operation.body.forEach(allocate)
    }
    instructions.forEach(allocate)
    for (const register of plan.kept) this.keep(register)
    this.plans[segment] = plan
    this.programs[segment] = this.program.add(plan.before)
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

function grown(marks: Uint8Array, size: number): Uint8Array {
  if (marks.length >= size) return marks
  const longer = new Uint8Array(size + (size >> 2))
  longer.set(marks)
  return longer
}
