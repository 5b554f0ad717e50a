import type { FitPicture } from '../chance/index.ts'
import { historyDraws, type Model, type ModelRow, type ModelRun } from '../model/index.ts'

/** What a row draws beside the imported values it rests on. */
export interface DrawnFit extends Omit<FitPicture, 'method'> {
  readonly row: string
  readonly unit: string
  readonly source: string
  /** '' where a range was laid over values that are no column. */
  readonly column: string
  readonly method: FitPicture['method'] | 'range'
  /** How a range was laid over them; left out for others. */
  readonly rule?: string
}

/** Fewer points show nothing of a shape. */
const FEWEST_VALUES = 3

/**
 * How well each `from('source'.column)` of the model fits the column it is drawn from, and each range that was laid over imported
 * values those values, in the order of the rows.
 */
export function fitsOf({ rows, history }: Model, run: ModelRun): readonly DrawnFit[] {
  return rows.flatMap((row): readonly DrawnFit[] => {
    const draws = historyDraws(row.formula, history)
    if (draws.length === 0) return rangeFit(row, run)
    const { name, unit } = row
    return draws.map(({ source, column, picture }) => ({ row: name, unit, source, column, ...picture }))
  })
}

/** Quantiles of the values beside those of the samples that were drawn from the range. */
function rangeFit({ id, name, unit, evidence }: ModelRow, run: ModelRun): readonly DrawnFit[] {
  const values = evidence.kind === 'your data' ? (evidence.values ?? []) : []
  const samples = run.sampleOf(id)
  if (evidence.kind !== 'your data' || values.length < FEWEST_VALUES || !samples) return []
  const drawn = samples.filter((value) => Number.isFinite(value)).sort()
  if (drawn.length === 0) return []
  const pairs = values.map((value, k) => {
    const share = (k + 0.5) / values.length
    return [value, drawn[Math.floor(share * drawn.length)]!] as const
  })
  const { source, method: rule } = evidence
  return [{ row: name, unit, source, column: '', n: values.length, missing: 0, method: 'range', rule, pairs }]
}
