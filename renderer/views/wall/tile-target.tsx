import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import type { WallNumber } from '../../../shared/metrics/index.ts'
import { type MetricTarget, standsTo } from '../../../shared/okr/index.ts'
import { editRecords, goTo } from '../../commands/index.ts'
import { Button, Dialog, NumberField, formatUnits } from '../../parts/index.ts'
import { inSentence, sizeOfMiss } from '../../measured/metric-words.ts'
import { formatOfUnit } from '../../measured/number-formats.ts'
import { putTarget } from './target-edits.ts'

/** What the number is to reach and by how much it misses; a press sets it. */
export function TileTarget({
  number,
  target,
  currency,
}: {
  readonly number: WallNumber
  readonly target: MetricTarget | null
  readonly currency: string
}) {
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="wall-target">
      <AriaButton
        className="wall-target-button"
        onPress={() => setOpen(true)}
        {...(target === null && { 'aria-label': `Set a target for ${inSentence(number.name)}` })}
      >
        {target === null ? (
          <span className="faint">Set a target</span>
        ) : (
          <TargetLine number={number} target={target} currency={currency} />
        )}
      </AriaButton>
      {isOpen && <TargetDialog number={number} target={target} currency={currency} onClose={() => setOpen(false)} />}
    </div>
  )
}

function TargetLine({
  number: { current, better, unit },
  target,
  currency,
}: {
  readonly number: WallNumber
  readonly target: MetricTarget
  readonly currency: string
}) {
  const stand = current.known ? standsTo(target, current.value, better) : null
  return (
    <>
      <span className="wall-target-key" aria-hidden="true" />
      Target {formatUnits(target.value, unit, currency)}
      {stand && (
        <span
          className={stand.isMet ? 'good' : 'dim'}
          title={
            stand.isMet
              ? undefined
              : `${sizeOfMiss(stand.missedBy, unit, currency)} ${better === 'lower' ? 'over' : 'short of'} it`
          }
        >
          · {stand.isMet ? 'met' : 'missed'}
        </span>
      )}
    </>
  )
}

function TargetDialog({
  number: { metricId, name, unit, better },
  target,
  currency,
  onClose,
}: {
  readonly number: WallNumber
  readonly target: MetricTarget | null
  readonly currency: string
  readonly onClose: () => void
}) {
  const [value, setValue] = useState<number | null>(target?.value ?? null)
  const keyResult = target?.keyResult ?? null
  const save = (next: number | null) => {
    void editRecords(`target of ${inSentence(name)}`, (records) => putTarget(records, metricId, keyResult, next))
    onClose()
  }
  return (
    <Dialog
      title={`Target: ${name}`}
      isOpen
      onClose={onClose}
      size="small"
      footer={
        <>
          {target !== null && keyResult === null && (
            <Button variant="ghost" onPress={() => save(null)}>
              No target
            </Button>
          )}
          <Button onPress={onClose}>Cancel</Button>
          {/* Never disabled: a typed number counts once its field is left, which pressing does. */}
          <Button variant="primary" onPress={() => (value === null ? onClose() : save(value))}>
            Save
          </Button>
        </>
      }
    >
      <NumberField
        label={better === 'lower' ? 'At most' : 'At least'}
        value={value}
        onChange={setValue}
        format={formatOfUnit(unit === 'share' ? '%' : unit, currency)}
        {...(unit === 'h' && { unit: 'h' })}
        autoFocus
      />
      {keyResult === null ? (
        <p className="small dim">
          No key result of this quarter is measured by it. What you set here is only a line on the Wall; a key result
          also has a score, a budget and odds.{' '}
          <Button
            size="small"
            variant="ghost"
            onPress={() => {
              onClose()
              goTo('okrs')
            }}
          >
            Go to OKRs
          </Button>
        </p>
      ) : (
        <p className="small dim">
          This is the target of the key result “{keyResult.name}”; a change here changes it there, scores and odds with
          it.
        </p>
      )}
    </Dialog>
  )
}
