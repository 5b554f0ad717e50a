import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Sought } from '../../../shared/model/index.ts'
import { type ScenarioOutcome, type SeekWish, usableValue, writeValue } from '../../../shared/scenario/index.ts'
import { cancelTask, seekDriver, stopTask } from '../../commands/index.ts'
import { StepChart } from '../../charts/index.ts'
import { Button, formatUnits, NumberField, Panel, Progress, Select, Table } from '../../parts/index.ts'
import { useJobs } from '../../stores/jobs.ts'
import type { DriverEntry } from './scenario-drivers.ts'
import { tellOdds } from './scenario-words.ts'
import { useHandOver } from './use-hand-over.ts'
import { conditionChoices, conditionOf, firstSpan, isCertain, tellSought } from './seek-words.ts'

const ENDS = [
  { id: 'largest', label: 'Largest' },
  { id: 'smallest', label: 'Smallest' },
] as const

interface Asked {
  readonly wish: SeekWish
  readonly entry: DriverEntry
  readonly sought: Sought
}

/** How far one driver can go while something still holds often enough; the answer can be put into the scenario. */
export function GoalSeek({
  outcome,
  entries,
  lever,
  onUse,
  isReadOnly,
  isWaiting,
}: {
  readonly outcome: ScenarioOutcome
  readonly entries: readonly DriverEntry[]
  /** Name of the driver the template turns on, to start from. */
  readonly lever: string | null
  readonly onUse: (entry: DriverEntry, formula: string) => void
  readonly isReadOnly: boolean
  /** The outcome is about to be another one. */
  readonly isWaiting: boolean
}) {
  const choices = useMemo(() => conditionChoices(outcome), [outcome])
  const [row, setRow] = useState(lever)
  const [end, setEnd] = useState<SeekWish['end']>('largest')
  // null = as it follows from the driver or the condition.
  const [from, setFrom] = useState<number | null | 'first'>('first')
  const [to, setTo] = useState<number | null | 'first'>('first')
  const [condition, setCondition] = useState<string | null>(null)
  const [value, setValue] = useState<number | null | 'first'>('first')
  const [odds, setOdds] = useState<number | null>(0.8)
  const [asked, setAsked] = useState<Asked | null>(null)
  const taskId = `seek-${outcome.scenarioId}`
  const task = useJobs((jobs) => jobs.tasks.find(({ id }) => id === taskId) ?? null)
  useEffect(() => setAsked(null), [outcome])
  useEffect(() => () => cancelTask(taskId), [taskId])

  const handOver = useHandOver()
  const entry = entries.find(({ name }) => name === row) ?? entries[0]
  const choice = choices.find(({ id }) => id === condition) ?? choices[0]
  if (!entry || !choice) return null
  const [firstLow, firstHigh] = firstSpan(entry, outcome)
  const low = from === 'first' ? firstLow : from
  const high = to === 'first' ? firstHigh : to
  const amount = value === 'first' ? choice.first : value
  const wanted = conditionOf(choice.id, amount ?? Number.NaN)
  const hasOdds = !isCertain(outcome, wanted)
  const isTurned = low !== null && high !== null && low >= high
  const isAsked = low !== null && high !== null && !isTurned && amount !== null && odds !== null
  const format: Intl.NumberFormatOptions =
    entry.unit === '%' ? { style: 'percent', maximumFractionDigits: 2 } : { maximumSignificantDigits: 6 }
  const unit = entry.unit === '1' || entry.unit === '%' ? '' : entry.unit
  const seek = () => {
    if (!isAsked || isWaiting || task) return
    const wish: SeekWish = { row: entry.name, between: [low, high], condition: wanted, odds, end }
    void seekDriver(outcome.scenarioId, wish).then((sought) => sought && setAsked({ wish, entry, sought }))
  }
  return (
    <Panel title="Goal seek" className="goal-seek">
      <form
        className="seek-form"
        aria-label="Goal seek"
        onSubmit={(event) => {
          event.preventDefault()
          seek()
        }}
      >
        <Select label="Find the" value={end} onChange={setEnd} choices={ENDS} className="seek-end" />
        <Select
          label="Driver"
          value={entry.name}
          onChange={(name) => {
            setRow(name)
            setFrom('first')
            setTo('first')
          }}
          choices={entries.map(({ name }) => ({ id: name, label: name }))}
          className="seek-driver"
        />
        <NumberField label="From" value={low} onChange={setFrom} format={format} unit={unit} className="seek-number" />
        <NumberField
          label="To"
          value={high}
          onChange={setTo}
          format={format}
          unit={unit}
          problem={isTurned ? 'Above “from” is wanted.' : null}
          className="seek-number"
        />
        <Select
          label="With which"
          value={choice.id}
          onChange={(id) => {
            setCondition(id)
            setValue('first')
          }}
          choices={choices.map(({ id, label }) => ({ id, label }))}
          className="seek-condition"
        />
        {choice.asks !== null && (
          <NumberField
            label={choice.asks === 'months' ? 'Months' : 'Amount'}
            value={amount}
            onChange={setValue}
            unit={choice.asks === 'months' ? '' : outcome.currency}
            className="seek-number"
          />
        )}
        {hasOdds && (
          <NumberField
            label="In at least"
            value={odds}
            onChange={setOdds}
            min={0.01}
            max={0.99}
            format={{ style: 'percent' }}
            description="of runs"
            className="seek-odds"
          />
        )}
        <Button
          key={task ? 'busy' : 'idle'}
          type="submit"
          {...handOver}
          isDisabled={!isAsked || isWaiting || task !== null}
        >
          Seek
        </Button>
      </form>
      {task && (
        <div className="row seek-progress">
          <Progress label={`Seeking ${entry.name}`} share={task.share} />
          <Button icon="close" {...handOver} onPress={() => stopTask(taskId)}>
            Cancel
          </Button>
        </div>
      )}
      {asked && !task && <Answer asked={asked} outcome={outcome} onUse={onUse} isReadOnly={isReadOnly} />}
    </Panel>
  )
}

