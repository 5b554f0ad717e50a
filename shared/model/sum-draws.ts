import { BLOCK, fillExponentials, lognormalShare, lognormalSum, normalsOf } from '../chance/index.ts'
import { normalForm } from './draw-values.ts'
import { type Draws, nextDraw } from './draws.ts'
import { type Instruction, MONTH, MOST_DRAWS, type Operation, SAMPLE } from './instructions.ts'
import { parameters, type Registers } from './registers.ts'

/** The part of the machine that sums need. */
interface Machine extends Registers {
  readonly draws: Draws
  /** Rows in which a sum of draws was drawn as one. */
  readonly shortSums: Set<number>
  execute(instruction: Instruction, from: number, to: number): void
}

type Each = Operation & { op: 'each' }

/** `each(count, …)`: draws the body anew `count` times and adds up its results. */
export function sumDraws(
  machine: Machine,
  instruction: Instruction,
  operation: Each,
  from: number,
  to: number,
  sums: 'short' | 'draw by draw',
): void {
  const { draws, data } = machine
  const { out, args } = instruction
  const target = data[out]!
  const counts = args[0]!
  const [outerDraw, outerShare] = [draws.drawn, draws.share]
  draws.forgetFactors()
  const share = data[args[1]!]![0]!
  const byMonth = (machine.shapeOf(counts) & MONTH) !== 0
  const hasMonths = (machine.shapeOf(out) & MONTH) !== 0
  for (let t = from; t < (byMonth ? to : from + 1); t++) {
    const [first, last] = byMonth ? [t, t + 1] : [from, to]
    const bases: number[] = []
    for (let month = first; month < (hasMonths ? last : first + 1); month++) bases.push(machine.offset(out, month))
    const most = startSums(machine, target, bases, counts, t)
    if (most * draws.around > MOST_DRAWS) {
      for (const o of bases) target.fill(Number.NaN, o, o + machine.count)
      continue
    }
    const base = byMonth ? nextDraw(outerDraw, 0x40000000 + t) : outerDraw
    if (sums === 'short' && outerDraw === 0 && bases.length === 1) {
      if (drawSumAsOne(machine, instruction, operation, t, share, base, bases[0]!)) continue
    }
    const numbers = data[counts]!
    const co = machine.offset(counts, t)
    const cm = machine.mask(counts)
    const { count } = machine
    const outerAround = draws.around
    draws.around = outerAround * Math.max(1, most)
    for (let k = 0; k < most; k++) {
      draws.drawn = nextDraw(base, k + 1)
      draws.share = share
      for (const inner of operation.body) machine.execute(inner, first, last)
      const result = data[operation.result]!
      for (const [index, o] of bases.entries()) {
        const ro = machine.offset(operation.result, first + index)
        const rm = machine.mask(operation.result)
        if (cm === 0) for (let i = 0; i < count; i++) target[o + i] = target[o + i]! + result[ro + (i & rm)]!
        else {
          for (let i = 0; i < count; i++) {
            if (numbers[co + i]! >= k + 0.5) target[o + i] = target[o + i]! + result[ro + (i & rm)]!
          }
        }
      }
    }
    draws.around = outerAround
  }
  draws.drawn = outerDraw
  draws.share = outerShare
}

/** Sets the sums to 0, or to undefined where the count is; returns the largest count, rounded. */
function startSums(machine: Machine, target: Float64Array, bases: readonly number[], counts: number, t: number) {
  const numbers = machine.data[counts]!
  const co = machine.offset(counts, t)
  const cm = machine.mask(counts)
  let most = 0
  for (let i = 0; i < machine.count; i++) {
    const n = numbers[co + (i & cm)]!
    const isSound = n > -0.5 && n <= MOST_DRAWS
    if (isSound && n > most) most = n
    for (const o of bases) target[o + i] = isSound ? 0 : Number.NaN
  }
  return Math.floor(most + 0.5)
}

const factor = new Float64Array(BLOCK)
/** Draw number of the sum as a whole; single draws count up from 1. */
const SUM = 0x20000000

/**
 * The sum of many draws of one lognormal range in two draws: what all share, exp(sigma sqrt(r) z0), times the sum of their
 * own parts, itself very nearly a shifted lognormal. False where the body is anything else or that is not accurate.
 */
function drawSumAsOne(
  machine: Machine,
  instruction: Instruction,
  { body, result }: Each,
  t: number,
  share: number,
  base: number,
  o: number,
): boolean {
  const [drawing] = body
  const counts = instruction.args[0]!
  if (body.length !== 1 || drawing!.out !== result || drawing!.operation.op !== 'draw') return false
  if (machine.shapeOf(counts) & SAMPLE || machine.shapeOf(result) & MONTH) return false
  if (drawing!.args.some((register) => machine.shapeOf(register) & SAMPLE)) return false
  machine.gather(drawing!.args, t, 0)
  const form = normalForm(drawing!.operation.draw, parameters)
  if (form?.kind !== 'lognormal') return false
  const r = share > 0 ? lognormalShare(share, form.sigma) : 0
  const n = Math.floor(machine.data[counts]![machine.offset(counts, t)]! + 0.5)
  const sum = lognormalSum(n, form.mu, form.sigma * Math.sqrt(1 - r))
  if (!sum) return false
  const { draws, count } = machine
  const { key } = drawing!.operation
  const target = machine.data[instruction.out]!
  const normalsAt = (draw: number) => normalsOf(draws.seedOf(drawing!.row), key, draws.block, draw)
  fillExponentials(target, o, sum.mu, sum.sigma, normalsAt(nextDraw(base, SUM)), count)
  for (let i = 0; i < count; i++) target[o + i] = target[o + i]! + sum.shift
  if (r > 0) {
    fillExponentials(factor, 0, 0, form.sigma * Math.sqrt(r), normalsAt(0), count)
    for (let i = 0; i < count; i++) target[o + i] = target[o + i]! * factor[i]!
  }
  machine.shortSums.add(instruction.row)
  return true
}
