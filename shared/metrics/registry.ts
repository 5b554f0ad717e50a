import { aiChangeAcceptance } from './ai-change-acceptance.ts'
import { batchSize } from './batch-size.ts'
import { changeFailureRate } from './change-failure-rate.ts'
import { cycleTime } from './cycle-time.ts'
import { contextSwitching, crossDomain } from './domains-of-work.ts'
import { firstPassAcceptance } from './first-pass-acceptance.ts'
import { mergeFrequency } from './merge-frequency.ts'
import { ownershipDiffusion } from './ownership-diffusion.ts'
import { reviewLatency, unreviewedMergeShare } from './review-latency.ts'
import { reworkRate } from './rework-rate.ts'
import { sevenDayRewriteRate, unstable72h } from './rewrite-rate.ts'
import { costPerAcceptedChange, tokenCostPerShippedFeature, tokensPerAcceptedChange } from './token-economy.ts'
import type { Metric } from './types.ts'
import { waitStateRatio } from './wait-state-ratio.ts'

/** The five numbers of the Wall, in its order. */
export const WALL_METRICS: readonly Metric[] = [
  cycleTime,
  reworkRate,
  waitStateRatio,
  tokenCostPerShippedFeature,
  aiChangeAcceptance,
]

/** Everything that can be measured, the Wall's five first. */
export const METRICS: readonly Metric[] = [
  ...WALL_METRICS,
  reviewLatency,
  unreviewedMergeShare,
  firstPassAcceptance,
  mergeFrequency,
  batchSize,
  changeFailureRate,
  sevenDayRewriteRate,
  unstable72h,
  tokensPerAcceptedChange,
  costPerAcceptedChange,
  ownershipDiffusion,
  crossDomain,
  contextSwitching,
]

export function metricById(id: string): Metric | null {
  return METRICS.find((metric) => metric.id === id) ?? null
}
