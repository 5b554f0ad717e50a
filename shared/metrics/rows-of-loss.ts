import { type Day, dayOfEpoch, MS_PER_DAY } from '../calendar/index.ts'
import { eachFact, type FactOrigin } from '../facts/index.ts'
import type { Nanos } from '../money/index.ts'
import { isFailedUse } from './failed-use.ts'
import { linksOf } from './link-usage.ts'
import { standingCost } from './spent.ts'
import type { MetricContext, Period } from './types.ts'

/** Money lost that came to no change, so that only rows of usage are behind it. */
export type UsageLoss = 'unlinked' | 'failed'

/** One imported row of usage behind a loss. */
export interface LossRow {
  readonly origin: FactOrigin
  readonly day: Day
  readonly tool: string | null
  readonly model: string | null
  /** What the source says of how it went, such as `Errored, Not Charged`. */
  readonly detail: string | null
  /** `null` = the row states none that counts. */
  readonly nanos: Nanos | null
}

/**
 * The rows of usage behind a loss of a period, the dearest first, then as imported. Their money adds up to the loss to the
 * nano: $3 of a person without a change and $2 of a day without one are the $5 linked to nothing. Names of people are not
 * told.
 */
export function rowsOfLoss(context: MetricContext, period: Period, loss: UsageLoss): readonly LossRow[] {
  const { facts, settings } = context
  const links = linksOf(context)
  if (links === null) return []
  const { kind, states } = standingCost(facts)
  const rows: LossRow[] = []
  for (const fact of eachFact(facts.usage)) {
    const day = fact.day ?? (fact.at === null ? null : dayOfEpoch(Math.floor(fact.at / MS_PER_DAY)))
    if (day === null || day < period.from || day > period.to) continue
    const { origin, tool, model, detail, person, repository, session } = fact
    const isCounted = kind !== null && states(tool) && fact.currency === settings.currency
    const nanos = isCounted ? fact[kind] : null
    const isLost =
      loss === 'failed'
        ? isFailedUse(detail)
        : nanos !== null && links.levelOf({ day, person, repository, session }) === 'none'
    if (isLost) rows.push({ origin, day, tool, model, detail, nanos })
  }
  return rows.sort((a, b) => compare(b.nanos ?? -1n, a.nanos ?? -1n))
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}
