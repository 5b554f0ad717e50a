import { tellIssue } from '../shared/issues/index.ts'
import type { Metric, MetricValue, Period } from '../shared/metrics/index.ts'

/** A value as every command prints it for machines: all keys present, `null` where there is nothing to say. */
export function valueJson(value: MetricValue) {
  if (!value.known) {
    return { known: false, code: value.why.code, message: tellIssue(value.why) } as const
  }
  const { value: number, n, quality, coverage, excluded, interval, note, quantiles } = value
  return {
    known: true,
    value: number,
    n,
    quality,
    coverage,
    excluded,
    interval: interval ?? null,
    quantiles: quantiles ?? null,
    note: note ?? null,
  } as const
}

export function periodJson(period: Period | undefined) {
  return period === undefined ? null : { from: period.from, to: period.to }
}

/** `18.7 h`, `12.3 %`, `151.20 USD`, `1.24M tokens`; `unknown` with the reason's code. */
export function valueText(value: MetricValue, unit: Metric['unit'], currency: string): string {
  if (!value.known) return `unknown (${value.why.code.replace('metrics/', '')})`
  const number = numberText(value.value, unit, currency)
  const mark = value.quality === 'exact' ? '' : ` ${value.quality}`
  const coverage = value.coverage > 0.995 ? '' : ` ${Math.round(value.coverage * 100)} % known`
  return `${number}${mark}${coverage}`
}

function numberText(value: number, unit: Metric['unit'], currency: string): string {
  switch (unit) {
    case 'h':
      return `${value.toFixed(1)} h`
    case 'share':
      return `${(value * 100).toFixed(1)} %`
    case '$':
      return `${value.toFixed(2)} ${currency}`
    case 'tokens':
      return `${value >= 1e6 ? `${(value / 1e6).toFixed(2)}M` : value >= 1e3 ? `${(value / 1e3).toFixed(1)}k` : value.toFixed(0)} tokens`
    case 'per week':
      return `${value.toFixed(2)} per week`
    case '1':
      return value.toFixed(2)
  }
}
