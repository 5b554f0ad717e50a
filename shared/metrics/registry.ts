import { aiChangeAcceptance } from './ai-change-acceptance.ts'
import { batchSize } from './batch-size.ts'
import { changeFailureRate } from './change-failure-rate.ts'
import { cycleTime } from './cycle-time.ts'
import { contextSwitching } from './context-switching.ts'
import { crossDomain } from './cross-domain.ts'
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

export interface MetricGroup {
  readonly id: 'flow' | 'tokens' | 'quality' | 'load' | 'creativity'
  readonly name: string
  readonly metrics: readonly Metric[]
}

/** All metrics by what they tell of. */
export const METRIC_GROUPS: readonly MetricGroup[] = [
  {
    id: 'flow',
    name: 'Flow',
    metrics: [cycleTime, reviewLatency, unreviewedMergeShare, mergeFrequency, batchSize],
  },
  {
    id: 'tokens',
    name: 'Token economy',
    metrics: [tokenCostPerShippedFeature, costPerAcceptedChange, tokensPerAcceptedChange],
  },
  {
    id: 'quality',
    name: 'Quality',
    metrics: [reworkRate, sevenDayRewriteRate, unstable72h, changeFailureRate, firstPassAcceptance, aiChangeAcceptance],
  },
  { id: 'load', name: 'Load', metrics: [waitStateRatio, contextSwitching, ownershipDiffusion] },
  { id: 'creativity', name: 'Creativity footprint', metrics: [crossDomain] },
]
