import { addDays, type FiscalCalendar, type MonthKey } from '../../../shared/calendar/index.ts'
import { type FactChunk, type FactSet, resolveFacts, type StatementOrder } from '../../../shared/facts/index.ts'
import {
  asOfFacts,
  type Assessment,
  type Dimension,
  comparePeriods,
  explainFunnel,
  explainMetric,
  findConventions,
  type FunnelTold,
  type FoundConventions,
  type Explanation,
  type GroupSeries,
  measureGroups,
  type NotGrouped,
  measureSeries,
  measureWall,
  metricById,
  METRICS,
  type MetricSettings,
  type LossRow,
  type MetricValue,
  type Period,
  rowsOfLoss,
  type SeriesPoint,
  type SeriesStep,
  type UsageLoss,
  type Wall,
  type WallNumber,
} from '../../../shared/metrics/index.ts'
import type { History } from '../../../shared/model/index.ts'
import {
  type Actuals,
  actualsOf,
  type AttributionRule,
  rulesOfPeople,
  type SharedCost,
} from '../../../shared/plan/index.ts'
import { NO_OWN_PRICES } from '../../../shared/prices/index.ts'
import type { Scenario } from '../../../shared/scenario/index.ts'
import {
  historyColumns,
  learnHistory,
  NO_HISTORY,
  scenarioFromTemplate,
  templateById,
  withReadiness,
} from '../../../shared/templates/index.ts'
import { type FactReading, readFacts } from '../../../shared/workbook/index.ts'
import { makeBookJobs } from './book-jobs.ts'
import type { Inbox } from '../parcels.ts'

export interface FigureBasis {
  readonly settings: MetricSettings
  readonly rules: readonly AttributionRule[]
  readonly sharedCosts?: readonly SharedCost[]
}

/** Rows of usage behind money lost on the way; the dearest `most` of them. */
export interface LossWish {
  readonly settings: MetricSettings
  readonly period: Period
  readonly loss: UsageLoss
  readonly most: number
}

export interface LossRows {
  readonly rows: readonly LossRow[]
  readonly count: number
}

export interface FunnelWish {
  readonly settings: MetricSettings
  readonly period: Period
  /** `null` = all. */
  readonly team: string | null
}

/** A metric by a dimension over the last `days` of data, in steps. */
export interface GroupWish {
  readonly metricId: string
  readonly settings: MetricSettings
  readonly fiscal: FiscalCalendar
  readonly dimension: Dimension
  readonly by: SeriesStep
  readonly days: number
}

export interface Figures {
  readonly wall: Wall
  readonly metrics: Readonly<Record<string, MetricValue>>
  readonly actuals: Actuals
}

