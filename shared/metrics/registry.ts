import { aiChangeAcceptance } from './ai-change-acceptance.ts'
import { batchSize } from './batch-size.ts'
import { changeFailureRate } from './change-failure-rate.ts'
import { codingTime } from './coding-time.ts'
import { contextSwitching, contextSwitchRate } from './context-switching.ts'
import { costPerAcceptedChange } from './cost-per-accepted-change.ts'
import { crossDomain } from './cross-domain.ts'
import { cycleTime } from './cycle-time.ts'
import { deployTime } from './deploy-time.ts'
import { deploymentReworkRate } from './deployment-rework-rate.ts'
import { directCostPerFeature } from './direct-cost-per-feature.ts'
import { durableAcceptance } from './durable-acceptance.ts'
import { firstPassAcceptance } from './first-pass-acceptance.ts'
import { itemWaitStateRatio } from './item-wait-state-ratio.ts'
import { leadTime } from './lead-time.ts'
import { mergeFrequency } from './merge-frequency.ts'
import { ownershipDiffusion } from './ownership-diffusion.ts'
import { problemCompression } from './problem-compression.ts'
import { aiReviewLatency, reviewLatency, unreviewedMergeShare } from './review-latency.ts'
import { reviewTime } from './review-time.ts'
import { reworkRate } from './rework-rate.ts'
import { rewriteRate72h, sevenDayRewriteRate, unstable72h } from './rewrite-rate.ts'
import { tokenCostPerShippedFeature } from './token-cost-per-shipped-feature.ts'
import { tokenEfficiency } from './token-efficiency.ts'
import { tokensPerAcceptedChange } from './tokens-per-accepted-change.ts'
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
    metrics: [
      cycleTime,
      leadTime,
      codingTime,
      reviewLatency,
      aiReviewLatency,
      reviewTime,
      deployTime,
      unreviewedMergeShare,
      mergeFrequency,
      batchSize,
    ],
  },
  {
    id: 'tokens',
    name: 'Token economy',
    metrics: [
      tokenCostPerShippedFeature,
      directCostPerFeature,
      costPerAcceptedChange,
      tokensPerAcceptedChange,
      tokenEfficiency,
    ],
  },
  {
    id: 'quality',
    name: 'Quality',
    metrics: [
      reworkRate,
      sevenDayRewriteRate,
      rewriteRate72h,
      unstable72h,
      changeFailureRate,
      deploymentReworkRate,
      firstPassAcceptance,
      aiChangeAcceptance,
      durableAcceptance,
    ],
  },
  {
    id: 'load',
    name: 'Load',
    metrics: [waitStateRatio, itemWaitStateRatio, contextSwitching, contextSwitchRate, ownershipDiffusion],
  },
  { id: 'creativity', name: 'Creativity footprint', metrics: [problemCompression, crossDomain] },
]

/** Everything that can be measured, the Wall's five first. */
export const METRICS: readonly Metric[] = [
  ...new Set([...WALL_METRICS, ...METRIC_GROUPS.flatMap(({ metrics }) => metrics)]),
]

export function metricById(id: string): Metric | null {
  return METRICS.find((metric) => metric.id === id) ?? null
}
