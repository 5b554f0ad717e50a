export { compileModel } from './compile-model.ts'
export { batchDays, payment, queueWait, visitsPerChange, waitChance } from './closed-forms.ts'
export { checkFlow } from './check-flow.ts'
export type { FlowCheck } from './check-flow.ts'
export { simulateBatch, simulateQueue } from './simulate-flow.ts'
export type { FlowSimulation, FlowStage } from './simulate-flow.ts'
export { compareSamples, conditionalOdds } from './compare-samples.ts'
export type { Comparison } from './compare-samples.ts'
export { pearson, spearman } from './correlation.ts'
export { driversOf } from './drivers-of.ts'
export type { Driver } from './drivers-of.ts'
export { seekOdds, seekValue } from './goal-seek.ts'
export type { OddsAt, SeekOptions, Sought } from './goal-seek.ts'
export type { CompiledModel, CompiledRow, InlineLiteral } from './instructions.ts'
export { evidenceOfDraws, historyDraws, mayDrawOnHistory } from './history-draws.ts'
export type { HistoryDraw } from './history-draws.ts'
export { intervalOf } from './interval-of.ts'
export { knownKey, knownMentions } from './known-mentions.ts'
export type { KnownMention } from './known-mentions.ts'
export { modelFromText } from './model-from-text.ts'
export type { ModelFromText } from './model-from-text.ts'
export { serialOf } from './serial-of.ts'
export { readingsOf } from './readings-of.ts'
export type { Reading } from './readings-of.ts'
export { Recalculation } from './recalculation.ts'
export type { RecalculationOptions } from './recalculation.ts'
export { cutEvenly, dealOut, runInParts } from './run-in-parts.ts'
export type { BlockSpan, PartWish } from './run-in-parts.ts'
export { blocksOf, bytesPerSample, finishRun, MOST_SAMPLES, runModel, samplePart } from './run-model.ts'
export type { ModelRun, RunOptions, SampledPart } from './run-model.ts'
export { drawnBehind, sobolIndices, sobolOf, sobolOutput, sobolRuns } from './sobol.ts'
export type { DrawnInput, Redrawn, SobolIndex } from './sobol.ts'
export { histogramOf, sketchOf } from './sketch-of.ts'
export type { Histogram } from './sketch-of.ts'
export { deviationOf, meanOf, quantileOf, spreadOf } from './spread-of.ts'
export type {
  Correlation,
  Evidence,
  FormulaError,
  FormulaErrorCode,
  FormulaPlace,
  History,
  KnownFigure,
  KnownFigures,
  Model,
  ModelRow,
  RowKind,
  RowResult,
  Spread,
} from './types.ts'
export { valueOfInformation } from './value-of-information.ts'
export type { ValueOfInformation } from './value-of-information.ts'
