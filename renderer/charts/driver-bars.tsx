import { Table } from '../parts/index.ts'
import { type DriverSwing, driverScale } from './driver-scale.ts'
import './charts.css'

/**
 * What drives the spread, largest first: for each input the result with it at its P10 and at its P90, about the median.
 * A table with bars rather than a canvas: it reads as text, prints sharp and needs no second view for screen readers.
 */
export function DriverBars({
  title,
  resultName,
  drivers,
  middle,
  show,
}: {
  readonly title: string
  /** What the bars measure: `all-in cost`. */
  readonly resultName: string
  readonly drivers: readonly DriverSwing[]
  /** Median of the result. */
  readonly middle: number
  readonly show: (value: number) => string
}) {
  const scale = driverScale(drivers, middle)
  const percent = (value: number) => `${(scale.place(value) * 100).toFixed(2)}%`
  return (
    <Table label={title}>
      <thead>
        <tr>
          <th scope="col">Input</th>
          <th scope="col" className="number">
            Share of spread
          </th>
          <th scope="col" className="number">
            <span className="driver-key low" aria-hidden="true" />
            At its P10
          </th>
          <th scope="col" className="driver-bar-head">
            Median {resultName}
          </th>
          <th scope="col" className="number">
            <span className="driver-key high" aria-hidden="true" />
            At its P90
          </th>
        </tr>
      </thead>
      <tbody>
        {drivers.map(({ name, share, low, high }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="number">{share < 0.005 ? 'under 1%' : `${Math.round(share * 100)}%`}</td>
            <td className="number">{show(low)}</td>
            <td className="driver-bar">
              <svg width="100%" height="16" aria-hidden="true">
                <Segment from={low} to={middle} className="driver-bar-low" percent={percent} />
                <Segment from={middle} to={high} className="driver-bar-high" percent={percent} />
                <line x1={percent(middle)} x2={percent(middle)} y1="0" y2="16" className="driver-bar-middle" />
              </svg>
            </td>
            <td className="number">{show(high)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function Segment({
  from,
  to,
  className,
  percent,
}: {
  readonly from: number
  readonly to: number
  readonly className: string
  readonly percent: (value: number) => string
}) {
  if (!Number.isFinite(from) || !Number.isFinite(to)) return null
  const width = `${Math.abs(parseFloat(percent(to)) - parseFloat(percent(from)))}%`
  return <rect x={percent(Math.min(from, to))} width={width} y="3" height="10" rx="1.5" className={className} />
}
