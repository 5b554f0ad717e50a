import { tellWhy } from '../../shared/issues/index.ts'
import type { Period } from '../../shared/metrics/index.ts'
import { useExplanation } from './use-asked.ts'
import { WasteTable } from './waste-table.tsx'

/** Where tokens were wasted in a period, whichever number is looked at. */
export function Waste({
  period,
  beforePeriod,
  currency,
}: {
  readonly period: Period
  readonly beforePeriod: Period
  readonly currency: string
}) {
  const explanation = useExplanation('cost-per-accepted-change', period, beforePeriod)
  if (explanation === 'working')
    return (
      <p className="dim" role="status">
        Looking for what was wasted…
      </p>
    )
  if (!explanation?.waste) {
    const current = explanation?.current
    return (
      <p className="dim">
        Where tokens were wasted is unknown. {current && !current.known ? tellWhy(current.why) : 'No cost is known.'}
      </p>
    )
  }
  return <WasteTable waste={explanation.waste} period={explanation.period} currency={currency} />
}
