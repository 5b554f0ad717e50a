import { exactLog, exactPower } from '../chance/index.ts'
import type { ClosedFormCode } from './instructions.ts'

export function closedForm(code: ClosedFormCode, a: Float64Array, count: number): number {
  switch (code) {
    case 'pmt':
      return payment(a[0]!, a[1]!, a[2]!, count > 3 ? a[3]! : 0, count > 4 ? a[4]! : 0)
    case 'sln':
      return a[2] === 0 ? Number.NaN : (a[0]! - a[1]!) / a[2]!
    case 'erlangc':
      return waitChance(a[0]!, a[1]!)
    case 'queuewait':
      return queueWait(a[0]!, a[1]!, a[2]!, count > 3 ? a[3]! : 1, count > 4 ? a[4]! : 1)
    case 'batchdays':
      return batchDays(a, count)
  }
}

/** Excel's PMT: 1% over 12 periods on 10000 is -888.4878867834. */
export function payment(rate: number, periods: number, present: number, future: number, type: number): number {
  if (!(periods > 0)) return Number.NaN
  if (rate === 0) return -(present + future) / periods
  const growth = exactPower(1 + rate, periods)
  return (-(present * growth + future) * rate) / ((1 + rate * (type === 0 ? 0 : 1)) * (growth - 1))
}

/** Erlang C: chance that an arrival waits with `servers` (whole) at `load` = arrivals x service time. (2, 1.5) is 0.6428571429. */
export function waitChance(servers: number, load: number): number {
  const c = Math.floor(servers)
  if (!(c >= 1) || !(load >= 0) || load >= c || c > 100_000) return Number.NaN
  // Erlang B by recursion, which neither overflows nor loses digits, then B -> C.
  let blocked = 1
  for (let k = 1; k <= c; k++) blocked = (load * blocked) / (k + load * blocked)
  return blocked / (1 - (load / c) * (1 - blocked))
}

/** Allen-Cunneen: ErlangC(c, a) / (c mu - lambda) * (ca2 + cs2) / 2; exact for M/M/c, where both are 1. */
export function queueWait(
  arrivals: number,
  service: number,
  servers: number,
  arrivalSpread: number,
  serviceSpread: number,
): number {
  const c = Math.floor(servers)
  if (!(service > 0)) return service === 0 ? 0 : Number.NaN
  return (waitChance(c, arrivals * service) / (c / service - arrivals)) * ((arrivalSpread + serviceSpread) / 2)
}

/** Visits of one change to each stage with rework share r and failure share f: 1 / ((1 - r)(1 - f)). */
export function visitsPerChange(rework: number, failure: number): number {
  return 1 / ((1 - rework) * (1 - failure))
}

/**
 * Days for a batch of n through stages (capacity, mean days): n over the bottleneck's rate, one pass of all stages to fill and
 * drain, and the tail of the changes still going round, cycle * ln(K p) / ln(1 / p) with p = 1 - (1 - r)(1 - f) and K the
 * passes under way when the last change starts. The bottleneck alone is always too optimistic.
 */
export function batchDays(a: Float64Array, count: number): number {
  const [n, rework, failure] = [a[0]!, a[1]!, a[2]!]
  if (!(n >= 0) || !(rework >= 0 && rework < 1) || !(failure >= 0 && failure < 1)) return Number.NaN
  if (n === 0) return 0
  const visits = visitsPerChange(rework, failure)
  let cycle = 0
  let bottleneck = Number.POSITIVE_INFINITY
  for (let k = 3; k + 1 < count; k += 2) {
    if (!(a[k]! > 0) || !(a[k + 1]! >= 0)) return Number.NaN
    cycle += a[k + 1]!
    bottleneck = Math.min(bottleneck, a[k]! / (visits * a[k + 1]!))
  }
  const again = 1 - (1 - rework) * (1 - failure)
  const underWay = Math.min(n, visits * cycle * bottleneck)
  const tail = again > 0 && underWay * again > 1 ? (cycle * exactLog(underWay * again)) / exactLog(1 / again) : 0
  return n / bottleneck + cycle + tail
}
