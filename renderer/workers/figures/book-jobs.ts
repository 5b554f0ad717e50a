import { type Day, dayOfEpoch, monthOf } from '../../../shared/calendar/index.ts'
import { type Account, accountsOf, type Person, withLogins, withPeople } from '../../../shared/delivery/index.ts'
import { eachFact, type FactOrigin, type FactRow, type FactSet, type FactTable } from '../../../shared/facts/index.ts'
import {
  type FactPlace,
  type InPlace,
  type Said,
  saidAt,
  usageInside,
  type UsageShare,
} from '../../../shared/importers/index.ts'
import { deliveredIn, estimatesOfCost, type MetricSettings, type Period } from '../../../shared/metrics/index.ts'
import type { Nanos } from '../../../shared/money/index.ts'
import {
  type ActualPlace,
  type AttributionRule,
  type ChangeTakes,
  changeTakes,
  estimatesOfActual,
  matchRules,
  type RuleTakes,
  rulesOfPeople,
  ruleTakes,
} from '../../../shared/plan/index.ts'
import {
  type EstimateBehind,
  estimateRates,
  type OwnPrices,
  priceBookOf,
  type PricedGroup,
  pricingOf,
  type Repriced,
  repricing,
  tellEstimate,
} from '../../../shared/prices/index.ts'
import { type CostKind, TOKEN_BUCKETS } from '../../../shared/quantities/index.ts'
import type { FactReading } from '../../../shared/workbook/index.ts'

/** One row of usage behind a sum, with the way back to its file. */
export interface UsageRow {
  readonly origin: FactOrigin
  readonly day: Day | null
  readonly person: string | null
  readonly tokens: number | null
  readonly estimated: Nanos | null
  /** What else it says, `name: value` each. */
  readonly more: readonly string[]
}

export interface UsageWish {
  readonly tool: string | null
  readonly model: string | null
  readonly most: number
}

/** Which spend of a tool in a month to go through; `owner` as the rules name it, null = nobody's. */
export interface SpendWish {
  readonly tool: string | null
  readonly month: string
  readonly owner: string | null
  readonly basis: CostKind
  readonly currency: string
  readonly rules: readonly AttributionRule[]
  readonly most: number
}

/** One imported row of it. */
export interface SpendRow {
  readonly origin: FactOrigin
  readonly day: Day | null
  readonly person: string | null
  readonly model: string | null
  readonly nanos: Nanos
  /** Where the amount is an estimate: the rate it was worked out by, in words. */
  readonly estimate: string | null
}

interface Held {
  /** As the files state them. */
  stated(): FactSet
  /** As figures read them. */
  read(): FactSet
  reading(): FactReading
}

