export { linkCost, splitEvenly } from './attribution.ts'
export type { LinkedCost } from './attribution.ts'
export type { Case, Cases } from './cases.ts'
export { failedDeployments } from './change-failure-rate.ts'
export { comparePeriods } from './compare-periods.ts'
export { costContributions, medianContributions, ratioContributions } from './contribution.ts'
export { costFunnel } from './cost-funnel.ts'
export type { CostFunnel, FunnelStage, FunnelStageId } from './cost-funnel.ts'
export { crossDomainCounts } from './cross-domain.ts'
export { contextCounts } from './days-of-work.ts'
export { deliveredIn } from './delivered.ts'
export { estimatesOfCost } from './estimates-of-cost.ts'
export { explainMetric } from './explain.ts'
export type { BehindRow } from './behind-rows.ts'
export type { Explanation, Split, SplitPart } from './explain.ts'
export { explainFunnel } from './explain-funnel.ts'
export type { FunnelTold } from './explain-funnel.ts'
export { LINK_LEVELS } from './link-usage.ts'
export type { LinkLevel } from './link-usage.ts'
export { findConventions } from './found-conventions.ts'
export type { Effect, FoundConventions, FoundStatus, FoundType } from './found-conventions.ts'
export { CHANGE_DIMENSIONS, DIMENSION_NAMES } from './groups.ts'
export type { ChangeDimension } from './groups.ts'
export { DIMENSIONS, GROUPING_NAMES, measureBy } from './measure-by.ts'
export type { Dimension, Grouped, GroupValue, NotGrouped } from './measure-by.ts'
export { measureGroups } from './measure-groups.ts'
export type { GroupOverTime, GroupSeries } from './measure-groups.ts'
export { valueOfCases } from './value-of-cases.ts'
export { measureSeries, periodsOf, SERIES_STEPS } from './measure-series.ts'
export type { SeriesStep } from './measure-series.ts'
export { asOfFacts, measureWall } from './measure-wall.ts'
export type { WallContext, WallOptions } from './measure-wall.ts'
export { changeInterval, differenceInterval, intervalOfCases } from './noise.ts'
export { isCaseMetric } from './metric-of-cases.ts'
export type { CaseMetric } from './metric-of-cases.ts'
export { perActiveAuthorWeek } from './merge-frequency.ts'
export { ownershipByDomain, weightedDiffusion } from './ownership-diffusion.ts'
export type { DomainOwnership } from './ownership-diffusion.ts'
export { METRIC_GROUPS, metricById, METRICS, WALL_METRICS } from './registry.ts'
export type { MetricGroup } from './registry.ts'
export { CASES_OF_OWN, priorOf, PRIORS, priorValue } from './priors.ts'
export type { Prior } from './priors.ts'
export { READINESS_ITEMS, READINESS_LEVELS, READINESS_NAMES, readinessOf } from './readiness.ts'
export type { Assessment, Readiness, ReadinessItem } from './readiness.ts'
export { quantile, wilsonInterval } from './statistics.ts'
export { featureTest } from './features.ts'
export type {
  ChangeInterval,
  ChangeRule,
  Metric,
  MetricContext,
  MetricSettings,
  MetricValue,
  PaidOutput,
  Period,
  Quality,
  SeriesPoint,
  VelocityIllusion,
  Wall,
  WallNumber,
} from './types.ts'
export { causeOfWait, WAIT_CAUSES, WAIT_STAGES, waitByCause, waitKey } from './wait-causes.ts'
export type { WaitCause, WaitCauses } from './wait-causes.ts'
export type { RepeatTold, WasteTold } from './tell-waste.ts'
export { rowsOfLoss } from './rows-of-loss.ts'
export type { LossRow, UsageLoss } from './rows-of-loss.ts'
export { SMALLEST_RISE } from './velocity-illusion.ts'
export { waitingOf } from './wait-state-ratio.ts'
export { openFollowUps, WEEK_NOTE_KINDS } from './week-note.ts'
export type { WeekNote, WeekNoteKind } from './week-note.ts'
