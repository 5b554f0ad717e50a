import { useMemo, useState } from 'react'
import { type Day, type FiscalCalendar, parseDay, namePeriod } from '../../../shared/calendar/index.ts'
import { METRIC_GROUPS, type Period, type WallNumber } from '../../../shared/metrics/index.ts'
import { saveComparisonCsv } from '../../commands/index.ts'
import { useTwoPeriods } from '../../measured/use-asked.ts'
import { QUALITY_WORDS, tellChange, tellCoverage, tellDifference } from '../../measured/metric-words.ts'
import { Button, Panel, Select, Table, TextField, UnknownMark, formatUnits } from '../../parts/index.ts'
import { type Pair, PAIRS, type PairId, pairOf } from './compare-periods.ts'
import { nameShortUnknown } from './metric-choices.ts'

/** All metrics in two periods side by side, each difference with how far it may be chance. */
export function ComparePanel({
  asOf,
  fiscal,
  currency,
}: {
  readonly asOf: Day
  readonly fiscal: FiscalCalendar
  readonly currency: string
}) {
  const [choice, setChoice] = useState<PairId>('quarter')
  const [own, setOwn] = useState<readonly string[]>([])
  const chosen = useMemo(() => (choice === 'own' ? null : pairOf(choice, asOf, fiscal)), [choice, asOf, fiscal])
  const typed = useMemo(() => ownPair(own), [own])
  const pair = chosen ?? typed
  const numbers = useTwoPeriods(pair?.period, pair?.beforePeriod)
  return (
    <Panel
      isFlush
      title="Two periods side by side"
      actions={
        <>
          <Select
            label="Periods"
            look="bar"
            isLabelHidden
            value={choice}
            onChange={(next) => {
              // What was on screen is where one's own days start.
              if (next === 'own' && pair)
                setOwn([pair.period.from, pair.period.to, pair.beforePeriod.from, pair.beforePeriod.to])
              setChoice(next)
            }}
            choices={PAIRS}
          />
          {pair && (
            <Button size="small" icon="export" onPress={() => void saveComparisonCsv(pair.period, pair.beforePeriod)}>
              Save as CSV
            </Button>
          )}
        </>
      }
    >
      {choice === 'own' && <OwnDays days={own} onDays={setOwn} isWrong={pair === null} />}
      {pair === null ? null : numbers === 'working' || numbers === null ? (
        <p className="dim panel-note" role="status">
          Measuring…
        </p>
      ) : (
        <ComparisonTable numbers={numbers} pair={pair} currency={currency} />
      )}
    </Panel>
  )
}

const DAY_NAMES = ['First day', 'Last day', 'First day to compare with', 'Last day to compare with']

function OwnDays({
  days,
  onDays,
  isWrong,
}: {
  readonly days: readonly string[]
  readonly onDays: (days: readonly string[]) => void
  readonly isWrong: boolean
}) {
  return (
    <div className="compare-days">
      {DAY_NAMES.map((name, index) => (
        <TextField
          key={name}
          label={name}
          type="date"
          value={days[index] ?? ''}
          onChange={(text) => onDays(days.map((day, at) => (at === index ? text : day)))}
        />
      ))}
      {isWrong && (
        <p className="small bad" role="alert">
          Each period needs a first day and a last day that is not before it.
        </p>
      )}
    </div>
  )
}

function ownPair([from, to, beforeFrom, beforeTo]: readonly string[]): Pair | null {
  const [period, beforePeriod] = [periodOf(from, to), periodOf(beforeFrom, beforeTo)]
  return period && beforePeriod && { period, beforePeriod }
}

function periodOf(from = '', to = ''): Period | null {
  const [first, last] = [parseDay(from), parseDay(to)]
  return first.ok && last.ok && first.value <= last.value ? { from: first.value, to: last.value } : null
}

function ComparisonTable({
  numbers,
  pair,
  currency,
}: {
  readonly numbers: readonly WallNumber[]
  readonly pair: Pair
  readonly currency: string
}) {
  return (
    <Table label="Two periods side by side">
      <thead>
        <tr>
          <th scope="col">Metric</th>
          <th scope="col" className="number">
            {namePeriod(pair.beforePeriod.from, pair.beforePeriod.to)}
          </th>
          <th scope="col" className="number">
            {namePeriod(pair.period.from, pair.period.to)}
          </th>
          <th scope="col" className="number">
            Change
          </th>
          <th scope="col">95% between</th>
          <th scope="col">Reads as</th>
        </tr>
      </thead>
      {METRIC_GROUPS.map((group) => (
        <tbody key={group.id}>
          <tr className="metrics-group">
            <th scope="rowgroup" colSpan={6}>
              {group.name}
            </th>
          </tr>
          {group.metrics.map(({ id }) => {
            const number = numbers.find(({ metricId }) => metricId === id)
            return number && <ComparisonRow key={id} number={number} currency={currency} />
          })}
        </tbody>
      ))}
    </Table>
  )
}

const READINGS = {
  unknown: '',
  favourable: 'better',
  unfavourable: 'worse',
  steady: 'steady',
  'within noise': 'within noise',
} as const

function ComparisonRow({ number, currency }: { readonly number: WallNumber; readonly currency: string }) {
  const { name, unit, before, current, interval } = number
  const change = tellChange(number)
  const tone = change.kind === 'favourable' ? 'good' : change.kind === 'unfavourable' ? 'bad' : 'dim'
  return (
    <tr>
      <th scope="row">{name}</th>
      <PeriodValue value={before} unit={unit} currency={currency} />
      <PeriodValue value={current} unit={unit} currency={currency} />
      <td className={`number nowrap ${interval ? tone : 'dim'}`}>{change.kind === 'unknown' ? '–' : change.size}</td>
      <td className="nowrap dim">
        {interval
          ? `${tellDifference(interval.low, unit, currency)} and ${tellDifference(interval.high, unit, currency)}`
          : change.kind !== 'unknown' && 'not known'}
      </td>
      <td className={interval ? tone : 'dim'}>{interval ? READINGS[change.kind] : ''}</td>
    </tr>
  )
}

function PeriodValue({
  value,
  unit,
  currency,
}: {
  readonly value: WallNumber['current']
  readonly unit: string
  readonly currency: string
}) {
  if (!value.known)
    return (
      <td className="number nowrap">
        <UnknownMark why={value.why} isQuiet label={nameShortUnknown(value.why)} />
      </td>
    )
  return (
    <td
      className="number nowrap"
      title={`${tellCoverage(value.coverage)}, n = ${value.n}, ${QUALITY_WORDS[value.quality]}`}
    >
      {formatUnits(value.value, unit, currency, 'column')}
      {value.quality !== 'exact' && (
        <span className="quality-mark" title={value.note}>
          ~
        </span>
      )}
    </td>
  )
}
