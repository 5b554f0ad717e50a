import { BLOCK } from '../chance/index.ts'
import { type CompiledModel, type Instruction, MONTH, SAMPLE } from './instructions.ts'
import type { Unit } from './run-plan.ts'

/** Longer runs keep more months of more rows at hand at once than fit in the cache. */
const MOST_IN_A_RUN = 64
/** Sums of fewer values are added up where they stand. */
const FEWEST_TO_SPREAD = 4

/**
 * The instructions of a block, put in an order that keeps few numbers under way:
 * - a long sum takes each value as soon as it is there, so that the value's room can be used again;
 * - what can be worked out month by month is gone through month by month together, so that what lies between rows needs room
 *   for one month only and stays in the cache.
 * What comes out is the same bit for bit: no sum changes the order of its values.
 */
export function walkMonths(compiled: CompiledModel, units: readonly Unit[]): readonly Unit[] {
  const walked: Unit[] = []
  let run: Instruction[] = []
  let written = new Set<number>()
  const flush = () => {
    if (run.length > 0) walked.push({ isStepped: true, instructions: run })
    run = []
    written = new Set()
  }
  for (const unit of spreadSums(compiled, units)) {
    if (unit.instructions.every((instruction) => isWalkable(compiled, instruction, unit.isStepped))) {
      if (run.length + unit.instructions.length > MOST_IN_A_RUN) flush()
      for (const instruction of unit.instructions) {
        run.push(instruction)
        written.add(instruction.out)
      }
      continue
    }
    // What needs nothing of the run at hand goes before it.
    if (unit.isStepped || unit.instructions.some((instruction) => readsAny(instruction, written))) flush()
    walked.push(unit)
  }
  flush()
  return walked
}

function isWalkable({ registers }: CompiledModel, { out, args, operation }: Instruction, isStepped: boolean): boolean {
  if ((registers[out]!.shape & (MONTH | SAMPLE)) !== (MONTH | SAMPLE)) return isStepped && operation.op === 'constant'
  switch (operation.op) {
    case 'copy':
    case 'unary':
    case 'binary':
    case 'sum':
    case 'select':
    case 'cumulate':
    case 'change':
    case 'grow':
    case 'closed form':
    case 'override':
      return true
    case 'lag':
      return operation.months >= 0 && args.length > 0
    default:
      return false
  }
}

function readsAny({ args, operation }: Instruction, registers: ReadonlySet<number>): boolean {
  if (args.some((register) => registers.has(register))) return true
  return operation.op === 'each' && operation.body.some((inner) => readsAny(inner, registers))
}

/** Long sums as single additions, each right after the value it adds. */
function spreadSums(compiled: CompiledModel, units: readonly Unit[]): readonly Unit[] {
  const madeBy = new Map<number, number>()
  for (const [index, { instructions }] of units.entries()) {
    for (const { out } of instructions) madeBy.set(out, index)
  }
  const after = new Map<number, Unit[]>()
  const isSpread = new Set<number>()
  for (const [index, { isStepped, instructions }] of units.entries()) {
    const [instruction] = instructions
    const { out, args, operation } = instruction!
    if (isStepped || operation.op !== 'sum' || args.length < FEWEST_TO_SPREAD) continue
    if ((compiled.registers[out]!.shape & (MONTH | SAMPLE)) !== (MONTH | SAMPLE)) continue
    isSpread.add(index)
    let ready = Math.max(madeBy.get(args[0]!) ?? -1, madeBy.get(args[1]!) ?? -1)
    for (let k = 1; k < args.length; k++) {
      ready = Math.max(ready, madeBy.get(args[k]!) ?? -1)
      const added: Instruction = {
        ...instruction!,
        args: [k === 1 ? args[0]! : out, args[k]!],
        operation: { op: 'binary', code: '+' },
      }
      const list = after.get(ready) ?? []
      after.set(ready, [...list, { isStepped: false, instructions: [added] }])
    }
  }
  if (isSpread.size === 0) return units
  return [
    ...(after.get(-1) ?? []),
    ...units.flatMap((unit, index) => [...(isSpread.has(index) ? [] : [unit]), ...(after.get(index) ?? [])]),
  ]
}

