import { useCallback, useMemo, useState } from 'react'
import type { Day } from '../../../shared/calendar/index.ts'
import { tellWhy } from '../../../shared/issues/index.ts'
import {
  type Dimension,
  DIMENSIONS,
  GROUPING_NAMES,
  type GroupSeries,
  type Metric,
  type SeriesPoint,
  type SeriesStep,
} from '../../../shared/metrics/index.ts'
import { StepChart } from '../../charts/index.ts'
import { metricGroups, metricSeries, saveMetricCsv } from '../../commands/index.ts'
import { useAsked } from '../../measured/use-asked.ts'
import { Button, Panel, Select, formatUnits } from '../../parts/index.ts'
import { GroupTable } from './group-table.tsx'
import { daysShown } from './metric-choices.ts'
import { StepTable } from './step-table.tsx'

const TOGETHER = 'together'
const BY: readonly { readonly id: Dimension | typeof TOGETHER; readonly label: string }[] = [
  { id: TOGETHER, label: 'All together' },
  ...DIMENSIONS.map((id) => ({ id, label: `By ${GROUPING_NAMES[id].toLowerCase().replace(/^ai/, 'AI')}` })),
]

interface Asked {
  readonly metric: Metric
  readonly step: SeriesStep
  readonly days: number
  readonly currency: string
  readonly asOf: Day | null
}

/** One metric over time, alone or by any dimension: the picture, the table, and both as a file. */
export function OverTime(asked: Asked) {
  const { metric, step } = asked
  const days = daysShown(asked.days, step)
  const [dimension, setDimension] = useState<Dimension | typeof TOGETHER>(TOGETHER)
  const own = dimension === TOGETHER ? null : dimension
  return (
    <Panel
      title={OVER_TIME[step]}
      actions={
        <>
          <Select label="Told apart" look="bar" isLabelHidden value={dimension} onChange={setDimension} choices={BY} />
          <Button size="small" icon="export" onPress={() => void saveMetricCsv(metric.id, own, step, days)}>
            Save as CSV
          </Button>
        </>
      }
    >
      {own === null ? <Together {...asked} days={days} /> : <ByDimension {...asked} days={days} dimension={own} />}
    </Panel>
  )
}

const OVER_TIME: Readonly<Record<SeriesStep, string>> = {
  week: 'By week',
  month: 'By month',
  quarter: 'By fiscal quarter',
  rolling: 'By rolling 28 days',
}

function Measuring() {
  return (
    <p className="dim" role="status">
      Measuring…
    </p>
  )
}

function Together({ metric: { id, name, unit }, step, days, currency, asOf }: Asked) {
  const series = useAsked(useCallback(() => metricSeries([id], step, days), [id, step, days]))
  const show = useCallback((value: number) => formatUnits(value, unit, currency), [unit, currency])
  const points = series === 'working' ? undefined : series?.[id]
  const chart = useMemo(() => chartOf(points ?? []), [points])
  if (!points) return <Measuring />
  return (
    <div className="stack">
      {chart.some(({ value }) => value !== null) ? (
        <StepChart title={name} points={chart} show={show} />
      ) : (
        <p className="dim">No step is known. {tellFirstReason(points)}</p>
      )}
      <StepTable name={name} points={points} unit={unit} currency={currency} asOf={asOf} />
    </div>
  )
}

/** Why the newest step is unknown: what cures it cures the others as a rule. */
function tellFirstReason(points: readonly SeriesPoint[]): string {
  const value = points.at(-1)?.value
  return value && !value.known ? tellWhy(value.why) : ''
}

function ByDimension({ metric, step, days, currency, asOf, dimension }: Asked & { readonly dimension: Dimension }) {
  const { id } = metric
  const told = useAsked(useCallback(() => metricGroups(id, dimension, step, days), [id, dimension, step, days]))
  if (told === 'working') return <Measuring />
  if (told === null) return <p className="dim">Nothing is imported yet.</p>
  if (!('groups' in told)) return <p className="dim">{tellWhy(told.why)}</p>
  return (
    <div className="stack">
      <GroupCharts metric={metric} series={told} currency={currency} />
      <GroupTable metric={metric} series={told} currency={currency} asOf={asOf} />
    </div>
  )
}

/** More pictures than this are read in the table. */
const MOST_CHARTS = 6
const FEWEST_KNOWN = 2

/** The largest groups as pictures of one scale. */
function GroupCharts({
  metric: { name, unit },
  series,
  currency,
}: {
  readonly metric: Metric
  readonly series: GroupSeries
  readonly currency: string
}) {
  const show = useCallback((value: number) => formatUnits(value, unit, currency), [unit, currency])
  const charts = useMemo(
    () =>
      series.groups
        .map(({ group, values }) => ({
          group,
          points: series.steps.map(({ label }, at): { label: string; value: number | null } => {
            const value = values[at]
            return { label, value: value?.known ? value.value : null }
          }),
        }))
        .filter(({ points }) => points.filter(({ value }) => value !== null).length >= FEWEST_KNOWN)
        .slice(0, MOST_CHARTS),
    [series],
  )
  const most = roundUp(Math.max(...charts.flatMap(({ points }) => points.map(({ value }) => value ?? 0))))
  if (charts.length === 0)
    return (
      <p className="dim">
        No group has enough cases in two steps to draw a line; the table says what is known. Longer steps hold more
        cases.
      </p>
    )
  return (
    <div className="group-charts">
      {charts.map(({ group, points }) => (
        <figure key={group} className="group-chart">
          <figcaption className="small truncate" title={group}>
            {group}
          </figcaption>
          <StepChart title={`${name}, ${group}`} points={points} show={show} height={120} most={most} />
        </figure>
      ))}
    </div>
  )
}

/** The next round number: 49.3 is 50, 203 is 250. */
export function roundUp(value: number): number {
  if (value <= 0) return 1
  const unit = 10 ** Math.floor(Math.log10(value))
  return unit * ([1, 2, 2.5, 5, 10].find((step) => value <= step * unit) ?? 10)
}

function chartOf(points: readonly SeriesPoint[]) {
  return points.map(({ label, value }) => ({ label, value: value.known ? value.value : null }))
}
