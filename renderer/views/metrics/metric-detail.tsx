import type { Day } from '../../../shared/calendar/index.ts'
import { metricById, type SeriesStep, type WallNumber } from '../../../shared/metrics/index.ts'
import { Panel, formatCount, formatUnits } from '../../parts/index.ts'
import { useExplanation } from '../../measured/use-asked.ts'
import { Explained } from '../../measured/explained.tsx'
import { QUALITY_WORDS, tellCoverage } from '../../measured/metric-words.ts'
import { OverTime } from './over-time.tsx'

/** One metric in full: what it is, how much of it is known, by step, and what is behind it. */
export function MetricDetail({
  number,
  step,
  days,
  currency,
  asOf,
}: {
  readonly number: WallNumber
  readonly step: SeriesStep
  readonly days: number
  readonly currency: string
  readonly asOf: Day | null
}) {
  const { metricId } = number
  const explanation = useExplanation(metricId, number.currentPeriod, number.beforePeriod)
  const { current, name, unit } = number
  const metric = metricById(metricId)
  const show = (value: number) => formatUnits(value, unit, currency)
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
        {metric && (
          <details className="metric-source">
            <summary>Formula, source and quality</summary>
            <dl className="facts metric-source-facts">
              <div>
                <dt>Formula</dt>
                <dd>{metric.formula}</dd>
              </div>
              <div>
                <dt>Source</dt>
                <dd>{metric.source}</dd>
              </div>
              <div>
                <dt>Quality</dt>
                <dd>{metric.quality}</dd>
              </div>
            </dl>
          </details>
        )}
      </Panel>
      {metric && <OverTime metric={metric} step={step} days={days} currency={currency} asOf={asOf} />}
      <Panel title="What is behind it">
        {explanation !== null && explanation !== 'working' ? (
          <Explained explanation={explanation} currency={currency} />
        ) : (
          <p className="dim" role="status">
            {explanation === null ? 'There is no period to look into yet.' : 'Measuring…'}
          </p>
        )}
      </Panel>
    </div>
  )
}
