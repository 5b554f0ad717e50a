import type { MonthKey } from '../calendar/index.ts'
import type { Evidence, FlowCheck, Histogram, ModelRow, Spread } from '../model/index.ts'
import type { Identified } from '../records/index.ts'
import type { DrawnFit } from './fits.ts'

/** Live overrides on the baseline plus added rows; what it does not override it inherits. */
export interface Scenario extends Identified {
  readonly name: string
  /** Template it was made from; null = by hand. */
  readonly templateId: string | null
  /** Row name -> formula the user set (`--set 'Services=120'`). */
  readonly sets: Readonly<Record<string, string>>
  /** The template's rows as fitted when the scenario was made. */
  readonly rows: readonly ModelRow[]
  readonly startMonth: MonthKey
  /** Months looked at, from `startMonth`. */
  readonly horizonMonths: number
  readonly samples: number
  readonly seed: number
  readonly order: number
}

/** Effect on one key result, beside the baseline. */
export interface KeyResultEffect {
  readonly keyResultId: string
  readonly name: string
  readonly unit: string
  readonly target: number
  /** null = the baseline is not known. */
  readonly baseline: number | null
  readonly withScenario: Spread | null
  /** Odds that the target holds, 0 … 1; null = unknown, with the reason in `unknownBecause`. */
  readonly odds: number | null
  readonly baselineOdds: number | null
  readonly unknownBecause: string | null
}

/** Two key results that cannot both be had: correlation below -0.3, or improving one lowers P(other) by more than 10 points. */
export interface Tension {
  readonly a: string
  readonly b: string
  readonly correlation: number
  readonly sentence: string
}

/** How often one key result is met in the runs in which another is. */
export interface GivenOdds {
  readonly keyResultId: string
  readonly givenId: string
  /** 0 … 1; NaN where the other is met in no run. */
  readonly odds: number
  /** Runs in which the other is met: few of them say little. */
  readonly of: number
}

export interface CostPart {
  /** people: time that is neither review nor rework (set-up, hand work, salaries a template compares). */
  readonly name: 'tokens' | 'review' | 'rework' | 'incidents' | 'people'
  readonly spread: Spread
  /** Share of the mean all-in cost. */
  readonly share: number
}

export interface ScenarioOutcome {
  readonly scenarioId: string
  readonly name: string
  readonly samples: number
  /** How many are still to come, these included; left out once all are drawn. */
  readonly of?: number
  readonly seed: number
  readonly currency: string
  readonly months: readonly MonthKey[]
  readonly allIn: Spread
  readonly parts: readonly CostPart[]
  /** Months until the last of the work is through review; null where no row says. */
  readonly durationMonths: Spread | null
  /** Months from the start; `undefined` counts runs that never pay back within the horizon. null = no row says. */
  readonly paybackMonths: Spread | null
  /** null = no row says what it is worth: unknown, not 0. So are the odds below. */
  readonly npv: Spread | null
  readonly oddsOfPayback: number | null
  readonly oddsNpvPositive: number | null
  /** Value per unit (per service) at which the median run breaks even. */
  readonly breakEven: { readonly what: string; readonly unit: string; readonly value: number } | null
  /** The baseline's budget over the same months, for comparison; null = no plan yet. */
  readonly baselineBudget: number | null
  /** What has to be paid in each three months from the start, until nothing more is; left out where no row says. */
  readonly cash?: readonly { readonly from: MonthKey; readonly to: MonthKey; readonly spread: Spread }[]
  /** Cumulative net by month, for the fan. */
  readonly fan: readonly Spread[]
  readonly drivers: readonly {
    readonly name: string
    readonly share: number
    readonly sign: 1 | -1
    readonly low: number
    readonly high: number
  }[]
  /** Rows drawn by themselves behind that spread: as many runs, and two, tell their total shares. Left out where there are none. */
  readonly drawnInputs?: number
  /** How NPV, else the cost, is spread over the runs; left out where it does not vary. */
  readonly histogram?: Histogram
  /** What it is worth to know more before deciding to do it or leave it, in money; left out without an NPV that varies. */
  readonly information?: {
    /** Everything. */
    readonly all: number
    /** One input alone, largest first, at most five worth anything. */
    readonly inputs: readonly { readonly name: string; readonly value: number }[]
  }
  readonly keyResults: readonly KeyResultEffect[]
  /** Odds that every key result with known odds holds in the same run. */
  readonly oddsOfAll: number | null
  readonly tensions: readonly Tension[]
  /** For every two key results with known odds; left out with fewer than two. */
  readonly given?: readonly GivenOdds[]
  readonly assumptions: readonly {
    readonly name: string
    readonly unit: string
    readonly formula: string
    readonly reading: string
    /** The number it is, twice, or its P10 and P90; left out for one by month or without a value. */
    readonly span?: readonly [number, number]
    readonly evidence: Evidence
  }[]
  /** Queues and batches the rows speak of in closed form, played through event by event; left out where there are none. */
  readonly flow?: readonly FlowCheck[]
  /** Draws beside the imported values they rest on; left out where no row rests on any. */
  readonly fits?: readonly DrawnFit[]
  readonly notes: readonly string[]
}
