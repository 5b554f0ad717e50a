import { useState } from 'react'
import {
  addDays,
  type Day,
  dayIn,
  firstDayOfWeek,
  type WeekKey,
  weekOf,
  nameDay,
  namePeriod,
} from '../../../shared/calendar/index.ts'
import { metricById, type WeekNote } from '../../../shared/metrics/index.ts'
import { instantOf } from '../../../shared/quantities/index.ts'
import { editRecords, showToast, undo } from '../../commands/index.ts'
import { Checkbox, Chip, IconButton, Panel, newId } from '../../parts/index.ts'
import { useWorkbook } from '../../stores/workbook.ts'
import { type NoteDraft, notesOfWeek, putNote, withDone, withoutNote } from './note-edits.ts'
import { NoteForm } from './note-form.tsx'
import './week-notes.css'

/**
 * What was said of a week in front of the Wall. Follow-ups nobody has done come along to every later week, with the week
 * they are from.
 */
export function WeekNotes({
  week,
  newestWeek,
  onWeek,
  about,
}: {
  readonly week: WeekKey
  readonly newestWeek: WeekKey
  readonly onWeek: (week: WeekKey) => void
  /** The number that is open: what is written now is about it. */
  readonly about: string | null
}) {
  const weekNotes = useWorkbook((workbook) => workbook.records.weekNotes)
  const zone = useWorkbook((workbook) => workbook.records.settings['settings']?.zone)
  const { followUps, decisions, notes } = notesOfWeek(weekNotes, week)
  const monday = firstDayOfWeek(week)
  const move = (days: number) => onWeek(weekOf(addDays(monday, days)))
  const [today] = useState(() => (zone === undefined ? null : dayIn(instantOf(Date.now()), zone)))
  const isEmpty = followUps.length + decisions.length + notes.length === 0
  return (
    <Panel
      className="week-notes"
      title={
        <>
          Notes of {week.slice(5)} <span className="week-notes-days">{namePeriod(monday, addDays(monday, 6))}</span>
        </>
      }
      actions={
        <>
          <IconButton label="The week before" icon="chevron-left" onPress={() => move(-7)} />
          <IconButton
            label="The week after"
            icon="chevron-right"
            isDisabled={week >= newestWeek}
            onPress={() => move(7)}
          />
        </>
      }
    >
      <NoteForm
        key={`${week} ${about ?? ''}`}
        about={about}
        onSave={(draft) =>
          void editRecords(`new ${draft.kind}`, (records) => putNote(records, draft, { id: newId('note'), week }))
        }
      />
      {isEmpty && (
        <p className="small dim">
          Nothing is kept for this week yet. What is decided in front of the Wall stays with its week; follow-ups come
          along until they are done.
        </p>
      )}
      <NoteList title="Follow-ups" notes={followUps} week={week} today={today} />
      <NoteList title="Decisions" notes={decisions} week={week} today={today} />
      <NoteList title="Notes" notes={notes} week={week} today={today} />
    </Panel>
  )
}

interface ListProps {
  readonly title: string
  readonly notes: readonly WeekNote[]
  readonly week: WeekKey
  readonly today: Day | null
}

function NoteList({ title, notes, ...rest }: ListProps) {
  if (notes.length === 0) return null
  return (
    <section aria-label={title}>
      <h3 className="week-notes-kind">{title}</h3>
      <ul className="week-notes-list">
        {notes.map((note) => (
          <NoteItem key={note.id} note={note} {...rest} />
        ))}
      </ul>
    </section>
  )
}

function NoteItem({ note, week, today }: Omit<ListProps, 'title' | 'notes'> & { readonly note: WeekNote }) {
  const [isEdited, setEdited] = useState(false)
  if (isEdited)
    return (
      <li>
        <NoteForm
          note={note}
          about={note.metricId}
          onSave={(draft: NoteDraft) => {
            void editRecords(`change of a ${note.kind}`, (records) => putNote(records, draft, note))
            setEdited(false)
          }}
          onCancel={() => setEdited(false)}
        />
      </li>
    )
  return (
    <li className={`week-note ${note.isDone ? 'done' : ''}`}>
      <div className="week-note-said">
        {note.kind === 'follow-up' ? (
          <Checkbox isSelected={note.isDone} onChange={(isDone) => markDone(note, isDone, week)}>
            <span className="week-note-text">{note.text}</span>
          </Checkbox>
        ) : (
          <p className="week-note-text">{note.text}</p>
        )}
        <NoteFacts note={note} week={week} today={today} />
      </div>
      <div className="week-note-actions">
        <IconButton label={`Change: ${note.text}`} icon="edit" onPress={() => setEdited(true)} />
        <IconButton label={`Delete: ${note.text}`} icon="trash" onPress={() => remove(note)} />
      </div>
    </li>
  )
}

function NoteFacts({ note, week, today }: Omit<ListProps, 'title' | 'notes'> & { readonly note: WeekNote }) {
  const metric = note.metricId === null ? null : metricById(note.metricId)
  const isLate = note.due !== null && !note.isDone && today !== null && note.due < today
  const facts = [
    ...(note.owner === '' ? [] : [note.owner]),
    ...(note.due === null || isLate ? [] : [`by ${nameDay(note.due)}`]),
    ...(metric ? [metric.name] : []),
    ...(note.week === week ? [] : [`from ${note.week.slice(5)}`]),
  ]
  if (facts.length === 0 && !isLate) return null
  return (
    <p className="week-note-facts">
      {isLate && <Chip tone="warn">was due {nameDay(note.due!)}</Chip>}
      {facts.join(' · ')}
    </p>
  )
}

function markDone(note: WeekNote, isDone: boolean, week: WeekKey): void {
  void editRecords(isDone ? 'done follow-up' : 'open follow-up', (records) => withDone(records, note.id, isDone)).then(
    () => {
      // One carried over leaves the list at once; its own week still has it.
      if (isDone && note.week !== week)
        showToast(`Done: “${note.text}”. It stays with ${note.week.slice(5)}.`, {
          action: { label: 'Undo', run: () => void undo() },
        })
    },
  )
}

function remove(note: WeekNote): void {
  void editRecords(`deletion of a ${note.kind}`, (records) => withoutNote(records, note.id)).then(() =>
    showToast(`“${note.text}” is deleted.`, { action: { label: 'Undo', run: () => void undo() } }),
  )
}
