import { useState } from 'react'
import { type Day, parseDay } from '../../../shared/calendar/index.ts'
import {
  type Assessment,
  READINESS_ITEMS,
  READINESS_LEVELS,
  READINESS_NAMES,
  type ReadinessItem,
} from '../../../shared/metrics/index.ts'
import { Button, ComboBox, Dialog, Select, TextField } from '../../parts/index.ts'
import type { AssessmentDraft } from './readiness-edits.ts'

const NOT_NOW = 'not-now'
const LEVELS = [
  { id: NOT_NOW, label: 'Not judged now' },
  ...READINESS_LEVELS.map((label, level) => ({ id: String(level), label: `${level}: ${label}` })),
]

/** Judges the items of the checklist on one day, all or some. */
export function AssessDialog({
  subject: firstSubject,
  subjects,
  today,
  current,
  onSave,
  onClose,
}: {
  readonly subject: string
  readonly subjects: readonly string[]
  readonly today: Day
  readonly current: Readonly<Record<ReadinessItem, Assessment | null>>
  readonly onSave: (draft: AssessmentDraft) => void
  readonly onClose: () => void
}) {
  const [subject, setSubject] = useState(firstSubject)
  const [on, setOn] = useState<string>(today)
  const [assessedBy, setAssessedBy] = useState('')
  const [items, setItems] = useState<AssessmentDraft['items']>({})
  const day = parseDay(on)
  const isLater = day.ok && day.value > today
  const isEmpty = Object.keys(items).length === 0
  const judge = (item: ReadinessItem, level: string) => {
    const { [item]: former, ...others } = items
    setItems(level === NOT_NOW ? others : { ...others, [item]: { level: Number(level), note: former?.note ?? '' } })
  }
  return (
    <Dialog
      title="Assess readiness"
      isOpen
      onClose={onClose}
      size="wide"
      footer={
        <>
          <span className="small dim grow">{isEmpty && 'Judge at least one item.'}</span>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            variant="primary"
            isDisabled={isEmpty || !day.ok || isLater || assessedBy.trim() === ''}
            onPress={() => {
              if (!day.ok) return
              onSave({ on: day.value, subject, assessedBy, items })
              onClose()
            }}
          >
            Keep assessment
          </Button>
        </>
      }
    >
      <div className="form-grid">
        <TextField label="Assessed by" value={assessedBy} onChange={setAssessedBy} autoFocus />
        <TextField
          label="Day"
          type="date"
          value={on}
          onChange={setOn}
          problem={!day.ok ? 'Choose a day.' : isLater ? 'That day is still to come.' : null}
        />
        <ComboBox
          label="Subject"
          value={subject}
          onChange={setSubject}
          choices={subjects.map((id) => ({ id, label: id }))}
          placeholder="Everything"
          description="A team or a repository; empty is everything."
        />
      </div>
      <div className="assess-items">
        {READINESS_ITEMS.map((item) => (
          <fieldset key={item} className="assess-item">
            <legend>{READINESS_NAMES[item].name}</legend>
            <p className="small dim">
              {READINESS_NAMES[item].question}
              {current[item] && ` Stands at ${current[item].level}.`}
            </p>
            <div className="assess-fields">
              <Select
                label={`Level of ${READINESS_NAMES[item].name}`}
                isLabelHidden
                value={items[item] ? String(items[item].level) : NOT_NOW}
                onChange={(level) => judge(item, level)}
                choices={LEVELS}
              />
              <TextField
                label={`What the judgement of ${READINESS_NAMES[item].name} rests on`}
                isLabelHidden
                placeholder="What the judgement rests on"
                isDisabled={!items[item]}
                value={items[item]?.note ?? ''}
                onChange={(note) => setItems({ ...items, [item]: { level: items[item]?.level ?? 0, note } })}
              />
            </div>
          </fieldset>
        ))}
      </div>
    </Dialog>
  )
}
