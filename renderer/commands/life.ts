import { dayIn, isZone, UTC, type Zone } from '../../shared/calendar/index.ts'
import { accepted, type Outcome, refused, tellIssue } from '../../shared/issues/index.ts'
import { instantOf } from '../../shared/quantities/index.ts'
import { diffRecords, newWorkbook, type Workbook } from '../../shared/workbook/index.ts'
import { OTHER_WINDOW_WRITES, storageErrorOf, takeWriterLock, TAKEN_OVER } from '../database/index.ts'
import { useScreen } from '../stores/screen.ts'
import { NO_RECORDS, useWorkbook } from '../stores/workbook.ts'
import { StoredWorkbook } from '../workers/index.ts'
import { forgetSteps } from './edit.ts'
import { forgetFigures, recordsChanged, refreshFigures } from './figures.ts'
import { commandHost } from './host.ts'
import { forgetImports } from './imports.ts'
import { fileNameOf } from './file-names.ts'
import { inOrder, mayWrite, openedStorage, saving, setStorage, settingsOf, showStored } from './session.ts'
import { forgetScenarios } from './scenarios.ts'
import { withTask } from './tasks.ts'
import { showToast } from './toasts.ts'

let isWriter: Promise<boolean> | null = null

/**
 * Called when the page starts, and again to try once more: both copies are compared, and repaired where needed, before
 * any figure shows.
 */
export async function openAtStart(): Promise<void> {
  useWorkbook.setState({ phase: 'opening', notice: null })
  isWriter ??= takeWriterLock(commandHost().locks, () => {
    isWriter = Promise.resolve(true)
    void open(true)
  })
  await open(await isWriter)
}

/** For tests: a new page, which holds no lock yet. */
export function forgetWriterLock(): void {
  isWriter = null
}

async function open(mayStore: boolean): Promise<void> {
  const host = commandHost()
  try {
    if (mayStore) void host.keepData()
    host.onTakenOver(() => useWorkbook.setState({ phase: 'read-only', notice: TAKEN_OVER }))
    setStorage(await StoredWorkbook.open(host.runners.storage, mayStore))
    if (!mayStore) host.changes.listen(() => void readAgain())
  } catch (cause) {
    useWorkbook.setState({ phase: 'failed', notice: storageErrorOf(cause).message })
    return
  }
  showOpened(mayStore)
}

function showOpened(mayStore: boolean): void {
  const { isOpen, notice } = openedStorage()
  forgetFigures()
  showStored()
  if (mayStore) useWorkbook.setState({ phase: isOpen ? 'ready' : 'start', notice })
  else useWorkbook.setState({ phase: isOpen ? 'read-only' : 'failed', notice: OTHER_WINDOW_WRITES })
  void refreshFigures()
}

/** A reading window follows what the writing one stores. */
function readAgain(): Promise<void> {
  return inOrder(async () => {
    if (useWorkbook.getState().phase === 'ready') return
    try {
      setStorage(await StoredWorkbook.open(commandHost().runners.storage, false))
      const { isOpen, records } = openedStorage()
      const changed = diffRecords(useWorkbook.getState().records, records)
      showStored()
      recordsChanged(changed)
      useWorkbook.setState({ phase: isOpen ? 'read-only' : 'failed', notice: OTHER_WINDOW_WRITES })
      void refreshFigures()
    } catch (cause) {
      useWorkbook.setState({ notice: storageErrorOf(cause).message })
    }
  })
}

/** What is known, waits or is worked out of the workbook that is open no longer. */
function forgetWorkbook(): void {
  forgetSteps()
  forgetScenarios()
  forgetFigures()
  forgetImports()
}

/** Puts `workbook` in place of what is open; false when it could not be stored and everything stays as it was. */
async function putInPlace(label: string, workbook: Workbook | { readonly parcel: string }): Promise<boolean> {
  let isStored = false
  await saving(label, async () => {
    await openedStorage()
      .replace(workbook)
      .catch((cause: unknown) => {
        if (storageErrorOf(cause).code !== 'storage/second-copy') throw cause
        isStored = true
        throw cause
      })
    isStored = true
  })
  if (!isStored) return false
  forgetWorkbook()
  useScreen.setState({ scenarioId: null })
  showStored()
  useWorkbook.setState({ phase: 'ready', notice: null })
  await refreshFigures()
  return true
}

/** A workbook with nothing in it but its name, this machine's zone and the quarter of today. */
export async function startEmpty(name = 'Quarter plan'): Promise<void> {
  if (!mayWrite()) return
  const host = commandHost()
  const zone: Zone = isZone(host.zone()) ? (host.zone() as Zone) : UTC
  const today = dayIn(instantOf(host.now()), zone)
  const { records } = newWorkbook({ name, today, currency: 'USD', zone })
  await putInPlace('New workbook', { records, imports: [] })
}

