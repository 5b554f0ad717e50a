import { fitPicture, type FitPicture } from '../chance/index.ts'
import { type Expression, parseFormula, partsOf } from '../formula/index.ts'
import { columnOf } from './read-correlations.ts'
import type { Evidence, History } from './types.ts'

/** A column of imported history a formula draws on, and what its values were made into. */
export interface HistoryDraw {
  readonly source: string
  readonly column: string
  readonly picture: FitPicture
}

const MAY_DRAW = /\bfrom\s*\(/i

/** Whether any of the formulas draws on imported history: its columns are worth fetching only then. */
export function mayDrawOnHistory(formulas: Iterable<string>): boolean {
  for (const formula of formulas) if (MAY_DRAW.test(formula)) return true
  return false
}

/** Every `from('source'.column)` of a formula that names a known column, in the order written. */
export function historyDraws(formula: string, history: History): readonly HistoryDraw[] {
  if (!MAY_DRAW.test(formula)) return []
  return columnsDrawn(parseFormula(formula).ast).flatMap((column) => {
    const values = columnOf(history, column)
    return values ? [{ source: column.source, column: column.column, picture: fitPicture(values) }] : []
  })
}

/** `your data` where a formula draws on imported history; its n is that of the shortest column. Null where it does not. */
export function evidenceOfDraws(formula: string, history: History): Evidence | null {
  const draws = historyDraws(formula, history)
  const [least] = [...draws].sort((a, b) => a.picture.n - b.picture.n)
  if (!least) return null
  const source = draws.map(({ source: from, column }) => `${from}, ${column}`).join('; ')
  return { kind: 'your data', n: least.picture.n, method: least.picture.method, source }
}

type Column = Expression & { kind: 'column' }

function columnsDrawn(node: Expression): readonly Column[] {
  const drawn = node.kind === 'call' && node.name === 'from' ? node.args[0]?.value : undefined
  return drawn?.kind === 'column' ? [drawn] : partsOf(node).flatMap(columnsDrawn)
}
