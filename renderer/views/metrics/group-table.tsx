import { type Day, namePeriod } from '../../../shared/calendar/index.ts'
import { tellWhy } from '../../../shared/issues/index.ts'
import { GROUPING_NAMES, type GroupSeries, type Metric, type MetricValue } from '../../../shared/metrics/index.ts'
import { Table, formatCount, formatUnits } from '../../parts/index.ts'
import { QUALITY_WORDS, tellCoverage } from '../../measured/metric-words.ts'
import { nameShortUnknown } from './metric-choices.ts'

/** Groups down, steps across, newest first; a group too small to speak says so. */
export function GroupTable({
  metric: { name, unit },
  series,
  currency,
  asOf,
}: {
  readonly metric: Metric
  readonly series: GroupSeries
  readonly currency: string
  readonly asOf: Day | null
}) {
  const { dimension, steps, all, groups, more, adds } = series
  const newestFirst = steps.map((_, at) => steps.length - 1 - at)
  const row = (values: readonly (MetricValue | null)[]) =>
    newestFirst.map((at) => (
      <GroupCell key={steps[at]!.label} value={values[at] ?? null} unit={unit} currency={currency} />
    ))
  return (
    <>
      <Table label={`${name} by ${GROUPING_NAMES[dimension].toLowerCase()} and step`} className="group-table">
        <thead>
          <tr>
            <th scope="col">{GROUPING_NAMES[dimension]}</th>
            {newestFirst.map((at) => (
              <th
                key={steps[at]!.label}
                scope="col"
                className="number nowrap"
                title={namePeriod(steps[at]!.period.from, steps[at]!.period.to)}
              >
                {steps[at]!.label}
                {asOf !== null && steps[at]!.period.to > asOf && <span className="faint"> so far</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map(({ group, values }) => (
            <tr key={group}>
              <th scope="row" className="group-name" title={group}>
                {group}
              </th>
              {row(values)}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All together</th>
            {row(all)}
          </tr>
        </tfoot>
      </Table>
      <p className="small dim">
        {adds === 'sum' ? 'Parts add up to the number of the step. ' : ''}
        Fewer than five cases are “too few”; groups of fewer than five people are joined.
        {more > 0 && ` ${formatCount(more)} more groups with fewer cases are left out.`}
      </p>
    </>
  )
}

function GroupCell({
  value,
  unit,
  currency,
}: {
  readonly value: MetricValue | null
  readonly unit: string
  readonly currency: string
}) {
  if (value === null) return <td className="number faint">–</td>
  if (!value.known)
    return (
      <td className="number small faint nowrap" title={tellWhy(value.why)}>
        {nameShortUnknown(value.why)}
      </td>
    )
  return (
    <td
      className="number nowrap"
      title={`n = ${formatCount(value.n)}, ${tellCoverage(value.coverage)}, ${QUALITY_WORDS[value.quality]}`}
    >
      {formatUnits(value.value, unit, currency, 'column')}
    </td>
  )
}