/** Where the registers of a block are kept. */
export interface Layout {
  /** Numbers each buffer holds. */
  readonly sizes: readonly number[]
  /** Register and buffer, pair by pair. */
  readonly places: readonly (readonly [register: number, buffer: number])[]
  /** Registers with room for one month only. */
  readonly passing: readonly number[]
}

interface Use {
  readonly first: number
  last: number
  isPassing: boolean
}

/** Gives every register of a block a buffer, used again once nothing later reads it. */
export function layOut(compiled: CompiledModel, units: readonly Unit[], kept: ReadonlySet<number>): Layout {
  const { registers, model } = compiled
  const uses = usesOf(compiled, units, kept)
  const byUnit: { first: number[]; last: number[] }[] = units.map(() => ({ first: [], last: [] }))
  const passing: number[] = []
  for (const [register, { first, last, isPassing }] of uses) {
    if (isPassing) {
      passing.push(register)
      continue
    }
    byUnit[first]!.first.push(register)
    if (!kept.has(register)) byUnit[last]!.last.push(register)
  }
  const sizes: number[] = []
  const placeOf = new Map<number, number>()
  const free = new Map<number, number[]>()
  const take = (register: number, size: number) => {
    if (placeOf.has(register)) return
    const buffer = free.get(size)?.pop() ?? sizes.push(size) - 1
    placeOf.set(register, buffer)
  }
  const release = (register: number) => {
    const buffer = placeOf.get(register)!
    const list = free.get(sizes[buffer]!)
    if (list) list.push(buffer)
    else free.set(sizes[buffer]!, [buffer])
  }
  for (const [index, { instructions }] of units.entries()) {
    for (const register of byUnit[index]!.first) {
      const { shape } = registers[register]!
      take(register, (shape & MONTH ? model.months.length : 1) * (shape & SAMPLE ? BLOCK : 1))
    }
    const lastRead = new Map<number, number>()
    for (const [at, { out, args }] of instructions.entries()) {
      for (const register of [out, ...args]) if (uses.get(register)?.isPassing) lastRead.set(register, at)
    }
    for (const [at, { out, args, operation }] of instructions.entries()) {
      const ending = [...new Set([out, ...args])].filter((register) => lastRead.get(register) === at)
      // Sample by sample an operator may write where it has just read.
      const { op } = operation
      const isInPlace = op === 'binary' || op === 'unary' || (op === 'fused' && !operation.isAdded)
      if (isInPlace) for (const register of ending) if (register !== out) release(register)
      if (uses.get(out)?.isPassing) take(out, BLOCK)
      for (const register of ending) if (register === out || !isInPlace) release(register)
    }
    for (const register of byUnit[index]!.last) release(register)
  }
  return { sizes, places: [...placeOf], passing }
}

/** From which unit to which each register is in use, and whether it is needed in no other month than it was filled in. */
function usesOf(
  { registers }: CompiledModel,
  units: readonly Unit[],
  kept: ReadonlySet<number>,
): ReadonlyMap<number, Use> {
  const uses = new Map<number, Use>()
  const note = (register: number, index: number, isSameMonth: boolean) => {
    const { phase, shape } = registers[register]!
    if (phase !== 'block') return
    const isWhole = (shape & (MONTH | SAMPLE)) === (MONTH | SAMPLE)
    const known = uses.get(register)
    if (!known)
      uses.set(register, { first: index, last: index, isPassing: isWhole && isSameMonth && !kept.has(register) })
    else {
      known.last = index
      if (!isSameMonth || known.first !== index) known.isPassing = false
    }
  }
  for (const [index, { isStepped, instructions }] of units.entries()) {
    const visit = ({ out, args, operation }: Instruction, isWalked: boolean) => {
      const { op } = operation
      const isBack = op === 'lag' || (op === 'fused' && operation.before > 0)
      args.forEach((register, k) => note(register, index, isWalked && !(op === 'change' || (isBack && k === 0))))
      note(out, index, isWalked && op !== 'cumulate' && op !== 'grow')
      if (op === 'each') operation.body.forEach((inner) => visit(inner, false))
    }
    for (const instruction of instructions) visit(instruction, isStepped)
  }
  return uses
}
