import type { Issue } from '../issues/index.ts'
import { tooFew } from './messages.ts'
import { quantile, wilsonInterval } from './statistics.ts'
import type { MetricContext, MetricValue, Quality } from './types.ts'

export function unknown(why: Issue): MetricValue {
  return { known: false, why }
}

export function fewestCases(context: MetricContext): number {
  return context.settings.fewestCases ?? 5
}

export interface Said {
  readonly n: number
  /** What `n` counts, for the sentence when it is too small. */
  readonly ofWhat: string
  readonly quality: Quality
  readonly coverage?: number
  readonly excluded?: Readonly<Record<string, number>>
  readonly interval?: readonly [number, number]
  readonly note?: string
  readonly quantiles?: { readonly p75: number; readonly p90: number }
}

/** The value, or “too few” below the fewest cases that mean something. */
export function valueOf(context: MetricContext, value: () => number, said: Said): MetricValue {
  const { n, ofWhat, quality, coverage = 1, excluded = {}, interval, note, quantiles } = said
  if (n < Math.max(1, fewestCases(context))) return unknown(tooFew(n, fewestCases(context), ofWhat))
  return {
    known: true,
    value: value(),
    n,
    quality,
    coverage,
    excluded: Object.fromEntries(Object.entries(excluded).filter(([, count]) => count > 0)),
    ...(interval === undefined ? {} : { interval }),
    ...(note === undefined ? {} : { note }),
    ...(quantiles === undefined ? {} : { quantiles }),
  }
}

/** Median with p75 and p90. */
export function medianOf(
  context: MetricContext,
  values: readonly number[],
  said: Omit<Said, 'n' | 'quantiles'>,
): MetricValue {
  if (values.length === 0) return valueOf(context, () => 0, { ...said, n: 0 })
  return valueOf(context, () => quantile(values, 0.5), {
    ...said,
    n: values.length,
    quantiles: { p75: quantile(values, 0.75), p90: quantile(values, 0.9) },
  })
}

/** Hits of cases with the Wilson 95% interval. */
export function rateOf(context: MetricContext, hits: number, said: Said): MetricValue {
  return valueOf(
    context,
    () => hits / said.n,
    said.n === 0 ? said : { interval: wilsonInterval(hits, said.n), ...said },
  )
}
