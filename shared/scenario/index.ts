export type { CostPart, KeyResultEffect, Scenario, ScenarioOutcome, Tension } from './types.ts'
