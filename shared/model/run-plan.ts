import { type CompiledModel, type InlineLiteral, type Instruction, SAMPLE, type Segment } from './instructions.ts'

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

export function wantedLiterals(
  { literals }: CompiledModel,
  ids: readonly string[] | undefined,
): readonly InlineLiteral[] {
  if (!ids) return []
  const set = new Set(ids)
  return literals.filter(({ id }) => set.has(id))
}

export function planRun(
  compiled: CompiledModel,
  wanted: readonly number[],
  literals: readonly InlineLiteral[] = [],
): RunPlan {
  const needed = new Set<number>()
  const open = [...wanted, ...literals.map(({ row }) => row)]
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
  for (const { register } of literals) plan.kept.add(register)
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
