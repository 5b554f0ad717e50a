import type { Case, CaseShape } from './cases.ts'
import { quantile } from './statistics.ts'

/** Value of some cases; NaN only where a ratio has nothing below the line. */
export function valueOfCases(shape: CaseShape, cases: readonly Case[]): number | null {
  if (cases.length === 0) return null
  if (shape === 'median')
    return quantile(
      cases.map(({ part }) => part),
      0.5,
    )
  const whole = cases.reduce((sum, one) => sum + one.whole, 0)
  return whole === 0 ? null : cases.reduce((sum, one) => sum + one.part, 0) / whole
}
