import {
  BLOCK,
  fillCorrelated,
  fillNormals,
  fillPlainNormals,
  fillStratified,
  lognormalShare,
  normalQuantile,
  normalsOf,
  normalShareBelow,
  type RangeFit,
} from '../chance/index.ts'
import type { Seed } from '../quantities/index.ts'
import { type Filler, fillerFor, fillFromNormals, normalForm, valueAt } from './draw-values.ts'
import { type CompiledModel, type DrawKind, type Instruction, MONTH, type Operation, SAMPLE } from './instructions.ts'
import { parameters, type Registers } from './registers.ts'

const shares = new Float64Array(BLOCK)
const normals = new Float64Array(BLOCK)
const EVENT_KINDS = new Set<DrawKind['kind']>(['poisson', 'bernoulli', 'binomial'])

/** Fills registers with draws. What is drawn depends on the seed, the stream's key, the block and which draw of `each` it is. */
export class Draws {
  block = 0
  /** 0 outside each(); inside, which draw of it. */
  drawn = 0
  /** Of the common factor inside each(). */
  share = 0
  /** Draws the sums around the one at hand ask of it, multiplied. */
  around = 1
  private readonly ownSeed: Seed
  private redrawnRows: ReadonlySet<number> = new Set()
  private redrawnGroups: ReadonlySet<number> = new Set()
  private redrawnSeed: Seed | null = null
  /** Of the instruction at hand. */
  seed: Seed
  private readonly registers: Registers
  private readonly fillers = new Map<Instruction, Filler[]>()
  private readonly common = new Map<Instruction, Float64Array>()
  private readonly groupShares: (Float64Array[] | null)[]

  constructor(registers: Registers, seed: Seed) {
    this.registers = registers
    this.ownSeed = seed
    this.seed = seed
    this.groupShares = registers.compiled.groups.map(() => null)
  }

  openBlock(block: number): void {
    this.block = block
    this.groupShares.fill(null)
  }

  /** Draws of these rows, and of all that are correlated with them, come from another seed. */
  redraw(rows: ReadonlySet<number>, seed: Seed): void {
    const groups = groupsOf(this.registers.compiled)
    this.redrawnGroups = new Set([...rows].flatMap((row) => groups.get(row) ?? []))
    this.redrawnRows = rows
    this.redrawnSeed = seed
  }

  seedOf(row: number): Seed {
    return this.redrawnSeed !== null && this.redrawnRows.has(row) ? this.redrawnSeed : this.ownSeed
  }

  /** Fixed parameters may have changed since the last run. */
  forgetFillers(): void {
    this.fillers.clear()
  }

  /** Each `each` has common factors of its own. */
  forgetFactors(): void {
    this.common.clear()
  }

  fill(
    instruction: Instruction,
    operation: Operation & { op: 'draw' },
    target: Float64Array,
    first: number,
    last: number,
  ): void {
    const { args, out } = instruction
    const { registers } = this
    const { count } = registers
    const hasMonths = (this.registers.shapeOf(out) & MONTH) !== 0
    this.seed = this.seedOf(instruction.row)
    const isEvent = EVENT_KINDS.has(operation.draw.kind)
    const isFixed = args.every((register) => !(registers.shapeOf(register) & SAMPLE))
    let drawn: Float64Array | null = null
    for (let t = first; t < last; t++) {
      const o = registers.offset(out, t)
      const month = hasMonths && isEvent ? t + 1 : 0
      const filler = isFixed ? this.fillerOf(instruction, operation, t) : null
      if (this.drawn !== 0 && this.share > 0) {
        if (isFixed) registers.gather(args, t, 0)
        const form = isFixed ? normalForm(operation.draw, parameters) : null
        this.fillCommon(instruction, operation, month, form)
        if (form) {
          fillFromNormals(form, normals, target, o, count)
          continue
        }
        for (let i = 0; i < count; i++) {
          shares[i] = Math.min(1 - 2 ** -53, Math.max(1e-300, normalShareBelow(normals[i]!)))
        }
        drawn = filler?.from === 'normals' ? normals : shares
      } else if (drawn === null || month > 0) {
        drawn = filler?.from === 'normals' ? this.normalsAt(operation, month) : this.sharesAt(operation, month)
      }
      if (filler) filler.fill(drawn, target, o, count)
      else {
        const given = parameters.subarray(0, args.length)
        for (let i = 0; i < count; i++) {
          registers.gather(args, t, i)
          target[o + i] = valueAt(operation.draw, drawn[i]!, given)
        }
      }
    }
  }

  private fillerOf(instruction: Instruction, operation: Operation & { op: 'draw' }, t: number): Filler {
    let list = this.fillers.get(instruction)
    if (!list) this.fillers.set(instruction, (list = []))
    if (!list[t]) {
      this.registers.gather(instruction.args, t, 0)
      list[t] = fillerFor(operation.draw, Array.from(parameters.subarray(0, instruction.args.length)))
    }
    return list[t]
  }

  private sharesAt({ key, group }: Operation & { op: 'draw' }, month: number): Float64Array {
    if (this.drawn === 0 && group) return this.groupSharesOf(group)
    fillStratified(shares, this.seed, key, this.block, this.drawNumber(month))
    return shares
  }

  private normalsAt({ key, group }: Operation & { op: 'draw' }, month: number): Float64Array {
    // Draws of each() are too many to keep.
    if (this.drawn !== 0) fillPlainNormals(normals, this.seed, key, this.block, this.drawNumber(month))
    else if (!group) return normalsOf(this.seed, key, this.block, month)
    else {
      const own = this.groupSharesOf(group)
      for (let i = 0; i < BLOCK; i++) normals[i] = normalQuantile(own[i]!)
    }
    return normals
  }

  private drawNumber(month: number): number {
    return this.drawn === 0 ? month : nextDraw(this.drawn, month)
  }

  private groupSharesOf({ index, member }: { readonly index: number; readonly member: number }): Float64Array {
    let buffers = this.groupShares[index] ?? null
    if (!buffers) {
      const members = this.registers.compiled.groups[index]!
      buffers = members.keys.map(() => new Float64Array(BLOCK))
      const isRedrawn = this.redrawnSeed !== null && this.redrawnGroups.has(index)
      fillCorrelated(members, buffers, isRedrawn ? this.redrawnSeed! : this.ownSeed, this.block)
      this.groupShares[index] = buffers
    }
    return buffers[member]!
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
      fillNormals(factor, this.seed, operation.key, this.block, 0)
      this.common.set(instruction, factor)
    }
    const r = form?.kind === 'lognormal' ? lognormalShare(this.share, form.sigma) : this.share
    const [a, b] = [Math.sqrt(r), Math.sqrt(1 - r)]
    fillPlainNormals(normals, this.seed, operation.key, this.block, nextDraw(this.drawn, month))
    for (let i = 0; i < this.registers.count; i++) normals[i] = a * factor[i]! + b * normals[i]!
  }
}

/** The number of step `step` after draw `draw`; streams are told apart by it. */
export function nextDraw(draw: number, step: number): number {
  return (Math.imul(draw, 0x9e3779b1) + step) | 0
}

/** By row whose draw is correlated with others', the number of its group. */
export function groupsOf({ segments }: Pick<CompiledModel, 'segments'>): ReadonlyMap<number, number> {
  return new Map(
    segments.flatMap(({ instructions }) =>
      instructions.flatMap(({ operation, row }) =>
        operation.op === 'draw' && operation.group ? [[row, operation.group.index] as const] : [],
      ),
    ),
  )
}
