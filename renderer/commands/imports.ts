import {
  type ImportChoices,
  type ImportRecord,
  type KeptAside,
  mappingFor,
  PEEK_BYTES,
  peekTable,
  type TablePeek,
} from '../../shared/importers/index.ts'
import type { Outcome } from '../../shared/issues/index.ts'
import { instantOf } from '../../shared/quantities/index.ts'
import { hashText } from '../../shared/records/index.ts'
import { storageErrorOf } from '../database/index.ts'
import { type ImportJob, useJobs } from '../stores/jobs.ts'
import { useScreen } from '../stores/screen.ts'
import { useWorkbook } from '../stores/workbook.ts'
import { CancelledError, type ReadFile, type StageWish } from '../workers/index.ts'
import { editRecords } from './edit.ts'
import { importsChanged } from './figures.ts'
import { commandHost } from './host.ts'
import { keptAsideCsv } from './kept-aside-csv.ts'
import { keepFile, unpackFile } from './kept-files.ts'
import { inOrder, knownImports, mayWrite, openedStorage, showStored, storeStep } from './session.ts'
import { saveCsv } from './save-csv.ts'
import { showToast } from './toasts.ts'

/* Dropped files on their way in. Reading happens in the import worker; nothing is stored before the user says so. */

interface Waiting {
  readonly file: File
  /** An import that is read again from the file kept of it, and that this one takes the place of. */
  readonly replaces?: string
  readonly stopper: AbortController
  /** Set when read; its facts wait with storage, under the id of the job. */
  readonly staged: ReadFile | null
  /** Ids of the imports its rows were judged against. */
  readonly basis: string
}

const waiting = new Map<string, Waiting>()

/** Another workbook: what was waiting belonged to the former one. */
export function forgetImports(): void {
  for (const { stopper } of waiting.values()) stopper.abort()
  waiting.clear()
  commandHost().runners.imports.stop()
  useJobs.setState({ imports: [] })
}

/** `choices` are what is known of all of them before they are read. */
export async function readFiles(files: readonly File[], choices: ImportChoices = {}): Promise<void> {
  if (!mayWrite()) return
  const jobs = files.map((file): ImportJob => {
    const id = commandHost().newId()
    waiting.set(id, { file, stopper: new AbortController(), staged: null, basis: '' })
    return { id, fileName: file.name, size: file.size, choices, state: { kind: 'reading', share: 0, rows: 0 } }
  })
  useJobs.setState(({ imports }) => ({ imports: [...imports, ...jobs] }))
  for (const { id } of jobs) {
    await takeFormerChoices(id)
    await stage(id)
  }
}

/** Column names and first records of a waiting file, for mapping; `null` = it is no table. */
export async function peekFile(jobId: string): Promise<TablePeek | null> {
  const known = waiting.get(jobId)
  if (!known) return null
  const bytes = new Uint8Array(await known.file.slice(0, PEEK_BYTES).arrayBuffer())
  const choices = useJobs.getState().imports.find(({ id }) => id === jobId)?.choices
  return peekTable(bytes, choices)
}

/** A table whose column names the user explained before is read as then, and the card says so. */
async function takeFormerChoices(jobId: string): Promise<void> {
  const mappings = Object.values(useWorkbook.getState().records.importMappings)
  if (mappings.length === 0) return
  const peek = await peekFile(jobId)
  const former = peek && mappingFor(peek.header, mappings)
  if (former) showJob(jobId, { choices: former.choices, choicesOf: former.fileName })
}

/** Keeps what the user said about the columns of a table, for the next one with the same names. */
async function keepMapping({ id, fileName, choices }: ImportJob): Promise<void> {
  if (choices.mapping === undefined) return
  const peek = await peekFile(id)
  if (!peek) return
  const { overlap: _overlap, days: _days, ...kept } = choices
  const mapping = {
    id: `mapping-${hashText(JSON.stringify(peek.header))}`,
    header: peek.header,
    choices: kept,
    fileName,
  }
  await editRecords(`columns of ${fileName}`, (records) => ({
    ...records,
    importMappings: { ...records.importMappings, [mapping.id]: mapping },
  }))
}

/**
 * Reads the file kept of an import again, as this version and other choices read it; committed, the new reading takes the
 * place of the former in one step.
 */
