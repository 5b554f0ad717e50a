import { invertDiff, joinDiffs, type RecordsDiff } from '../../shared/records/index.ts'
import { changeRecords, diffRecords, type WorkbookRecords } from '../../shared/workbook/index.ts'
import { useHistory } from '../stores/history.ts'
import { useWorkbook } from '../stores/workbook.ts'
import { recordsChanged } from './figures.ts'
import { commandHost } from './host.ts'
import { mayWrite, storeStep } from './session.ts'

/** step: its own undo · join: typing and dragging, one undo for what follows shortly on the same records. */
export type Remembered = 'step' | 'join'

interface Step {
  readonly label: string
  readonly diff: RecordsDiff
  readonly at: number
  readonly remembered: Remembered
}

interface Steps {
  readonly undo: readonly Step[]
  readonly redo: readonly Step[]
}

const JOIN_WITHIN_MS = 1_500
const MAX_STEPS = 1_000

let steps: Steps = { undo: [], redo: [] }

function remember(next: Steps): void {
  steps = next
  useHistory.setState({
    undoLabel: next.undo.at(-1)?.label ?? null,
    redoLabel: next.redo.at(-1)?.label ?? null,
    steps: [...next.undo, ...[...next.redo].reverse()].map(({ label, at }) => ({ label, at })),
    done: next.undo.length,
  })
}

/** Another workbook is open: its history starts here. */
export function forgetSteps(): void {
  remember({ undo: [], redo: [] })
}

/**
 * Changes hand-edited records: shown at once, stored in both copies behind it. A change that cannot be stored is taken
 * back on the screen too, with a sentence; what is shown as saved always is.
 */
export async function editRecords(
  label: string,
  change: (records: WorkbookRecords) => WorkbookRecords,
  remembered: Remembered = 'step',
): Promise<void> {
  if (!mayWrite()) return
  const before = useWorkbook.getState().records
  const diff = diffRecords(before, change(before))
  if (diff.length === 0) return
  await apply(label, diff, withStep(label, diff, remembered))
}

export async function undo(): Promise<void> {
  const step = steps.undo.at(-1)
  if (!step || !mayWrite()) return
  const next = { undo: steps.undo.slice(0, -1), redo: [...steps.redo, step] }
  await revert(`Undo: ${step.label}`, invertDiff(step.diff), next)
}

export async function redo(): Promise<void> {
  const step = steps.redo.at(-1)
  if (!step || !mayWrite()) return
  const next = { undo: [...steps.undo, { ...step, remembered: 'step' as const }], redo: steps.redo.slice(0, -1) }
  await revert(`Redo: ${step.label}`, step.diff, next)
}

/** Undoes or redoes as many steps as it takes until `done` of them hold, in one transaction. */
export async function goToStep(done: number): Promise<void> {
  const { undo: past, redo: coming } = steps
  const all = [...past, ...[...coming].reverse().map((step) => ({ ...step, remembered: 'step' as const }))]
  const wanted = Math.max(0, Math.min(done, all.length))
  if (wanted === past.length || !mayWrite()) return
  const isBack = wanted < past.length
  const diffs = isBack
    ? past
        .slice(wanted)
        .map(({ diff }) => invertDiff(diff))
        .reverse()
    : all.slice(past.length, wanted).map(({ diff }) => diff)
  const next = { undo: all.slice(0, wanted), redo: all.slice(wanted).reverse() }
  const diff = diffs.reduce(joinDiffs)
  // Steps that cancel out leave nothing to store.
  if (diff.length === 0) remember(next)
  else await revert(`${isBack ? 'Undo' : 'Redo'} of ${diffs.length} steps`, diff, next)
}

async function revert(label: string, diff: RecordsDiff, next: Steps): Promise<void> {
  const stored = apply(label, diff, next)
  useHistory.setState({ reverted: diff })
  await stored
}

async function apply(label: string, diff: RecordsDiff, next: Steps): Promise<void> {
  const former = steps
  remember(next)
  useWorkbook.setState(({ records }) => ({ records: changeRecords(records, diff) }))
  recordsChanged(diff)
  await storeStep({ label, diff }, () => {
    remember(former)
    recordsChanged(diff)
  })
}

function withStep(label: string, diff: RecordsDiff, remembered: Remembered): Steps {
  const at = commandHost().now()
  const top = steps.undo.at(-1)
  const joins =
    remembered === 'join' &&
    top?.remembered === 'join' &&
    top.label === label &&
    at - top.at <= JOIN_WITHIN_MS &&
    steps.redo.length === 0 &&
    touches(top.diff) === touches(diff)
  if (!joins) return { undo: [...steps.undo, { label, diff, at, remembered }].slice(-MAX_STEPS), redo: [] }
  const joined = joinDiffs(top.diff, diff)
  const below = steps.undo.slice(0, -1)
  // Typed and typed back: nothing is left to undo.
  return { undo: joined.length === 0 ? below : [...below, { ...top, diff: joined, at }], redo: [] }
}

function touches(diff: RecordsDiff): string {
  return diff
    .map(({ table, id }) => `${table}/${id}`)
    .sort()
    .join(' ')
}
