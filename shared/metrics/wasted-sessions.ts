import { dayOfEpoch } from '../calendar/index.ts'
import { moneyAt } from '../cube/index.ts'
import { usesIn } from './attribution.ts'
import { linksOf } from './link-usage.ts'
import { quantile } from './statistics.ts'
import type { MetricContext, Period } from './types.ts'

/** All uses of one session in a period. */
export interface SessionCost {
  readonly session: string
  readonly nanos: bigint
  readonly rows: number
  readonly days: readonly string[]
  /** Came to a change by its name or by the person's open changes of the day. */
  readonly isLinked: boolean
}

/** Sessions of a period with their cost, the dearest first; empty where usage names none. */
export function sessionsIn(context: MetricContext, period: Period): readonly SessionCost[] {
  const links = linksOf(context)
  if (links === null) return []
  const uses = new Map<string, number[]>()
  const [from, to] = usesIn(links, period)
  for (let use = from; use < to; use++) {
    const session = links.sessionOf(use)
    if (session === null) continue
    const own = uses.get(session)
    if (own) own.push(use)
    else uses.set(session, [use])
  }
  const levelOf = (use: number) => links.founds[links.found[use]!]!.level
  return [...uses]
    .map(([session, own]) => ({
      session,
      nanos: own.reduce((sum, use) => sum + moneyAt(links, use)!, 0n),
      rows: own.reduce((sum, use) => sum + links.rows[use]!, 0),
      days: [...new Set(own.map((use) => dayOfEpoch(links.day[use]!)))],
      isLinked: own.some((use) => levelOf(use) === 'id' || levelOf(use) === 'person-day'),
    }))
    .sort((a, b) => (a.nanos < b.nanos ? 1 : a.nanos > b.nanos ? -1 : a.session < b.session ? -1 : 1))
}

/** Fewer sessions than this have no usual length. */
export const FEWEST_SESSIONS = 20

/**
 * Sessions far longer than the rest: more rows than the third quartile and three times the distance of the quartiles
 * (Tukey's far out). Quartiles 4 and 10: from 29 rows on. What is above that is what going in circles cost.
 */
export function loopingSessions(
  sessions: readonly SessionCost[],
): readonly (SessionCost & { readonly excess: bigint })[] {
  if (sessions.length < FEWEST_SESSIONS) return []
  const rows = sessions.map((own) => own.rows)
  const [first, third] = [quantile(rows, 0.25), quantile(rows, 0.75)]
  const fence = third + 3 * (third - first)
  return sessions.flatMap((own) => {
    if (own.rows <= fence) return []
    const kept = BigInt(Math.ceil(fence))
    return [{ ...own, excess: own.nanos - (own.nanos * kept) / BigInt(own.rows) }]
  })
}