/** What the price book, the people and the rules make of the facts; nothing here is stored. */
export function makeBookJobs({ stated, read, reading }: Held) {
  return {
    /** What every estimate rests on and what waits for a price. */
    pricing: (): readonly PricedGroup[] => pricingOf(stated(), priceBookOf(reading().prices)),

    /** What other prices would change; nothing is changed by asking. */
    reprice: (prices: OwnPrices): readonly Repriced[] =>
      repricing(stated(), priceBookOf(reading().prices), priceBookOf(prices)),

    /** Rows of one model of a tool as figures read them, in the order of import. */
    usageRows({ tool, model, most }: UsageWish): readonly UsageRow[] {
      const rows: UsageRow[] = []
      for (const fact of eachFact(read().usage)) {
        if (fact.tool !== tool || fact.model !== model) continue
        if (rows.length >= most) break
        const counts = [...TOKEN_BUCKETS, 'unsplitTokens' as const].flatMap((bucket) => fact[bucket] ?? [])
        rows.push({
          origin: fact.origin,
          day: dayOf(fact),
          person: fact.person,
          tokens: counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0),
          estimated: fact.estimated,
          more: moreOf(fact),
        })
      }
      return rows
    },

    /** Rows of usage an actual of the plan is added up from, in the order of import. */
    spendRows({ tool, month, owner, basis, currency, rules, most }: SpendWish): readonly SpendRow[] {
      const ownerOf = matchRules(rulesOfPeople(rules, reading().people))
      const rateOf = estimateRates(stated(), priceBookOf(reading().prices))
      const rows: SpendRow[] = []
      for (const fact of eachFact(read().usage)) {
        if (rows.length >= most) break
        const nanos = fact[basis]
        if (nanos === null || fact.tool !== tool || fact.currency !== currency) continue
        const day = dayOf(fact)
        if (day === null || monthOf(day) !== month || ownerOf(fact) !== owner) continue
        const estimate = basis === 'estimated' ? tellEstimate(rateOf(fact)) : null
        rows.push({ origin: fact.origin, day, person: fact.person, model: fact.model, nanos, estimate })
      }
      return rows
    },

    /** The rates that estimated cells of the plan's actuals rest on. */
    estimatesOfActual: (wish: {
      readonly cells: readonly ActualPlace[]
      readonly rules: readonly AttributionRule[]
    }): readonly EstimateBehind[] => {
      const { prices, people } = reading()
      return estimatesOfActual(stated(), wish.cells, wish.rules, people, priceBookOf(prices))
    },

    /** The rates that the cost of a period rests on; none where it is no estimate. */
    estimatesOfCost: (wish: {
      readonly settings: MetricSettings
      readonly period: Period
    }): readonly EstimateBehind[] =>
      estimatesOfCost(
        { facts: read(), settings: wish.settings },
        withPeople(stated(), reading().people),
        priceBookOf(reading().prices),
        wish.period,
      ),

    /** What each rule takes and what is left, tried without being kept. */
    ruleTakes: (wish: {
      readonly rules: readonly AttributionRule[]
      readonly people: readonly Person[]
      readonly currency: string
    }): RuleTakes => ruleTakes(read(), wish.rules, wish.people, wish.currency),

    /** Which changed files each rule about paths takes, and which nobody owns; tried without being kept. */
    changeTakes: (wish: {
      readonly rules: readonly AttributionRule[]
      readonly people: readonly Person[]
      readonly settings: MetricSettings
    }): ChangeTakes => {
      const { settings, people } = wish
      // Asked as the metrics ask, so that the changes are joined once.
      const delivery = deliveredIn({ facts: read(), settings })
      return changeTakes(delivery, wish.rules, people)
    },

    /** What stored facts say, by place. */
    saidAt: (places: readonly FactPlace[]): readonly (Said | null)[] =>
      saidAt(
        Object.values(stated()).flatMap(({ chunks }: FactTable) => chunks),
        places,
      ),

    /** What of an import counts now in the windows. */
    usageInside({ of, windows }: Pick<InPlace, 'of' | 'windows'>): UsageShare {
      const { chunks, live } = stated().usage
      const own = chunks.flatMap((chunk, at) => (chunk.importId === of ? [{ chunk, live: live[at] ?? null }] : []))
      return usageInside(
        own.map(({ chunk }) => chunk),
        windows,
        own.map((one) => one.live),
      )
    },

    /** Every account the files name, as they write it. */
    accounts: (): readonly Account[] => accountsOf(withLogins(stated())),
  }
}

/** What a row says beside tokens and money, and in columns nobody reads, as lines of `name: value`. */
function moreOf(fact: FactRow<'usage'>): readonly string[] {
  const { detail, account, costCenter, region, contextWindow, quantity, unit, extra } = fact
  const named = [
    ['Detail', detail],
    ['Account', account],
    ['Cost center', costCenter],
    ['Region', region],
    ['Context window', contextWindow],
    [unit ?? 'Quantity', quantity],
  ] as const
  return [
    ...named.flatMap(([name, value]) => (value == null ? [] : [`${name}: ${value}`])),
    ...(extra?.split('\n') ?? []),
  ]
}

function dayOf({ day, at }: { readonly day: Day | null; readonly at: number | null }): Day | null {
  return day ?? (at === null ? null : dayOfEpoch(Math.floor(at / 86_400_000)))
}
