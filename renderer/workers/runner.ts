/**
 * Runs named jobs one after another, in a worker or, for tests, in place. The jobs themselves know nothing of either.
 */

/** What a job sees of whoever asked for it. */
export interface JobRun {
  /** `share` 0 … 1, null = not known; `count` of whatever the job counts. */
  progress(share: number | null, count?: number): void
  isCancelled(): boolean
  /** Buffers of the answer that move instead of being copied. */
  handOver(buffers: readonly ArrayBufferLike[]): void
}

/** Method syntax on purpose: a table of jobs with different inputs is still a table of jobs. */
export interface Jobs {
  readonly [name: string]: { run(input: never, run: JobRun): unknown }['run']
}
type InputOf<J extends Jobs, N extends keyof J> = Parameters<J[N]>[0]
type AnswerOf<J extends Jobs, N extends keyof J> = Awaited<ReturnType<J[N]>>

export interface RunOptions {
  readonly onProgress?: (share: number | null, count: number) => void
  /** Stops a running job by ending its worker, a waiting one by never starting it. */
  readonly signal?: AbortSignal
  readonly handOver?: readonly (ArrayBufferLike | MessagePort)[]
}

export interface Runner<J extends Jobs> {
  /** How many workers were made so far: what one of them held is gone with it. */
  readonly made: number
  /** Makes the worker now, for those who are about to send it something by another way. */
  start(): void
  run<N extends keyof J & string>(name: N, input: InputOf<J, N>, options?: RunOptions): Promise<AnswerOf<J, N>>
  stop(): void
}

/** The user stopped it; nothing to report. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError'
}

/** The worker itself failed (out of memory, could not load); what it held is gone. */
export class WorkerStoppedError extends Error {
  override readonly name = 'WorkerStoppedError'
}

export function inPlaceRunner<J extends Jobs>(jobs: J): Runner<J> {
  const queue = new Queue()
  return {
    made: 1,
    run: (name, input, options = {}) =>
      queue.add(options.signal, async () => {
        const { signal, onProgress } = options
        const answer = await jobs[name]!(input as never, {
          progress: (share, count = 0) => onProgress?.(share, count),
          isCancelled: () => signal?.aborted ?? false,
          handOver: () => {},
        })
        if (signal?.aborted) throw new CancelledError()
        return answer as never
      }),
    start: () => {},
    stop: () => {},
  }
}

interface JobRequest {
  readonly name: string
  readonly input: unknown
}
type JobReply =
  | { readonly kind: 'progress'; readonly share: number | null; readonly count: number }
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly message: string }

/** One worker, made when first needed and made anew after it was stopped. */
export function workerRunner<J extends Jobs>(make: () => Worker): Runner<J> {
  const queue = new Queue()
  let worker: Worker | null = null
  let made = 0
  /** Lets go of the job at work; what waits behind it would wait for ever. */
  let abandon = () => {}
  function start(): Worker {
    if (!worker) made++
    return (worker ??= make())
  }
  function stop(): void {
    worker?.terminate()
    worker = null
    abandon()
  }
  function perform(name: string, input: unknown, { onProgress, signal, handOver = [] }: RunOptions): Promise<unknown> {
    const own = start()
    return new Promise((resolve, reject) => {
      signal?.addEventListener('abort', stop, { once: true })
      const settle = (act: () => void) => {
        signal?.removeEventListener('abort', stop)
        abandon = () => {}
        act()
      }
      abandon = () => settle(() => reject(new CancelledError()))
      own.onmessage = ({ data }: MessageEvent<JobReply>) => {
        if (data.kind === 'progress') onProgress?.(data.share, data.count)
        else if (data.kind === 'done') settle(() => resolve(data.value))
        else settle(() => reject(new Error(data.message)))
      }
      own.onerror = (event) => {
        event.preventDefault()
        settle(() => reject(new WorkerStoppedError(event.message || 'the worker could not be loaded')))
        stop()
      }
      own.onmessageerror = () => settle(() => reject(new WorkerStoppedError('an answer could not be read')))
      own.postMessage({ name, input } satisfies JobRequest, [...new Set(handOver)] as Transferable[])
    })
  }
  return {
    get made() {
      return made
    },
    run: (name, input, options = {}) => queue.add(options.signal, () => perform(name, input, options)) as never,
    start: () => void start(),
    stop,
  }
}

/** The worker's side: answers requests of `workerRunner` with these jobs. */
export function serveJobs(scope: Pick<Window, 'postMessage'> & { onmessage: unknown }, jobs: Jobs): void {
  const reply = (message: JobReply, buffers: readonly ArrayBufferLike[] = []) =>
    scope.postMessage(message, { transfer: [...new Set(buffers)] as ArrayBuffer[] })
  scope.onmessage = async ({ data: { name, input } }: MessageEvent<JobRequest>) => {
    const buffers: ArrayBufferLike[] = []
    try {
      const value = await jobs[name]!(input as never, {
        progress: (share, count = 0) => reply({ kind: 'progress', share, count }),
        // A running job is stopped by ending the worker.
        isCancelled: () => false,
        handOver: (more) => buffers.push(...more),
      })
      reply({ kind: 'done', value }, buffers)
    } catch (cause) {
      reply({ kind: 'failed', message: cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause) })
    }
  }
}

/** Work one after the other; what is stopped before its turn is never begun. */
export class Queue {
  private last: Promise<unknown> = Promise.resolve()

  add<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    const next = this.last.then(() => {
      if (signal?.aborted) throw new CancelledError()
      return work()
    })
    this.last = next.catch(() => {})
    return next
  }
}
