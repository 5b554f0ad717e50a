import type { Day } from '../calendar/index.ts'
import type { Identified } from '../records/index.ts'

export interface Objective extends Identified {
  readonly name: string
  readonly owner: string
  /** First month of its fiscal quarter. */
  readonly quarter: string
  readonly order: number
}

/**
 * increase / decrease: from `start` to `target`, one formula · keep-below / keep-above: share of periods met ·
 * `isStrict` decides whether reaching the limit exactly is a miss (“below five percent” is strict).
 */
export type KeyResultType = 'increase' | 'decrease' | 'keep-below' | 'keep-above'

export interface KeyResult extends Identified {
  readonly objectiveId: string
  readonly name: string
  readonly type: KeyResultType
  /** `%` (values as shares 0 … 1), `h`, `$`, `tokens`, `1`. */
  readonly unit: string
  /** null for the keep types. */
  readonly start: number | null
  readonly target: number
  readonly isStrict: boolean
  /** Keep types only: score 1 − overshoot / tolerance (in the unit) instead of periods met. Left out = periods met. */
  readonly tolerance?: number | null
  /** Where the actual value comes from. */
  readonly source:
    | { readonly kind: 'measured'; readonly metricId: string }
    | { readonly kind: 'entered'; readonly checkIns: readonly CheckIn[] }
  readonly weight: number
  readonly order: number
}

export interface CheckIn {
  readonly on: Day
  readonly value: number
  readonly note: string
}

export interface KeyResultScore {
  /** (actual - start) / (target - start), or share of periods met; unclamped, for display. */
  readonly raw: number
  /** 0 … 1. */
  readonly score: number
  /** good from 0.7, fair from 0.4, poor below: the bands of the field, gaps closed. */
  readonly band: 'good' | 'fair' | 'poor'
}
