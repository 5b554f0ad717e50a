import type { Spread } from '../../shared/model/index.ts'
import { formatUnits } from './value-text.ts'

/** P50 with its P10 to P90, and how many runs had no value at all. */
export function RangeChip({
  spread,
  unit,
  currency,
  runs,
}: {
  readonly spread: Spread
  readonly unit: string
  readonly currency: string
  /** Runs in total; needed to say “never in 12% of runs”. */
  readonly runs?: number
}) {
  const [low, middle, high] = [spread.p10, spread.p50, spread.p90].map((value) => formatUnits(value, unit, currency))
  const never = runs && spread.undefined > 0 ? Math.round((spread.undefined / runs) * 100) : 0
  return (
    <span className="range-chip">
      <strong>{middle}</strong>
      <span className="range-chip-ends">
        {low} to {high}
      </span>
      {never > 0 && <span className="range-chip-ends">no value in {never}% of runs</span>}
    </span>
  )
}
