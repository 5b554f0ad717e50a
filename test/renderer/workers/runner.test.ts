import { describe, expect, test, vi } from 'vitest'
import {
  CancelledError,
  inPlaceRunner,
  type JobRun,
  type Runner,
  serveJobs,
  WorkerStoppedError,
  workerRunner,
} from '../../../renderer/workers/runner.ts'

const jobs = {
  double: (value: number) => value * 2,
  count: async (to: number, run: JobRun) => {
    for (let n = 1; n <= to; n++) {
      run.progress(n / to, n)
      await Promise.resolve()
    }
    return to
  },
  fail: (_input: null): number => {
    throw new RangeError('too far')
  },
  never: (_input: null) => new Promise<number>(() => {}),
}

/** A worker as the page sees one: `serveJobs` behind two asynchronous message ports. */
function fakeWorker(): Worker & { isEnded: boolean } {
  const scope = { onmessage: null as ((event: unknown) => void) | null, postMessage: (_data: unknown) => {} }
  const worker = {
    isEnded: false,
    onmessage: null as ((event: unknown) => void) | null,
    onerror: null as ((event: unknown) => void) | null,
    onmessageerror: null,
    terminate: () => void (worker.isEnded = true),
    postMessage: (data: unknown) =>
      queueMicrotask(() => !worker.isEnded && scope.onmessage?.({ data: structuredClone(data) })),
  }
  scope.postMessage = (data) =>
    queueMicrotask(() => !worker.isEnded && worker.onmessage?.({ data: structuredClone(data) }))
  serveJobs(scope as never, jobs)
  return worker as never
}

describe.each<[string, () => Runner<typeof jobs>]>([
  ['in place', () => inPlaceRunner(jobs)],
  ['in a worker', () => workerRunner<typeof jobs>(fakeWorker)],
])('%s', (_name, make) => {
  test('answers, in the order asked', async () => {
    const runner = make()
    const seen: number[] = []
    await Promise.all([1, 2, 3].map(async (value) => seen.push(await runner.run('double', value))))
    expect(seen).toEqual([2, 4, 6])
  })
  test('tells progress', async () => {
    const onProgress = vi.fn()
    await make().run('count', 4, { onProgress })
    expect(onProgress.mock.calls).toEqual([
      [0.25, 1],
      [0.5, 2],
      [0.75, 3],
      [1, 4],
    ])
  })
  test('a job that throws is refused and the next one runs', async () => {
    const runner = make()
    await expect(runner.run('fail', null)).rejects.toThrow('too far')
    expect(await runner.run('double', 2)).toBe(4)
  })
  test('a waiting job that was stopped never starts', async () => {
    const stopper = new AbortController()
    const runner = make()
    const first = runner.run('count', 3)
    const onProgress = vi.fn()
    const second = runner.run('count', 3, { signal: stopper.signal, onProgress })
    stopper.abort()
    await expect(second).rejects.toBeInstanceOf(CancelledError)
    expect([await first, onProgress.mock.calls]).toEqual([3, []])
  })
})

describe('worker', () => {
  test('a running job is stopped by ending its worker; the next one gets a new worker', async () => {
    const made: ReturnType<typeof fakeWorker>[] = []
    const runner = workerRunner<typeof jobs>(() => (made.push(fakeWorker()), made.at(-1)!))
    const stopper = new AbortController()
    const running = runner.run('never', null, { signal: stopper.signal })
    await Promise.resolve()
    await Promise.resolve()
    stopper.abort()
    await expect(running).rejects.toBeInstanceOf(CancelledError)
    expect(made[0]!.isEnded).toBe(true)
    expect(await runner.run('double', 4)).toBe(8)
    expect(made).toHaveLength(2)
  })
  test('stopped as a whole it lets go of its job, and what waits behind runs in a new worker', async () => {
    const made: ReturnType<typeof fakeWorker>[] = []
    const runner = workerRunner<typeof jobs>(() => (made.push(fakeWorker()), made.at(-1)!))
    const running = runner.run('never', null)
    const waiting = runner.run('double', 4)
    await Promise.resolve()
    await Promise.resolve()
    runner.stop()
    await expect(running).rejects.toBeInstanceOf(CancelledError)
    expect([await waiting, made.length]).toEqual([8, 2])
  })
  test('one that dies says so and is replaced', async () => {
    const made: ReturnType<typeof fakeWorker>[] = []
    const runner = workerRunner<typeof jobs>(() => (made.push(fakeWorker()), made.at(-1)!))
    const running = runner.run('never', null)
    await Promise.resolve()
    await Promise.resolve()
    made[0]!.onerror!({ message: 'out of memory', preventDefault: () => {} } as never)
    await expect(running).rejects.toBeInstanceOf(WorkerStoppedError)
    expect(runner.made).toBe(1)
    runner.start()
    expect(runner.made).toBe(2)
    expect(await runner.run('double', 1)).toBe(2)
    expect([runner.made, made.length]).toEqual([2, 2])
  })
})
