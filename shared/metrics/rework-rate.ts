import { MS_PER_DAY } from '../calendar/index.ts'
import { type Delivery, type RewriteShare, TWENTY_ONE_DAYS, youngLinesRemoved } from '../delivery/index.ts'
import { type Bounds, boundsOf, isWithin } from './bounds.ts'
import type { Case, Cases } from './cases.ts'
import { deliveredIn, landingShare } from './delivered.ts'
import { needsLandings } from './messages.ts'
import type { Metric, MetricContext, MetricValue, Period, Quality } from './types.ts'
import { unknown, valueOf } from './value.ts'

/**
 * Lines of at most 21 days of age removed in the period over lines added in it. 30 young lines removed while 200 were
 * added: 15 %. It exists for the current week, because it looks back and not forward.
 *
 * From hunks it is exact. From file counts it is an estimate: deletions spread proportionally; the interval ends at “newest first”.
 */
export const reworkRate: Metric = {
  id: 'rework-rate',
  name: 'Rework rate',
  unit: 'share',
  better: 'lower',
  definition:
    'Lines of code removed or replaced in the period at an age of at most 21 days, over lines of code added in the period.',
  measure: measureReworkRate,
  cases: reworkCases,
}

function measureReworkRate(context: MetricContext, period: Period): MetricValue {
  const delivery = deliveredIn(context)
  if (delivery.landings.length === 0 || !delivery.hasFileChanges) return unknown(needsLandings())
  const bounds = boundsOf(period, context.settings.zone)
  const share = { added: 0, proportional: 0, newestFirst: 0 }
  let n = 0
  for (const { repository, landings } of delivery.lines) {
    const isCounted = (at: number): boolean => isWithin(landings[at]!.landedAt, bounds)
    addShare(share, youngLinesRemoved(delivery.rewritesOf(repository), TWENTY_ONE_DAYS, isCounted))
    n += landings.filter((landing) => landing.codeAdded > 0 && isWithin(landing.landedAt, bounds)).length
  }
  return valueOf(context, () => share.proportional / share.added, {
    n,
    ofWhat: 'landings that add code',
    coverage: Math.min(knownLinesShare(delivery, bounds), landingShare(delivery, bounds)),
    ...rewriteQuality(delivery, share),
  })
}

export function addShare(sum: { added: number; proportional: number; newestFirst: number }, part: RewriteShare): void {
  sum.added += part.added
  sum.proportional += part.proportional
  sum.newestFirst += part.newestFirst
}

/** Exact where every repository is walked line by line; else an estimate with its bracket, and how to make it exact. */
export function rewriteQuality(
  delivery: Delivery,
  share: RewriteShare,
): { readonly quality: Quality; readonly interval?: readonly [number, number]; readonly note?: string } {
  return isWalkedByLine(delivery)
    ? { quality: 'exact' }
    : {
        quality: 'estimate',
        interval: bracketOf(share),
        note: 'Estimated from lines per file: deletions are spread over the known lines of a file; the interval ends at “newest lines first”. Import the hunk export of the same history for exact numbers.',
      }
}

export function isWalkedByLine(delivery: Delivery): boolean {
  return delivery.lines.every(({ repository }) => delivery.rewritesOf(repository).isExact === true)
}

export function bracketOf({ added, proportional, newestFirst }: RewriteShare): readonly [number, number] {
  return [Math.min(proportional, newestFirst) / added, Math.max(proportional, newestFirst) / added]
}

/**
 * In the first month of an export most lines of most files are of unknown age, so that deletions seem to hit the few young
 * ones and estimates read too high (measured: 21 % where 3 % was true). Those days count as not known.
 */
export function knownLinesShare(delivery: Delivery, { from, until }: Bounds): number {
  if (isWalkedByLine(delivery)) return 1
  const first = delivery.landings[0]!.landedAt + 30 * MS_PER_DAY
  return Math.min(1, Math.max(0, (until - Math.max(from, first)) / (until - from)))
}

/** Removed lines are counted at the landing that had added them: that is where the rework was made. */
function reworkCases(context: MetricContext, period: Period): Cases {
  const delivery = deliveredIn(context)
  const bounds = boundsOf(period, context.settings.zone)
  const cases: Case[] = []
  for (const { repository, landings } of delivery.lines) {
    const walk = delivery.rewritesOf(repository)
    const gone = new Float64Array(landings.length)
    const { length, birth, death, ageMs, proportional } = walk.removals
    for (let i = 0; i < length; i++) {
      if (ageMs[i]! <= TWENTY_ONE_DAYS && isWithin(landings[death[i]!]!.landedAt, bounds))
        gone[birth[i]!]! += proportional[i]!
    }
    for (const [at, landing] of landings.entries()) {
      const added = isWithin(landing.landedAt, bounds) ? walk.added[at]! : 0
      if (added > 0 || gone[at]! > 0) cases.push({ pull: null, landing, part: gone[at]!, whole: added })
    }
  }
  return { shape: 'ratio', partName: 'Lines rewritten', wholeName: 'Lines added', cases }
}
