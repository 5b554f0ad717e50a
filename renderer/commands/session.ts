import type { ImportRecord } from '../../shared/importers/index.ts'
import type { WorkbookRecords, WorkbookSettings } from '../../shared/workbook/index.ts'
import { StorageError, storageErrorOf } from '../database/index.ts'
import { useWorkbook } from '../stores/workbook.ts'
import type { CommitWish, StoredWorkbook } from '../workers/index.ts'
import { commandHost } from './host.ts'
import { showToast } from './toasts.ts'

/*
 * The open storage and the one queue every step goes through. Only this file sets the save state: “saved” appears when
 * both copies hold the step, never before.
 */

let storage: StoredWorkbook | null = null
let last: Promise<unknown> = Promise.resolve()
/** Moves when a step fails; steps shown on top of it are taken back with it. */
let generation = 0
let waiting = 0

export function openedStorage(): StoredWorkbook {
  if (!storage) throw new StorageError('storage/closed')
  return storage
}

/** One worker stores: opening lets go of what was open before. */
export function setStorage(opened: StoredWorkbook | null): void {
  if (opened === null) storage?.close()
  storage = opened
}

export function settingsOf(records: WorkbookRecords): WorkbookSettings | null {
  return records.settings['settings'] ?? null
}

/** False, with a sentence, where this window may not write. */
export function mayWrite(): boolean {
  const { phase, notice } = useWorkbook.getState()
  if (phase !== 'read-only') return storage !== null
  showToast(notice ?? 'This window only reads. Nothing was changed.', { tone: 'warn' })
  return false
}

/** One after another, in the order asked for. A failure is the caller's and does not stop the next. */
export function inOrder<T>(work: () => Promise<T>): Promise<T> {
  const next = last.then(work)
  last = next.catch(() => {})
  return next
}

/**
 * Stores one step and shows how that goes. Answers true when the step is stored; on false everything shown is back to
 * what is stored, `onTakenBack` is called, and the reason is in the save state and in a toast.
 */
export function storeStep(step: CommitWish, onTakenBack: () => void = () => {}): Promise<boolean> {
  const write = async () => {
    await untilShown()
    await openedStorage().commit(step)
  }
  return saving(step.label, write, onTakenBack)
}

/** A frame that has not come by then is not coming: the window is hidden. */
const FRAME_COMES_MS = 50

/** What was edited is on the screen before the thread that shows it copies it for storage. */
function untilShown(): Promise<void> {
  if (typeof requestAnimationFrame === 'undefined') return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, FRAME_COMES_MS)
    requestAnimationFrame(() => {
      clearTimeout(timer)
      setTimeout(resolve)
    })
  })
}

export function saving(label: string, work: () => Promise<void>, onTakenBack: () => void = () => {}): Promise<boolean> {
  const own = generation
  waiting++
  useWorkbook.setState({ saveState: { kind: 'saving' } })
  return inOrder(async () => {
    try {
      // A step before this one failed and took this one's ground away.
      if (own !== generation) return false
      await work()
      commandHost().changes.tell()
      if (waiting === 1) useWorkbook.setState({ saveState: { kind: 'saved', at: commandHost().now() } })
      return true
    } catch (cause) {
      const error = storageErrorOf(cause)
      const isStored = error.code === 'storage/second-copy'
      const reason = isStored ? error.message : `“${label}”: ${error.message}`
      useWorkbook.setState({ saveState: { kind: 'failed', reason } })
      showToast(reason, { tone: 'warn' })
      if (isStored) return true
      generation++
      showStored()
      onTakenBack()
      return false
    } finally {
      waiting--
    }
  })
}

/** Shows what is stored; imports and records together, so that no screen sees half a step. */
export function showStored(): void {
  if (storage) useWorkbook.setState({ records: storage.records, imports: storage.imports })
}

export function knownImports(): readonly ImportRecord[] {
  return storage?.imports ?? []
}
