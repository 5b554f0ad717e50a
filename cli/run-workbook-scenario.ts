import { type Day, dayIn } from '../shared/calendar/index.ts'
import type { WallContext } from '../shared/metrics/index.ts'
import { type Outcome } from '../shared/issues/index.ts'
import { compileModel, sobolOf, type Sought } from '../shared/model/index.ts'
import { asksForActuals, metricsAsked } from '../shared/plan/index.ts'
import { instantOf } from '../shared/quantities/index.ts'
import {
  compareScenarios,
  currentMetrics,
  drawsOnHistory,
  finishScenario,
  firstMonthOf,
  prepareScenario,
  type Scenario,
  type ScenarioComparison,
  type ScenarioOutcome,
  type ScenarioQuestion,
  seekInScenario,
  type SeekWish,
  type SpreadShares,
  tellShares,
} from '../shared/scenario/index.ts'
import {
  DEFAULT_SAMPLES,
  DEFAULT_SEED,
  historyColumns,
  learnHistory,
  NO_HISTORY,
  withReadiness,
  scenarioFromTemplate,
  type Template,
} from '../shared/templates/index.ts'
import { factReadingOf, type Workbook } from '../shared/workbook/index.ts'
import { actualsIn, settingsOf } from './open-workbook.ts'
import { runOverThreads } from './sampling-threads.ts'

export interface RunWish {
  readonly sets?: Readonly<Record<string, string>>
  readonly samples?: number
  readonly seed?: number
}

/** A scenario from a template, fitted to what the workbook has imported. */
export function fittedScenario(
  template: Template,
  workbook: Workbook,
  context: WallContext,
  nowMs: number,
  wish: RunWish,
): Scenario {
  const today: Day = context.asOf ?? dayIn(instantOf(nowMs), context.settings.zone)
  return scenarioFromTemplate(template, {
    id: `cli-${template.id}`,
    history: withReadiness(
      context.asOf === null ? NO_HISTORY : learnHistory({ ...context, asOf: context.asOf }),
      Object.values(workbook.records.assessments),
    ),
    startMonth: firstMonthOf(settingsOf(workbook)?.quarterStart ?? null, today),
    sets: wish.sets ?? {},
    samples: wish.samples ?? DEFAULT_SAMPLES,
    seed: wish.seed ?? DEFAULT_SEED,
  })
}

export async function runInWorkbook(
  scenario: Scenario,
  workbook: Workbook,
  context: WallContext,
  wish: RunWish = {},
): Promise<Outcome<ScenarioOutcome>> {
  const question = scenarioQuestion(scenario, workbook, context, wish)
  const prepared = prepareScenario(question)
  if (!prepared.ok) return prepared
  const runs = await Promise.all(
    prepared.value.runs.map(({ model, options }) => runOverThreads(model, options, OWN_SCRIPT)),
  )
  return finishScenario(question, prepared.value, runs[0]!, runs[1] ?? runs[0]!)
}

/** All a run of the scenario has to know of the workbook. */
export function scenarioQuestion(
  scenario: Scenario,
  workbook: Workbook,
  context: WallContext,
  wish: RunWish,
): ScenarioQuestion {
  const asked = { ...scenario, sets: { ...scenario.sets, ...wish.sets } }
  const rows = rowsAsked(asked, workbook)
  const drawn = context.asOf !== null && drawsOnHistory(asked, workbook.records)
  return {
    scenario: asked,
    records: workbook.records,
    history: drawn ? historyColumns({ ...context, asOf: context.asOf! }) : {},
    metrics: currentMetrics(context, workbook.records.keyResults, metricsAsked(rows)),
    currency: context.settings.currency,
    figures: {
      prices: factReadingOf(workbook.records).prices,
      initiatives: workbook.records.initiatives,
      actuals: asksForActuals(rows) ? actualsIn(workbook, context) : null,
    },
    ...(wish.samples === undefined ? {} : { samples: wish.samples }),
    ...(wish.seed === undefined ? {} : { seed: wish.seed }),
  }
}

/** Whatever may hold a formula of the run. */
function rowsAsked(scenario: Scenario, { records }: Workbook): readonly { readonly formula: string }[] {
  return [
    ...scenario.rows,
    ...Object.values(scenario.sets).map((formula) => ({ formula })),
    ...Object.values(records.rows),
  ]
}

/** Seeks over the same model the scenario is run with. */
export function seekInWorkbook(
  scenario: Scenario,
  workbook: Workbook,
  context: WallContext,
  seek: SeekWish,
  wish: RunWish,
): Outcome<Sought> {
  const prepared = prepareScenario(scenarioQuestion(scenario, workbook, context, wish))
  return prepared.ok ? seekInScenario(prepared.value, seek) : prepared
}

/** Paired by sample; `against` null is the baseline. */
export function compareInWorkbook(
  scenario: Scenario,
  against: Scenario | null,
  workbook: Workbook,
  context: WallContext,
  wish: RunWish,
): Outcome<ScenarioComparison> {
  const question = scenarioQuestion(scenario, workbook, context, wish)
  // Columns, metrics and sums that either of them asks for.
  const other = against && scenarioQuestion(against, workbook, context, {})
  return compareScenarios(
    other
      ? {
          ...question,
          history: { ...other.history, ...question.history },
          metrics: new Map([...other.metrics, ...question.metrics]),
          ...(question.figures?.actuals == null && other.figures && { figures: other.figures }),
        }
      : question,
    against,
  )
}

/** What each input has of the spread, alone and in all; null where nothing varies. */
export function sharesInWorkbook(
  scenario: Scenario,
  workbook: Workbook,
  context: WallContext,
  wish: RunWish,
): SpreadShares | null {
  const prepared = prepareScenario(scenarioQuestion(scenario, workbook, context, wish))
  if (!prepared.ok || !prepared.value.shares) return null
  const { shares, runs } = prepared.value
  const { model, options } = runs[0]!
  const ids = shares.inputs.map(({ id }) => id)
  const indices = sobolOf(compileModel(model), shares.output, ids, options)
  return indices && tellShares(shares, indices, options.samples)
}

/** The built command line serves its own threads; as sources it cannot be loaded by one. */
const OWN_SCRIPT = import.meta.url.endsWith('.ts') ? null : new URL(import.meta.url)
