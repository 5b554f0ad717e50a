import type { EChartsCoreOption } from 'echarts/core'
import type { Spread } from '../../shared/model/index.ts'
import type { Palette } from './palette.ts'

export interface FanData {
  /** Labels of the horizontal axis, one per spread. */
  readonly labels: readonly string[]
  readonly spreads: readonly Spread[]
  /** A value as people read it. */
  readonly show: (value: number) => string
  /** The same along the axis, short and alike for all ticks. */
  readonly showAxis?: (value: number) => string
}

/** Median as a line, P10 to P90 as a band, a rule at zero; the three values named at the right edge. */
export function fanOption({ labels, spreads, show, showAxis = show }: FanData, palette: Palette): EChartsCoreOption {
  const text = { color: palette.faint, fontFamily: palette.font, fontSize: 11 }
  const edge = (name: string, values: readonly number[]) => ({
    name,
    type: 'line',
    data: values,
    symbol: 'none',
    lineStyle: { color: palette.series, width: 1, opacity: 0.5 },
    endLabel: endLabel(name, palette, show),
  })
  return {
    animation: false,
    aria: { enabled: false },
    textStyle: { fontFamily: palette.font },
    grid: { left: 8, right: 92, top: 12, bottom: 4, containLabel: true },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      backgroundColor: palette.surface,
      borderColor: palette.border,
      textStyle: { ...text, color: palette.text, fontSize: 12 },
      axisPointer: { lineStyle: { color: palette.border } },
      formatter: (points: readonly { readonly dataIndex: number }[]) =>
        tellSpread(labels[points[0]?.dataIndex ?? 0] ?? '', spreads[points[0]?.dataIndex ?? 0], show),
    },
    xAxis: {
      type: 'category',
      data: labels,
      boundaryGap: false,
      // The first label begins under the scale, so it keeps clear of its lowest number.
      axisLabel: { ...text, margin: 14 },
      axisTick: { show: false },
      axisLine: { onZero: false, lineStyle: { color: palette.line } },
    },
    yAxis: {
      type: 'value',
      splitNumber: 4,
      axisLabel: { ...text, formatter: showAxis },
      splitLine: { lineStyle: { color: palette.line } },
    },
    series: [
      // Two stacked lines make the band; they may lie on both sides of zero, hence one stack for all signs.
      band(
        'from',
        spreads.map(({ p10 }) => p10),
      ),
      {
        ...band(
          'to',
          spreads.map(({ p10, p90 }) => p90 - p10),
        ),
        areaStyle: { color: palette.series, opacity: 0.16 },
      },
      edge(
        'P90',
        spreads.map(({ p90 }) => p90),
      ),
      {
        ...edge(
          'P50',
          spreads.map(({ p50 }) => p50),
        ),
        lineStyle: { color: palette.series, width: 2 },
        markLine: {
          silent: true,
          symbol: 'none',
          label: { show: false },
          lineStyle: { color: palette.text, width: 1, type: 'solid', opacity: 0.55 },
          data: [{ yAxis: 0 }],
        },
      },
      edge(
        'P10',
        spreads.map(({ p10 }) => p10),
      ),
    ],
  }
}

export function tellSpread(label: string, spread: Spread | undefined, show: (value: number) => string): string {
  if (!spread) return label
  return `${label}\nP90  ${show(spread.p90)}\nP50  ${show(spread.p50)}\nP10  ${show(spread.p10)}`
}

function band(name: string, values: readonly number[]) {
  return {
    name,
    type: 'line',
    data: values,
    stack: 'band',
    stackStrategy: 'all',
    symbol: 'none',
    silent: true,
    lineStyle: { opacity: 0 },
  }
}

function endLabel(name: string, palette: Palette, show: (value: number) => string) {
  return {
    show: true,
    color: name === 'P50' ? palette.text : palette.faint,
    fontFamily: palette.font,
    fontSize: 11,
    fontWeight: name === 'P50' ? 600 : 400,
    formatter: ({ value }: { readonly value: number }) => `${name} ${show(value)}`,
  }
}
