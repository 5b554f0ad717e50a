import { pearson, ranksOf } from './correlation.ts'
import { orderOf } from './order-of.ts'
import type { ModelRun } from './run-model.ts'
import { meanOf, quantileOf } from './spread-of.ts'

/** How much of an output's spread comes from one input. */
export interface Driver {
  readonly id: string
  /** First-order share of the variance, 0 … 1: what would go if the input were known. */
  readonly share: number
  /** Whether more of the input goes with more of the output (rank correlation). */
  readonly sign: 1 | -1
  /** Median output while the input is near its P10, and near its P90. */
  readonly low: number
  readonly high: number
}

const BINS = 40

/**
 * Ranks inputs by the variance of the output's mean over 40 bins of the input, taken from the samples of one run (no further
 * runs), less what 40 random bins would show. Inputs without samples are left out. Largest share first.
 * Ishigami's function with a = 7, b = 0.1: 0.3139, 0.4424, 0.
 */
export function driversOf(run: ModelRun, outputId: string, inputIds: readonly string[]): readonly Driver[] {
  const output = run.sampleOf(outputId)
  if (!output) return []
  const drivers: Driver[] = []
  const ranks = new RanksOf(output)
  for (const id of inputIds) {
    const input = run.sampleOf(id)
    if (!input || id === outputId) continue
    drivers.push({ id, ...effectOf(input, output, ranks) })
  }
  return drivers.sort((a, b) => b.share - a.share)
}

export function effectOf(input: Float64Array, output: Float64Array, ranks = new RanksOf(output)): Omit<Driver, 'id'> {
  const [x, y, isWhole] = knownPairs(input, output)
  const n = x.length
  if (n < 2) return { share: 0, sign: 1, low: Number.NaN, high: Number.NaN }
  const order = orderOf(x)
  const sorted = new Float64Array(n)
  for (let k = 0; k < n; k++) sorted[k] = y[order[k]!]!
  const rank = pearson(ranksOf(x, order), isWhole ? ranks.value : ranksOf(y))
  const near = (share: number) => {
    const half = Math.max(1, Math.floor(n * 0.05))
    const middle = Math.round((n - 1) * share)
    return quantileOf(sorted.slice(Math.max(0, middle - half), Math.min(n, middle + half + 1)), 0.5)
  }
  return { share: firstOrderShare(order, x, sorted), sign: rank < 0 ? -1 : 1, low: near(0.1), high: near(0.9) }
}

/** Ranks of an output, worked out once for all inputs it is held against. */
class RanksOf {
  private readonly values: Float64Array
  private ranks: Float64Array | null = null

  constructor(values: Float64Array) {
    this.values = values
  }

  get value(): Float64Array {
    return (this.ranks ??= ranksOf(this.values))
  }
}

/** Both where both are known; the arrays themselves when that is everywhere. */
function knownPairs(a: Float64Array, b: Float64Array): readonly [Float64Array, Float64Array, boolean] {
  let isWhole = true
  for (let i = 0; i < b.length && isWhole; i++) isWhole = Number.isFinite(a[i]! + b[i]!)
  if (isWhole) return [a, b, true]
  const known: number[] = []
  for (let i = 0; i < b.length; i++) if (Number.isFinite(b[i]!) && Number.isFinite(a[i]!)) known.push(i)
  return [Float64Array.from(known, (i) => a[i]!), Float64Array.from(known, (i) => b[i]!), false]
}

function firstOrderShare(order: Uint32Array, input: Float64Array, sorted: Float64Array): number {
  const n = sorted.length
  const bins = Math.min(BINS, Math.max(2, Math.floor(n / 10)))
  const mean = meanOf(sorted)
  let total = 0
  for (let i = 0; i < n; i++) total += (sorted[i]! - mean) ** 2
  if (!(total > 0)) return 0
  let between = 0
  let from = 0
  for (let bin = 1; bin <= bins && from < n; bin++) {
    let to = Math.floor((n * bin) / bins)
    // Equal inputs stay in one bin, or a yes/no input would be cut at random.
    while (to < n && to > 0 && input[order[to]!] === input[order[to - 1]!]) to++
    const size = to - from
    if (size < 1) continue
    let binMean = 0
    for (let i = from; i < to; i++) binMean += sorted[i]! / size
    let within = 0
    for (let i = from; i < to; i++) within += (sorted[i]! - binMean) ** 2
    between += size * (binMean - mean) ** 2 - (size > 1 ? within / (size - 1) : 0)
    from = to
  }
  // Adding back the variance of the grand mean itself makes an idle input average exactly 0.
  return Math.max(0, Math.min(1, (between + total / (n - 1)) / total))
}
