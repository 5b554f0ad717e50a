import type { MonthKey } from '../calendar/index.ts'
import type { Scenario } from '../scenario/index.ts'
import { fitTemplate } from './fit-template.ts'
import type { TeamHistory } from './learn-history.ts'
import type { Template } from './types.ts'

export interface ScenarioChoices {
  readonly id: string
  readonly history: TeamHistory
  readonly startMonth: MonthKey
  readonly sets?: Readonly<Record<string, string>>
  readonly samples?: number
  readonly seed?: number
  readonly order?: number
}

export const DEFAULT_SAMPLES = 10_240
export const DEFAULT_SEED = 1

/** A scenario of this template with the team's own numbers in it, as it is kept in the workbook. */
export function scenarioFromTemplate(template: Template, choices: ScenarioChoices): Scenario {
  return {
    id: choices.id,
    name: template.name,
    templateId: template.id,
    sets: choices.sets ?? {},
    rows: fitTemplate(template, choices.history),
    startMonth: choices.startMonth,
    horizonMonths: template.horizonMonths,
    samples: choices.samples ?? DEFAULT_SAMPLES,
    seed: choices.seed ?? DEFAULT_SEED,
    order: choices.order ?? 0,
  }
}
