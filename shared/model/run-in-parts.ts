import type { CompiledModel } from './instructions.ts'
import { blocksOf, finishRun, type ModelRun, type RunOptions, type SampledPart } from './run-model.ts'
import type { Model } from './types.ts'

/** Some blocks of a run, `to` not included. */
export interface BlockSpan {
  readonly from: number
  readonly to: number
}

/** One worker's share of a run: everything in it can be sent to another thread. */
export interface PartWish extends BlockSpan {
  readonly model: Model
  readonly options: Pick<RunOptions, 'samples' | 'seed' | 'wanted' | 'sums'>
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
  const spans = cutEvenly({ from: 0, to: Math.max(1, blocksOf(compiled, plain)) }, workers)
  const parts = await dealOut(spans, workers, (span) => sample({ model: compiled.model, options: plain, ...span }))
  return finishRun(compiled, plain, parts)
}

/** At most `count` spans of nearly the same size that follow each other; none is empty. */
export function cutEvenly({ from, to }: BlockSpan, count: number): readonly BlockSpan[] {
  const blocks = to - from
  const spans = Math.max(1, Math.min(count, blocks))
  return Array.from({ length: blocks > 0 ? spans : 0 }, (_, k) => ({
    from: from + Math.floor((blocks * k) / spans),
    to: from + Math.floor((blocks * (k + 1)) / spans),
  }))
}

/**
 * Deals pieces of work out to workers 0 … `workers` - 1: each takes the next as soon as it is free. Answers come in the order
 * of the pieces, whoever was faster. After one fails no more are begun.
 */
export async function dealOut<Piece, Answer>(
  pieces: readonly Piece[],
  workers: number,
  work: (piece: Piece, worker: number) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  let next = 0
  let hasFailed = false
  const serve = async (worker: number) => {
    while (next < pieces.length && !hasFailed) {
      const at = next++
      try {
        answers[at] = await work(pieces[at]!, worker)
      } catch (cause) {
        hasFailed = true
        throw cause
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(workers, pieces.length) }, (_, worker) => serve(worker)))
  return answers
}
