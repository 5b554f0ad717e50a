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
