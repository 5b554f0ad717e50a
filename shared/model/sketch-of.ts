/** How samples are spread, in bars of one width. */
export interface Histogram {
  readonly from: number
  readonly to: number
  /** Of the bars from `from` to `to`; values beyond either end are in the bar at that end. */
  readonly counts: readonly number[]
  /** Samples without a value. */
  readonly undefined: number
}

const FEWEST_BARS = 10
const MOST_BARS = 60
/** Left to the bars at the ends, so that one far value does not press all others into one bar. */
const TAIL = 0.005

/**
 * Bars between the half and the 99.5th percentile, as wide as Freedman and Diaconis have it (twice the quartile distance over
 * the cube root of n), 10 to 60 of them. All samples are in one bar or counted as undefined. Null without two different values.
 */
export function histogramOf(samples: Float64Array): Histogram | null {
  const known = sortedKnown(samples)
  const at = (share: number) => known[Math.min(known.length - 1, Math.floor(share * known.length))]!
  const [low, high] = known.length === 0 ? [0, 0] : [at(TAIL), at(1 - TAIL)]
  const [from, to] = high > low ? [low, high] : [known[0] ?? 0, known.at(-1) ?? 0]
  if (!(to > from)) return null
  const width = (2 * (at(0.75) - at(0.25))) / Math.cbrt(known.length)
  const bars = Math.max(FEWEST_BARS, Math.min(MOST_BARS, width > 0 ? Math.ceil((to - from) / width) : MOST_BARS))
  const counts = Array.from({ length: bars }, () => 0)
  for (const value of known) {
    const bar = Math.floor(((value - from) / (to - from)) * bars)
    counts[Math.max(0, Math.min(bars - 1, bar))]!++
  }
  return { from, to, counts, undefined: samples.length - known.length }
}

/** At most so many points leave the engine in place of all samples. */
export const MOST_POINTS = 1024

/**
 * Samples as quantiles at (k + 1/2) / points, ascending: what is drawn, compared or stored of them. As many points as there are
 * samples with a value where these are fewer, and then they are the samples themselves.
 */
export function sketchOf(samples: Float64Array, points = MOST_POINTS): Float64Array {
  const known = sortedKnown(samples)
  if (known.length <= points) return known
  return Float64Array.from({ length: points }, (_, k) => known[Math.floor(((k + 0.5) / points) * known.length)]!)
}

function sortedKnown(samples: Float64Array): Float64Array {
  return samples.filter((value) => Number.isFinite(value)).sort()
}