/** Holds the facts of all imports and computes what the screens show of them. One set per worker. */
export function makeFigureJobs(fromStorage: Inbox) {
  const held = new Map<string, readonly FactChunk[]>()
  /** null = none were brought yet: then nothing is told, because nothing known is not nothing imported. */
  let order: readonly StatementOrder[] | null = null
  let stated: FactSet | null = null
  let settled: FactSet | null = null
  let reading: FactReading = { prices: NO_OWN_PRICES, people: [] }
  /** Which statements hold is worked out once for all imports that come together, when someone asks. */
  const statedOf = () => {
    if (order === null) throw new Error('this worker was started anew and holds no facts yet')
    return (stated ??= resolveFacts([...held.values()].flat(), order))
  }
  const factsOf = () => (settled ??= readFacts(statedOf(), reading))
  return {
    /** Takes the facts of `added` imports over, as storage sends them, and forgets those `imports` does not name. */
    async hold({
      added,
      imports,
    }: {
      readonly added: readonly string[]
      readonly imports: readonly StatementOrder[]
    }): Promise<void> {
      for (const id of added) held.set(id, (await fromStorage.take(id)) as readonly FactChunk[])
      const named = new Set(imports.map(({ id }) => id))
      for (const id of held.keys()) if (!named.has(id)) held.delete(id)
      order = imports
      stated = null
      settled = null
    },

    /** Prices of one's own and who is who, as figures are to read the facts from now on. */
    readAs(next: FactReading): void {
      reading = next
      settled = null
    },

    ...makeBookJobs({ stated: statedOf, read: factsOf, reading: () => reading }),

    /** The Wall, every metric over its last 28 days that can be judged, and what was spent on which initiative. */
    measure({ settings, rules, sharedCosts = [] }: FigureBasis): Figures {
      const facts = factsOf()
      const context = { facts, settings, asOf: asOfFacts(facts, settings.zone) }
      const all = measureWall(context, { metrics: METRICS, weeks: 0 })
      return {
        wall: measureWall(context),
        metrics: Object.fromEntries(all.numbers.map(({ metricId, current }) => [metricId, current])),
        actuals: actualsOf(facts, rulesOfPeople(rules, reading.people), { currency: settings.currency, sharedCosts }),
      }
    },

    /** What is behind one number: who moved it, which stage, which changes, what was wasted. */
    explain(wish: {
      readonly metricId: string
      readonly settings: MetricSettings
      readonly period: Period
      readonly beforePeriod: Period
    }): Explanation | null {
      const metric = metricById(wish.metricId)
      const facts = factsOf()
      const asOf = asOfFacts(facts, wish.settings.zone)
      if (!metric || asOf === null) return null
      return explainMetric(metric, { facts, settings: wish.settings, asOf }, wish.period, wish.beforePeriod)
    },

    /** What the data hold that conventions are about, and what these make of the numbers; `null` without data. */
    conventions(settings: MetricSettings): FoundConventions | null {
      const facts = factsOf()
      const asOf = asOfFacts(facts, settings.zone)
      return asOf === null ? null : findConventions({ facts, settings, asOf })
    },

    /** A number by team, repository, model and the like, step by step; `null` = no such metric, or nothing imported. */
    groups({ metricId, settings, fiscal, dimension, by, days }: GroupWish): GroupSeries | NotGrouped | null {
      const facts = factsOf()
      const metric = metricById(metricId)
      const asOf = asOfFacts(facts, settings.zone)
      if (!metric || asOf === null) return null
      const context = { facts, settings, asOf }
      return measureGroups(metric, context, dimension, by, fiscal, addDays(asOf, 1 - days), asOf)
    },

    /** How far the money of a period came, of all or of one team, and what stayed on the way; `null` without any cost. */
    funnel({ settings, period, team }: FunnelWish): FunnelTold | null {
      const facts = factsOf()
      const asOf = asOfFacts(facts, settings.zone)
      return asOf === null ? null : explainFunnel({ facts, settings, asOf }, period, team)
    },

    /** The imported rows behind money that came to no change. */
    lossRows({ settings, period, loss, most }: LossWish): LossRows {
      const facts = factsOf()
      const asOf = asOfFacts(facts, settings.zone)
      const rows = asOf === null ? [] : rowsOfLoss({ facts, settings, asOf }, period, loss)
      return { rows: rows.slice(0, most), count: rows.length }
    },

    /** Every metric over the last `days` days that can be judged, beside as many before. */
    list({ settings, days }: { readonly settings: MetricSettings; readonly days: number }): Wall {
      const facts = factsOf()
      return measureWall(
        { facts, settings, asOf: asOfFacts(facts, settings.zone) },
        { metrics: METRICS, weeks: 0, days },
      )
    },

    /** Every metric in two periods, with how far the difference may be chance; `null` without a day of data. */
    compare(wish: {
      readonly settings: MetricSettings
      readonly period: Period
      readonly beforePeriod: Period
    }): readonly WallNumber[] | null {
      const facts = factsOf()
      const asOf = asOfFacts(facts, wish.settings.zone)
      if (asOf === null) return null
      return comparePeriods({ facts, settings: wish.settings, asOf }, wish.period, wish.beforePeriod)
    },

    /** Metrics by week, month or fiscal quarter up to the last day of data, oldest step first. */
    series(wish: {
      readonly metricIds: readonly string[]
      readonly settings: MetricSettings
      readonly fiscal: FiscalCalendar
      readonly by: SeriesStep
      readonly days: number
    }): Readonly<Record<string, readonly SeriesPoint[]>> {
      const facts = factsOf()
      const asOf = asOfFacts(facts, wish.settings.zone)
      if (asOf === null) return {}
      const context = { facts, settings: wish.settings, asOf }
      return Object.fromEntries(
        wish.metricIds.flatMap((id) => {
          const metric = metricById(id)
          if (!metric) return []
          return [[id, measureSeries(metric, context, wish.by, wish.fiscal, addDays(asOf, 1 - wish.days), asOf)]]
        }),
      )
    },

    /** What formulas can draw on with `from(…)`. */
    columns(settings: MetricSettings): History {
      const facts = factsOf()
      const asOf = asOfFacts(facts, settings.zone)
      return asOf === null ? {} : historyColumns({ facts, settings, asOf })
    },

    /** A scenario of the template with the team's own numbers where the facts know enough cases. */
    fit(wish: {
      readonly templateId: string
      readonly id: string
      readonly startMonth: MonthKey
      readonly order: number
      readonly settings: MetricSettings
      readonly assessments: readonly Assessment[]
    }): Scenario | null {
      const template = templateById(wish.templateId)
      if (!template) return null
      const facts = factsOf()
      const asOf = asOfFacts(facts, wish.settings.zone)
      const history = asOf === null ? NO_HISTORY : learnHistory({ facts, settings: wish.settings, asOf })
      return scenarioFromTemplate(template, {
        id: wish.id,
        history: withReadiness(history, wish.assessments),
        startMonth: wish.startMonth,
        order: wish.order,
      })
    },
  }
}

export type FigureJobs = ReturnType<typeof makeFigureJobs>
