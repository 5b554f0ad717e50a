import { namePeriod } from '../../shared/calendar/index.ts'
import { tellWhy } from '../../shared/issues/index.ts'
import { type Explanation, metricById } from '../../shared/metrics/index.ts'
import { Tabs, formatUnits } from '../parts/index.ts'
import { tellDifference } from './metric-words.ts'
import { Decisions } from './decisions.tsx'
import { BehindRows } from './behind-rows.tsx'
import { Movers } from './movers.tsx'
import { PeriodEstimates } from './period-estimates.tsx'
import { Waiting } from './waiting.tsx'
import { Waste } from './waste.tsx'
import './explained.css'

/** The questions of Monday about a number, one tab each, and the changes it is made of. */
export function Explained({ explanation, currency }: { readonly explanation: Explanation; readonly currency: string }) {
  const { metricId, current, before, unit, interval, rowCount, period, beforePeriod } = explanation
  if (!current.known) return <p className="dim">Unknown. {tellWhy(current.why)}</p>
  const show = (value: number) => formatUnits(value, unit, currency)
  const tabs = [
    {
      id: 'movers',
      label: 'What moved it',
      content: (
        <Movers explanation={explanation} better={metricById(metricId)?.better ?? 'lower'} currency={currency} />
      ),
    },
    {
      id: 'waste',
      label: 'Where tokens were wasted',
      content: <Waste period={period} beforePeriod={beforePeriod} currency={currency} />,
    },
    {
      id: 'waits',
      label: 'What waits',
      content: <Waiting period={period} beforePeriod={beforePeriod} currency={currency} />,
    },
    {
      id: 'decisions',
      label: 'Decisions or artifacts',
      content: <Decisions period={period} beforePeriod={beforePeriod} currency={currency} />,
    },
    {
      id: 'rows',
      label: 'Changes',
      count: rowCount,
      content: <BehindRows explanation={explanation} currency={currency} />,
    },
  ]
  return (
    <>
      <p className="behind-line">
        <strong>{show(current.value)}</strong> in {namePeriod(period.from, period.to)}
        {before.known ? (
          <>
            , {show(before.value)} in {namePeriod(beforePeriod.from, beforePeriod.to)}.{' '}
          </>
        ) : (
          <>
            . {namePeriod(beforePeriod.from, beforePeriod.to)} is unknown. {tellWhy(before.why)}
          </>
        )}
        {interval && (
          <span className="dim">
            Change {tellDifference(interval.change, unit, currency)}, 95% between{' '}
            {tellDifference(interval.low, unit, currency)} and {tellDifference(interval.high, unit, currency)}
            {interval.isNoise ? ': within noise, two like periods differ as much.' : ': more than noise.'}
          </span>
        )}
      </p>
      {unit === '$' && <PeriodEstimates period={period} currency={currency} />}
      <Tabs label="What is behind it" tabs={tabs} />
    </>
  )
}
