type Pair = readonly [observed: number, fitted: number]

export interface FitScale {
  readonly low: number
  readonly high: number
  readonly isLog: boolean
  /** 0 at `low`, 1 at `high`. */
  readonly place: (value: number) => number
}

/** One scale for both quantiles; by powers of ten where all are above 0 and the largest is ten times the smallest or more. */
export function fitScale(pairs: readonly Pair[]): FitScale | null {
  const values = pairs.flat().filter(Number.isFinite)
  if (values.length === 0) return null
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const isLog = low > 0 && high >= 10 * low
  const of = (value: number) => (isLog ? Math.log(value) : value)
  const reach = of(high) - of(low)
  return { low, high, isLog, place: (value) => (reach > 0 ? (of(value) - of(low)) / reach : 0.5) }
}

const MOST_ROWS = 9

/** The pairs as a short table: all, or at most nine of them spread evenly. The k-th of n stands for the share (k - 1/2) / n. */
export function quantileRows(
  pairs: readonly Pair[],
): readonly { readonly share: number; readonly observed: number; readonly fitted: number }[] {
  const count = Math.min(MOST_ROWS, pairs.length)
  return Array.from({ length: count }, (_, k) => {
    const at = Math.floor(((k + 0.5) / count) * pairs.length)
    const [observed, fitted] = pairs[at]!
    return { share: (at + 0.5) / pairs.length, observed, fitted }
  })
}
