import { currencyOf, formatMoney, moneyOf } from '../../shared/money/index.ts'
import { type EstimateBehind, tellEstimate, tellPrices } from '../../shared/prices/index.ts'
import { LOCALE, countOf, formatCount } from '../parts/index.ts'
import { tellEstimates } from './estimate-words.ts'
import './estimate-list.css'

const MOST = 6

/** What an estimated cost rests on: per model the rate it was worked out by, from whom and since when. */
export function EstimateList({
  estimates,
  currency,
}: {
  readonly estimates: readonly EstimateBehind[]
  readonly currency: string
}) {
  if (estimates.length === 0) return null
  const shown = estimates.slice(0, MOST)
  return (
    <details className="estimate-list">
      <summary>{tellEstimates(estimates)}</summary>
      <ul>
        {shown.map((estimate) => (
          <li key={`${estimate.tool} ${estimate.model} ${tellEstimate(estimate)}`}>
            <span>
              <strong>{estimate.model ?? 'Model not named'}</strong>
              {estimate.tool === null ? '' : `, ${estimate.tool}`}
              {estimate.tokens === null ? '' : `: ${formatCount(estimate.tokens)} tokens`}
              <span className="small dim selectable">
                {tellEstimate(estimate)}
                {estimate.rate === null ? '' : `: ${tellPrices(estimate.rate)}`}
              </span>
            </span>
            <span className="number">{formatMoney(moneyOf(estimate.nanos, currencyOf(currency)), LOCALE)}</span>
          </li>
        ))}
      </ul>
      {estimates.length > MOST && (
        <p className="small dim">
          {countOf(estimates.length - MOST, 'more estimate')}, smaller than these; all are under Data, Prices.
        </p>
      )}
    </details>
  )
}
