import { availableParallelism } from 'node:os'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import {
  compileModel,
  type Model,
  type ModelRun,
  type PartWish,
  runInParts,
  runModel,
  samplePart,
  type SampledPart,
} from '../shared/model/index.ts'

/** Starting threads costs more than a run of fewer samples does. */
const FEWEST_FOR_THREADS = 50_000
const MOST_THREADS = 8
const KIND = 'quarterdeck sampling'

/**
 * Runs a model, over several threads where that pays; the same bits either way. `script` is a module that calls
 * `serveSampling` when it is loaded (the built command line itself); null where there is none.
 */
export async function runOverThreads(
  model: Model,
  options: PartWish['options'],
  script: URL | null,
  threads = options.samples < FEWEST_FOR_THREADS ? 1 : Math.min(MOST_THREADS, availableParallelism()),
): Promise<ModelRun> {
  const compiled = compileModel(model)
  if (threads < 2 || script === null) return runModel(compiled, options)
  return runInParts(compiled, options, threads, (wish) => sampleInThread(wish, script))
}

function sampleInThread(wish: PartWish, script: URL): Promise<SampledPart> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData: { kind: KIND, wish } })
    worker.once('message', (part: SampledPart) => {
      resolve(part)
      void worker.terminate()
    })
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('a sampling thread ended without an answer')))
  })
}

/** In a thread started for it, draws the part that was asked for and hands it over; anywhere else does nothing. */
export function serveSampling(): void {
  const given = workerData as { readonly kind?: string; readonly wish?: PartWish } | null
  if (isMainThread || given?.kind !== KIND || !given.wish || !parentPort) return
  const { model, options, from, to } = given.wish
  const part = samplePart(compileModel(model), options, from, to)
  const buffers = part.kept.flatMap(([, months]) => months.map(({ buffer }) => buffer as ArrayBuffer))
  parentPort.postMessage(part, buffers)
}
