import { type CaseNumbers, type Cases, numbersOfCases } from './cases.ts'
import { quantileOfSorted, wilsonInterval } from './statistics.ts'
import type { ChangeInterval, Metric, MetricContext, MetricValue, Period } from './types.ts'

const Z = 1.959963984540054

/**
 * 95% interval of the difference of two independent values, made of the interval of each (Newcombe 1998, method 10; for
 * any pair of intervals Zou & Donner 2008). 56 of 70 against 48 of 80 with Wilson intervals: 0.0524 … 0.3339.
 */
export function differenceInterval(
  now: { readonly value: number; readonly interval: readonly [number, number] },
  before: { readonly value: number; readonly interval: readonly [number, number] },
): ChangeInterval {
  const change = now.value - before.value
  const low = change - Math.hypot(now.value - now.interval[0], before.interval[1] - before.value)
  const high = change + Math.hypot(now.interval[1] - now.value, before.value - before.interval[0])
  return { change, low, high, isNoise: low <= 0 && high >= 0 }
}

/** The change between two periods with its interval; `null` where either is unknown or nothing tells how it scatters. */
export function changeInterval(
  metric: Metric,
  context: MetricContext,
  now: { readonly value: MetricValue; readonly period: Period },
  before: { readonly value: MetricValue; readonly period: Period },
): ChangeInterval | null {
  if (!now.value.known || !before.value.known) return null
  const [one, other] = [now, before].map(({ value, period }) =>
    value.known ? scatterOf(metric, context, value, period) : null,
  )
  if (!one || !other) return null
  return differenceInterval({ value: now.value.value, interval: one }, { value: before.value.value, interval: other })
}

function scatterOf(
  metric: Metric,
  context: MetricContext,
  value: MetricValue & { known: true },
  period: Period,
): readonly [number, number] | null {
  const numbers = metric.caseNumbers?.(context, period)
  if (numbers) return intervalOfNumbers(numbers)
  const cases = metric.cases?.(context, period)
  if (cases) return intervalOfCases(cases)
  // Cost or tokens per piece: what was spent is known, how many pieces came of it scatters like a count.
  if (metric.unit === '$' || metric.unit === 'tokens') {
    const factor = Math.exp(Z / Math.sqrt(value.n))
    return [value.value / factor, value.value * factor]
  }
  return value.interval ?? null
}

/**
 * 95% interval by the shape of the cases: Wilson for shares; for medians the order statistics n/2 ± 0.98 √n; for ratios of
 * sums the normal interval of the ratio estimator, whose variance is Σ (part − R × whole)² / (Σ whole)².
 */
export function intervalOfCases(cases: Cases): readonly [number, number] | null {
  return intervalOfNumbers(numbersOfCases(cases))
}

function intervalOfNumbers({ shape, part: parts, whole: wholes }: CaseNumbers): readonly [number, number] | null {
  const n = parts.length
  if (n === 0) return null
  if (shape === 'median') {
    const sorted = parts.slice().sort()
    const half = (Z * Math.sqrt(n)) / 2 / n
    return [quantileOfSorted(sorted, Math.max(0, 0.5 - half)), quantileOfSorted(sorted, Math.min(1, 0.5 + half))]
  }
  const [part, whole] = [sumOf(parts), sumOf(wholes)]
  if (whole === 0) return null
  if (shape === 'share') return wilsonInterval(part, whole)
  const ratio = part / whole
  let spread = 0
  for (let i = 0; i < n; i++) spread += (parts[i]! - ratio * wholes[i]!) ** 2
  const half = (Z * Math.sqrt(spread * (n / Math.max(1, n - 1)))) / whole
  return [ratio - half, ratio + half]
}

function sumOf(values: Float64Array): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum
}
