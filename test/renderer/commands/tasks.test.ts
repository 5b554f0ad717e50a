import { beforeEach, expect, test } from 'vitest'
import { cancelTask, stopTask, withTask } from '../../../renderer/commands/tasks.ts'
import { useJobs } from '../../../renderer/stores/jobs.ts'
import { CancelledError } from '../../../renderer/workers/index.ts'

beforeEach(() => useJobs.setState(useJobs.getInitialState(), true))

const tasks = () => useJobs.getState().tasks

function untilStopped(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new CancelledError())))
}

test('progress shows while it runs, and nothing is left of it', async () => {
  const seen: (number | null)[] = []
  const answer = await withTask('Counting', async ({ onProgress }) => {
    onProgress(0.5)
    seen.push(tasks()[0]!.share)
    return 3
  })
  expect([answer, seen, tasks()]).toEqual([3, [0.5], []])
})

test('stopped, it answers null; a failure is passed on', async () => {
  const running = withTask('Running', ({ signal }) => untilStopped(signal), 'run-1')
  cancelTask('run-1')
  expect(await running).toBeNull()
  await expect(withTask('Failing', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(tasks()).toEqual([])
})

test('stopped by the user, it says so and that nothing was changed; ended for want of interest, it says nothing', async () => {
  const running = withTask('Seeking Services', ({ signal }) => untilStopped(signal), 'seek-1')
  stopTask('seek-1')
  expect(await running).toBeNull()
  expect(useJobs.getState().toasts.map(({ text }) => text)).toEqual(['Stopped: Seeking Services. Nothing was changed.'])
  stopTask('seek-1')
  const other = withTask('Comparing', ({ signal }) => untilStopped(signal), 'compare-1')
  cancelTask('compare-1')
  expect(await other).toBeNull()
  expect(useJobs.getState().toasts).toHaveLength(1)
})

test('another of the same id takes its place: the first is stopped, the second can be', async () => {
  const first = withTask('Running', ({ signal }) => untilStopped(signal), 'run-1')
  const second = withTask('Running', ({ signal }) => untilStopped(signal), 'run-1')
  expect(await first).toBeNull()
  expect(tasks().map(({ id }) => id)).toEqual(['run-1'])
  cancelTask('run-1')
  expect(await second).toBeNull()
  expect(tasks()).toEqual([])
})
