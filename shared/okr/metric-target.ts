import { isMet } from './score-key-result.ts'
import type { KeyResult, Objective } from './types.ts'

/** What a metric is to reach: from a key result of the quarter, else from the settings. */
export interface MetricTarget {
  /** In the metric's unit; shares 0 … 1. */
  readonly value: number
  /** Reaching it exactly is a miss. */
  readonly isStrict: boolean
  /** Where it comes from; `null` = set for the metric itself. */
  readonly keyResult: KeyResult | null
}

export interface TargetSources {
  readonly objectives: Readonly<Record<string, Objective>>
  readonly keyResults: Readonly<Record<string, KeyResult>>
  /** First month of the quarter that counts. */
  readonly quarterStart: string
  /** Metric id to target, for metrics no key result of the quarter is measured by. */
  readonly targets: Readonly<Record<string, number>>
}

/**
 * A key result of the quarter measured by the metric says the target, the first in its order where there are several; a
 * metric without one has the target set for it. `null` = none, which is not a target of zero.
 */
export function targetOfMetric(metricId: string, sources: TargetSources): MetricTarget | null {
  const { objectives, quarterStart, targets } = sources
  const keyResult = Object.values(sources.keyResults)
    .filter(({ source }) => source.kind === 'measured' && source.metricId === metricId)
    .filter(({ objectiveId }) => objectives[objectiveId]?.quarter === quarterStart)
    .sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))[0]
  if (keyResult) return { value: keyResult.target, isStrict: keyResult.isStrict, keyResult }
  const value = Object.hasOwn(targets, metricId) ? targets[metricId] : undefined
  return value === undefined ? null : { value, isStrict: false, keyResult: null }
}

/** How a value stands to its target: 15.6% against at most 15%, lower is better: missed by 0.006. */
export function standsTo(
  { value: target, isStrict }: Pick<MetricTarget, 'value' | 'isStrict'>,
  value: number,
  better: 'lower' | 'higher',
): { readonly isMet: boolean; /** 0 or more. */ readonly missedBy: number } {
  return {
    isMet: isMet(better === 'lower' ? 'keep-below' : 'keep-above', value, target, isStrict),
    missedBy: Math.max(0, better === 'lower' ? value - target : target - value),
  }
}
