import { exactExp, normalQuantile } from './exact-math.ts'
import { fitHistory } from './fit.ts'
import { lookUp, studentTable } from './quantile-table.ts'

/** A fit of imported history beside the history, for a quantile plot: points on the diagonal fit. */
export interface FitPicture {
  readonly n: number
  /** Rows without a value. */
  readonly missing: number
  readonly method: 'log-Student-t' | 'Student-t' | 'drawn again' | 'too few'
  /** Observed value and what the fit says at the same share ((k - 1/2) / n), from the smallest; at most 200. */
  readonly pairs: readonly (readonly [observed: number, fitted: number])[]
}

const MOST_PAIRS = 200
const METHODS = { 'log-t': 'log-Student-t', t: 'Student-t', bootstrap: 'drawn again', none: 'too few' } as const

/** What `from('source'.column)` makes of a column, to be looked at. */
export function fitPicture(values: Float64Array): FitPicture {
  const fit = fitHistory(values)
  const known = values.filter((value) => Number.isFinite(value)).sort()
  const quantileOf = (share: number): number => {
    if (fit.kind === 'bootstrap') return known[Math.min(known.length - 1, Math.floor(share * known.length))]!
    if (fit.kind === 'none') return Number.NaN
    const x = fit.centre + fit.spread * lookUp(studentTable(fit.freedom), normalQuantile(share))
    return fit.kind === 'log-t' ? exactExp(x) : x
  }
  const count = Math.min(MOST_PAIRS, fit.kind === 'none' ? 0 : known.length)
  const pairs = Array.from({ length: count }, (_, k) => {
    const share = (k + 0.5) / count
    return [known[Math.floor(share * known.length)]!, quantileOf(share)] as const
  })
  return { n: known.length, missing: values.length - known.length, method: METHODS[fit.kind], pairs }
}
