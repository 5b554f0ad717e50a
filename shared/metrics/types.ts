import type { Day, WeekKey, WorkingTime, Zone } from '../calendar/index.ts'
import type { CodeScope, Person, RuleOfChanges } from '../delivery/index.ts'
import type { FactSet } from '../facts/index.ts'
import type { CaseNumbers, Cases } from './cases.ts'
import type { OwnPrices } from '../prices/index.ts'
import type { Issue, Share } from '../issues/index.ts'
import type { WaitCauses } from './wait-causes.ts'

/** exact: computed from complete data · estimate: a model of it · proxy: a stand-in, named · prior: published, not yours. */
export type Quality = 'exact' | 'estimate' | 'proxy' | 'prior'

export interface Period {
  readonly from: Day
  /** Included. */
  readonly to: Day
}

export type MetricValue =
  | {
      readonly known: true
      /** In the metric's unit; shares 0 … 1, durations in hours, money in currency units (exact text in `exact`). */
      readonly value: number
      readonly n: number
      readonly quality: Quality
      readonly coverage: Share
      /** Rows left out, by reason. */
      readonly excluded: Readonly<Record<string, number>>
      /** Bracket or Wilson 95% interval where the definition has one. */
      readonly interval?: readonly [number, number]
      /** What stands in for what, when quality is proxy or estimate. */
      readonly note?: string
      /** Of duration metrics, whose `value` is the median. */
      readonly quantiles?: { readonly p75: number; readonly p90: number }
    }
  | { readonly known: false; readonly why: Issue }

/** Whose a change is, by its files, repository or people. */
export interface ChangeRule extends RuleOfChanges {
  /** Name of the initiative; left out = the rule names a team only. */
  readonly initiative?: string
  /** Left out = the rule names an initiative only. */
  readonly team?: string
}

export interface MetricSettings {
  readonly zone: Zone
  readonly currency: string
  /** Labels and title prefixes that make a pull request a feature while no tracker is imported. */
  readonly featureMarks: readonly string[]
  /** Environments that count as production; empty = those named like production. */
  readonly productionEnvironments: readonly string[]
  /** Logins or addresses of agents the company runs itself; no list of ours can know them. */
  readonly houseAgents?: readonly string[]
  /** Who belongs to which team since when; whoever is in none takes the team of what they own or change. */
  readonly people?: readonly Pick<Person, 'accounts' | 'teams'>[]
  /** Which team and initiative changed files, repositories and people belong to, in order; the first that fits counts. */
  readonly changeRules?: readonly ChangeRule[]
  /** Types of work items that are features, all of them; empty or left out = epic, else feature, else story. */
  readonly featureTypes?: readonly string[]
  /** Statuses of work items in which nobody works; empty or left out = told by their names. */
  readonly waitingStatuses?: readonly string[]
  /** What a wait in a stage or status is about, where it is not as usual. */
  readonly waitCauses?: WaitCauses
  /** Hours of which wait-state ratios are made; left out = all hours of the clock. */
  readonly workingTime?: WorkingTime
  /** What counts as code beside the list of endings and folders. */
  readonly codeScope?: CodeScope
  /** A landing of which this share of lines is gone after 72 hours is unstable; 0.1 when left out. */
  readonly unstableShare?: number
  /** A change of which this share of lines is gone after seven days did not hold; 0.25 when left out. */
  readonly reworkedShare?: number
  /** Rates of one's own and what model names mean, beside the dated list; left out = the list alone. */
  readonly prices?: OwnPrices
  /** Fewer cases than this are unknown, “too few”; 5 when left out. */
  readonly fewestCases?: number
}

export interface MetricContext {
  readonly facts: FactSet
  readonly settings: MetricSettings
  /** Last day the data speaks of; a cohort is complete only when its window has passed by then. */
  readonly asOf: Day
}

export interface Metric {
  readonly id: string
  readonly name: string
  readonly unit: 'h' | 'share' | '$' | 'tokens' | 'per week' | '1'
  readonly better: 'lower' | 'higher'
  /** One sentence people can check. */
  readonly definition: string
  /** The definition as arithmetic: `median(production − opened)`. */
  readonly formula: string
  /** Where the definition comes from and what else goes by that name. */
  readonly source: string
  /** Which imports make it exact, and what stands in without them. */
  readonly quality: string
  /** Days that must pass after a period before it can be judged; 0 when left out. */
  readonly lagDays?: number
  /** Last day a period may end on to be judged by the data at hand; `asOf` when left out, `null` = none. */
  lastJudgedDay?(context: MetricContext): Day | null
  measure(context: MetricContext, period: Period): MetricValue
  /** The cases the value is made of, where it is made of changes; their median or ratio is the value. */
  cases?(context: MetricContext, period: Period): Cases
  /** The numbers of the same cases, where they are at hand without making the cases. */
  caseNumbers?(context: MetricContext, period: Period): CaseNumbers
  /** Of cost or tokens per piece: the pieces; `null` = none are known. */
  pieces?(context: MetricContext, period: Period): Cases | null
}

/** How far a change may be chance. Units of the metric. */
export interface ChangeInterval {
  readonly change: number
  /** 95% interval of the change. */
  readonly low: number
  readonly high: number
  /** The interval holds zero: two periods of the same work would differ as much. */
  readonly isNoise: boolean
}

export interface WeekChange {
  readonly week: WeekKey
  readonly beforeWeek: WeekKey
  /** `null` where nothing tells how far the change may be chance. */
  readonly interval: ChangeInterval | null
}

/** One of the five numbers: thirteen weeks, newest last. */
export interface WallNumber {
  readonly metricId: string
  readonly name: string
  readonly unit: Metric['unit']
  readonly better: Metric['better']
  readonly definition: string
  readonly weeks: readonly { readonly week: WeekKey; readonly value: MetricValue }[]
  /** The newest week that can be judged against the one before it; `null` where either is unknown. */
  readonly weekChange?: WeekChange | null
  /** Last 28 days; what the tile shows large. */
  readonly current: MetricValue
  /** The 28 days before those. */
  readonly before: MetricValue
  /** The 28 days of `current`: the last ones that can be judged. */
  readonly currentPeriod?: Period
  readonly beforePeriod?: Period
  /** The change from `before` to `current` with its 95% interval; `null` where either is unknown. */
  readonly interval?: ChangeInterval | null
}

/** One step of a series. */
export interface SeriesPoint {
  /** `2026-W06`, `2026-02`, `FY27 Q1`. */
  readonly label: string
  readonly period: Period
  readonly value: MetricValue
}

/** Output went up while something it is paid with went up faster: not noise, and not better. */
export interface VelocityIllusion extends PaidOutput {
  /** The same over a quarter; `null` = the data reach back fewer days than two quarters. */
  readonly quarter: PaidOutput | null
  /** Days from the first accepted change to the last day of data. */
  readonly reachDays: number
}

/** How much came out in a number of days and in as many before, and what rose by a larger share. */
export interface PaidOutput {
  readonly days: number
  /** Merged changes, now and before. */
  readonly output: { readonly now: number; readonly before: number }
  readonly rises: readonly {
    readonly metricId: string
    readonly name: string
    readonly unit: Metric['unit']
    readonly now: number
    readonly before: number
    /** By which it rose, larger than the rise of the output. */
    readonly share: number
  }[]
}

export interface Wall {
  readonly asOf: Day | null
  readonly numbers: readonly WallNumber[]
  /** More comes out, but what it costs grows faster; `null` = no such sign, or not known. */
  readonly illusion?: VelocityIllusion | null
}
