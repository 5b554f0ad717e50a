import { exactExp, exactLog, normalQuantile } from './exact-math.ts'

/** P10 and P90 lie 1.2815515655446004 standard deviations from the middle. */
export const Z_90 = 1.2815515655446004

export type RangeFit =
  | { readonly kind: 'lognormal'; readonly mu: number; readonly sigma: number }
  | { readonly kind: 'normal'; readonly mu: number; readonly sigma: number }
  | { readonly kind: 'logit-normal'; readonly mu: number; readonly sigma: number }

/** Percent ends at 0% or 100% have no finite logit; they are read this close to the end instead, and that is said. */
export const PERCENT_EDGE = 0.0005

/**
 * What `low to high` means. `cover` is the share of chance between the ends, 0.8 for P10 … P90.
 * Percents within 0 … 100% are logit-normal, two positive ends lognormal, anything else normal. null: low is above high.
 * 12 to 70 at 0.8 is lognormal with mu 3.3667009459, sigma 0.6880677453.
 */
export function fitRange(low: number, high: number, cover: number, isPercent: boolean): RangeFit | null {
  if (!(low <= high) || !(cover > 0 && cover < 1)) return null
  const z = cover === 0.8 ? Z_90 : normalQuantile((1 + cover) / 2)
  if (isPercent && low >= 0 && high <= 1) {
    const [a, b] = [logit(low), logit(high)]
    return { kind: 'logit-normal', mu: (a + b) / 2, sigma: (b - a) / (2 * z) }
  }
  if (low > 0) {
    const [a, b] = [exactLog(low), exactLog(high)]
    return { kind: 'lognormal', mu: (a + b) / 2, sigma: (b - a) / (2 * z) }
  }
  return { kind: 'normal', mu: (low + high) / 2, sigma: (high - low) / (2 * z) }
}

export type HistoryFit =
  /** Next value of n observations whose logarithms look normal: centre + spread * t(n-1). */
  | {
      readonly kind: 'log-t'
      readonly centre: number
      readonly spread: number
      readonly freedom: number
      readonly n: number
    }
  /** The same without logarithms, where some value is 0 or less. */
  | {
      readonly kind: 't'
      readonly centre: number
      readonly spread: number
      readonly freedom: number
      readonly n: number
    }
  /** Whole rows drawn again; an unknown value in a drawn row is an undefined sample. */
  | { readonly kind: 'bootstrap'; readonly values: Float64Array; readonly n: number }
  | { readonly kind: 'none'; readonly n: number }

export const BOOTSTRAP_FROM = 50

/**
 * Below 50 observations the predictive log-Student-t (m + s sqrt(1 + 1/n) t(n-1)), whose P90 holds 90% of next values even at
 * n = 5 where drawing again holds 67%; from 50 up the observations themselves.
 */
export function fitHistory(values: Float64Array): HistoryFit {
  const known = values.filter((value) => Number.isFinite(value))
  const n = known.length
  if (n >= BOOTSTRAP_FROM) return { kind: 'bootstrap', values, n }
  if (n < 2) return { kind: 'none', n }
  const isPositive = known.every((value) => value > 0)
  const numbers = isPositive ? known.map(exactLog) : known
  const centre = numbers.reduce((sum, value) => sum + value, 0) / n
  const variance = numbers.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (n - 1)
  const spread = Math.sqrt(variance * (1 + 1 / n))
  return { kind: isPositive ? 'log-t' : 't', centre, spread, freedom: n - 1, n }
}

/** Normal-space correlation of draws whose values (lognormal, this sigma) correlate by `share`. */
export function lognormalShare(share: number, sigma: number): number {
  if (sigma === 0) return share
  const square = sigma * sigma
  return exactLog(1 + share * expMinusOne(square)) / square
}

function expMinusOne(x: number): number {
  return x < 1e-5 ? x + (x * x) / 2 : exactExp(x) - 1
}

function logit(share: number): number {
  const inside = Math.min(1 - PERCENT_EDGE, Math.max(PERCENT_EDGE, share))
  return exactLog(inside / (1 - inside))
}
