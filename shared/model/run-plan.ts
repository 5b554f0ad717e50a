import { BLOCK } from '../chance/index.ts'
import { type CompiledModel, type Instruction, MONTH, SAMPLE, type Segment } from './instructions.ts'

/** Instructions run as one: a single one, or the body of a group gone through month by month. */
export type Unit = { readonly isStepped: boolean; readonly instructions: readonly Instruction[] }

export interface RunPlan {
  readonly before: readonly Unit[]
  readonly block: readonly Unit[]
  readonly after: readonly Unit[]
  /** Registers that hold one number or one per month. */
  readonly fixed: readonly number[]
  /** Registers whose samples are kept: wanted rows and what statistics look at. */
  readonly kept: ReadonlySet<number>
}

export function wantedRows(compiled: CompiledModel, ids: readonly string[] | undefined): number[] {
  const all = compiled.rows.map((_, index) => index)
  if (!ids) return all
  const set = new Set(ids)
  return all.filter((index) => set.has(compiled.rows[index]!.id))
}

export function planRun(compiled: CompiledModel, wanted: readonly number[]): RunPlan {
  const needed = new Set<number>()
  const open = [...wanted]
  for (let row = open.pop(); row !== undefined; row = open.pop()) {
    if (needed.has(row)) continue
    needed.add(row)
    const { needs, segment } = compiled.rows[row]!
    open.push(...needs)
    if (segment >= 0) open.push(...compiled.segments[segment]!.rows)
  }
  const plan = emptyPlan()
  for (const segment of compiled.segments) {
    if (segment.rows.some((row) => needed.has(row))) planSegment(compiled, segment, plan)
  }
  for (const row of wanted) {
    const { register } = compiled.rows[row]!
    if (register !== null && compiled.registers[register]!.shape & SAMPLE) plan.kept.add(register)
  }
  return plan
}

interface OpenPlan extends RunPlan {
  readonly before: Unit[]
  readonly block: Unit[]
  readonly after: Unit[]
  readonly fixed: number[]
  readonly kept: Set<number>
}

export function emptyPlan(): OpenPlan {
  return { before: [], block: [], after: [], fixed: [], kept: new Set() }
}

/** Adds one segment to a plan: each instruction to its phase, those gone through month by month together. */
export function planSegment(compiled: CompiledModel, segment: Segment, plan: OpenPlan): void {
  const stepped: Instruction[] = []
  for (const instruction of segment.instructions) {
    const register = compiled.registers[instruction.out]!
    if (register.phase !== 'block') plan.fixed.push(instruction.out)
    if (register.isStepped && segment.isStepped) stepped.push(instruction)
    else plan[register.phase].push({ isStepped: false, instructions: [instruction] })
    if (instruction.operation.op === 'statistic') {
      const [source] = instruction.args
      if (compiled.registers[source!]!.shape & SAMPLE) plan.kept.add(source!)
    }
  }
  if (stepped.length > 0) {
    plan[compiled.registers[stepped[0]!.out]!.phase].push({ isStepped: true, instructions: stepped })
  }
}

/** Buffers of a block are used again once nothing later reads them, so a large model fits in the cache. */
export function assignBuffers(compiled: CompiledModel, plan: RunPlan, data: Float64Array[]): void {
  const months = compiled.model.months.length
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
      const size = (shape & MONTH ? months : 1) * (shape & SAMPLE ? BLOCK : 1)
      data[register] ??= free.get(size)?.pop() ?? new Float64Array(size)
    }
    for (const register of ending[index]!) {
      const { phase } = compiled.registers[register]!
      if (phase !== 'block' || plan.kept.has(register)) continue
      const buffer = data[register]!
      const list = free.get(buffer.length)
      if (list) list.push(buffer)
      else free.set(buffer.length, [buffer])
    }
  }
}
