import { type Day, dayIn } from '../shared/calendar/index.ts'
import type { WallContext } from '../shared/metrics/index.ts'
import type { Outcome } from '../shared/issues/index.ts'
import { instantOf } from '../shared/quantities/index.ts'
import {
  currentMetrics,
  firstMonthOf,
  runScenario,
  type Scenario,
  type ScenarioOutcome,
} from '../shared/scenario/index.ts'
import {
  DEFAULT_SAMPLES,
  DEFAULT_SEED,
  historyColumns,
  learnHistory,
  NO_HISTORY,
  scenarioFromTemplate,
  type Template,
} from '../shared/templates/index.ts'
import type { Workbook } from '../shared/workbook/index.ts'
import { settingsOf } from './open-workbook.ts'

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
    history: context.asOf === null ? NO_HISTORY : learnHistory({ ...context, asOf: context.asOf }),
    startMonth: firstMonthOf(settingsOf(workbook)?.quarterStart ?? null, today),
    sets: wish.sets ?? {},
    samples: wish.samples ?? DEFAULT_SAMPLES,
    seed: wish.seed ?? DEFAULT_SEED,
  })
}

export function runInWorkbook(
  scenario: Scenario,
  workbook: Workbook,
  context: WallContext,
  wish: RunWish = {},
): Outcome<ScenarioOutcome> {
  return runScenario({
    scenario: { ...scenario, sets: { ...scenario.sets, ...wish.sets } },
    records: workbook.records,
    history: context.asOf === null ? {} : historyColumns({ ...context, asOf: context.asOf }),
    metrics: currentMetrics(context, workbook.records.keyResults),
    currency: context.settings.currency,
    ...(wish.samples === undefined ? {} : { samples: wish.samples }),
    ...(wish.seed === undefined ? {} : { seed: wish.seed }),
  })
}