/** The made-up company, built in a worker. Views ask before replacing an open workbook. */
export async function openSample(): Promise<void> {
  if (!mayWrite()) return
  const { runners, now: clock, newId } = commandHost()
  const now = instantOf(clock())
  const parcel = newId()
  const isMade = await withTask('Making the sample workbook', async ({ signal, onProgress }) => {
    await runners.files.run('makeSample', { today: dayIn(now, UTC), now, parcel }, { signal, onProgress })
    return true
  }).catch((cause: unknown) => {
    showToast(`The sample workbook could not be made (${String(cause)}). Nothing was changed; try again.`, {
      tone: 'warn',
    })
    return false
  })
  if (isMade) await putInPlace('Sample workbook', { parcel })
}

/** Refused, with reasons, leaves everything as it was. */
export async function openWorkbookFile(name: string, content: Blob | Uint8Array): Promise<Outcome<null>> {
  if (!mayWrite()) return refused(otherWindow(name))
  const { runners, newId } = commandHost()
  const parcel = newId()
  const handOver = content instanceof Blob ? [] : [content.buffer]
  const read = await withTask(`Opening ${name}`, ({ signal }) =>
    runners.files.run('readFile', { content, parcel }, { signal, handOver }),
  ).catch((cause: unknown) => refused(notRead(cause)))
  if (read === null)
    return refused({ code: 'workbook/stopped', where: { file: name }, wanted: 'time to read it', did: 'stopped' })
  if (!read.ok) return refused(...read.issues.map((issue) => ({ ...issue, where: { file: name, ...issue.where } })))
  const isOpen = await putInPlace(`Open ${name}`, { parcel })
  return isOpen
    ? accepted(null)
    : refused({ code: 'workbook/not-stored', where: { file: name }, wanted: 'room to store it', did: 'stopped' })
}

function notRead(cause: unknown) {
  return {
    code: 'workbook/not-read',
    said: cause instanceof Error ? cause.message : String(cause),
    wanted: 'a file that can be read to its end',
    did: 'stopped',
    can: 'Nothing was changed. Open it again, or a copy of it.',
  } as const
}

function otherWindow(name: string) {
  const wanted = 'a window that may write'
  return {
    code: 'workbook/other-window',
    where: { file: name },
    wanted,
    did: 'stopped',
    can: 'Close the other window.',
  } as const
}

export async function chooseAndOpenWorkbook(): Promise<void> {
  if (!mayWrite()) return
  const file = await commandHost().bridge.call('file:open')
  if (!file) return
  const opened = await openWorkbookFile(file.name, file.bytes)
  if (!opened.ok) showToast(opened.issues.map(tellIssue).join(' '), { tone: 'warn' })
}

/** One file with everything; what the full disk took from the browser can still be saved this way. */
export async function saveWorkbookFile(): Promise<void> {
  const { saveBlob, runners, newId } = commandHost()
  const name = settingsOf(useWorkbook.getState().records)?.name ?? 'Workbook'
  try {
    const written = await withTask(`Saving ${name}`, async ({ signal, onProgress }) => {
      const parcel = newId()
      runners.files.start()
      await inOrder(() => openedStorage().sendWorkbook(parcel))
      return runners.files.run('writeFile', { parcel }, { signal, onProgress }).catch((cause: unknown) => {
        // Stopped before its turn it would wait in the worker for good, with all its facts.
        void runners.files.run('drop', { parcel }).catch(() => {})
        throw cause
      })
    })
    if (written === null) return
    if (!written.ok) {
      showToast(`${name} was not saved. ${written.issues.map(tellIssue).join(' ')}`, { tone: 'warn' })
      return
    }
    const saved = await saveBlob(fileNameOf(name, 'quarterdeck'), written.value)
    if (saved.kind === 'saved') showToast(`Saved: ${saved.where}.`)
    if (saved.kind === 'failed') showToast(`${name} was not saved: ${saved.reason}`, { tone: 'warn' })
  } catch (cause) {
    showToast(`${name} was not saved: ${storageErrorOf(cause).message}`, { tone: 'warn' })
  }
}

/** Back to the start page. The workbook is deleted from both copies; the view has asked. */
export async function closeWorkbook(): Promise<void> {
  if (!mayWrite()) return
  const isClosed = await saving('Close workbook', () => openedStorage().replace(null))
  if (!isClosed) return
  forgetWorkbook()
  useScreen.setState({ scenarioId: null, place: 'wall' })
  useWorkbook.setState({ phase: 'start', notice: null, records: NO_RECORDS, imports: [] })
}
