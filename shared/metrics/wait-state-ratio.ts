import { MS_PER_DAY, MS_PER_HOUR } from '../calendar/index.ts'
import type { PullRequest } from '../delivery/index.ts'
import { boundsOf, isWithin } from './bounds.ts'
import type { Case, Cases } from './cases.ts'
import { endOf, hasProduction, toMergeNote } from './cycle-time.ts'
import { countedPulls, deliveredIn, pullShare } from './delivered.ts'
import { needsPullRequests, needsReviews } from './messages.ts'
import type { Metric, MetricContext, MetricValue, Period } from './types.ts'
import { unknown, valueOf } from './value.ts'

/**
 * Time in which nothing happens to a change over the time it takes, both summed over the changes of the period. Waiting is:
 * until the first review by a person, between the last approval and the merge, between merge and production, and every
 * pause of more than 24 hours (calendar time) in review.
 *
 * Opened 0 h, reviewed 10 h, approved 30 h, merged 34 h, in production 40 h: (10 + 4 + 6) / 40 = 50 %.
 * Changes nobody reviewed cannot be split into working and waiting; they are left out and lower the coverage.
 */
export const waitStateRatio: Metric = {
  id: 'wait-state-ratio',
  name: 'Wait-state ratio',
  unit: 'share',
  better: 'lower',
  definition:
    'Time changes spend waiting (for the first review, in pauses of review over 24 h, from approval to merge, from merge to production) over their time from opening to production; sums over the reviewed changes finished in the period.',
  measure: measureWaitState,
  cases: waitStateCases,
}

function measureWaitState(context: MetricContext, period: Period): MetricValue {
  const delivery = deliveredIn(context)
  if (delivery.pullRequests.length === 0) return unknown(needsPullRequests())
  const pulls = countedPulls(delivery)
  if (!pulls.some(({ areReviewsKnown }) => areReviewsKnown)) return unknown(needsReviews())
  const isExact = hasProduction(delivery)
  const bounds = boundsOf(period, context.settings.zone)
  const finished = pulls.filter((pull) => isWithin(endOf(delivery, pull), bounds))
  const excluded = { 'reviews not in the export': 0, 'nobody reviewed it': 0, 'moments out of order': 0 }
  const sum = { idle: 0, total: 0, n: 0 }
  for (const pull of finished) {
    if (!pull.areReviewsKnown) excluded['reviews not in the export']++
    else if (pull.firstHumanReviewAt === null || pull.lastApprovalAt === null) excluded['nobody reviewed it']++
    else {
      const waiting = waitingOf(pull, endOf(delivery, pull)!)
      if (waiting === null) excluded['moments out of order']++
      else {
        sum.idle += waiting.idle
        sum.total += waiting.total
        sum.n++
      }
    }
  }
  return valueOf(context, () => sum.idle / sum.total, {
    n: sum.n,
    ofWhat: 'reviewed changes',
    quality: isExact ? 'exact' : 'proxy',
    coverage: (finished.length === 0 ? 1 : sum.n / finished.length) * pullShare(delivery, bounds),
    excluded,
    ...(isExact ? {} : { note: toMergeNote(delivery) }),
  })
}

/** Idle and whole time of one reviewed change in ms; `null` where its moments run backwards. */
export function waitingOf(
  pull: Pick<PullRequest, 'openedAt' | 'firstHumanReviewAt' | 'lastApprovalAt' | 'mergedAt' | 'activity'>,
  endedAt: number,
): { readonly idle: number; readonly total: number; readonly stages: Readonly<Record<string, number>> } | null {
  const { openedAt, firstHumanReviewAt: reviewed, lastApprovalAt: approved, mergedAt } = pull
  if (reviewed === null || approved === null || mergedAt === null) return null
  const inOrder = openedAt <= reviewed && reviewed <= approved && approved <= mergedAt && mergedAt <= endedAt
  if (!inOrder || endedAt === openedAt) return null
  const steps = [reviewed, ...pull.activity.filter((at) => at > reviewed && at < approved), approved]
  let pauses = 0
  for (let i = 1; i < steps.length; i++) {
    const pause = steps[i]! - steps[i - 1]!
    if (pause > MS_PER_DAY) pauses += pause
  }
  const stages = {
    'Waiting for the first review': reviewed - openedAt,
    'Pauses of review over 24 h': pauses,
    'Approved, not merged': mergedAt - approved,
    'Merged, not in production': endedAt - mergedAt,
  }
  return {
    idle: reviewed - openedAt + pauses + (mergedAt - approved) + (endedAt - mergedAt),
    total: endedAt - openedAt,
    stages,
  }
}

function waitStateCases(context: MetricContext, period: Period): Cases {
  const delivery = deliveredIn(context)
  const bounds = boundsOf(period, context.settings.zone)
  return {
    shape: 'ratio',
    partName: 'Hours waiting',
    wholeName: 'Hours in all',
    cases: countedPulls(delivery).flatMap((pull): Case[] => {
      const end = endOf(delivery, pull)
      if (!isWithin(end, bounds) || !pull.areReviewsKnown) return []
      const waiting = waitingOf(pull, end!)
      if (waiting === null) return []
      const stages = Object.entries(waiting.stages).map(([name, ms]) => [name, ms / MS_PER_HOUR] as const)
      return [
        {
          pull,
          landing: pull.landing,
          part: waiting.idle / MS_PER_HOUR,
          whole: waiting.total / MS_PER_HOUR,
          stages: Object.fromEntries(stages),
        },
      ]
    }),
  }
}
