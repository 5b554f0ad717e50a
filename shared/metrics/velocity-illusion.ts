import { addDays } from '../calendar/index.ts'
import { boundsOf } from './bounds.ts'
import { acceptedChanges } from './accepted-changes.ts'
import { rangeOf } from './case-stream.ts'
import { deliveredIn } from './delivered.ts'
import { changeInterval } from './noise.ts'
import { reviewLatency } from './review-latency.ts'
import { reworkRate } from './rework-rate.ts'
import { tokensPerAcceptedChange } from './tokens-per-accepted-change.ts'
import type { MetricContext, VelocityIllusion } from './types.ts'

const DAYS = 28
/** Fewer merges more than this are no rise. */
const SMALLEST_RISE = 0.05

/**
 * The illusion of velocity over the last 28 days against the 28 before: more changes were merged, and tokens per accepted
 * change, rework or review latency rose by a larger share, beyond noise. 40 to 50 merges is +25%; review latency of 10 h
 * to 20 h is +100%: the queue, not the work, took the gain.
 */
export function findVelocityIllusion(context: MetricContext): VelocityIllusion | null {
  const delivery = deliveredIn(context)
  const period = { from: addDays(context.asOf, 1 - DAYS), to: context.asOf }
  const beforePeriod = { from: addDays(context.asOf, 1 - 2 * DAYS), to: addDays(context.asOf, -DAYS) }
  const [now, before] = [period, beforePeriod].map((days) => {
    const [from, to] = rangeOf(acceptedChanges(delivery), boundsOf(days, context.settings.zone))
    return to - from
  })
  if (!now || !before) return null
  const rise = now / before - 1
  if (rise < SMALLEST_RISE) return null
  const rises = [tokensPerAcceptedChange, reworkRate, reviewLatency].flatMap((metric) => {
    const [current, former] = [metric.measure(context, period), metric.measure(context, beforePeriod)]
    const interval = changeInterval(
      metric,
      context,
      { value: current, period },
      { value: former, period: beforePeriod },
    )
    if (!current.known || !former.known || interval === null || interval.isNoise || former.value <= 0) return []
    const share = current.value / former.value - 1
    return share > rise ? [{ metricId: metric.id, name: metric.name, share }] : []
  })
  return rises.length === 0 ? null : { output: { now, before }, rises }
}
