import { labels } from './measure-wall.ts'
import { changeInterval } from './noise.ts'
import { METRICS } from './registry.ts'
import type { Metric, MetricContext, Period, WallNumber } from './types.ts'

/**
 * Every metric in two periods of anyone's choosing, with how far the difference may be chance. The periods may differ in
 * length: no metric is a plain count. A period that cannot be judged yet is unknown, as everywhere.
 */
export function comparePeriods(
  context: MetricContext,
  period: Period,
  beforePeriod: Period,
  metrics: readonly Metric[] = METRICS,
): readonly WallNumber[] {
  return metrics.map((metric): WallNumber => {
    const [current, before] = [metric.measure(context, period), metric.measure(context, beforePeriod)]
    return {
      ...labels(metric),
      weeks: [],
      current,
      before,
      currentPeriod: period,
      beforePeriod,
      interval: changeInterval(metric, context, { value: current, period }, { value: before, period: beforePeriod }),
    }
  })
}
