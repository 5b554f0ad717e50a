import { useCallback, useMemo } from 'react'
import type { SeriesPoint, SeriesStep, WallNumber } from '../../../shared/metrics/index.ts'
import { StepChart } from '../../charts/index.ts'
import { metricSeries } from '../../commands/index.ts'
import { Panel, Table, UnknownMark, formatCount, formatUnits, namePeriod } from '../../parts/index.ts'
import { useAsked, useExplanation } from '../../measured/use-asked.ts'
import { Explained } from '../../measured/explained.tsx'
import { QUALITY_WORDS, tellCoverage } from '../../measured/metric-words.ts'
import { daysShown, nameShortUnknown } from './metric-choices.ts'

/** One metric in full: what it is, how much of it is known, by step, and what is behind it. */
export function MetricDetail({
  number,
  step,
  days,
  currency,
}: {
  readonly number: WallNumber
  readonly step: SeriesStep
  readonly days: number
  readonly currency: string
}) {
  const { metricId } = number
  const series = useAsked(
    useCallback(() => metricSeries([metricId], step, daysShown(days, step)), [metricId, step, days]),
  )
  const explanation = useExplanation(metricId, number.currentPeriod, number.beforePeriod)
  const { current, name, unit } = number
  const points = series === 'working' ? undefined : series?.[metricId]
  const chart = useMemo(
    () => (points ?? []).map(({ label, value }) => ({ label, value: value.known ? value.value : null })),
    [points],
  )
  const show = useCallback((value: number) => formatUnits(value, unit, currency), [unit, currency])
  const excluded = current.known ? Object.entries(current.excluded) : []
  return (
    <div className="metrics-detail">
      <Panel title={name}>
        <p>{number.definition}</p>
        <p className="small dim">
          {number.better === 'lower' ? 'Lower is better.' : 'Higher is better.'}
          {current.known && (
            <>
              {' '}
              {tellCoverage(current.coverage)}, n = {formatCount(current.n)}, {QUALITY_WORDS[current.quality]}.
              {current.note && <> {current.note}</>}
              {current.interval && (
                <>
                  {' '}
                  Between {show(current.interval[0])} and {show(current.interval[1])}.
                </>
              )}
              {excluded.length > 0 && (
                <> Left out: {excluded.map(([reason, count]) => `${formatCount(count)} ${reason}`).join(', ')}.</>
              )}
            </>
          )}
        </p>
        {points && <StepChart title={name} points={chart} show={show} />}
      </Panel>
      <Panel title="What is behind it">
        {explanation !== null && explanation !== 'working' ? (
          <Explained explanation={explanation} currency={currency} />
        ) : (
          <p className="dim" role="status">
            {explanation === null ? 'There is no period to look into yet.' : 'Measuring…'}
          </p>
        )}
      </Panel>
      {points && points.length > 0 && (
        <Panel title={`By ${step === 'quarter' ? 'fiscal quarter' : step}`} isFlush>
          <StepTable name={name} points={points} unit={unit} currency={currency} />
        </Panel>
      )}
    </div>
  )
}

function StepTable({
  name,
  points,
  unit,
  currency,
}: {
  readonly name: string
  readonly points: readonly SeriesPoint[]
  readonly unit: string
  readonly currency: string
}) {
  const show = (value: number) => formatUnits(value, unit, currency, 'column')
  return (
    <Table label={`${name} by step`}>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col" className="number">
            Value
          </th>
          <th scope="col" className="number">
            Interval
          </th>
          <th scope="col" className="number">
            n
          </th>
          <th scope="col" className="number">
            Coverage
          </th>
        </tr>
      </thead>
      <tbody>
        {[...points].reverse().map(({ label, period, value }) => (
          <tr key={label}>
            <th scope="row" className="nowrap">
              {label} <span className="faint">{namePeriod(period.from, period.to)}</span>
            </th>
            {value.known ? (
              <>
                <td className="number">{show(value.value)}</td>
                <td className="number dim nowrap">
                  {value.interval ? `${show(value.interval[0])} to ${show(value.interval[1])}` : ''}
                </td>
                <td className="number dim">{formatCount(value.n)}</td>
                <td className="number dim">{tellCoverage(value.coverage).replace(' covered', '')}</td>
              </>
            ) : (
              <td className="number" colSpan={4}>
                <span className="small faint">{nameShortUnknown(value.why)}</span>{' '}
                <UnknownMark why={value.why} isQuiet />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
