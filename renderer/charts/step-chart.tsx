import { useCallback } from 'react'
import { CanvasChart } from './canvas-chart.tsx'
import type { Palette } from './palette.ts'
import { type StepPoint, stepOption, tellSteps } from './step-option.ts'
import './charts.css'

/** A number over weeks, months or quarters; its table stands beside it where it is used. */
export function StepChart({
  title,
  points,
  show,
  height = 200,
  most,
}: {
  readonly title: string
  readonly points: readonly StepPoint[]
  readonly show: (value: number) => string
  readonly height?: number
  /** Top of the scale, for charts that stand side by side; the largest value when left out. */
  readonly most?: number
}) {
  const optionFor = useCallback((palette: Palette) => stepOption(points, show, palette, most), [points, show, most])
  return (
    <figure className="chart">
      <CanvasChart label={tellSteps(title, points, show)} height={height} optionFor={optionFor} />
    </figure>
  )
}
