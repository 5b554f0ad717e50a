import type { Day } from '../calendar/index.ts'
import { type Nanos, parseNanos } from '../money/index.ts'
import { listRate, tokenRates } from './list-rate.ts'
import { plainModel } from './model-names.ts'
import { NO_OWN_PRICES, type OwnPrices, type OwnRate, type Rate, type TokenRates, type WrittenRates } from './rates.ts'

export interface PriceBook {
  /** null = nobody named a price: unpriced, which is not zero. */
  rateOf(model: string | null, day: Day): Rate | null
}

/** List prices of the day of use, own rates first. One book answers for many rows: what it has looked up it keeps. */
export function priceBookOf({ rates, aliases }: OwnPrices = NO_OWN_PRICES): PriceBook {
  const known = new Map<string, Rate | null>()
  const agreed = rates.map((rate) => ({ name: plainModel(rate.model), rate: readRate(rate) }))
  const meant = new Map(aliases.map(({ written, model }) => [writtenKey(written), model]))
  return {
    rateOf(model, day) {
      const name = plainModel(meant.get(writtenKey(model ?? '')) ?? model)
      if (name === null) return null
      const key = `${day} ${name}`
      let rate = known.get(key)
      if (rate === undefined) known.set(key, (rate = ownRate(agreed, name, day) ?? listRate(name, day)))
      return rate
    },
  }
}

function writtenKey(text: string): string {
  return text.trim().toLowerCase()
}

/** Of several that hold on a day, the one agreed for the later start. */
function ownRate(
  agreed: readonly { readonly name: string | null; readonly rate: Rate }[],
  name: string,
  day: Day,
): Rate | null {
  const holding = agreed.filter(
    ({ name: own, rate: { from, to } }) => own === name && (from === null || from <= day) && (to === null || day <= to),
  )
  return holding.reduce<Rate | null>(
    (best, { rate }) => (best === null || (rate.from ?? '') > (best.from ?? '') ? rate : best),
    null,
  )
}

function readRate({ model, from, to, currency, perMillion, longPrompts, batch, regions }: OwnRate): Rate {
  return {
    source: 'own',
    model,
    provider: null,
    currency,
    from,
    to,
    perMillion: readTokenRates(perMillion),
    longPrompts:
      longPrompts === null ? [] : [{ above: longPrompts.above, perMillion: readTokenRates(longPrompts.perMillion) }],
    batch: batch === null ? null : readDecimal(batch),
    regions: Object.fromEntries(
      Object.entries(regions).flatMap(([region, factor]) => {
        const read = readDecimal(factor)
        return read === null ? [] : [[region.trim().toLowerCase(), read]]
      }),
    ),
  }
}

function readTokenRates(written: WrittenRates): TokenRates {
  return tokenRates((bucket) => {
    const text = written[bucket] ?? (bucket === 'cacheWriteUnknown' ? written.cacheWrite5m : undefined)
    return text === undefined ? null : readDecimal(text)
  })
}

function readDecimal(text: string): Nanos | null {
  const parsed = parseNanos(text)
  return parsed.ok && parsed.value >= 0n ? parsed.value : null
}
