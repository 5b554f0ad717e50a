import { exactExp, normalQuantile } from './exact-math.ts'

/** Sums of probabilities up to here are cheap and exact; above, the Cornish-Fisher form is within one of the exact count. */
const EXACT_BELOW = 100

/** Smallest k with P(Poisson(mean) <= k) >= share; monotone in both arguments. Mean 0 or less: 0. */
export function poissonQuantile(share: number, mean: number): number {
  if (!(mean > 0)) return mean !== mean ? Number.NaN : 0
  if (mean < EXACT_BELOW) {
    let chance = exactExp(-mean)
    let below = chance
    let k = 0
    while (share > below && k < 1000) {
      k++
      chance *= mean / k
      below += chance
    }
    return k
  }
  const z = normalQuantile(share)
  return Math.max(0, Math.floor(mean + Math.sqrt(mean) * z + (z * z - 1) / 6 + 0.5))
}

/** Successes of `tries` (rounded to a whole number) at `chance` each. */
export function binomialQuantile(share: number, tries: number, chance: number): number {
  const n = Math.round(tries)
  if (!(n >= 0) || !(chance >= 0) || !(chance <= 1)) return Number.NaN
  if (chance === 0 || n === 0) return 0
  if (chance === 1) return n
  // Counted from the rarer side; the mirrored share keeps it monotone.
  if (chance > 0.5) return n - binomialQuantile(1 - share, n, 1 - chance)
  const mean = n * chance
  const rest = 1 - chance
  if (mean < EXACT_BELOW) {
    let p = powerOf(rest, n)
    if (p > 0) {
      let below = p
      let k = 0
      while (share > below && k < n) {
        k++
        p *= ((n - k + 1) / k) * (chance / rest)
        below += p
      }
      return k
    }
  }
  const z = normalQuantile(share)
  const sd = Math.sqrt(mean * rest)
  return Math.min(n, Math.max(0, Math.floor(mean + sd * z + ((1 - 2 * chance) * (z * z - 1)) / 6 + 0.5)))
}

function powerOf(base: number, exponent: number): number {
  let result = 1
  let square = base
  for (let n = exponent; n > 0; n = Math.floor(n / 2)) {
    if (n % 2 === 1) result *= square
    square *= square
  }
  return result
}
