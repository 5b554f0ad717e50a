import { exactPower } from '../chance/index.ts'

/** Flows one after the other: `count` numbers from `at`, `step` apart. */
export interface Flows {
  readonly data: Float64Array
  readonly at: number
  readonly step: number
  readonly count: number
}

/** What a flow one period away is worth now at this rate; NaN at -100% and below. */
export function discount(rate: number): number {
  return rate > -1 ? 1 / (1 + rate) : Number.NaN
}

/** Present value with the first flow one period away, as Excel's NPV: 10% on -10000, 3000, 4200, 6800 is 1188.4434123352. */
export function presentValue(rate: number, { data, at, step, count }: Flows): number {
  const factor = discount(rate)
  let value = 0
  for (let t = count - 1; t >= 0; t--) value = (value + data[at + t * step]!) * factor
  return factor === factor ? value : Number.NaN
}

/** Present value at a yearly rate over `years[t]`; the first flow is not discounted when years[0] = 0. */
export function datedValue(rate: number, { data, at, step, count }: Flows, years: Float64Array): number {
  if (!(rate > -1)) return Number.NaN
  let value = 0
  for (let t = 0; t < count; t++) value += data[at + t * step]! / exactPower(1 + rate, years[t]!)
  return value
}

/** Rate per period with present value 0: -70000, 12000, 15000, 18000, 21000, 26000 gives 0.0866309480. NaN when there is none. */
export function internalRate(flows: Flows): number {
  return rateOf((rate) => presentValue(rate, flows) * (1 + rate), flows)
}

export function datedRate(flows: Flows, years: Float64Array): number {
  return rateOf((rate) => datedValue(rate, flows, years), flows)
}

/**
 * Months until a running total that went below 0 is back at 0, by straight line between month ends (total t is the end of
 * month t + 1). 0 when it never went below, NaN when it never comes back. 12,000 a month against 100,000: 8.3333.
 */
export function paybackOf({ data, at, step, count }: Flows): number {
  let wasBelow = false
  for (let t = 0; t < count; t++) {
    const total = data[at + t * step]!
    if (total !== total) return Number.NaN
    if (total < 0) wasBelow = true
    else if (wasBelow) {
      const before = data[at + (t - 1) * step]!
      return t + -before / (total - before)
    }
  }
  return wasBelow ? Number.NaN : 0
}

/** Nearest sign change to 10%, walking outward, then bisected with secant steps: safe where Newton's method wanders off. */
function rateOf(valueAt: (rate: number) => number, { data, at, step, count }: Flows): number {
  let [ins, outs] = [false, false]
  for (let t = 0; t < count; t++) {
    const flow = data[at + t * step]!
    if (flow > 0) ins = true
    else if (flow < 0) outs = true
    else if (flow !== 0) return Number.NaN
  }
  if (!ins || !outs) return Number.NaN
  const grid = [0.1, 0, 0.2, -0.1, 0.5, -0.3, 1, -0.5, 2, -0.7, 5, -0.9, 10, -0.97, 100, -0.99, 1000, -0.999]
  let best: [number, number] | null = null
  let [low, high] = [0.1, 0.1]
  let [lowValue, highValue] = [valueAt(0.1), valueAt(0.1)]
  if (lowValue === 0) return 0.1
  for (const rate of grid.slice(1)) {
    const value = valueAt(rate)
    if (value === 0) return rate
    if (rate > high) {
      if (value * highValue < 0) best = [high, rate]
      ;[high, highValue] = [rate, value]
    } else {
      if (value * lowValue < 0) best = [rate, low]
      ;[low, lowValue] = [rate, value]
    }
    if (best) break
  }
  if (!best) return Number.NaN
  let [a, b] = best
  let valueA = valueAt(a)
  let valueB = valueAt(b)
  for (let step = 0; step < 200 && b - a > 1e-15 * Math.max(1, Math.abs(a)); step++) {
    const secant = b - (valueB * (b - a)) / (valueB - valueA)
    const isInside = secant > a + (b - a) * 1e-3 && secant < b - (b - a) * 1e-3
    const middle = step % 3 < 2 && isInside ? secant : (a + b) / 2
    const value = valueAt(middle)
    if (value === 0) return middle
    if (value * valueA < 0) [b, valueB] = [middle, value]
    else [a, valueA] = [middle, value]
  }
  return (a + b) / 2
}
