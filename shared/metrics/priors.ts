import type { MetricValue } from './types.ts'

/**
 * Published numbers a planner may start from while a team has none of its own. Never measured here: always marked `prior`,
 * never shown beside a measured value without the mark, and replaced by one's own as soon as there are `CASES_OF_OWN`.
 */
export interface Prior {
  readonly metricId: string
  readonly low: number
  /** `null` = only a range is published. */
  readonly typical: number | null
  readonly high: number
  /** Who says so, of whom, when. */
  readonly source: string
  /** The publication was read, or only quoted elsewhere. */
  readonly isSecondHand: boolean
}

/** Cases of one's own from which a prior is not needed any more. */
export const CASES_OF_OWN = 20

const TEN_REPOSITORIES = 'measured line by line in ten open repositories, median and extremes, 2025-26'

export const PRIORS: readonly Prior[] = [
  prior('seven-day-rewrite-rate', 0.014, 0.058, 0.27, TEN_REPOSITORIES),
  prior('rewrite-rate-72h', 0.006, 0.047, 0.21, TEN_REPOSITORIES),
  prior('rework-rate', 0.02, 0.05, 0.15, 'LinearB community benchmarks, 21 days, bands of changes and not of lines'),
  prior('change-failure-rate', 0.05, 0.19, 0.4, 'DORA, survey mean 2025 and clusters of 2024'),
  prior('deployment-rework-rate', 0, 0.22, 0.44, 'DORA 2025, survey mean and one standard deviation'),
  prior(
    'ai-change-acceptance',
    0.35,
    null,
    0.65,
    'AIDev 2025 (arXiv 2602.08915): pull requests of agents in open source',
  ),
  prior('review-latency', 7, 12, 20, 'LinearB community benchmarks, average pickup'),
  prior('review-time', 5, 14, 29, 'LinearB community benchmarks, average review'),
  prior('batch-size', 219, 395, 793, 'LinearB community benchmarks, average lines of a pull request'),
  prior(
    'item-wait-state-ratio',
    0.85,
    0.9,
    0.95,
    'Flow efficiency of 5 to 15%, several authors; no primary study found',
    true,
  ),
]

function prior(
  metricId: string,
  low: number,
  typical: number | null,
  high: number,
  source: string,
  isSecondHand = false,
): Prior {
  return { metricId, low, typical, high, source, isSecondHand }
}

export function priorOf(metricId: string): Prior | null {
  return PRIORS.find((own) => own.metricId === metricId) ?? null
}

/** The prior as a value that says what it is; `null` = nothing is published. Without a typical value the middle stands. */
export function priorValue(metricId: string): MetricValue | null {
  const own = priorOf(metricId)
  if (own === null) return null
  const { low, typical, high, source, isSecondHand } = own
  return {
    known: true,
    value: typical ?? (low + high) / 2,
    n: 0,
    quality: 'prior',
    coverage: 0,
    excluded: {},
    interval: [low, high],
    note: `Published, not yours: ${source}${isSecondHand ? ' (quoted second hand)' : ''}.`,
  }
}
