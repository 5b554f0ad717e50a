import { create } from 'zustand'
import type { MetricValue, Wall } from '../../shared/metrics/index.ts'
import type { History } from '../../shared/model/index.ts'
import type { ActualCell, Actuals } from '../../shared/plan/index.ts'
import type { ScenarioOutcome } from '../../shared/scenario/index.ts'

/** Numbers derived from facts and records; never stored, recomputed when what they rest on changes. */
export interface FiguresState {
  /** Fingerprint of the facts and settings the figures rest on; null while nothing was computed. */
  readonly of: string | null
  readonly isComputing: boolean
  readonly wall: Wall | null
  /** metric id -> value over the last 28 days of data. */
  readonly metrics: Readonly<Record<string, MetricValue>>
  /** Money by initiative (null = unattributed), month and tool; kinds of cost are never added in silence. */
  readonly actuals: readonly ActualCell[]
  /** What is in no cell: unpriced usage, rows without a date, other currencies; null while nothing was computed. */
  readonly notInActuals: Omit<Actuals, 'cells'> | null
  /** Columns formulas of the plan draw on with `from(…)`, and which figures they were fetched beside; fetched only where one does. */
  readonly history: History
  readonly historyOf: string | null
  /** scenario id -> outcome of its last run. */
  readonly outcomes: Readonly<Record<string, ScenarioOutcome>>
  /** Scenario ids whose rows, plan or history changed since the run shown. */
  readonly staleOutcomes: readonly string[]
}

export const useFigures = create<FiguresState>()(() => ({
  of: null,
  isComputing: false,
  wall: null,
  metrics: {},
  actuals: [],
  notInActuals: null,
  history: {},
  historyOf: null,
  outcomes: {},
  staleOutcomes: [],
}))

export type { ActualCell }
