import type { FitPicture } from '../chance/index.ts'
import { historyDraws, type Model } from '../model/index.ts'

/** A row's draw from imported history, beside that history. */
export interface DrawnFit extends FitPicture {
  readonly row: string
  readonly unit: string
  readonly source: string
  readonly column: string
}

/** How well each `from('source'.column)` of the model fits the column it is drawn from, in the order of the rows. */
export function fitsOf({ rows, history }: Model): readonly DrawnFit[] {
  return rows.flatMap(({ name, unit, formula }) =>
    historyDraws(formula, history).map(({ source, column, picture }) => ({
      row: name,
      unit,
      source,
      column,
      ...picture,
    })),
  )
}
