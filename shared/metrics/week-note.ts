import { type Day, epochDayOf, type WeekKey } from '../calendar/index.ts'
import type { Identified } from '../records/index.ts'

export const WEEK_NOTE_KINDS = ['note', 'decision', 'follow-up'] as const
export type WeekNoteKind = (typeof WEEK_NOTE_KINDS)[number]

/** What was said of a week in front of the Wall. Kept with the ISO week it was said of, not with the day of writing. */
export interface WeekNote extends Identified {
  readonly week: WeekKey
  readonly kind: WeekNoteKind
  readonly text: string
  /** Number of the Wall it is about; `null` = the week as a whole. */
  readonly metricId: string | null
  /** Who follows it up; empty = nobody named. */
  readonly owner: string
  /** Last day to follow it up; `null` = none set. */
  readonly due: Day | null
  /** A follow-up that was done; of notes and decisions always false. */
  readonly isDone: boolean
  readonly order: number
}

/** Follow-ups of this week and of weeks before that nobody has done, oldest due first: where Monday starts. */
export function openFollowUps(notes: readonly WeekNote[], week: WeekKey): readonly WeekNote[] {
  return notes
    .filter((note) => note.kind === 'follow-up' && !note.isDone && note.week <= week)
    .sort((a, b) => compareDue(a, b) || (a.week < b.week ? -1 : a.week > b.week ? 1 : a.order - b.order))
}

function compareDue({ due: a }: WeekNote, { due: b }: WeekNote): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return epochDayOf(a) - epochDayOf(b)
}
