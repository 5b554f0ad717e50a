import { useState } from 'react'
import { type Day, parseDay, nameDay } from '../../../shared/calendar/index.ts'
import type { CheckIn, KeyResult } from '../../../shared/okr/index.ts'
import { Button, Dialog, IconButton, NumberField, Table, TextField, formatUnits } from '../../parts/index.ts'
import { formatOfUnit } from '../../measured/number-formats.ts'

/** A value said by someone on a day, and those said before. */
export function CheckInDialog({
  keyResult,
  checkIns,
  currency,
  today,
  onChange,
  onClose,
}: {
  readonly keyResult: KeyResult
  readonly checkIns: readonly CheckIn[]
  readonly currency: string
  readonly today: Day
  readonly onChange: (label: string, checkIns: readonly CheckIn[]) => void
  readonly onClose: () => void
}) {
  const [value, setValue] = useState<number | null>(null)
  const [on, setOn] = useState<string>(today)
  const [note, setNote] = useState('')
  const day = parseDay(on)
  const newestFirst = [...checkIns].sort((a, b) => (a.on < b.on ? 1 : -1))

  function add() {
    if (value === null || !day.ok) return
    const others = checkIns.filter((checkIn) => checkIn.on !== day.value)
    onChange(
      'check-in',
      [...others, { on: day.value, value, note: note.trim() }].sort((a, b) => (a.on < b.on ? -1 : 1)),
    )
    onClose()
  }

  return (
    <Dialog
      title={`Check in: ${keyResult.name}`}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" isDisabled={value === null || !day.ok} onPress={add}>
            Check in
          </Button>
        </>
      }
    >
      <div className="form-grid">
        <NumberField
          label="Value"
          value={value}
          onChange={setValue}
          format={formatOfUnit(keyResult.unit, currency)}
          autoFocus
        />
        <TextField label="Day" type="date" value={on} onChange={setOn} problem={day.ok ? null : 'Choose a day.'} />
      </div>
      <TextField
        label="Note"
        value={note}
        onChange={setNote}
        isMultiline
        placeholder="What happened, and what you will do"
      />
      {newestFirst.length > 0 && (
        <Table label="Earlier check-ins">
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col" className="number">
                Value
              </th>
              <th scope="col">Note</th>
              <th scope="col">
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {newestFirst.map((checkIn) => (
              <tr key={checkIn.on}>
                <td className="nowrap">{nameDay(checkIn.on)}</td>
                <td className="number">{formatUnits(checkIn.value, keyResult.unit, currency)}</td>
                <td className="dim">{checkIn.note}</td>
                <td>
                  <IconButton
                    label={`Delete the check-in of ${nameDay(checkIn.on)}`}
                    icon="trash"
                    onPress={() =>
                      onChange(
                        'deletion of a check-in',
                        checkIns.filter((other) => other !== checkIn),
                      )
                    }
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Dialog>
  )
}
