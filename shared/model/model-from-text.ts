import type { MonthKey } from '../calendar/index.ts'
import { type ModelTextError, nameKey, parseModelText } from '../formula/index.ts'
import type { History, Model, ModelRow } from './types.ts'

export interface ModelFromText {
  readonly model: Model
  /** What could not be read, with its line; formulas' own errors come from compiling. */
  readonly errors: readonly ModelTextError[]
  /** Row id -> 1-based line. */
  readonly lines: ReadonlyMap<string, number>
}

/** A model from text, one row a line (see `parseModelText`). A row's id is its name in lower case, so the text alone fixes every draw. */
export function modelFromText(text: string, months: readonly MonthKey[], history: History = {}): ModelFromText {
  const parsed = parseModelText(text)
  const rows = parsed.rows.map((row, order): ModelRow => ({
    id: nameKey(row.name),
    name: row.name,
    unit: row.unit,
    kind: 'driver',
    group: null,
    owner: '',
    evidence: { kind: 'entered' },
    formula: row.formula,
    overrides: row.overrides,
    note: row.note,
    order,
  }))
  return {
    model: { rows, correlations: parsed.correlations.map(({ a, b, rho }) => ({ a, b, rho })), months, history },
    errors: parsed.errors,
    lines: new Map(parsed.rows.map((row) => [nameKey(row.name), row.line])),
  }
}
