import { type FormEvent, useState } from 'react'
import { parseDay } from '../../../shared/calendar/index.ts'
import { metricById, type WeekNote, type WeekNoteKind } from '../../../shared/metrics/index.ts'
import { Button, Select, TextField } from '../../parts/index.ts'
import { inSentence } from '../../measured/metric-words.ts'
import { EMPTY_DRAFT, type NoteDraft } from './note-edits.ts'

export const NOTE_INPUT = 'note-text'

const KINDS: readonly { readonly id: WeekNoteKind; readonly label: string }[] = [
  { id: 'note', label: 'Note' },
  { id: 'decision', label: 'Decision' },
  { id: 'follow-up', label: 'Follow-up' },
]

const ASKS: Readonly<Record<WeekNoteKind, string>> = {
  note: 'What was seen',
  decision: 'What was decided',
  'follow-up': 'What somebody does about it',
}

/** One line to write, Enter to keep it. A follow-up also asks who does it and by when. */
export function NoteForm({
  note,
  about,
  onSave,
  onCancel,
}: {
  readonly note?: WeekNote
  readonly about: string | null
  readonly onSave: (draft: NoteDraft) => void
  readonly onCancel?: () => void
}) {
  const [draft, setDraft] = useState<NoteDraft>(note ?? { ...EMPTY_DRAFT, metricId: about })
  const change = (part: Partial<NoteDraft>) => setDraft({ ...draft, ...part })
  const due = draft.due === null ? null : parseDay(draft.due)
  const metric = draft.metricId === null ? null : metricById(draft.metricId)

  function save(event: FormEvent) {
    event.preventDefault()
    if (draft.text.trim() === '' || (due !== null && !due.ok)) return
    const { kind, text, owner, metricId } = draft
    onSave({ kind, text, owner, metricId, due: due?.ok ? due.value : null })
    if (!note) setDraft({ ...EMPTY_DRAFT, kind, metricId: about })
  }

  return (
    <form className="note-form" onSubmit={save} {...(!note && { id: NOTE_INPUT })}>
      <Select label="Kind" isLabelHidden value={draft.kind} onChange={(kind) => change({ kind })} choices={KINDS} />
      <TextField
        className="note-form-text"
        label={ASKS[draft.kind]}
        isLabelHidden
        placeholder={metric ? `${ASKS[draft.kind]}, about ${inSentence(metric.name)}` : ASKS[draft.kind]}
        value={draft.text}
        onChange={(text) => change({ text })}
        {...(note && { autoFocus: true })}
      />
      {draft.kind === 'follow-up' && (
        <>
          <TextField
            label="Who"
            isLabelHidden
            placeholder="Who"
            value={draft.owner}
            onChange={(owner) => change({ owner })}
          />
          <TextField
            label="By"
            isLabelHidden
            type="date"
            value={draft.due ?? ''}
            onChange={(text) => change({ due: text === '' ? null : (text as NoteDraft['due']) })}
          />
        </>
      )}
      <Button type="submit" isDisabled={draft.text.trim() === ''}>
        {note ? 'Save' : 'Keep'}
      </Button>
      {onCancel && (
        <Button variant="ghost" onPress={onCancel}>
          Cancel
        </Button>
      )}
    </form>
  )
}
