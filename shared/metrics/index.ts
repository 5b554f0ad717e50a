export type { Metric, MetricContext, MetricSettings, MetricValue, Period, Quality, Wall, WallNumber } from './types.ts'
