import type { Seed } from '../quantities/index.ts'
import type { CompiledModel } from './instructions.ts'
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

/**
 * Sobol's indices by as many runs as there are inputs, and two: each input in turn is drawn anew while all others keep their
 * draws (Saltelli 2010 for the first order, Jansen for the total). For when the indices of one run (`driversOf`) are not
 * enough: those know nothing of inputs that matter only together. Ishigami's function with a = 7, b = 0.1: first 0.3139,
 * 0.4424, 0 and total 0.5576, 0.4424, 0.2437. null: the output has no samples or no spread. Inputs are taken to be drawn
 * apart; a correlated one is drawn with its group as in the run.
 */
export function sobolOf(
  compiled: CompiledModel,
  outputId: string,
  inputIds: readonly string[],
  options: { readonly samples: number; readonly seed: Seed; readonly isCancelled?: () => boolean },
): readonly SobolIndex[] | null {
  const second = (options.seed ^ SECOND) as Seed
  const outputOf = (redrawn: readonly string[] | 'all'): Float64Array | null => {
    const run = runModel(compiled, {
      samples: options.samples,
      seed: redrawn === 'all' ? second : options.seed,
      wanted: [outputId],
      ...(redrawn === 'all' ? {} : { redrawn: { rows: redrawn, seed: second } }),
      ...(options.isCancelled ? { isCancelled: options.isCancelled } : {}),
    })
    return run.cancelled ? null : run.sampleOf(outputId)
  }
  const [own, other] = [outputOf([]), outputOf('all')]
  if (!own || !other) return null
  const all = Float64Array.from({ length: own.length * 2 }, (_, i) => (i < own.length ? own : other)[i % own.length]!)
  const mean = meanOf(all)
  const variance = meanOf(all.map((value) => (value - mean) ** 2))
  if (!(variance > 0)) return null
  const indices: SobolIndex[] = []
  for (const id of inputIds) {
    const mixed = outputOf([id])
    if (!mixed) return null
    indices.push({
      id,
      first: meanOf(mixed.map((value, i) => (other[i]! - mean) * (value - own[i]!))) / variance,
      total: meanOf(mixed.map((value, i) => (value - own[i]!) ** 2)) / (2 * variance),
    })
  }
  return indices.sort((a, b) => b.total - a.total)
}