export async function readKeptFile(importId: string): Promise<void> {
  const record = knownImports().find(({ id }) => id === importId)
  if (!record || !mayWrite()) return
  const kept = await inOrder(() => openedStorage().sourceFile(importId)).catch(() => null)
  if (!kept) {
    showToast(`The file of ${record.fileName} is not kept here. Drop it again to read it anew.`, { tone: 'warn' })
    return
  }
  const id = commandHost().newId()
  const file = await unpackFile(kept)
  waiting.set(id, { file, replaces: importId, stopper: new AbortController(), staged: null, basis: '' })
  const state = { kind: 'reading', share: 0, rows: 0 } as const
  const job: ImportJob = { id, fileName: kept.fileName, size: kept.size, choices: {}, replaces: importId, state }
  useJobs.setState(({ imports }) => ({ imports: [...imports, job] }))
  showToast(`${kept.fileName} is read again. Importing it takes the place of what was read from it before.`)
  await stage(id)
}

/** Reads a waiting file again with what the user decided. */
export async function rereadFile(jobId: string, choices: ImportChoices): Promise<void> {
  const known = waiting.get(jobId)
  if (!known) return
  known.stopper.abort()
  waiting.set(jobId, { ...known, stopper: new AbortController(), staged: null })
  showJob(jobId, { choices, choicesOf: null, state: { kind: 'reading', share: 0, rows: 0 } })
  await stage(jobId)
}

/** Stops reading, or lets go of what was read. What is being stored is past that: it can be taken back. */
export function discardImport(jobId: string): void {
  if (useJobs.getState().imports.find(({ id }) => id === jobId)?.state.kind === 'committing') return
  const known = waiting.get(jobId)
  // Also what was read once may be being read again.
  known?.stopper.abort()
  if (known) openedStorage().forget(jobId)
  waiting.delete(jobId)
  useJobs.setState(({ imports }) => ({ imports: imports.filter(({ id }) => id !== jobId) }))
}

/**
 * Stores staged files, one step each: an import is there whole or not at all. A file read before others were committed or
 * discarded is read once more first, so that the fates that are kept are true of the workbook it joins.
 */
export function commitImports(jobIds: readonly string[]): Promise<void> {
  return inTurn(() => commitEach(jobIds))
}

async function commitEach(jobIds: readonly string[]): Promise<void> {
  if (!mayWrite()) return
  for (const jobId of jobIds) {
    if (!waiting.get(jobId)?.staged) continue
    if (waiting.get(jobId)!.basis !== idsOf(standingBeside(jobId))) await stage(jobId, standingBeside(jobId))
    const job = useJobs.getState().imports.find(({ id }) => id === jobId)
    if (waiting.get(jobId)?.staged && job && (job.choicesOf ?? null) === null) await keepMapping(job)
    const ready = waiting.get(jobId)
    if (!ready?.staged) continue
    showJob(jobId, { state: { kind: 'committing' } })
    const { file, replaces, staged } = ready
    const { record } = staged
    const seq = nextSeq(knownImports())
    const by = useScreen.getState().ownName.trim()
    const committedAt = instantOf(commandHost().now())
    const committed: ImportRecord = { ...record, seq, committedAt, ...(by !== '' && { by }) }
    const added = [{ parcel: jobId, record: committed }]
    const removed = replaces === undefined ? [] : [replaces]
    const packed = replaces === undefined ? null : await openedStorage().sourceFile(replaces)
    const isStored = await storeStep({ label: `Import ${record.fileName}`, added, removed })
    if (!isStored) {
      showJob(jobId, { state: stagedState(staged) })
      return
    }
    if (packed) void inOrder(() => openedStorage().keepSource({ ...packed, importId: committed.id })).catch(() => {})
    else void keepFile(committed, file)
    waiting.delete(jobId)
    useJobs.setState(({ imports }) => ({ imports: imports.filter(({ id }) => id !== jobId) }))
    showStored()
    importsChanged()
  }
}

export function takeBackImport(importId: string): Promise<void> {
  return inTurn(() => takeBack(importId))
}

/** The last change of the imports; the next waits for it, because it is judged and numbered by what that leaves. */
let changing: Promise<unknown> = Promise.resolve()

function inTurn(change: () => Promise<void>): Promise<void> {
  const turn = changing.then(change)
  changing = turn.catch(() => {})
  return turn
}

