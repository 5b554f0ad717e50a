export { compileModel } from './compile-model.ts'
export { batchDays, payment, queueWait, visitsPerChange, waitChance } from './closed-forms.ts'
export { pearson, spearman } from './correlation.ts'
export { driversOf } from './drivers-of.ts'
export type { Driver } from './drivers-of.ts'
export type { CompiledModel, CompiledRow } from './instructions.ts'
export { modelFromText } from './model-from-text.ts'
export type { ModelFromText } from './model-from-text.ts'
export { serialOf } from './serial-of.ts'
export { Recalculation } from './recalculation.ts'
export type { RecalculationOptions } from './recalculation.ts'
export { MOST_SAMPLES, runModel } from './run-model.ts'
export type { ModelRun, RunOptions } from './run-model.ts'
export { deviationOf, meanOf, quantileOf, spreadOf } from './spread-of.ts'
export type {
  Correlation,
  Evidence,
  FormulaError,
  FormulaErrorCode,
  FormulaPlace,
  History,
  Model,
  ModelRow,
  RowKind,
  RowResult,
  Spread,
} from './types.ts'
