import { Table } from '../parts/index.ts'
import './charts.css'

const HEIGHT = 120

/** How many runs came out where: bars of one width, those below zero in another colour. */
export function HistogramBars({
  title,
  from,
  to,
  counts,
  show,
}: {
  readonly title: string
  readonly from: number
  readonly to: number
  readonly counts: readonly number[]
  readonly show: (value: number) => string
}) {
  const most = Math.max(...counts)
  const all = counts.reduce((sum, count) => sum + count, 0)
  const edge = (bar: number) => from + ((to - from) * bar) / counts.length
  const zero = (0 - from) / (to - from)
  const percent = (share: number) => `${(share * 100).toFixed(2)}%`
  return (
    <figure className="chart histogram">
      <svg width="100%" height={HEIGHT} role="img" aria-label={`${title}. The same is in the table below it.`}>
        {counts.map((count, bar) => (
          <rect
            key={bar}
            className={edge(bar + 1) <= 0 ? 'histogram-below' : 'histogram-bar'}
            x={percent((bar + 0.06) / counts.length)}
            width={percent(0.88 / counts.length)}
            y={HEIGHT * (1 - count / most)}
            height={HEIGHT * (count / most)}
          />
        ))}
        {zero > 0 && zero < 1 && (
          <line className="histogram-zero" x1={percent(zero)} x2={percent(zero)} y1="0" y2={HEIGHT} />
        )}
      </svg>
      <div className="histogram-axis small dim" aria-hidden="true">
        <span>{show(from)}</span>
        {zero > 0.15 && zero < 0.85 && (
          <span className="histogram-axis-zero" style={{ left: percent(zero) }}>
            {show(0)}
          </span>
        )}
        <span>{show(to)}</span>
      </div>
      <details className="chart-table">
        <summary>Show as a table</summary>
        <Table label={title}>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col" className="number">
                To
              </th>
              <th scope="col" className="number">
                Share of runs
              </th>
            </tr>
          </thead>
          <tbody>
            {counts.map((count, bar) => (
              <tr key={bar}>
                <th scope="row">{bar === 0 ? 'below' : show(edge(bar))}</th>
                <td className="number">{bar === counts.length - 1 ? 'above' : show(edge(bar + 1))}</td>
                <td className="number">{((count / all) * 100).toFixed(1)}%</td>
              </tr>
            ))}
          </tbody>
        </Table>
      </details>
    </figure>
  )
}
