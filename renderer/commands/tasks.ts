import { type Task, useJobs } from '../stores/jobs.ts'
import { CancelledError } from '../workers/index.ts'
import { showToast } from './toasts.ts'

let count = 0

/**
 * Shows a task with progress and a way to stop it while `work` runs. Answers null when the user stopped it, or another task of
 * the same id took its place: that stops it too.
 */
export async function withTask<T>(
  label: string,
  work: (task: { readonly signal: AbortSignal; readonly onProgress: (share: number | null) => void }) => Promise<T>,
  id = `task-${++count}`,
): Promise<T | null> {
  cancelTask(id)
  const stopper = new AbortController()
  const task = { id, label, share: null, cancel: () => stopper.abort() }
  useJobs.setState(({ tasks }) => ({ tasks: [...tasks.filter((other) => other.id !== id), task] }))
  // By its way to stop: another of the same id may have begun.
  const isOwn = (other: Task) => other.cancel === task.cancel
  const onProgress = (share: number | null) =>
    useJobs.setState(({ tasks }) => ({ tasks: tasks.map((other) => (isOwn(other) ? { ...other, share } : other)) }))
  try {
    return await work({ signal: stopper.signal, onProgress })
  } catch (cause) {
    if (cause instanceof CancelledError) return null
    throw cause
  } finally {
    useJobs.setState(({ tasks }) => ({ tasks: tasks.filter((other) => !isOwn(other)) }))
  }
}

/** What a user presses: ends a task and says so. */
export function stopTask(id: string): void {
  const task = useJobs.getState().tasks.find((one) => one.id === id)
  if (!task?.cancel) return
  task.cancel()
  showToast(`Stopped: ${task.label}. Nothing was changed.`)
}

/** Ends a task nobody waits for any more, without a word. */
export function cancelTask(id: string): void {
  useJobs
    .getState()
    .tasks.find((task) => task.id === id)
    ?.cancel?.()
}
