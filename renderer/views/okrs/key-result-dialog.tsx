import { useState } from 'react'
import type { KeyResult, KeyResultType } from '../../../shared/okr/index.ts'
import { Button, Checkbox, Dialog, NumberField, Select, TextField } from '../../parts/index.ts'
import { METRIC_CHOICES, unitOfMetric } from './metric-choices.ts'
import { type KeyResultDraft, NEW_DRAFT, TYPE_NAMES, draftOf, draftProblem, isKeepType } from './key-result-draft.ts'
import { UNIT_CHOICES, formatOfUnit } from '../../measured/number-formats.ts'

const BY_HAND = 'by-hand'

/** Adds or changes one key result. */
export function KeyResultDialog({
  keyResult,
  currency,
  onSave,
  onClose,
}: {
  readonly keyResult: KeyResult | null
  readonly currency: string
  readonly onSave: (draft: KeyResultDraft) => void
  readonly onClose: () => void
}) {
  const [draft, setDraft] = useState<KeyResultDraft>(keyResult ? draftOf(keyResult) : NEW_DRAFT)
  const [isTried, setTried] = useState(false)
  const problem = draftProblem(draft)
  const format = formatOfUnit(draft.unit, currency)
  const change = (part: Partial<KeyResultDraft>) => setDraft({ ...draft, ...part })

  function save() {
    setTried(true)
    if (problem !== null) return
    onSave(draft)
    onClose()
  }

  return (
    <Dialog
      title={keyResult ? 'Change key result' : 'New key result'}
      isOpen
      onClose={onClose}
      footer={
        <>
          <span className="small bad grow" role="alert">
            {isTried ? problem : null}
          </span>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" onPress={save}>
            {keyResult ? 'Save' : 'Add key result'}
          </Button>
        </>
      }
    >
      <TextField
        label="Key result"
        value={draft.name}
        onChange={(name) => change({ name })}
        autoFocus
        placeholder="Rework below 15% of changed lines"
      />
      <div className="form-grid">
        <Select
          label="Type"
          value={draft.type}
          onChange={(type) => change({ type })}
          choices={(Object.keys(TYPE_NAMES) as KeyResultType[]).map((id) => ({ id, label: TYPE_NAMES[id] }))}
        />
        <Select
          label="Value comes from"
          value={draft.metricId ?? BY_HAND}
          onChange={(id) =>
            change(id === BY_HAND ? { metricId: null } : { metricId: id, unit: unitOfMetric(id) ?? draft.unit })
          }
          choices={[{ id: BY_HAND, label: 'Check-ins by hand' }, ...METRIC_CHOICES]}
        />
        <Select
          label="Unit"
          value={draft.unit}
          isDisabled={draft.metricId !== null}
          onChange={(unit) => change({ unit })}
          choices={
            UNIT_CHOICES.some(({ id }) => id === draft.unit)
              ? UNIT_CHOICES
              : [...UNIT_CHOICES, { id: draft.unit, label: draft.unit }]
          }
        />
        <NumberField label="Weight" value={draft.weight} min={0} onChange={(weight) => change({ weight })} />
        {!isKeepType(draft.type) && (
          <NumberField
            key={`start-${draft.unit}`}
            label="Start"
            value={draft.start}
            onChange={(start) => change({ start })}
            format={format}
          />
        )}
        <NumberField
          key={`target-${draft.unit}`}
          label={isKeepType(draft.type) ? 'Limit' : 'Target'}
          value={draft.target}
          onChange={(target) => change({ target })}
          format={format}
        />
      </div>
      <Checkbox isSelected={draft.isStrict} onChange={(isStrict) => change({ isStrict })}>
        Reaching the number exactly is a miss (“below five percent”)
      </Checkbox>
    </Dialog>
  )
}
