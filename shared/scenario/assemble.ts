import { addMonths, lastDayOfMonth, monthsBetween, type MonthKey } from '../calendar/index.ts'
import { nameKey } from '../formula/index.ts'
import { accepted, type Outcome, refused } from '../issues/index.ts'
import type { MetricValue } from '../metrics/index.ts'
import type { History, Model, ModelRow } from '../model/index.ts'
import type { KeyResult, Objective } from '../okr/index.ts'
import { type FigureSources, knownFigures, planModel, type PlanRecords, rowsInOrder } from '../plan/index.ts'
import { type KeyResultRows, keyResultRows, usableEffects } from './key-results.ts'
import { applySets } from './sets.ts'
import type { Scenario } from './types.ts'

/** The part of a workbook's records a scenario needs. */
export interface ScenarioRecords extends PlanRecords {
  readonly keyResults: Readonly<Record<string, KeyResult>>
  /** Quarters of the key results, so that check-ins can be carried on to their end. */
  readonly objectives?: Readonly<Record<string, Objective>>
}

export interface Assembled {
  readonly model: Model
  /** The plan alone over the same months, without the scenario's rows and sets. */
  readonly baseline: Model
  readonly months: readonly MonthKey[]
  readonly keyResults: readonly KeyResultRows[]
  /** The scenario's own rows that are in the model. */
  readonly ownRows: readonly ModelRow[]
  readonly planRows: readonly ModelRow[]
  /** Drivers of the plan that take the place of the template's of the same name. */
  readonly inherited: readonly string[]
  /** Ids of rows the scenario sets. */
  readonly touched: readonly string[]
}

/**
 * The baseline with the scenario on it: plan rows, where key results stand, the scenario's rows, then what it sets. A driver
 * the plan has under the same name is the plan's: what a scenario does not set it inherits. Ids of plan rows stay, so every
 * row the scenario does not touch has the same samples as in the plan.
 */
export function assemble(
  scenario: Scenario,
  records: ScenarioRecords,
  metrics: ReadonlyMap<string, MetricValue>,
  history: History,
  sources: FigureSources | null = null,
): Outcome<Assembled> {
  const months = monthsBetween(
    scenario.startMonth,
    addMonths(scenario.startMonth, Math.max(1, scenario.horizonMonths) - 1),
  )
  const planRows = rowsInOrder(records)
  const planNames = new Set(planRows.map(({ name }) => nameKey(name)))
  const inherited = scenario.rows.filter(({ name }) => planNames.has(nameKey(name))).map(({ name }) => name)
  const ownRows = scenario.rows.filter(({ name }) => !planNames.has(nameKey(name)))
  const keyResults = Object.values(records.keyResults).sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
  const joined = keyResultRows(keyResults, ownRows, metrics, ({ objectiveId }) => {
    const quarter = records.objectives?.[objectiveId]?.quarter
    return quarter === undefined ? null : lastDayOfMonth(addMonths(quarter as MonthKey, 2))
  })
  const nowRows = distinct(joined.flatMap(({ nowRow }) => (nowRow ? [nowRow] : [])))
  const usable = usableEffects(ownRows, [...planRows, ...nowRows])
  const set = applySets([...planRows, ...nowRows, ...usable], scenario.sets)
  if (!set.ok) return refused(...set.issues)
  const plan = planModel(records, months, null, history)
  const baseline = { ...plan, rows: [...planRows, ...nowRows] }
  const known = sources && knownFigures([...set.value.rows, ...baseline.rows], months, sources)
  return accepted({
    model: { ...plan, rows: set.value.rows, ...(known && { known }) },
    baseline: { ...baseline, ...(known && { known }) },
    months,
    keyResults: joined.map((each) => ({
      ...each,
      withId:
        each.withId !== null && set.value.rows.some(({ id }) => id === each.withId)
          ? each.withId
          : (each.nowRow?.id ?? null),
    })),
    ownRows: set.value.rows.filter(({ id }) => usable.some((row) => row.id === id)),
    planRows: set.value.rows.filter(({ id }) => planRows.some((row) => row.id === id)),
    inherited,
    touched: set.value.touched,
  })
}

/** Two key results on one metric share its row. */
function distinct(rows: readonly ModelRow[]): readonly ModelRow[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()]
}
