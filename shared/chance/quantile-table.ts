import betaQuantile from '@stdlib/stats-base-dists-beta-quantile'
import gammaQuantile from '@stdlib/stats-base-dists-gamma-quantile'
import studentQuantile from '@stdlib/stats-base-dists-t-quantile'
import { exactExp, exactLog, normalQuantile, normalShareBelow } from './exact-math.ts'

/**
 * A distribution's quantile function as 513 knots over z = -6.4 … 6.4 (z = normal quantile of the share), joined by a monotone
 * cubic (Fritsch and Carlson), so a larger share never gives a smaller value. Exact quantiles cost microseconds, a look-up
 * nanoseconds.
 */
export interface QuantileTable {
  readonly values: Float64Array
  readonly slopes: Float64Array
  /** Values are logarithms: keeps long right tails accurate. */
  readonly isLog: boolean
}

const KNOTS = 512
const REACH = 6.4
const STEP = (2 * REACH) / KNOTS

const cache = new Map<string, QuantileTable>()
const CACHE_SIZE = 256

/** Beta on 0 … 1. */
export function betaTable(alpha: number, beta: number): QuantileTable {
  return cached(`beta ${alpha} ${beta}`, () => buildTable((share) => betaQuantile(share, alpha, beta), false))
}

/** Gamma with scale 1; multiply by the scale. */
export function gammaTable(shape: number): QuantileTable {
  return cached(`gamma ${shape}`, () => buildTable((share) => gammaQuantile(share, shape, 1), shape >= 1))
}

/** Student's t, standard. */
export function studentTable(freedom: number): QuantileTable {
  return cached(`t ${freedom}`, () => buildTable((share) => studentQuantile(share, freedom), false))
}

/** Exact values for parameters that differ from sample to sample, where a table would be used once. */
export function exactBeta(share: number, alpha: number, beta: number): number {
  return betaQuantile(share, alpha, beta)
}

export function exactGamma(share: number, shape: number): number {
  return gammaQuantile(share, shape, 1)
}

export function lookUp(table: QuantileTable, z: number): number {
  const { values, slopes } = table
  let at = (z + REACH) / STEP
  if (!(at >= 0)) at = 0
  else if (at > KNOTS - 1e-9) at = KNOTS - 1e-9
  const i = Math.floor(at)
  const t = at - i
  const s = 1 - t
  const value =
    (1 + 2 * t) * s * s * values[i]! +
    t * s * s * slopes[i]! +
    t * t * (3 - 2 * t) * values[i + 1]! -
    t * t * s * slopes[i + 1]!
  return table.isLog ? exactExp(value) : value
}

export function lookUpShare(table: QuantileTable, share: number): number {
  return lookUp(table, normalQuantile(share))
}

function buildTable(quantile: (share: number) => number, isLog: boolean): QuantileTable {
  const values = new Float64Array(KNOTS + 1)
  for (let i = 0; i <= KNOTS; i++) {
    const value = quantile(normalShareBelow(i * STEP - REACH))
    values[i] = isLog ? exactLog(Math.max(value, 1e-300)) : value
    if (i > 0 && !(values[i]! >= values[i - 1]!)) values[i] = values[i - 1]!
  }
  const slopes = new Float64Array(KNOTS + 1)
  const rise = (i: number) => values[i + 1]! - values[i]!
  slopes[0] = rise(0)
  slopes[KNOTS] = rise(KNOTS - 1)
  // The harmonic mean of the neighbouring rises stays within three times either, which keeps the cubic monotone.
  for (let i = 1; i < KNOTS; i++)
    slopes[i] = rise(i - 1) * rise(i) <= 0 ? 0 : (2 * rise(i - 1) * rise(i)) / (rise(i - 1) + rise(i))
  return { values, slopes, isLog }
}

function cached(key: string, build: () => QuantileTable): QuantileTable {
  let table = cache.get(key)
  if (!table) {
    if (cache.size >= CACHE_SIZE) cache.clear()
    table = build()
    cache.set(key, table)
  }
  return table
}
