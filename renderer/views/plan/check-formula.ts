import { nameKey, namesIn, nearestName, parseFormula, printName } from '../../../shared/formula/index.ts'
import { compileModel, type ModelRow } from '../../../shared/model/index.ts'
import type { MonthKey } from '../../../shared/calendar/index.ts'
import { type FigureSources, knownFigures } from '../../../shared/plan/index.ts'
import type { WorkbookRecords } from '../../../shared/workbook/index.ts'
import type { FormulaProblem } from '../../grid/formula-editor/formula-problems.ts'
import { placeOfRow } from './plan-ids.ts'
import { rowsByName } from './trace.ts'

/** Beyond this many rows behind a formula, looking through them all would hold up the typing. */
const MOST_ROWS = 400

/**
 * What is wrong with a formula while it is typed into a row: its syntax, names nobody has, circles, units that do not meet.
 * Only the rows it rests on are compiled with it.
 */
export function checkFormula(
  records: Pick<WorkbookRecords, 'rows'>,
  months: readonly MonthKey[],
  rowId: string,
  formula: string,
  sources: FigureSources | null = null,
): readonly FormulaProblem[] {
  const place = placeOfRow(rowId)
  const row = place.kind === 'row' ? records.rows[place.id] : undefined
  if (!row) return []
  const { errors } = parseFormula(formula)
  if (errors.length > 0) return errors.map(({ place: { from, to }, message }) => ({ from, to, message }))
  const typed: ModelRow = { ...row, formula, overrides: {} }
  const byName = rowsByName(records)
  const rows = rowsBehind(typed, byName)
  if (rows === null) return []
  const known = sources && knownFigures([...Object.values(records.rows), typed], months, sources)
  const model = { rows, correlations: [], months, history: sources?.history ?? {}, ...(known && { known }) }
  const error = compileModel(model).rows.find(({ id }) => id === row.id)?.error
  if (!error) return []
  const { from, to } = error.place
  const fix = error.code === '#NAME?' ? nearestOf(formula.slice(from, to), byName.values()) : null
  if (fix === null) return [{ from, to, message: error.message }]
  // The compiler saw only the rows behind the formula and could not know what was meant.
  return [{ from, to, message: error.message.replace(/Add it,.*$/, `Did you mean ${fix.text}?`), fix }]
}

/** The row and everything it rests on; null = too many. */
export function rowsBehind(typed: ModelRow, byName: ReadonlyMap<string, ModelRow>): readonly ModelRow[] | null {
  const found = new Map([[typed.id, typed]])
  for (const row of found.values()) {
    for (const name of namesIn(parseFormula(row.formula).ast)) {
      const other = byName.get(nameKey(name))
      if (other && !found.has(other.id)) found.set(other.id, other)
    }
    if (found.size > MOST_ROWS) return null
  }
  return [...found.values()]
}

function nearestOf(found: string, rows: Iterable<ModelRow>): { readonly label: string; readonly text: string } | null {
  const near = nearestName(
    found.replace(/^'|'$/g, ''),
    [...rows].map(({ name }) => name),
  )
  return near === null ? null : { label: `Use ${printName(near)}`, text: printName(near) }
}
