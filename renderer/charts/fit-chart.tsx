import { Table } from '../parts/index.ts'
import { fitScale, quantileRows } from './fit-scale.ts'
import './charts.css'

const SIZE = 168
const EDGE = 6

/** Quantiles of a fit against those of the data it was made from: points on the line fit. */
export function FitChart({
  title,
  pairs,
  show,
}: {
  readonly title: string
  readonly pairs: readonly (readonly [observed: number, fitted: number])[]
  readonly show: (value: number) => string
}) {
  const scale = fitScale(pairs)
  if (scale === null) return null
  const x = (value: number) => EDGE + scale.place(value) * (SIZE - 2 * EDGE)
  const y = (value: number) => SIZE - x(value)
  const axis = scale.isLog ? ', both on a scale of powers of ten' : ''
  return (
    <figure className="chart fit-chart">
      <svg width={SIZE} height={SIZE} role="img" aria-label={`${title}${axis}. The same is in the table beside it.`}>
        <rect className="fit-frame" x="0.5" y="0.5" width={SIZE - 1} height={SIZE - 1} rx="4" />
        <line className="fit-line" x1={EDGE} y1={SIZE - EDGE} x2={SIZE - EDGE} y2={EDGE} />
        {pairs.map(([observed, fitted], index) => (
          <circle key={index} className="fit-point" cx={x(observed)} cy={y(fitted)} r="2.5" />
        ))}
      </svg>
      <figcaption className="small dim">
        Your data across, the fit up, {show(scale.low)} to {show(scale.high)}
        {axis}.
      </figcaption>
      <details className="chart-table">
        <summary>Show as a table</summary>
        <Table label={title}>
          <thead>
            <tr>
              <th scope="col">At or below</th>
              <th scope="col" className="number">
                Your data
              </th>
              <th scope="col" className="number">
                The fit
              </th>
            </tr>
          </thead>
          <tbody>
            {quantileRows(pairs).map(({ share, observed, fitted }) => (
              <tr key={share}>
                <th scope="row">{Math.round(share * 100)}%</th>
                <td className="number">{show(observed)}</td>
                <td className="number">{show(fitted)}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      </details>
    </figure>
  )
}
