import { type Nanos, nanosOf, toUnits } from '../money/index.ts'

/** Actual minus plan of a cost. */
export interface Variance {
  readonly nanos: Nanos
  /** Of the plan; `null` when nothing was planned. */
  readonly share: number | null
  /** For a cost, above plan is unfavourable. Favourable is not always good: too little spent may be too little done. */
  readonly reading: 'favourable' | 'unfavourable' | 'on plan'
  /** Within 5% of plan · explain from there · act from 10%. */
  readonly band: 'within' | 'explain' | 'act'
}

/** 4,398.00 against 3,000.00 is +1,398.00 (46.6%), unfavourable, act. */
export function varianceOf(actual: Nanos, plan: Nanos): Variance {
  const nanos = nanosOf(actual - plan)
  const share = plan === 0n ? null : toUnits(nanos) / Math.abs(toUnits(plan))
  const size = share === null ? (nanos === 0n ? 0 : Infinity) : Math.abs(share)
  return {
    nanos,
    share,
    reading: nanos === 0n ? 'on plan' : nanos > 0n ? 'unfavourable' : 'favourable',
    band: size < 0.05 ? 'within' : size < 0.1 ? 'explain' : 'act',
  }
}
