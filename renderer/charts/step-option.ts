import type { EChartsCoreOption } from 'echarts/core'
import type { Palette } from './palette.ts'

export interface StepPoint {
  /** `2026-W06`, `2026-02`, `FY27 Q1`. */
  readonly label: string
  /** `null` = unknown: the line stops there, because unknown is not zero. */
  readonly value: number | null
}

/** One value per step as a line with a dot at every known step. */
export function stepOption(
  points: readonly StepPoint[],
  show: (value: number) => string,
  palette: Palette,
  most?: number,
): EChartsCoreOption {
  const text = { color: palette.faint, fontFamily: palette.font, fontSize: 11 }
  return {
    animation: false,
    aria: { enabled: false },
    textStyle: { fontFamily: palette.font },
    grid: { left: 8, right: 16, top: 12, bottom: 4, containLabel: true },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      backgroundColor: palette.surface,
      borderColor: palette.border,
      textStyle: { ...text, color: palette.text, fontSize: 12 },
      axisPointer: { lineStyle: { color: palette.border } },
      formatter: (hits: readonly { readonly dataIndex: number }[]) => tellPoint(points[hits[0]?.dataIndex ?? 0], show),
    },
    xAxis: {
      type: 'category',
      data: points.map(({ label }) => label),
      axisLabel: text,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.line } },
    },
    yAxis: {
      type: 'value',
      min: 0,
      // A given top is parted evenly, or the last two labels stand on each other.
      ...(most !== undefined && { max: most, interval: evenStep(most) }),
      splitNumber: 4,
      axisLabel: { ...text, formatter: show },
      splitLine: { lineStyle: { color: palette.line } },
    },
    series: [
      {
        type: 'line',
        data: points.map(({ value }) => value),
        connectNulls: false,
        symbol: 'circle',
        symbolSize: 6,
        lineStyle: { color: palette.series, width: 2 },
        itemStyle: { color: palette.series },
      },
    ],
  }
}

/** Four or five steps to a round top, each as round as it: 1 by 0.25, 2.5 by 0.5, 50 by 10. */
export function evenStep(most: number): number {
  const leading = Number(most.toExponential().split('e')[0])
  return most / (leading === 2.5 || leading === 5 ? 5 : 4)
}

export function tellPoint(point: StepPoint | undefined, show: (value: number) => string): string {
  return point === undefined ? '' : `${point.label}  ${point.value === null ? 'unknown' : show(point.value)}`
}

/** One sentence for those who do not see the picture. */
export function tellSteps(title: string, points: readonly StepPoint[], show: (value: number) => string): string {
  const known = points.filter((point): point is StepPoint & { value: number } => point.value !== null)
  const [first, last] = [known[0], known.at(-1)]
  if (!first || !last) return `${title}: no step is known.`
  return `${title}: ${known.length} of ${points.length} steps known, from ${show(first.value)} in ${first.label} to ${show(last.value)} in ${last.label}.`
}
