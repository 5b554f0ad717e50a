import { useCallback, useMemo } from 'react'
import type { Spread } from '../../shared/model/index.ts'
import { Table } from '../parts/index.ts'
import { CanvasChart } from './canvas-chart.tsx'
import { fanOption } from './fan-option.ts'
import type { Palette } from './palette.ts'
import './charts.css'

/** P10 to P90 and the median over months; the same numbers as a table below, folded. */
export function FanChart({
  title,
  labels,
  spreads,
  show,
  showAxis = show,
  height = 220,
}: {
  readonly title: string
  readonly labels: readonly string[]
  readonly spreads: readonly Spread[]
  readonly show: (value: number) => string
  readonly showAxis?: (value: number) => string
  readonly height?: number
}) {
  const data = useMemo(() => ({ labels, spreads, show, showAxis }), [labels, spreads, show, showAxis])
  const optionFor = useCallback((palette: Palette) => fanOption(data, palette), [data])
  const last = spreads[spreads.length - 1]
  if (!last) return null
  const label = `${title}. In ${labels[labels.length - 1]}: P10 ${show(last.p10)}, median ${show(last.p50)}, P90 ${show(last.p90)}.`
  return (
    <figure className="chart">
      <CanvasChart label={label} height={height} optionFor={optionFor} />
      <details className="chart-table">
        <summary>Show as a table</summary>
        <Table label={title}>
          <thead>
            <tr>
              <th scope="col">Month</th>
              <th scope="col" className="number">
                P10
              </th>
              <th scope="col" className="number">
                P50
              </th>
              <th scope="col" className="number">
                P90
              </th>
            </tr>
          </thead>
          <tbody>
            {spreads.map(({ p10, p50, p90 }, index) => (
              <tr key={labels[index]}>
                <th scope="row">{labels[index]}</th>
                <td className="number">{show(p10)}</td>
                <td className="number">{show(p50)}</td>
                <td className="number">{show(p90)}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      </details>
    </figure>
  )
}
