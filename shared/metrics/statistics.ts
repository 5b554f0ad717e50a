/**
 * Quantile by linear interpolation (R type 7), `p` from 0 to 1, of at least one value; order does not matter.
 * [1, 2, 4] at 0.75 is 3.
 */
export function quantile(values: readonly number[], p: number): number {
  return quantileOfSorted(Float64Array.from(values).sort(), p)
}

/** Wilson 95% interval of a rate: 8 of 10 is 0.490 … 0.943. Honest for small counts, unlike rate ± error. */
export function wilsonInterval(hits: number, n: number): readonly [number, number] {
  const z = 1.959963984540054
  const rate = hits / n
  const middle = (rate + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((rate * (1 - rate)) / n + (z * z) / (4 * n * n))
  // At 0 and n the ends are exact; the formula leaves 1e-17 there.
  return [hits === 0 ? 0 : middle - half, hits === n ? 1 : middle + half]
}

/** As `quantile`, of at least one value in rising order. */
export function quantileOfSorted(sorted: ArrayLike<number>, p: number): number {
  const at = p * (sorted.length - 1)
  const below = Math.floor(at)
  const low = sorted[below]!
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!
  return low + (high - low) * (at - below)
}
