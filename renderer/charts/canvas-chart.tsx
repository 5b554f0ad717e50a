import { LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { type EChartsCoreOption, init, use as addToLibrary } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { type Palette, readPalette } from './palette.ts'

addToLibrary([LineChart, GridComponent, TooltipComponent, MarkLineComponent, AriaComponent, CanvasRenderer])

/**
 * A canvas chart that follows the theme and the size of its place. `optionFor` is called again when the theme changes, so
 * every colour comes from the tokens. `label` says in one sentence what the picture shows.
 */
export function CanvasChart({
  label,
  height,
  optionFor,
}: {
  readonly label: string
  /** Pixels. */
  readonly height: number
  readonly optionFor: (palette: Palette) => EChartsCoreOption
}) {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = host.current
    if (!element) return
    const chart = init(element, null, { renderer: 'canvas' })
    const draw = () => chart.setOption(optionFor(readPalette(element)), { notMerge: true })
    draw()
    const theme = new MutationObserver(draw)
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
    const size = new ResizeObserver(() => chart.resize())
    size.observe(element)
    return () => {
      theme.disconnect()
      size.disconnect()
      chart.dispose()
    }
  }, [optionFor])
  return <div ref={host} className="canvas-chart" role="img" aria-label={label} style={{ height }} />
}
