import { useJobs } from '../stores/jobs.ts'
import { CancelledError } from '../workers/index.ts'

let count = 0

/** Shows a task with progress and a way to stop it while `work` runs. Answers null when the user stopped it. */
export async function withTask<T>(
  label: string,
  work: (task: { readonly signal: AbortSignal; readonly onProgress: (share: number | null) => void }) => Promise<T>,
  id = `task-${++count}`,
): Promise<T | null> {
  const stopper = new AbortController()
  const task = { id, label, share: null, cancel: () => stopper.abort() }
  useJobs.setState(({ tasks }) => ({ tasks: [...tasks.filter((other) => other.id !== id), task] }))
  const onProgress = (share: number | null) =>
    useJobs.setState(({ tasks }) => ({ tasks: tasks.map((other) => (other.id === id ? { ...other, share } : other)) }))
  try {
    return await work({ signal: stopper.signal, onProgress })
  } catch (cause) {
    if (cause instanceof CancelledError) return null
    throw cause
  } finally {
    useJobs.setState(({ tasks }) => ({ tasks: tasks.filter((other) => other.id !== id) }))
  }
}

export function cancelTask(id: string): void {
  useJobs
    .getState()
    .tasks.find((task) => task.id === id)
    ?.cancel?.()
}
