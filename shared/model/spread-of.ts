import type { Spread } from './types.ts'

/** P10, P50, P90 (R-7, as Excel's PERCENTILE.INC), mean and sample standard deviation of the values that are known. */
export function spreadOf(samples: Float64Array): Spread {
  const known = knownOf(samples)
  const n = known.length
  const missing = samples.length - n
  if (n === 0)
    return { p10: Number.NaN, p50: Number.NaN, p90: Number.NaN, mean: Number.NaN, sd: Number.NaN, undefined: missing }
  const mean = meanOf(known)
  const sd = deviationOf(known, mean)
  const [p10, p50, p90] = quantilesOf(known, [0.1, 0.5, 0.9]) as [number, number, number]
  return { p10, p50, p90, mean, sd, undefined: missing }
}

/** The same, each part found out when it is first looked at: totals need the mean alone, and percentiles cost the most. */
export function lateSpreadOf(samples: Float64Array): Spread {
  let whole: Spread | null = null
  let mean: number | null = null
  const all = () => (whole ??= spreadOf(samples))
  return {
    get p10() {
      return all().p10
    },
    get p50() {
      return all().p50
    },
    get p90() {
      return all().p90
    },
    get mean() {
      return (mean ??= whole?.mean ?? meanOf(samples))
    },
    get sd() {
      return all().sd
    },
    get undefined() {
      return all().undefined
    },
  }
}

export function quantileOf(samples: Float64Array, share: number): number {
  const known = knownOf(samples)
  return known.length === 0 ? Number.NaN : quantilesOf(known, [share])[0]!
}

/** Mean of known values; NaN without any. */
export function meanOf(samples: Float64Array): number {
  let sum = 0
  let n = 0
  for (let i = 0; i < samples.length; i++) {
    const x = samples[i]!
    if (x - x === 0) {
      sum += x
      n++
    }
  }
  return n === 0 ? Number.NaN : sum / n
}

export function deviationOf(samples: Float64Array, mean = meanOf(samples)): number {
  let sum = 0
  let n = 0
  for (let i = 0; i < samples.length; i++) {
    const d = samples[i]! - mean
    if (d - d === 0) {
      sum += d * d
      n++
    }
  }
  return n === 0 ? Number.NaN : n === 1 ? 0 : Math.sqrt(sum / (n - 1))
}

function knownOf(samples: Float64Array): Float64Array {
  const known = new Float64Array(samples.length)
  let n = 0
  for (let i = 0; i < samples.length; i++) if (samples[i]! - samples[i]! === 0) known[n++] = samples[i]!
  return known.subarray(0, n)
}

/** Shares ascending. Works in place by selection, which costs a few passes instead of a sort. */
function quantilesOf(values: Float64Array, shares: readonly number[]): number[] {
  let from = 0
  return shares.map((share) => {
    const at = (values.length - 1) * share
    const index = Math.floor(at)
    select(values, from, values.length - 1, index)
    from = index
    const low = values[index]!
    if (index + 1 >= values.length || at === index) return low
    let next = values[index + 1]!
    for (let i = index + 2; i < values.length; i++) if (values[i]! < next) next = values[i]!
    return low + (at - index) * (next - low)
  })
}

/** Puts the k-th smallest of [left, right] at k, smaller ones before, larger ones after (Hoare's selection, median of three). */
function select(values: Float64Array, left: number, right: number, k: number): void {
  while (right > left) {
    const middle = (left + right) >> 1
    const [a, b, c] = [values[left]!, values[middle]!, values[right]!]
    const pivot = a < b ? (b < c ? b : a < c ? c : a) : a < c ? a : b < c ? c : b
    let i = left
    let j = right
    while (i <= j) {
      while (values[i]! < pivot) i++
      while (values[j]! > pivot) j--
      if (i <= j) {
        const kept = values[i]!
        values[i] = values[j]!
        values[j] = kept
        i++
        j--
      }
    }
    if (k <= j) right = j
    else if (k >= i) left = i
    else return
  }
}
