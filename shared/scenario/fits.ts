import { fitPicture, type FitPicture } from '../chance/index.ts'
import { type Expression, parseFormula, partsOf } from '../formula/index.ts'
import { columnOf, type Model } from '../model/index.ts'

/** A row's draw from imported history, beside that history. */
export interface DrawnFit extends FitPicture {
  readonly row: string
  readonly unit: string
  readonly source: string
  readonly column: string
}

/** How well each `from('source'.column)` of the model fits the column it is drawn from, in the order of the rows. */
export function fitsOf({ rows, history }: Model): readonly DrawnFit[] {
  if (Object.keys(history).length === 0) return []
  return rows.flatMap(({ name, unit, formula }) =>
    columnsDrawn(parseFormula(formula).ast).flatMap((column) => {
      const values = columnOf(history, column)
      if (!values) return []
      return [{ row: name, unit, source: column.source, column: column.column, ...fitPicture(values) }]
    }),
  )
}

type Column = Expression & { kind: 'column' }

function columnsDrawn(node: Expression): readonly Column[] {
  const drawn = node.kind === 'call' && node.name === 'from' ? node.args[0]?.value : undefined
  return drawn?.kind === 'column' ? [drawn] : partsOf(node).flatMap(columnsDrawn)
}
