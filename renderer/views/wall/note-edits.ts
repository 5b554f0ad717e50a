import { openFollowUps, type WeekNote } from '../../../shared/metrics/index.ts'
import type { WeekKey } from '../../../shared/calendar/index.ts'
import type { WorkbookRecords } from '../../../shared/workbook/index.ts'
import { nextOrder } from '../../parts/next-order.ts'

/** A note while it is being written. */
export type NoteDraft = Pick<WeekNote, 'kind' | 'text' | 'owner' | 'due' | 'metricId'>

export const EMPTY_DRAFT: NoteDraft = { kind: 'note', text: '', owner: '', due: null, metricId: null }

/** Puts a note to the records as written: trimmed, and only a follow-up keeps who does it and by when. */
export function putNote(
  records: WorkbookRecords,
  draft: NoteDraft,
  place: Pick<WeekNote, 'id' | 'week'>,
): WorkbookRecords {
  const former = records.weekNotes[place.id]
  const isFollowUp = draft.kind === 'follow-up'
  const note: WeekNote = {
    ...place,
    kind: draft.kind,
    text: draft.text.trim(),
    metricId: draft.metricId,
    owner: isFollowUp ? draft.owner.trim() : '',
    due: isFollowUp ? draft.due : null,
    isDone: isFollowUp && (former?.isDone ?? false),
    order: former?.order ?? nextOrder(records.weekNotes),
  }
  return { ...records, weekNotes: { ...records.weekNotes, [note.id]: note } }
}

export function withDone(records: WorkbookRecords, id: string, isDone: boolean): WorkbookRecords {
  const note = records.weekNotes[id]
  return note ? { ...records, weekNotes: { ...records.weekNotes, [id]: { ...note, isDone } } } : records
}

export function withoutNote(records: WorkbookRecords, id: string): WorkbookRecords {
  const { [id]: _gone, ...weekNotes } = records.weekNotes
  return { ...records, weekNotes }
}

export interface NotesOfWeek {
  /** Open ones of this week and of weeks before, then those of this week that are done. */
  readonly followUps: readonly WeekNote[]
  readonly decisions: readonly WeekNote[]
  readonly notes: readonly WeekNote[]
}

export function notesOfWeek(weekNotes: WorkbookRecords['weekNotes'], week: WeekKey): NotesOfWeek {
  const all = Object.values(weekNotes)
  const own = all.filter((note) => note.week === week).sort((a, b) => a.order - b.order)
  return {
    followUps: [...openFollowUps(all, week), ...own.filter(({ kind, isDone }) => kind === 'follow-up' && isDone)],
    decisions: own.filter(({ kind }) => kind === 'decision'),
    notes: own.filter(({ kind }) => kind === 'note'),
  }
}
