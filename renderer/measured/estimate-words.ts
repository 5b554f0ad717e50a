import type { EstimateBehind } from '../../shared/prices/index.ts'
import { countOf } from '../parts/index.ts'

/** By what a cost was estimated: rates of the price book, or exports that state an estimate of their own. */
export function tellEstimates(estimates: readonly Pick<EstimateBehind, 'rate'>[]): string {
  const rates = estimates.filter(({ rate }) => rate !== null).length
  if (rates === 0) return 'Estimated by the files themselves, by rates they do not name'
  const byRates = `Estimated by ${countOf(rates, 'rate')}`
  return rates === estimates.length
    ? `${byRates}; no file states this cost`
    : `${byRates}, and in part by the files themselves`
}