async function takeBack(importId: string): Promise<void> {
  if (!mayWrite()) return
  const record = knownImports().find(({ id }) => id === importId)
  if (!record) return
  const isStored = await storeStep({ label: `Take back ${record.fileName}`, removed: [importId] })
  if (!isStored) return
  showStored()
  importsChanged()
  showToast(`${record.fileName} was taken back whole. What it had replaced holds again.`)
}

export function keptAsideOf(importId: string): Promise<readonly KeptAside[]> {
  return inOrder(() => openedStorage().keptAsideOf(importId))
}

export async function downloadKeptAside(importId: string): Promise<void> {
  const record = knownImports().find(({ id }) => id === importId)
  const title = `${record?.fileName.replace(/\.[^.]*$/, '') ?? 'Import'} kept aside`
  await saveCsv(title, keptAsideCsv(await keptAsideOf(importId)))
}

/** Judged against `basis`, or against the workbook and every file staged before this one. */
async function stage(
  jobId: string,
  basis: readonly ImportRecord[] = [...standingBeside(jobId), ...stagedBefore(jobId)],
): Promise<void> {
  const own = waiting.get(jobId)
  const job = useJobs.getState().imports.find(({ id }) => id === jobId)
  if (!own || !job) return
  const { signal } = own.stopper
  const wish: Omit<StageWish, 'file'> = {
    name: own.file.name,
    choices: job.choices,
    importId: jobId,
    seq: nextSeq(basis),
    at: instantOf(commandHost().now()),
    basis,
  }
  try {
    const read = await readInWorker(own.file, wish, signal)
    if (signal.aborted) return
    if (!read.ok) {
      showJob(jobId, { state: { kind: 'refused', issues: read.issues } })
      return
    }
    waiting.set(jobId, { ...own, staged: read.value, basis: idsOf(basis) })
    showJob(jobId, { state: stagedState(read.value) })
  } catch (cause) {
    if (signal.aborted || cause instanceof CancelledError) return
    showJob(jobId, { state: { kind: 'refused', issues: [notRead(own.file.name, cause)] } })
  }
}

/** A worker that was started anew is first taught the imports the file is judged against. */
async function readInWorker(
  file: File,
  wish: Omit<StageWish, 'file'>,
  signal: AbortSignal,
): Promise<Outcome<ReadFile>> {
  const { imports } = commandHost().runners
  const onProgress = (share: number | null, rows: number) => {
    if (!signal.aborted) showJob(wish.importId, { state: { kind: 'reading', share: share ?? 0, rows } })
  }
  for (;;) {
    const answer = await imports.run('stage', { ...wish, file }, { signal, onProgress })
    if (answer.kind === 'read') return answer.staged
    imports.start()
    for (const id of answer.ids) {
      await openedStorage().sendHashes(id, id)
      await imports.run('know', { id })
    }
  }
}

/** What is stored and stays when this job is committed. */
function standingBeside(jobId: string): readonly ImportRecord[] {
  const replaced = waiting.get(jobId)?.replaces
  return knownImports().filter(({ id }) => id !== replaced)
}

function stagedBefore(jobId: string): readonly ImportRecord[] {
  const records: ImportRecord[] = []
  for (const { id } of useJobs.getState().imports) {
    if (id === jobId) break
    const staged = waiting.get(id)?.staged
    if (staged) records.push({ ...staged.record, seq: nextSeq([...knownImports(), ...records]) })
  }
  return records
}

function stagedState({ record, keptAside, recognisedBy, sameAs, examples, inPlace }: ReadFile): ImportJob['state'] {
  return { kind: 'staged', record, keptAside, recognisedBy, sameAs, examples, inPlace }
}

function showJob(jobId: string, change: Partial<ImportJob>): void {
  useJobs.setState(({ imports }) => ({
    imports: imports.map((job) => (job.id === jobId ? { ...job, ...change } : job)),
  }))
}

function nextSeq(imports: readonly ImportRecord[]): number {
  return imports.reduce((most, { seq }) => Math.max(most, seq), 0) + 1
}

function idsOf(imports: readonly ImportRecord[]): string {
  return imports
    .map(({ id }) => id)
    .sort()
    .join(' ')
}

function notRead(file: string, cause: unknown) {
  const said = cause instanceof Error ? cause.message : storageErrorOf(cause).message
  return {
    code: 'import/not-read',
    where: { file },
    said,
    wanted: 'a file that can be read to its end',
    did: 'stopped',
    can: 'Drop the file again.',
  } as const
}