function Answer({
  asked: { wish, entry, sought },
  outcome,
  onUse,
  isReadOnly,
}: {
  readonly asked: Asked
  readonly outcome: ScenarioOutcome
  readonly onUse: (entry: DriverEntry, formula: string) => void
  readonly isReadOnly: boolean
}) {
  const { unit, name } = entry
  const { currency } = outcome
  const show = useCallback((value: number) => formatUnits(value, unit, currency), [unit, currency])
  const usable = sought.found ? usableValue(sought.value, wish.end, unit) : null
  return (
    <div className="seek-answer">
      <div className="row row-wrap" role="status">
        <p className="grow">{tellSought(wish, sought, unit, outcome)}</p>
        {usable !== null && (
          <Button isDisabled={isReadOnly} onPress={() => onUse(entry, writeValue(usable, unit))}>
            Use {show(usable)}
          </Button>
        )}
      </div>
      {sought.curve && !isCertain(outcome, wish.condition) && (
        <OddsCurve title={`Odds by ${name}`} name={name} curve={sought.curve} show={show} />
      )}
    </div>
  )
}

function OddsCurve({
  title,
  name,
  curve,
  show,
}: {
  readonly title: string
  readonly name: string
  readonly curve: NonNullable<Sought['curve']>
  readonly show: (value: number) => string
}) {
  const points = useMemo(() => curve.map(({ value, odds }) => ({ label: show(value), value: odds })), [curve, show])
  return (
    <>
      <StepChart title={title} points={points} show={percent} height={150} most={1} />
      <details className="chart-table">
        <summary>Show as a table</summary>
        <Table label={title}>
          <thead>
            <tr>
              <th scope="col">{name}</th>
              <th scope="col" className="number">
                Holds in
              </th>
            </tr>
          </thead>
          <tbody>
            {curve.map(({ value, odds }) => (
              <tr key={value}>
                <th scope="row">{show(value)}</th>
                <td className="number">{tellOdds(odds)}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      </details>
    </>
  )
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`
}
