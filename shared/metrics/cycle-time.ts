import { inOrderOfMoments, MS_PER_HOUR } from '../calendar/index.ts'
import type { Delivery, PullRequest } from '../delivery/index.ts'
import { StreamBuilder } from './case-stream.ts'
import { isBot, needsPulls, pullCase, pullShare } from './delivered.ts'
import { metricOfCases, type Standing } from './metric-of-cases.ts'

/**
 * Opening of the pull request to the end of the first production deployment that holds it, median of the changes that
 * reached production in the period. Opened Monday 9:00, deployed Tuesday 15:00: 30 h.
 *
 * Without deployments the time to merge stands in, named. A repository without deployments beside one with them is left
 * out: two meanings never share one median.
 */
export const cycleTime = metricOfCases({
  id: 'cycle-time',
  name: 'Cycle time',
  unit: 'h',
  better: 'lower',
  definition:
    'Hours from opening a pull request to the first working production deployment that holds it; median of the changes that reached production in the period.',
  formula: 'median(in production − opened)',
  source:
    'From pull request to production. DORA’s lead time starts at the commit, other tools at the first commit or at In Progress: see lead time.',
  quality: 'exact with deployments; without them to the merge, a proxy',
  shape: 'median',
  partName: 'Hours',
  wholeName: '',
  ofWhat: 'finished changes',
  missing: needsPulls,
  spoken: pullShare,
  standing: standingOfEnd,
  stream: (delivery) =>
    durationsToEnd(
      delivery,
      ({ openedAt }) => openedAt,
      'ended before it was opened',
      (pull, end) => stagesOf(pull, end),
    ),
})

/** Exact where changes are followed to production; to the merge it is a stand-in. */
export function standingOfEnd(delivery: Delivery): Standing {
  return hasProduction(delivery)
    ? { quality: 'exact', ofWhat: 'changes that reached production' }
    : { quality: 'proxy', ofWhat: 'merged changes', note: toMergeNote(delivery) }
}

/** Hours from a moment of each change to its end, at the end. */
export function durationsToEnd(
  delivery: Delivery,
  startOf: (pull: PullRequest) => number | null,
  backwards: string,
  stages?: (pull: PullRequest, end: number) => Readonly<Record<string, number>>,
) {
  const toProduction = hasProduction(delivery)
  const endOf = endFinder(delivery)
  const stream = new StreamBuilder<PullRequest>(
    delivery.pullRequests.length,
    pullCase,
    stages ? (pull) => stages(pull, endOf(pull)!) : null,
  )
  pullsByEnd(delivery).forEach((pull) => {
    const end = endOf(pull)
    if (isBot(pull)) {
      if (end !== null) stream.leaveOut(end, pull, 'opened by automation', false)
    } else if (end === null) {
      if (toProduction && !pull.hasDeployments && pull.mergedAt !== null)
        stream.leaveOut(pull.mergedAt, pull, 'repository without deployments')
    } else {
      const start = startOf(pull)
      if (start === null) stream.leaveOut(end, pull, 'commits not in the export')
      else if (end < start) stream.leaveOut(end, pull, backwards)
      else stream.add(end, pull, (end - start) / MS_PER_HOUR)
    }
  })
  return stream.finish()
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

const byEnd = new WeakMap<Delivery, readonly PullRequest[]>()

/** Pull requests that are done or at least merged, by that moment: numbers told at the end need no order of their own. */
export function pullsByEnd(delivery: Delivery): readonly PullRequest[] {
  let own = byEnd.get(delivery)
  if (!own) {
    const endOf = endFinder(delivery)
    byEnd.set(delivery, (own = inOrderOfMoments(delivery.pullRequests, (pull) => endOf(pull) ?? pull.mergedAt)))
  }
  return own
}

/** When a change counts as done: in production where deployments are known, else merged. */
export function endFinder(delivery: Delivery): (pull: PullRequest) => number | null {
  return hasProduction(delivery) ? ({ productionAt }) => productionAt : ({ mergedAt }) => mergedAt
}

export function toMergeNote({ deploymentsImported, deployments }: Delivery): string {
  if (deploymentsImported === 0) return 'To merge, not to production: no deployments are imported.'
  if (deployments.length === 0)
    return 'To merge, not to production: no imported deployment is to a production environment.'
  return 'To merge, not to production: the commits of the imported deployments are not among the imported changes.'
}
