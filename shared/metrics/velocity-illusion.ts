import { addDays, MS_PER_DAY } from '../calendar/index.ts'
import { boundsOf } from './bounds.ts'
import { acceptedChanges } from './accepted-changes.ts'
import { rangeOf } from './case-stream.ts'
import { deliveredIn } from './delivered.ts'
import { changeInterval } from './noise.ts'
import { reviewLatency } from './review-latency.ts'
import { reworkRate } from './rework-rate.ts'
import { tokensPerAcceptedChange } from './tokens-per-accepted-change.ts'
import type { MetricContext, PaidOutput, VelocityIllusion } from './types.ts'

const DAYS = 28
/** What looks like a gain in the first 90 days is often paid later; whole weeks, so that like stands beside like. */
const QUARTER_DAYS = 91
/** Fewer merges more than this are no rise. */
export const SMALLEST_RISE = 0.05

/**
 * The illusion of velocity over the last 28 days against the 28 before: more changes were merged, and tokens per accepted
 * change, rework or review latency rose by a larger share, beyond noise. 40 to 50 merges is +25%; review latency of 10 h
 * to 20 h is +100%: the queue, not the work, took the gain. Beside it the same over 91 days, where the data reach back.
 */
export function findVelocityIllusion(context: MetricContext): VelocityIllusion | null {
  const own = paidOutput(context, DAYS)
  if (own === null || riseOf(own) < SMALLEST_RISE || own.rises.length === 0) return null
  const first = acceptedChanges(deliveredIn(context)).at[0]!
  const until = boundsOf({ from: context.asOf, to: context.asOf }, context.settings.zone).until
  const reachDays = Math.ceil((until - first) / MS_PER_DAY)
  return { ...own, quarter: reachDays >= 2 * QUARTER_DAYS ? paidOutput(context, QUARTER_DAYS) : null, reachDays }
}

function riseOf({ output }: PaidOutput): number {
  return output.now / output.before - 1
}

function paidOutput(context: MetricContext, days: number): PaidOutput | null {
  const delivery = deliveredIn(context)
  const period = { from: addDays(context.asOf, 1 - days), to: context.asOf }
  const beforePeriod = { from: addDays(context.asOf, 1 - 2 * days), to: addDays(context.asOf, -days) }
  const [now, before] = [period, beforePeriod].map((own) => {
    const [from, to] = rangeOf(acceptedChanges(delivery), boundsOf(own, context.settings.zone))
    return to - from
  })
  if (!now || !before) return null
  const rise = now / before - 1
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
    if (share <= rise) return []
    const { id: metricId, name, unit } = metric
    return [{ metricId, name, unit, now: current.value, before: former.value, share }]
  })
  return { days, output: { now, before }, rises }
}
