import { type KeyboardEvent, useEffect, useState } from 'react'
import { Button, Chip, IconButton, Table, tellEvidence } from '../../parts/index.ts'
import { showFit } from './fit-panel.tsx'
import { type DriverEntry, problemOf } from './scenario-drivers.ts'

/** The scenario's inputs: each can be typed over in place, says how it is read and where it comes from. */
export function DriverTable({
  entries,
  fitted,
  onSet,
  isReadOnly,
}: {
  readonly entries: readonly DriverEntry[]
  /** Names of those whose fit against imported values is shown below. */
  readonly fitted: ReadonlySet<string>
  readonly onSet: (entry: DriverEntry, formula: string) => void
  readonly isReadOnly: boolean
}) {
  return (
    <Table label="Drivers of this scenario">
      <thead>
        <tr>
          <th scope="col">Driver</th>
          <th scope="col">Value, range or formula</th>
          <th scope="col">Unit</th>
          <th scope="col">Evidence</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <DriverLine
            key={entry.name}
            entry={entry}
            isFitted={fitted.has(entry.name)}
            onSet={onSet}
            isReadOnly={isReadOnly}
          />
        ))}
      </tbody>
    </Table>
  )
}

function DriverLine({
  entry,
  isFitted,
  onSet,
  isReadOnly,
}: {
  readonly entry: DriverEntry
  readonly isFitted: boolean
  readonly onSet: (entry: DriverEntry, formula: string) => void
  readonly isReadOnly: boolean
}) {
  const { word, tone, why } = tellEvidence(entry.evidence)
  return (
    <tr className={entry.isSet ? 'driver-set' : undefined}>
      <th scope="row" title={entry.note}>
        {entry.name}
      </th>
      <td className="driver-value">
        <span className="row driver-entry">
          <FormulaBox entry={entry} onSet={onSet} isReadOnly={isReadOnly} />
          {entry.isSet && (
            <IconButton
              label={`Back to ${entry.inherited || 'the months of the plan'}`}
              icon="undo"
              isDisabled={isReadOnly}
              onPress={() => onSet(entry, entry.inherited)}
            />
          )}
        </span>
        {saysMore(entry) && <span className="small dim driver-reading">{entry.reading}</span>}
      </td>
      <td className="dim">{entry.unit === '1' ? '' : entry.unit}</td>
      <td>
        <Chip tone={tone} title={why}>
          {word}
        </Chip>
        {entry.from === 'plan' && <span className="small dim"> from the plan</span>}
        {isFitted && (
          <Button
            variant="ghost"
            size="small"
            aria-label={`See the fit of ${entry.name}`}
            onPress={() => showFit(entry.name)}
          >
            See the fit
          </Button>
        )}
      </td>
    </tr>
  )
}

/** A reading that only repeats the number typed is left out. */
function saysMore({ reading, formula }: DriverEntry): boolean {
  const digits = (text: string) => text.replace(/[^\d.]/g, '')
  return reading !== '' && digits(reading) !== digits(formula)
}

/** A text taken on Enter or when the box is left; what cannot be read stays in the box with the reason below it. */
function FormulaBox({
  entry,
  onSet,
  isReadOnly,
}: {
  readonly entry: DriverEntry
  readonly onSet: (entry: DriverEntry, formula: string) => void
  readonly isReadOnly: boolean
}) {
  const [text, setText] = useState(entry.formula)
  useEffect(() => setText(entry.formula), [entry.formula])
  const problem = text === entry.formula ? null : problemOf(text.replace(/^=\s*/, ''))
  const take = () => {
    if (text.trim() !== entry.formula && problem === null) onSet(entry, text)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') take()
    if (event.key === 'Escape') setText(entry.formula)
  }
  const problemId = `problem of ${entry.name}`.replaceAll(' ', '-')
  return (
    <span className="formula-box">
      <input
        className="input mono"
        aria-label={`${entry.name}, value, range or formula`}
        aria-invalid={problem !== null}
        {...(problem !== null && { 'aria-describedby': problemId })}
        spellCheck={false}
        readOnly={isReadOnly}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={take}
        onKeyDown={onKeyDown}
      />
      {problem !== null && (
        <span id={problemId} className="small bad" role="alert">
          {problem}
        </span>
      )}
    </span>
  )
}
