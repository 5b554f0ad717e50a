import { addDays } from '../calendar/index.ts'
import { deliveredIn, type MetricContext } from '../metrics/index.ts'
import type { History } from '../model/index.ts'
import { spendByDay } from './learn-history.ts'
import { nanosOf, toUnits } from '../money/index.ts'

const WEEKS = 52
const HOUR = 3_600_000

/**
 * What `from('source'.column)` can draw on, of the imported facts: one row a merged pull request of people and agents
 * (`'Pull requests'.hours_open`, `hours_to_review`, `hours_to_production`), one an incident that is over (`Incidents.hours`)
 * and one each of the last 52 weeks (`Weeks.merged`, `Weeks.spend`). Hours are elapsed, not worked. What a record does not say
 * is NaN: a sample that draws it has no value. Sources without a row are left out.
 */
export function historyColumns(context: MetricContext): History {
  const delivery = deliveredIn(context)
  const merged = delivery.pullRequests.filter(({ authorClass, mergedAt }) => authorClass !== 'bot' && mergedAt !== null)
  const ends = delivery.incidents.flatMap(({ startedAt, resolvedAt }) =>
    startedAt === null || resolvedAt === null || resolvedAt < startedAt ? [] : [(resolvedAt - startedAt) / HOUR],
  )
  const since = (from: number, to: number | null) => (to === null || to < from ? Number.NaN : (to - from) / HOUR)
  const weeks = Array.from({ length: WEEKS }, (_, week) => {
    const to = addDays(context.asOf, -7 * week)
    return { from: addDays(to, -6), to }
  })
  const spends = spendByDay(context, { from: weeks.at(-1)!.from, to: context.asOf })
  const inWeek = weeks.map(({ from, to }) => ({
    merged: merged.filter(({ mergedAt }) => {
      const day = new Date(mergedAt!).toISOString().slice(0, 10)
      return day >= from && day <= to
    }).length,
    spend: toUnits(nanosOf(spends.reduce((sum, { day, nanos }) => (day >= from && day <= to ? sum + nanos : sum), 0n))),
  }))
  // Weeks before the first import are not weeks without work.
  const known = inWeek.slice(
    0,
    1 + inWeek.reduce((last, week, k) => (week.merged > 0 || week.spend > 0 ? k : last), -1),
  )
  return {
    ...(merged.length > 0 && {
      'Pull requests': {
        hours_open: Float64Array.from(merged, ({ openedAt, mergedAt }) => since(openedAt, mergedAt)),
        hours_to_review: Float64Array.from(merged, ({ openedAt, firstHumanReviewAt }) =>
          since(openedAt, firstHumanReviewAt),
        ),
        hours_to_production: Float64Array.from(merged, ({ openedAt, productionAt }) => since(openedAt, productionAt)),
      },
    }),
    ...(ends.length > 0 && { Incidents: { hours: Float64Array.from(ends) } }),
    ...(known.length > 0 && {
      Weeks: {
        merged: Float64Array.from(known, (week) => week.merged),
        spend: Float64Array.from(known, (week) => week.spend),
      },
    }),
  }
}
