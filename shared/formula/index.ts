export { MONTHS_IN_PERIOD, nameKey, partsOf } from './ast.ts'
export { freeName } from './free-name.ts'
export type { Argument, BinaryOperator, Expression, MonthPick, PeriodName, Place, SyntaxProblem } from './ast.ts'
export { functionNamed, FUNCTIONS } from './functions.ts'
export type { FunctionEntry, FunctionGroup, UnitRule } from './functions/function-entry.ts'
export { nearestName } from './nearest-name.ts'
export { MAX_FORMULA_LENGTH, parseFormula, piecesOf } from './parse-formula.ts'
export type { ParsedFormula } from './parse-formula.ts'
export { parseModelText } from './parse-model-text.ts'
export type { ModelText, ModelTextCorrelation, ModelTextError, ModelTextRow } from './parse-model-text.ts'
export { printFormula, printName } from './print-formula.ts'
export { namesIn, renameInFormula } from './rename-in-formula.ts'
export type { NameMeaning } from './rename-in-formula.ts'
export {
  LITERAL_UNIT,
  meetMonths,
  meetUnits,
  MONTH_UNIT,
  MONTHS_UNIT,
  nameUnit,
  parseUnit,
  PERCENT_UNIT,
  raiseUnit,
  RATIO_UNIT,
  tellUnit,
  timesUnits,
  UNKNOWN_UNIT,
} from './units.ts'
export type { Unit } from './units.ts'
