import { type CompiledModel, type FusedCode, type Instruction, MONTH, type Operation, SAMPLE } from './instructions.ts'
import type { Unit } from './run-plan.ts'

const MOST_FACTORS = 4

interface Counts {
  readonly written: ReadonlyMap<number, number>
  readonly read: ReadonlyMap<number, number>
}

/**
 * Puts operators that follow each other into one instruction where the number between them is needed nowhere else: products of
 * three and four, a + b * c, last month's value plus something, and a value that is added to a sum as soon as it is there. Most
 * of a run's time goes to writing and reading such numbers. Every single operation stays, in its order: same bits.
 */
export function fuse(compiled: CompiledModel, units: readonly Unit[], kept: ReadonlySet<number>): readonly Unit[] {
  const counts = countUses(units)
  return units.map((unit) =>
    unit.isStepped ? { ...unit, instructions: new UnitFuser(compiled, unit, counts, kept).fuse() } : unit,
  )
}

function countUses(units: readonly Unit[]): Counts {
  const written = new Map<number, number>()
  const read = new Map<number, number>()
  const visit = ({ out, args, operation }: Instruction) => {
    written.set(out, (written.get(out) ?? 0) + 1)
    for (const register of args) read.set(register, (read.get(register) ?? 0) + 1)
    if (operation.op !== 'each') return
    read.set(operation.result, (read.get(operation.result) ?? 0) + 1)
    operation.body.forEach(visit)
  }
  for (const { instructions } of units) instructions.forEach(visit)
  return { written, read }
}

class UnitFuser {
  private readonly compiled: CompiledModel
  private readonly counts: Counts
  private readonly kept: ReadonlySet<number>
  private readonly list: (Instruction | null)[]
  /** Where a number is made that one later instruction reads and nothing else, and whose parts stay as they are. */
  private readonly passing = new Map<number, number>()

  constructor(compiled: CompiledModel, unit: Unit, counts: Counts, kept: ReadonlySet<number>) {
    this.compiled = compiled
    this.counts = counts
    this.kept = kept
    this.list = [...unit.instructions]
  }

  fuse(): readonly Instruction[] {
    for (const [at, instruction] of this.list.entries()) {
      const told = this.together(instruction!)
      this.list[at] = told
      this.note(told, at)
    }
    return this.addAtOnce(this.list.flatMap((one) => one ?? []))
  }

  private readonly isSampled = (register: number) => (this.compiled.registers[register]!.shape & SAMPLE) !== 0

  private isWhole(register: number): boolean {
    return (this.compiled.registers[register]!.shape & (MONTH | SAMPLE)) === (MONTH | SAMPLE)
  }

  private note({ out, args }: Instruction, at: number): void {
    const { written, read } = this.counts
    const isReadOnce = written.get(out) === 1 && read.get(out) === 1 && !this.kept.has(out) && this.isWhole(out)
    if (isReadOnce && args.every((register) => (written.get(register) ?? 0) <= 1)) this.passing.set(out, at)
  }

  private made(register: number): Instruction | null {
    return this.list[this.passing.get(register) ?? -1] ?? null
  }

  private take(register: number): void {
    this.list[this.passing.get(register)!] = null
  }

  private together(instruction: Instruction): Instruction {
    const { out, args, operation } = instruction
    if (operation.op !== 'binary' || !this.isWhole(out) || args[0] === args[1]) return instruction
    if (operation.code === '*') return this.product(instruction)
    return operation.code === '+' ? this.afterEarlier(this.plusProduct(instruction)) : instruction
  }

  private product(instruction: Instruction): Instruction {
    for (const [inner, other] of eitherWay(instruction)) {
      const factors = factorsOf(this.made(inner))
      if (!factors || factors.length === MOST_FACTORS || !this.isSampled(other)) continue
      const args = fixedFirst([...factors, other], this.isSampled)
      if (args === null) continue
      this.take(inner)
      return { ...instruction, args, operation: fused('product') }
    }
    return instruction
  }

