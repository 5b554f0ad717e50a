import type { CompiledModel } from './instructions.ts'
import { blocksOf, finishRun, type ModelRun, type RunOptions, type SampledPart } from './run-model.ts'
import type { Model } from './types.ts'

/** One worker's share of a run: everything in it can be sent to another thread. */
export interface PartWish {
  readonly model: Model
  readonly options: Pick<RunOptions, 'samples' | 'seed' | 'wanted' | 'sums'>
  readonly from: number
  readonly to: number
}

/**
 * A run whose blocks are drawn by several workers at once; bit for bit what `runModel` gives. `sample` has a part drawn, by
 * `samplePart` in whatever thread. Parts are cut evenly, one for each worker.
 */
export async function runInParts(
  compiled: CompiledModel,
  options: PartWish['options'],
  workers: number,
  sample: (wish: PartWish) => Promise<SampledPart>,
): Promise<ModelRun> {
  const { samples, seed, wanted, sums } = options
  const plain = { samples, seed, ...(wanted && { wanted }), ...(sums && { sums }) }
  const blocks = Math.max(1, blocksOf(compiled, plain))
  const count = Math.max(1, Math.min(workers, blocks))
  const parts = await Promise.all(
    Array.from({ length: count }, (_, k) =>
      sample({
        model: compiled.model,
        options: plain,
        from: Math.floor((blocks * k) / count),
        to: Math.floor((blocks * (k + 1)) / count),
      }),
    ),
  )
  return finishRun(compiled, plain, parts)
}
