import { accepted, assertThat, type Outcome } from '../../../shared/issues/index.ts'
import {
  type BlockSpan,
  cutEvenly,
  dealOut,
  type SampledPart,
  sobolIndices,
  sobolRuns,
  type Sought,
} from '../../../shared/model/index.ts'
import {
  type Scenario,
  type ScenarioComparison,
  type ScenarioOutcome,
  type SeekWish,
  type SpreadShares,
  tellShares,
} from '../../../shared/scenario/index.ts'
import { Queue, type RunOptions, type Runner } from '../runner.ts'
import { buffersOf, type ModelJobs, type ScenarioWish } from './model-jobs.ts'

/** Samples of the first round: enough for a first answer, and to tell how long the rest will take. */
const FIRST_BLOCKS = 2
const MOST_WORKERS = 8

/** When more than one worker, and more than one answer, is worth it: milliseconds one worker still has to draw. */
export interface PoolPace {
  readonly worthHelpMs: number
  readonly worthEarlyMs: number
}

const PACE: PoolPace = { worthHelpMs: 80, worthEarlyMs: 300 }

export interface ScenarioRunOptions extends Pick<RunOptions, 'signal' | 'onProgress'> {
  /** The outcome of the samples drawn so far, while more are drawn. */
  readonly onEarly?: (outcome: ScenarioOutcome) => void
}

/** Runs scenarios over several workers, one at a time; the same bits however many workers there are. */
export interface ModelPool {
  runScenario(wish: ScenarioWish, options?: ScenarioRunOptions): Promise<Outcome<ScenarioOutcome>>
  /** Total shares of the spread, by a run for each input and two; null where nothing varies. */
  spreadShares(
    wish: ScenarioWish,
    options?: Pick<RunOptions, 'signal' | 'onProgress'>,
  ): Promise<Outcome<SpreadShares | null>>
  /** The largest or smallest value of a row with which a condition holds often enough; one worker seeks. */
  seek(
    wish: ScenarioWish,
    seek: SeekWish,
    options?: Pick<RunOptions, 'signal' | 'onProgress'>,
  ): Promise<Outcome<Sought>>
  /** A scenario against another, or with null against the baseline, paired by sample; one worker runs both. */
  compare(
    wish: ScenarioWish,
    against: Scenario | null,
    options?: Pick<RunOptions, 'signal' | 'onProgress'>,
  ): Promise<Outcome<ScenarioComparison>>
  stop(): void
}

/** `cores` as the browser tells them; some tell none. */
export function workersFor(cores: number | undefined): number {
  return Math.max(1, Math.min(MOST_WORKERS, cores ?? 1))
}

/**
 * The first of the workers leads: it draws the first blocks alone, tells outcomes, and draws on with the others. Rounds of
 * blocks grow fourfold, each told as the outcome so far where the rest takes long enough to wait for. A worker that dies or a
 * signal that says stop ends the work of all.
 */