  private plusProduct(instruction: Instruction): Instruction {
    for (const [other, inner] of eitherWay(instruction)) {
      const product = this.made(inner)
      if (!isBinary(product, '*') || !this.isSampled(other)) continue
      const factors = fixedFirst(product!.args, this.isSampled)
      if (factors === null) continue
      this.take(inner)
      return { ...instruction, args: [other, ...factors], operation: fused('plus product') }
    }
    return instruction
  }

  /** Reads the months before where they stand, when the first argument is a copy of them. */
  private afterEarlier(instruction: Instruction): Instruction {
    const { args, operation } = instruction
    const [copy, ...rest] = args as [number, ...number[]]
    const earlier = this.made(copy)
    if (earlier?.operation.op !== 'lag' || earlier.operation.months < 1 || !rest.every(this.isSampled))
      return instruction
    const [source, start] = earlier.args
    if (start === undefined || !this.isWhole(source!)) return instruction
    this.take(copy)
    const whole = operation.op === 'fused' ? operation : fused('plus')
    return {
      ...instruction,
      args: [source!, ...rest, start],
      operation: { ...whole, before: earlier.operation.months },
    }
  }

  /** Sums right after what they add take it in the same go. */
  private addAtOnce(list: readonly Instruction[]): readonly Instruction[] {
    const told: Instruction[] = []
    for (const instruction of list) {
      const { out, args } = instruction
      const isAddition = isBinary(instruction, '+') && args[0] === out
      const source = isAddition ? told.findIndex((made) => made.out === args[1]) : -1
      const between = told.slice(source + 1)
      const isFree = between.every((other) => other.out !== out && other.out !== args[1] && !other.args.includes(out))
      const added = source >= 0 && isFree ? this.withSum(told[source]!, out) : null
      if (added) told[source] = added
      else told.push(instruction)
    }
    return told
  }

  private withSum(maker: Instruction, sums: number): Instruction | null {
    const { operation, args, out } = maker
    if (!this.isWhole(out) || args.includes(sums)) return null
    const isPlus = isBinary(maker, '+')
    if (!isPlus && (operation.op !== 'fused' || operation.code === 'product' || operation.isAdded)) return null
    const whole = operation.op === 'fused' ? operation : fused('plus')
    const operands = whole.before > 0 ? args.slice(0, -1) : args
    if (!operands.every(this.isSampled)) return null
    return { ...maker, args: [...args, sums], operation: { ...whole, isAdded: true } }
  }
}

type Fused = Operation & { op: 'fused' }

function fused(code: FusedCode): Fused {
  return { op: 'fused', code, before: 0, isAdded: false }
}

/** x + y and x * y are the same number either way round. */
function eitherWay({ args }: Instruction): readonly (readonly [number, number])[] {
  const [left, right] = args as [number, number]
  return [
    [left, right],
    [right, left],
  ]
}

function isBinary(instruction: Instruction | null, code: '*' | '+'): boolean {
  return instruction?.operation.op === 'binary' && instruction.operation.code === code
}

function factorsOf(instruction: Instruction | null): readonly number[] | null {
  if (instruction === null) return null
  const { operation, args } = instruction
  const isProduct = operation.op === 'fused' && operation.code === 'product'
  return isProduct || isBinary(instruction, '*') ? args : null
}

/** One factor at most may be the same in every sample and stands first; of four, one has to be. */
function fixedFirst(factors: readonly number[], isSampled: (register: number) => boolean): readonly number[] | null {
  const [first, second, ...rest] = factors as [number, number]
  if (!rest.every(isSampled) || !(isSampled(first) || isSampled(second))) return null
  const ordered = isSampled(second) ? factors : [second, first, ...rest]
  return factors.length === MOST_FACTORS && isSampled(ordered[0]!) ? null : ordered
}
