import { type Outcome, accepted, refused } from '../issues/index.ts'
import {
  noKnownKeyResult,
  notANumber,
  noPeriods,
  startIsTarget,
  wantsPeriods,
  wantsStart,
  wantsValue,
  wrongWay,
} from './messages.ts'
import type { KeyResult, KeyResultScore } from './types.ts'

/** What stands against the target: one number for increase and decrease, one per period for the keep types. */
export type Actual =
  | { readonly value: number }
  /** Oldest first; `null` = the period has no number. */
  | { readonly periods: readonly (number | null)[] }

export type ScoredKeyResult = Pick<KeyResult, 'type' | 'start' | 'target' | 'isStrict'> &
  Partial<Pick<KeyResult, 'tolerance'>>

/**
 * increase, decrease: (actual − start) / (target − start). Cycle time 4.0 → 2.8 at 3.1: 0.75. One formula serves both
 * directions, and going the wrong way gives a negative raw value and the score 0.
 *
 * keep-below, keep-above: periods met over periods up to the latest with data; an earlier period without data counts as
 * not met. 11 of 13 weeks: 0.8462. When strict, exactly at the limit is a miss. A key result with a tolerance is scored by
 * how far it overshoots: 6% against 5% with 2.5 points of tolerance is 1 − 1 / 2.5 = 0.6.
 */
export function scoreKeyResult(keyResult: ScoredKeyResult, actual: Actual): Outcome<KeyResultScore> {
  const { type } = keyResult
  if (type === 'increase' || type === 'decrease') return scoreProgress(type, keyResult, actual)
  const { tolerance } = keyResult
  if (tolerance !== undefined && tolerance !== null) return scoreWithTolerance(keyResult, tolerance, actual)
  return scorePeriodsMet(keyResult, actual)
}

function scoreProgress(
  type: 'increase' | 'decrease',
  { start, target }: ScoredKeyResult,
  actual: Actual,
): Outcome<KeyResultScore> {
  if (start === null) return refused(wantsStart())
  if (start === target) return refused(startIsTarget(target))
  // The formula would score going the wrong way as progress.
  if ((type === 'increase') !== target > start) return refused(wrongWay(type, start, target))
  const value = valueOf(actual)
  if (value === null) return refused(wantsValue())
  if (!Number.isFinite(value)) return refused(notANumber(value))
  return accepted(scoreOf((value - start) / (target - start)))
}

function scoreWithTolerance(
  { type, target }: ScoredKeyResult,
  tolerance: number,
  actual: Actual,
): Outcome<KeyResultScore> {
  const value = valueOf(actual)
  if (value === null) return refused(wantsValue())
  if (!Number.isFinite(value)) return refused(notANumber(value))
  const overshoot = Math.max(0, type === 'keep-below' ? value - target : target - value)
  return accepted(scoreOf(overshoot === 0 ? 1 : tolerance <= 0 ? 0 : 1 - overshoot / tolerance))
}

function scorePeriodsMet({ type, target, isStrict }: ScoredKeyResult, actual: Actual): Outcome<KeyResultScore> {
  if (!('periods' in actual)) return refused(wantsPeriods())
  let counted = actual.periods.length
  while (counted > 0 && actual.periods[counted - 1] === null) counted--
  if (counted === 0) return refused(noPeriods())
  const met = actual.periods
    .slice(0, counted)
    .filter((value) => value !== null && isMet(type, value, target, isStrict)).length
  return accepted(scoreOf(met / counted))
}

/** Whether one value keeps the limit. */
export function isMet(type: KeyResult['type'], value: number, target: number, isStrict: boolean): boolean {
  if (value === target) return !isStrict
  return type === 'keep-below' || type === 'decrease' ? value < target : value > target
}

/** The latest number of a row of periods, or the one number. */
function valueOf(actual: Actual): number | null {
  if ('value' in actual) return actual.value
  return actual.periods.filter((value) => value !== null).at(-1) ?? null
}

function scoreOf(raw: number): KeyResultScore {
  const score = Math.min(1, Math.max(0, raw))
  return { raw, score, band: bandOf(score) }
}

/** good from 0.7, fair from 0.4, poor below. */
export function bandOf(score: number): KeyResultScore['band'] {
  return score >= 0.7 ? 'good' : score >= 0.4 ? 'fair' : 'poor'
}

export interface ObjectiveScore {
  /** Weighted mean of the scores that are known. */
  readonly score: number
  /** The weakest key result decides; a mean would hide it. */
  readonly band: KeyResultScore['band']
  /** Share of the weight whose score is known. */
  readonly coverage: number
}

/** `null` scores are unknown key results: left out of the mean, told by the coverage. Without any, there is no score. */
export function scoreObjective(
  keyResults: readonly { readonly weight: number; readonly score: KeyResultScore | null }[],
): Outcome<ObjectiveScore> {
  const weight = keyResults.reduce((sum, own) => sum + own.weight, 0)
  const known = keyResults.flatMap((own) => (own.score === null ? [] : [{ weight: own.weight, ...own.score }]))
  const knownWeight = known.reduce((sum, own) => sum + own.weight, 0)
  if (known.length === 0 || knownWeight <= 0) return refused(noKnownKeyResult(keyResults.length))
  return accepted({
    score: known.reduce((sum, own) => sum + own.weight * own.score, 0) / knownWeight,
    band: bandOf(Math.min(...known.map(({ score }) => score))),
    coverage: knownWeight / weight,
  })
}
