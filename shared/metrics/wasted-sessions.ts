import { dayOfEpoch, epochDayOf } from '../calendar/index.ts'
import { type LinkedUse, linksOf } from './attribution.ts'
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
  const [from, to] = [epochDayOf(period.from), epochDayOf(period.to)]
  const uses = new Map<string, LinkedUse[]>()
  for (const use of linksOf(context)?.uses ?? []) {
    if (use.session === null || use.day < from || use.day > to) continue
    const own = uses.get(use.session)
    if (own) own.push(use)
    else uses.set(use.session, [use])
  }
  return [...uses]
    .map(([session, own]) => ({
      session,
      nanos: own.reduce((sum, { nanos }) => sum + nanos, 0n),
      rows: own.reduce((sum, { rows }) => sum + rows, 0),
      days: [...new Set(own.map(({ day }) => dayOfEpoch(day)))],
      isLinked: own.some(({ found: { level } }) => level === 'id' || level === 'person-day'),
    }))
    .sort((a, b) => (a.nanos < b.nanos ? 1 : a.nanos > b.nanos ? -1 : a.session < b.session ? -1 : 1))
}

/** Fewer sessions than this have no usual length. */
const FEWEST_SESSIONS = 20

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
