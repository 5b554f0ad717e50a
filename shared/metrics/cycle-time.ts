import { MS_PER_HOUR } from '../calendar/index.ts'
import type { Delivery, PullRequest } from '../delivery/index.ts'
import { boundsOf, isWithin } from './bounds.ts'
import type { Case, Cases } from './cases.ts'
import { countedPulls, deliveredIn, pullShare } from './delivered.ts'
import { needsPullRequests } from './messages.ts'
import type { Metric, MetricContext, MetricValue, Period } from './types.ts'
import { medianOf, unknown } from './value.ts'

/**
 * Opening of the pull request to the end of the first production deployment that holds it, median of the changes that
 * reached production in the period. Opened Monday 9:00, deployed Tuesday 15:00: 30 h.
 *
 * Without deployments the time to merge stands in, named. A repository without deployments beside one with them is left
 * out: two meanings never share one median.
 */
export const cycleTime: Metric = {
  id: 'cycle-time',
  name: 'Cycle time',
  unit: 'h',
  better: 'lower',
  definition:
    'Hours from opening a pull request to the first working production deployment that holds it; median of the changes that reached production in the period.',
  measure: measureCycleTime,
  cases: cycleTimeCases,
}

function measureCycleTime(context: MetricContext, period: Period): MetricValue {
  const delivery = deliveredIn(context)
  if (delivery.pullRequests.length === 0) return unknown(needsPullRequests())
  const bounds = boundsOf(period, context.settings.zone)
  const pulls = countedPulls(delivery)
  const ended = pulls.filter((pull) => isWithin(endOf(delivery, pull), bounds))
  const bots = delivery.pullRequests.filter(
    (pull) => pull.authorClass === 'bot' && isWithin(endOf(delivery, pull), bounds),
  ).length
  const hours = ended.map((pull) => (endOf(delivery, pull)! - pull.openedAt) / MS_PER_HOUR)
  const positive = hours.filter((value) => value >= 0)
  const elsewhere = hasProduction(delivery)
    ? pulls.filter(({ hasDeployments, mergedAt }) => !hasDeployments && isWithin(mergedAt, bounds)).length
    : 0
  const possible = hours.length + elsewhere
  return medianOf(context, positive, {
    ofWhat: hasProduction(delivery) ? 'changes that reached production' : 'merged changes',
    quality: hasProduction(delivery) ? 'exact' : 'proxy',
    coverage: (possible === 0 ? 1 : positive.length / possible) * pullShare(delivery, bounds),
    excluded: {
      'opened by automation': bots,
      'ended before it was opened': hours.length - positive.length,
      'repository without deployments': elsewhere,
    },
    ...(hasProduction(delivery) ? {} : { note: toMergeNote(delivery) }),
  })
}

function cycleTimeCases(context: MetricContext, period: Period): Cases {
  const delivery = deliveredIn(context)
  const bounds = boundsOf(period, context.settings.zone)
  return {
    shape: 'median',
    partName: 'Hours',
    wholeName: '',
    cases: countedPulls(delivery).flatMap((pull): Case[] => {
      const end = endOf(delivery, pull)
      if (!isWithin(end, bounds) || end! < pull.openedAt) return []
      const hours = (end! - pull.openedAt) / MS_PER_HOUR
      return [{ pull, landing: pull.landing, part: hours, whole: 1, stages: stagesOf(pull, end!) }]
    }),
  }
}

/**
 * Hours of one finished change by stage: until the first review by a person, from there to the merge, from there to
 * production. Without a review, or where the moments run backwards, the part that cannot be told apart is named so.
 */
export function stagesOf(pull: PullRequest, end: number): Readonly<Record<string, number>> {
  const { openedAt, firstHumanReviewAt: reviewed, mergedAt } = pull
  const hours = (from: number, to: number): number => (to - from) / MS_PER_HOUR
  if (mergedAt === null || mergedAt < openedAt || end < mergedAt)
    return { 'Not to be told apart': hours(openedAt, end) }
  const deploy = end === mergedAt ? {} : { 'Deploy: merge to production': hours(mergedAt, end) }
  if (reviewed === null || reviewed < openedAt || reviewed > mergedAt)
    return { 'Open without a review by a person': hours(openedAt, mergedAt), ...deploy }
  return {
    'Pickup: opened to first review': hours(openedAt, reviewed),
    'Review: first review to merge': hours(reviewed, mergedAt),
    ...deploy,
  }
}

const joined = new WeakMap<Delivery, boolean>()

/** Whether any working production deployment joins the imported changes. */
export function hasProduction(delivery: Delivery): boolean {
  let known = joined.get(delivery)
  if (known === undefined) joined.set(delivery, (known = delivery.pullRequests.some((pull) => pull.hasDeployments)))
  return known
}

/** When a change counts as done: in production where deployments are known, else merged. */
export function endOf(delivery: Delivery, pull: Delivery['pullRequests'][number]): number | null {
  return hasProduction(delivery) ? pull.productionAt : pull.mergedAt
}

export function toMergeNote({ deploymentsImported, deployments }: Delivery): string {
  if (deploymentsImported === 0) return 'To merge, not to production: no deployments are imported.'
  if (deployments.length === 0)
    return 'To merge, not to production: no imported deployment is to a production environment.'
  return 'To merge, not to production: the commits of the imported deployments are not among the imported changes.'
}
