import { type Day, dayOfEpoch } from '../../../shared/calendar/index.ts'
import { type Account, accountsOf, type Person } from '../../../shared/delivery/index.ts'
import { eachFact, type FactOrigin, type FactSet } from '../../../shared/facts/index.ts'
import type { Nanos } from '../../../shared/money/index.ts'
import { type AttributionRule, type RuleTakes, ruleTakes } from '../../../shared/plan/index.ts'
import {
  type OwnPrices,
  priceBookOf,
  type PricedGroup,
  pricingOf,
  type Repriced,
  repricing,
} from '../../../shared/prices/index.ts'
import { TOKEN_BUCKETS } from '../../../shared/quantities/index.ts'
import type { FactReading } from '../../../shared/workbook/index.ts'

/** One row of usage behind a sum, with the way back to its file. */
export interface UsageRow {
  readonly origin: FactOrigin
  readonly day: Day | null
  readonly person: string | null
  readonly tokens: number | null
  readonly estimated: Nanos | null
}

export interface UsageWish {
  readonly tool: string | null
  readonly model: string | null
  readonly most: number
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
          day: fact.day ?? (fact.at === null ? null : dayOfEpoch(Math.floor(fact.at / 86_400_000))),
          person: fact.person,
          tokens: counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0),
          estimated: fact.estimated,
        })
      }
      return rows
    },

    /** What each rule takes and what is left, tried without being kept. */
    ruleTakes: (wish: {
      readonly rules: readonly AttributionRule[]
      readonly people: readonly Person[]
      readonly currency: string
    }): RuleTakes => ruleTakes(read(), wish.rules, wish.people, wish.currency),

    /** Every account the files name, as they write it. */
    accounts: (): readonly Account[] => accountsOf(stated()),
  }
}
