import type { Seed } from '../quantities/index.ts'
import type { CompiledModel } from './instructions.ts'
import { groupsOf } from './draws.ts'
import { runModel } from './run-model.ts'
import { meanOf } from './spread-of.ts'

/** What one input does to the spread of an output, alone and together with others. */
export interface SobolIndex {
  readonly id: string
  /** First-order share of the variance: what would go if the input were known. */
  readonly first: number
  /** Total share: what would stay if everything else were known. More than `first` where inputs work together. */
  readonly total: number
}

/** Any seed that is not the run's own: what the inputs are drawn from a second time. */
const SECOND = 0x5b0b01

/** What is drawn a second time in one of the runs: nothing, everything, or one row. */
export type Redrawn = 'nothing' | 'everything' | { readonly row: string }

export interface SobolOptions {
  readonly samples: number
  readonly seed: Seed
  readonly isCancelled?: () => boolean
}

/**
 * Sobol's indices by as many runs as there are inputs, and two: each input in turn is drawn anew while all others keep their
 * draws (Saltelli 2010 for the first order, Jansen for the total). For when the indices of one run (`driversOf`) are not
 * enough: those know nothing of inputs that matter only together. Ishigami's function with a = 7, b = 0.1: first 0.3139,
 * 0.4424, 0 and total 0.5576, 0.4424, 0.2437. null: the output has no samples or no spread. Inputs are taken to be drawn
 * apart; those that are correlated are drawn anew together, and their shares are those of all of them.
 */
export function sobolOf(
  compiled: CompiledModel,
  outputId: string,
  inputIds: readonly string[],
  options: SobolOptions & { readonly onRun?: (done: number, of: number) => void },
): readonly SobolIndex[] | null {
  const runs = sobolRuns(inputIds)
  const outputs: Float64Array[] = []
  for (const redrawn of runs) {
    const output = sobolOutput(compiled, outputId, redrawn, options)
    if (!output) return null
    outputs.push(output)
    options.onRun?.(outputs.length, runs.length)
  }
  return sobolIndices(inputIds, outputs)
}

/** The runs to be made, in any order and by whomever; their outputs go to `sobolIndices` in this order. */
export function sobolRuns(inputIds: readonly string[]): readonly Redrawn[] {
  return ['nothing', 'everything', ...inputIds.map((row) => ({ row }))]
}

/** Samples of the output in one of those runs; null where it has none, or when cancelled. */
export function sobolOutput(
  compiled: CompiledModel,
  outputId: string,
  redrawn: Redrawn,
  { samples, seed, isCancelled }: SobolOptions,
): Float64Array | null {
  const second = (seed ^ SECOND) as Seed
  const run = runModel(compiled, {
    samples,
    seed: redrawn === 'everything' ? second : seed,
    wanted: [outputId],
    ...(typeof redrawn === 'object' && { redrawn: { rows: [redrawn.row], seed: second } }),
    ...(isCancelled && { isCancelled }),
  })
  return run.cancelled ? null : run.sampleOf(outputId)
}

/** Largest total share first; null where the output does not vary. */
export function sobolIndices(
  inputIds: readonly string[],
  outputs: readonly Float64Array[],
): readonly SobolIndex[] | null {
  const [own, other, ...mixed] = outputs
  if (!own || !other) return null
  const all = Float64Array.from({ length: own.length * 2 }, (_, i) => (i < own.length ? own : other)[i % own.length]!)
  const mean = meanOf(all)
  const variance = meanOf(all.map((value) => (value - mean) ** 2))
  if (!(variance > 0)) return null
  const indices = inputIds.map((id, k) => ({
    id,
    first: meanOf(mixed[k]!.map((value, i) => (other[i]! - mean) * (value - own[i]!))) / variance,
    total: meanOf(mixed[k]!.map((value, i) => (value - own[i]!) ** 2)) / (2 * variance),
  }))
  return indices.sort((a, b) => b.total - a.total)
}

/** What Sobol's indices share the spread of an output out over: a row that draws, or rows drawn together. */
export interface DrawnInput {
  /** Of the row, or the first of them: drawing it anew draws all of them anew. */
  readonly id: string
  /** Ids of all, in the model's order. */
  readonly rows: readonly string[]
}

/** Rows behind an output whose own formulas draw, those that are correlated as one, in the model's order. */
export function drawnBehind(compiled: CompiledModel, outputId: string): readonly DrawnInput[] {
  const start = compiled.rows.findIndex(({ id }) => id === outputId)
  const behind = new Set<number>()
  const open = start < 0 ? [] : [start]
  for (let row = open.pop(); row !== undefined; row = open.pop()) {
    if (behind.has(row)) continue
    behind.add(row)
    open.push(...compiled.rows[row]!.needs)
  }
  const drawing = new Set<number>()
  for (const { instructions } of compiled.segments)
    for (const { operation, row } of instructions)
      if (operation.op === 'draw' || operation.op === 'each') drawing.add(row)
  const groups = groupsOf(compiled)
  const inputs = new Map<string, string[]>()
  for (const [row, { id }] of compiled.rows.entries()) {
    if (!behind.has(row) || !drawing.has(row)) continue
    const group = groups.get(row)
    const key = group === undefined ? `row ${row}` : `group ${group}`
    const together = inputs.get(key)
    if (together) together.push(id)
    else inputs.set(key, [id])
  }
  return [...inputs.values()].map((rows) => ({ id: rows[0]!, rows }))
}
