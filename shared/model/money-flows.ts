import { exactPower } from '../chance/index.ts'

/** Present value with the first flow one period away, as Excel's NPV: 10% on -10000, 3000, 4200, 6800 is 1188.4434123352. */
export function presentValue(rate: number, flows: Float64Array, count: number): number {
  if (!(rate > -1)) return Number.NaN
  const factor = 1 / (1 + rate)
  let value = 0
  for (let t = count - 1; t >= 0; t--) value = (value + flows[t]!) * factor
  return value
}

/** Present value at a yearly rate over `years[t]`; the first flow is not discounted when years[0] = 0. */
export function datedValue(rate: number, flows: Float64Array, years: Float64Array, count: number): number {
  if (!(rate > -1)) return Number.NaN
  let value = 0
  for (let t = 0; t < count; t++) value += flows[t]! / exactPower(1 + rate, years[t]!)
  return value
}

/** Rate per period with present value 0: -70000, 12000, 15000, 18000, 21000, 26000 gives 0.0866309480. NaN when there is none. */
export function internalRate(flows: Float64Array, count: number): number {
  return rateOf((rate) => presentValue(rate, flows, count) * (1 + rate), flows, count)
}

export function datedRate(flows: Float64Array, years: Float64Array, count: number): number {
  return rateOf((rate) => datedValue(rate, flows, years, count), flows, count)
}

/**
 * Months until a running total that went below 0 is back at 0, by straight line between month ends (`totals[t]` is the end of
 * month t + 1). 0 when it never went below, NaN when it never comes back. 12,000 a month against 100,000: 8.3333.
 */
export function paybackOf(totals: Float64Array, count: number): number {
  let wasBelow = false
  for (let t = 0; t < count; t++) {
    const total = totals[t]!
    if (total !== total) return Number.NaN
    if (total < 0) wasBelow = true
    else if (wasBelow) {
      const before = totals[t - 1]!
      return t + -before / (total - before)
    }
  }
  return wasBelow ? Number.NaN : 0
}

/** Nearest sign change to 10%, walking outward, then bisected with secant steps: safe where Newton's method wanders off. */
function rateOf(valueAt: (rate: number) => number, flows: Float64Array, count: number): number {
  let [ins, outs] = [false, false]
  for (let t = 0; t < count; t++) {
    if (flows[t]! > 0) ins = true
    else if (flows[t]! < 0) outs = true
    else if (flows[t]! !== 0) return Number.NaN
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
