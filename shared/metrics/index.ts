export { failedDeployments } from './change-failure-rate.ts'
export { contextCounts, crossDomainCounts, mainDomainOf } from './domains-of-work.ts'
export { measureSeries } from './measure-series.ts'
export type { SeriesStep } from './measure-series.ts'
export { asOfFacts, measureWall } from './measure-wall.ts'
export type { WallContext, WallOptions } from './measure-wall.ts'
export { perActiveAuthorWeek } from './merge-frequency.ts'
export { ownershipByDomain, weightedDiffusion } from './ownership-diffusion.ts'
export type { DomainOwnership } from './ownership-diffusion.ts'
export { metricById, METRICS, WALL_METRICS } from './registry.ts'
export { quantile, wilsonInterval } from './statistics.ts'
export { featureTest } from './token-economy.ts'
export type {
  Metric,
  MetricContext,
  MetricSettings,
  MetricValue,
  Period,
  Quality,
  SeriesPoint,
  Wall,
  WallNumber,
} from './types.ts'
export { waitingOf } from './wait-state-ratio.ts'