export function modelPool(workers: readonly Runner<ModelJobs>[], pace = PACE): ModelPool {
  const [lead] = workers
  assertThat(lead !== undefined, 'a pool of no workers')
  const queue = new Queue()
  let runs = 0

  /** Gives a worker the scenario the first time it is asked to. */
  function taking(key: string, wish: ScenarioWish, signal: AbortSignal) {
    const taken: Promise<Outcome<readonly number[]>>[] = []
    return (worker: number) => (taken[worker] ??= workers[worker]!.run('take', { key, wish }, { signal }))
  }

  async function draw(key: string, wish: ScenarioWish, options: ScenarioRunOptions, signal: AbortSignal) {
    const take = taking(key, wish, signal)
    const blocks = await take(0)
    if (!blocks.ok) return blocks
    const total = blocks.value.reduce((sum, each) => sum + each, 0)
    let done = 0
    const drawPiece = async ({ at, span }: Piece, worker: number): Promise<SampledPart> => {
      await take(worker)
      const size = span.to - span.from
      let own = 0
      const onProgress = (share: number | null) => {
        done += size * (share ?? 0) - own
        own = size * (share ?? 0)
        options.onProgress?.(done / total, done)
      }
      const part = await workers[worker]!.run('draw', { key, run: at, ...span }, { signal, onProgress })
      onProgress(1)
      return part
    }
    let waiting: readonly (readonly SampledPart[])[] = blocks.value.map(() => [])
    const tell = (isEarly: boolean) => {
      const handOver = waiting.flat().flatMap(buffersOf)
      const told = lead!.run('tell', { key, parts: waiting, isEarly }, { signal, handOver })
      waiting = blocks.value.map(() => [])
      return told
    }
    const most = Math.max(...blocks.value)
    let round: BlockSpan = { from: 0, to: Math.min(FIRST_BLOCKS, most) }
    let msPerBlock = 0
    /** Why an outcome of the samples so far could not be told: where that ended the worker, the next round fails for it. */
    let lost: unknown = null
    for (;;) {
      const leftMs = msPerBlock * (total - done)
      const count = leftMs >= pace.worthHelpMs && round.from > 0 ? workers.length : 1
      const pieces = piecesOf(blocks.value, round, count)
      const startedAt = performance.now()
      const parts = await dealOut(pieces, count, drawPiece).catch((cause: unknown) => {
        throw lost ?? cause
      })
      waiting = waiting.map((before, at) => [...before, ...parts.filter((_, k) => pieces[k]!.at === at)])
      if (round.to === most) return tell(false)
      if (round.from === 0) msPerBlock = (performance.now() - startedAt) / Math.max(1, done)
      const isLong = msPerBlock * (total - done) >= pace.worthEarlyMs
      if (isLong && options.onEarly) {
        const { onEarly } = options
        tell(true).then(
          (early) => early.ok && !signal.aborted && onEarly(early.value),
          (cause: unknown) => {
            lost = cause
          },
        )
      }
      round = { from: round.to, to: isLong ? Math.min(most, round.to * 4) : most }
    }
  }

  async function share(key: string, wish: ScenarioWish, { onProgress }: ScenarioRunOptions, signal: AbortSignal) {
    const take = taking(key, wish, signal)
    const held = await take(0)
    if (!held.ok) return held
    const asked = await lead!.run('sharesAsked', { key }, { signal })
    if (!asked) return accepted(null)
    const inputs = asked.inputs.map(({ id }) => id)
    const redraws = sobolRuns(inputs)
    let done = 0
    const outputs = await dealOut(redraws, workers.length, async (redrawn, worker) => {
      await take(worker)
      const output = await workers[worker]!.run('redraw', { key, redrawn }, { signal })
      done++
      onProgress?.(done / redraws.length, done)
      return output
    })
    const known = outputs.filter((output) => output !== null)
    const indices = known.length < outputs.length ? null : sobolIndices(inputs, known)
    return accepted(indices && tellShares(asked, indices, known[0]!.length))
  }

  async function seekOn(
    key: string,
    wish: ScenarioWish,
    seek: SeekWish,
    { onProgress }: ScenarioRunOptions,
    signal: AbortSignal,
  ) {
    const held = await taking(key, wish, signal)(0)
    return held.ok ? lead!.run('seek', { key, seek }, { signal, ...(onProgress && { onProgress }) }) : held
  }

  /** Work of all workers for one scenario, that a signal or a failure anywhere ends everywhere. */
  function together<T>(
    options: ScenarioRunOptions,
    work: (key: string, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return queue.add(options.signal, async () => {
      const stopper = new AbortController()
      const stopAll = () => stopper.abort()
      options.signal?.addEventListener('abort', stopAll, { once: true })
      try {
        return await work(`run ${++runs}`, stopper.signal)
      } catch (cause) {
        stopAll()
        throw cause
      } finally {
        options.signal?.removeEventListener('abort', stopAll)
      }
    })
  }

  return {
    runScenario: (wish, options = {}) => together(options, (key, signal) => draw(key, wish, options, signal)),
    spreadShares: (wish, options = {}) => together(options, (key, signal) => share(key, wish, options, signal)),
    seek: (wish, seek, options = {}) => together(options, (key, signal) => seekOn(key, wish, seek, options, signal)),
    compare: (wish, against, { onProgress, ...options } = {}) =>
      together(options, (_, signal) =>
        lead.run('compare', { wish, against }, { signal, ...(onProgress && { onProgress }) }),
      ),
    stop: () => workers.forEach((worker) => worker.stop()),
  }
}

interface Piece {
  /** Which run. */
  readonly at: number
  readonly span: BlockSpan
}

/** The round's blocks of every run, cut so that a worker held up by telling leaves its share to the others. */
function piecesOf(blocks: readonly number[], { from, to }: BlockSpan, workers: number): readonly Piece[] {
  return blocks.flatMap((count, at) =>
    cutEvenly({ from: Math.min(from, count), to: Math.min(to, count) }, workers === 1 ? 1 : 2 * workers).map(
      (span) => ({ at, span }),
    ),
  )
}
