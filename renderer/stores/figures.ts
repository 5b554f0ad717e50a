import { create } from 'zustand'
import type { MonthKey } from '../../shared/calendar/index.ts'
import type { MetricValue, Wall } from '../../shared/metrics/index.ts'
import type { ScenarioOutcome } from '../../shared/scenario/index.ts'

/** Actual money of one initiative (null = unattributed) in one month, per currency as exact text. */
export interface ActualCell {
  readonly initiativeId: string | null
  readonly month: MonthKey
  readonly currency: string
  /** Decimal text. */
  readonly amount: string
  /** Which kind of cost this is (`billed`, `included`, …), so that kinds are never added in silence. */
  readonly basis: string
}

/** Numbers derived from facts and records; never stored, recomputed when what they rest on changes. */
export interface FiguresState {
  /** Fingerprint of the facts and settings the figures rest on; null while nothing was computed. */
  readonly of: string | null
  readonly isComputing: boolean
  readonly wall: Wall | null
  /** metric id -> value over the last 28 days of data. */
  readonly metrics: Readonly<Record<string, MetricValue>>
  readonly actuals: readonly ActualCell[]
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
  outcomes: {},
  staleOutcomes: [],
}))
