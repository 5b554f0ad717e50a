import { intervalOf } from './interval-of.ts'
import { meanOf, spreadOf } from './spread-of.ts'
import type { Spread } from './types.ts'

export interface Comparison {
  /** Of `then - now`, sample by sample. */
  readonly difference: Spread
  /** Share of the samples with both values in which `then` is better; ties count half. NaN without any. */
  readonly better: number
  /** 95% interval of the mean difference; null below two blocks of samples. */
  readonly interval: readonly [number, number] | null
}

/** The same sum in another order differs by so little of itself, and is no difference. */
const ROUNDING = 1e-12

/**
 * Two versions of one row, paired by sample: with common random numbers what both draw alike cancels, so a small difference
 * shows through a wide spread. Identical versions differ by exactly 0 and are better in half.
 */
export function compareSamples(now: Float64Array, then: Float64Array, isMoreBetter: boolean): Comparison {
  const difference = then.map((value, i) => {
    const own = value - now[i]!
    return Math.abs(own) <= ROUNDING * Math.abs(value) ? 0 : own
  })
  let [wins, known] = [0, 0]
  for (const value of difference) {
    if (!Number.isFinite(value)) continue
    known++
    wins += value === 0 ? 0.5 : value > 0 === isMoreBetter ? 1 : 0
  }
  return { difference: spreadOf(difference), better: wins / known, interval: intervalOf(difference, meanOf) }
}

/** Chance of one condition among the samples in which another holds, and in how many that is. Not 0 and known = holds. */
export function conditionalOdds(
  condition: Float64Array,
  given: Float64Array,
): { readonly odds: number; readonly of: number } {
  let [hits, of] = [0, 0]
  for (let i = 0; i < given.length; i++) {
    if (!isTrue(given[i]!)) continue
    of++
    if (isTrue(condition[i]!)) hits++
  }
  return { odds: hits / of, of }
}

function isTrue(value: number): boolean {
  return value === value && value !== 0
}
