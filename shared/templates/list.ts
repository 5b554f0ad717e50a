import {
  contextEngineering,
  migrateFramework,
  orchestratorsVsEngineers,
  reviewersVsGuardrails,
  testCoverage,
} from './people-and-quality.ts'
import { refactorServices } from './refactor-services.ts'
import { budgetPerDeveloper, cacheAndBatch, priceCut, switchModel } from './routing-and-price.ts'
import type { Template } from './types.ts'

/** Every template that can be run. */
export const TEMPLATES: readonly Template[] = [
  refactorServices,
  switchModel,
  cacheAndBatch,
  orchestratorsVsEngineers,
  budgetPerDeveloper,
  contextEngineering,
  reviewersVsGuardrails,
  migrateFramework,
  priceCut,
  testCoverage,
]

export function templateById(id: string): Template | null {
  return TEMPLATES.find((template) => template.id === id) ?? null
}
