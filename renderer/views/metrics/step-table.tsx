import { type Day, namePeriod } from '../../../shared/calendar/index.ts'
import type { SeriesPoint } from '../../../shared/metrics/index.ts'
import { Table, UnknownMark, formatCount, formatUnits } from '../../parts/index.ts'
import { tellCoverage } from '../../measured/metric-words.ts'
import { nameShortUnknown } from './metric-choices.ts'

/** One number step by step, newest first, with how much of it is known. */
export function StepTable({
  name,
  points,
  unit,
  currency,
  asOf,
}: {
  readonly name: string
  readonly points: readonly SeriesPoint[]
  readonly unit: string
  readonly currency: string
  /** Last day of the data; a step that ends later is not over. */
  readonly asOf: Day | null
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
              {label}{' '}
              <span className="faint">
                {namePeriod(period.from, period.to)}
                {asOf !== null && period.to > asOf && ', so far'}
              </span>
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
              <>
                <td className="number nowrap">
                  <UnknownMark why={value.why} isQuiet label={nameShortUnknown(value.why)} />
                </td>
                <td colSpan={3} />
              </>
            )}
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
