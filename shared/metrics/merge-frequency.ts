import { dayIn, weekOf, type Zone } from '../calendar/index.ts'
import { instantOf } from '../quantities/index.ts'
import { boundsOf, isWithin } from './bounds.ts'
import { countedPulls, deliveredIn, landingShare, pullShare } from './delivered.ts'
import { needsChanges } from './messages.ts'
import type { Metric, MetricContext, MetricValue, Period } from './types.ts'
import { unknown, valueOf } from './value.ts'

export const mergeFrequency: Metric = {
  id: 'merge-frequency',
  name: 'Merge frequency',
  unit: 'per week',
  better: 'higher',
  definition:
    'Landings on the main line per author and week in which the author landed anything; automation is left out. An observation, never a target.',
  measure: measureMergeFrequency,
}

export interface MergedWork {
  readonly author: string | null
  readonly at: number
}

/** 9 landings by two people, one of them active in two weeks: 9 / 3 = 3 per active author-week. */
export function perActiveAuthorWeek(
  work: readonly MergedWork[],
  zone: Zone,
): { readonly merged: number; readonly authorWeeks: number } {
  const weeks = new Set<string>()
  let merged = 0
  for (const { author, at } of work) {
    if (author === null) continue
    merged++
    weeks.add(`${author}\u001f${weekOf(dayIn(instantOf(at), zone))}`)
  }
  return { merged, authorWeeks: weeks.size }
}

function measureMergeFrequency(context: MetricContext, period: Period): MetricValue {
  const delivery = deliveredIn(context)
  const bounds = boundsOf(period, context.settings.zone)
  const byLanding = delivery.landings.length > 0
  if (!byLanding && delivery.pullRequests.length === 0) return unknown(needsChanges())
  const work: readonly MergedWork[] = byLanding
    ? delivery.landings.flatMap(({ authorClass, author, landedAt }) =>
        authorClass !== 'bot' && isWithin(landedAt, bounds) ? [{ author, at: landedAt }] : [],
      )
    : countedPulls(delivery).flatMap(({ author, mergedAt }) =>
        isWithin(mergedAt, bounds) ? [{ author, at: mergedAt! }] : [],
      )
  const { merged, authorWeeks } = perActiveAuthorWeek(work, context.settings.zone)
  return valueOf(context, () => merged / authorWeeks, {
    n: merged,
    ofWhat: byLanding ? 'landings' : 'merged pull requests',
    quality: 'exact',
    coverage:
      (work.length === 0 ? 1 : merged / work.length) *
      (byLanding ? landingShare(delivery, bounds) : pullShare(delivery, bounds)),
    excluded: { 'no author': work.length - merged },
    ...(byLanding ? {} : { note: 'Counted by merged pull requests: no landings are imported.' }),
  })
}
