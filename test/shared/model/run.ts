import { type MonthKey, monthsBetween } from '../../../shared/calendar/index.ts'
import {
  compileModel,
  type History,
  type Model,
  modelFromText,
  type ModelRun,
  type RowResult,
  runModel,
} from '../../../shared/model/index.ts'
import { seedOf } from '../../../shared/quantities/index.ts'

export const YEAR = monthsBetween('2026-10' as MonthKey, '2027-09' as MonthKey)

export function modelOf(text: string, months: readonly MonthKey[] = YEAR, history: History = {}): Model {
  return modelFromText(text, months, history).model
}

export function run(text: string | Model, samples = 1024, seed = 1, wanted?: readonly string[]): ModelRun {
  const model = typeof text === 'string' ? modelOf(text) : text
  return runModel(compileModel(model), { samples, seed: seedOf(seed), ...(wanted ? { wanted } : {}) })
}

/** The one number of row X. */
export function valueOf(text: string, row = 'x'): number {
  const result = run(text).rows.get(row)!
  if (result.shape !== 'number') throw new Error(`${row} is ${JSON.stringify(result)}`)
  return result.value
}

export function monthsOf(text: string, row = 'x'): readonly number[] {
  const result = run(text).rows.get(row)!
  if (result.shape !== 'months') throw new Error(`${row} is ${JSON.stringify(result)}`)
  return result.values
}

export function errorOf(text: string, row = 'x'): string {
  const result: RowResult = run(text).rows.get(row)!
  return result.shape === 'error'
    ? `${result.error.code} ${result.error.message}`
    : `no error: ${JSON.stringify(result)}`
}
