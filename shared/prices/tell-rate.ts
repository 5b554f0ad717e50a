import { nameDay } from '../calendar/index.ts'
import { formatNanos, type Nanos } from '../money/index.ts'
import { LIST_DATE } from './list-rate.ts'
import type { WhyUnpriced } from './price-use.ts'
import type { Rate } from './rates.ts'

/** Which rate it is, from whom and of which day: `price list of 23 Sep 2026, claude-opus-4-5 since 24 Nov 2025`. */
export function tellRate(rate: Rate): string {
  const source = rate.source === 'list' ? `price list of ${nameDay(LIST_DATE)}` : 'own rate'
  const since = rate.from === null ? '' : ` since ${nameDay(rate.from)}`
  const until = rate.to === null ? '' : ` until ${nameDay(rate.to)}`
  return `${source}, ${rate.model}${since}${until}`
}

/** `input 3, cache write 3.75, 1 h 6, cache read 0.3, output 15 USD per million tokens`; silent buckets are left out. */
export function tellPrices({ perMillion, currency }: Rate): string {
  const parts: readonly (readonly [string, Nanos | null])[] = [
    ['input', perMillion.uncachedInput],
    ['cache write', perMillion.cacheWrite5m],
    ['1 h', perMillion.cacheWrite1h],
    ['cache read', perMillion.cacheRead],
    ['output', perMillion.output],
  ]
  const named = parts.flatMap(([name, nanos]) => (nanos === null ? [] : [`${name} ${formatNanos(nanos)}`]))
  return `${named.join(', ')} ${currency} per million tokens`
}

const REASONS: Readonly<Record<WhyUnpriced, string>> = {
  'no-day': 'without a date, and prices have dates',
  'no-model': 'the export names no model',
  'no-rate': 'no rate known for this model on these days',
  'no-tokens': 'only a total, or no tokens at all',
  'no-token-rate': 'its rate is silent on some of these tokens',
  'no-batch': 'its rate does not say what a batch costs',
  'no-region': 'its rate does not say what this region costs',
  'no-tier': 'sold at a tier that its rate does not price',
}

export function tellUnpriced(why: WhyUnpriced): string {
  return REASONS[why]
}
