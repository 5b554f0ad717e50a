import { exactExp, exactLog } from './exact-math.ts'

/** shift + exp(mu + sigma z), z standard normal. */
export interface ShiftedLognormal {
  readonly shift: number
  readonly mu: number
  readonly sigma: number
}

/** Fewer addends than this are always added up one by one. */
export const FEWEST_ADDENDS = 20
/** Sums more skewed than this are added up one by one: up to it P10, P50 and P90 are within 0.4%. */
const MOST_SKEW = 0.65

/**
 * The sum of n independent draws of one lognormal(mu, sigma) as one shifted lognormal with the sum's own mean, variance and
 * third moment (Fenton-Wilkinson matches the first two). null where that is not accurate. 250 draws of 12 to 70
 * (sigma 0.688): mean 9180.9, standard deviation 451.8, skewness 0.168.
 */
export function lognormalSum(count: number, mu: number, sigma: number): ShiftedLognormal | null {
  if (!(count >= FEWEST_ADDENDS) || !(sigma > 0)) return null
  const w = exactExp(sigma * sigma)
  const one = exactExp(mu) * Math.sqrt(w)
  const skew = ((w + 2) * Math.sqrt(w - 1)) / Math.sqrt(count)
  if (!(skew <= MOST_SKEW) || !(one > 0) || !Number.isFinite(one)) return null
  // (v + 2) sqrt(v - 1) = skew with t = sqrt(v - 1) is t^3 + 3 t = skew, solved by Cardano's formula.
  const half = skew / 2
  const root = Math.sqrt(1 + half * half)
  const t = cubeRoot(half + root) - cubeRoot(root - half)
  const v = 1 + t * t
  const scale = (one * Math.sqrt(count * (w - 1))) / (Math.sqrt(v) * t)
  return { shift: count * one - scale * Math.sqrt(v), mu: exactLog(scale), sigma: Math.sqrt(exactLog(v)) }
}

function cubeRoot(x: number): number {
  return exactExp(exactLog(x) / 3)
}
