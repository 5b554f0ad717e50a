import { MS_PER_HOUR } from '../calendar/index.ts'
import type { PullRequest } from '../delivery/index.ts'
import { StreamBuilder } from './case-stream.ts'
import { BY_THE_CLOCK, type ClockOfWaits, clockOfWaits, noteOfClock, OUTSIDE_WORKING_HOURS } from './clock-of-waits.ts'
import { endFinder, pullsByEnd, standingOfEnd } from './cycle-time.ts'
import { isBot, needsKnownReviews, pullCase, pullShare } from './delivered.ts'
import { metricOfCases } from './metric-of-cases.ts'
import { WAIT_STAGES } from './wait-causes.ts'

/**
 * Time in which nothing happens to a change over the time it takes, both summed over the changes of the period. Waiting is:
 * until the first review by a person, between the last approval and the merge, between merge and production, and every
 * pause of more than 24 hours in review. Hours are those of the clock, or working hours where the settings name them: then
 * the whole is counted in them too, and a pause is one of more than 24 of them, three days of eight.
 *
 * Opened 0 h, reviewed 10 h, approved 30 h, merged 34 h, in production 40 h: (10 + 4 + 6) / 40 = 50%.
 * Changes nobody reviewed cannot be split into working and waiting; they are left out and lower the coverage.
 */
export const waitStateRatio = metricOfCases({
  id: 'wait-state-ratio',
  name: 'Wait-state ratio',
  unit: 'share',
  better: 'lower',
  definition:
    'Time changes spend waiting (for the first review, in pauses of review over 24 h, from approval to merge, from merge to production) over their time from opening to production; sums over the reviewed changes finished in the period. All of it in hours of the clock, or in working hours where the settings name them.',
  formula:
    'Σ (pickup + pauses of review > 24 h + approval to merge + merge to production) ÷ Σ (in production − opened)',
  source:
    'One minus flow efficiency, on pull requests; calendar time unless working hours are set. Of tickets, 85 to 95% waiting is usual: a target below 25% only makes sense for pull requests.',
  quality: 'exact with deployments; without them to the merge, a proxy',
  shape: 'ratio',
  partName: 'Hours waiting',
  wholeName: 'Hours in all',
  ofWhat: 'reviewed changes',
  missing: needsKnownReviews,
  spoken: pullShare,
  standing(delivery, { settings }) {
    const { quality, note = '' } = standingOfEnd(delivery)
    const notes = [...noteOfClock(settings), note].filter((one) => one !== '')
    return { quality, ...(notes.length > 0 ? { note: notes.join(' ') } : {}) }
  },
  stream(delivery, { settings }) {
    const clock = clockOfWaits(settings)
    const endOf = endFinder(delivery)
    const stream = new StreamBuilder<PullRequest>(delivery.pullRequests.length, pullCase, (pull) => {
      const stages = Object.entries(waitingOf(pull, endOf(pull)!, clock)!.stages)
      return Object.fromEntries(stages.map(([name, ms]) => [name, ms / MS_PER_HOUR]))
    })
    pullsByEnd(delivery).forEach((pull) => {
      const end = endOf(pull)
      if (end === null || isBot(pull)) return
      if (!pull.areReviewsKnown) stream.leaveOut(end, pull, 'reviews not in the export')
      else if (pull.firstHumanReviewAt === null || pull.lastApprovalAt === null)
        stream.leaveOut(end, pull, 'nobody reviewed it')
      else {
        const waiting = waitingOf(pull, end, clock)
        if (waiting === null) stream.leaveOut(end, pull, 'moments out of order')
        else if (waiting.total === 0) stream.leaveOut(end, pull, OUTSIDE_WORKING_HOURS, false)
        else stream.add(end, pull, waiting.idle / MS_PER_HOUR, waiting.total / MS_PER_HOUR)
      }
    })
    return stream.finish()
  },
})

/** A longer pause of review is a wait. */
const LONGEST_PAUSE = 24 * MS_PER_HOUR

/** Idle and whole time of one reviewed change in ms, by a clock; `null` where its moments run backwards. */
export function waitingOf(
  pull: Pick<PullRequest, 'openedAt' | 'firstHumanReviewAt' | 'lastApprovalAt' | 'mergedAt' | 'activity'>,
  endedAt: number,
  clock: ClockOfWaits = BY_THE_CLOCK,
): { readonly idle: number; readonly total: number; readonly stages: Readonly<Record<string, number>> } | null {
  const { openedAt, firstHumanReviewAt: reviewed, lastApprovalAt: approved, mergedAt } = pull
  if (reviewed === null || approved === null || mergedAt === null) return null
  const inOrder = openedAt <= reviewed && reviewed <= approved && approved <= mergedAt && mergedAt <= endedAt
  if (!inOrder || endedAt === openedAt) return null
  let [pauses, last] = [0, reviewed as number]
  const pause = (at: number): void => {
    const ms = clock(last, at)
    if (ms > LONGEST_PAUSE) pauses += ms
    last = at
  }
  for (const at of pull.activity) if (at > reviewed && at < approved) pause(at)
  pause(approved)
  const [firstReview, merge, production] = [
    clock(openedAt, reviewed),
    clock(approved, mergedAt),
    clock(mergedAt, endedAt),
  ]
  const stages = {
    [WAIT_STAGES.firstReview]: firstReview,
    [WAIT_STAGES.pauses]: pauses,
    [WAIT_STAGES.merge]: merge,
    [WAIT_STAGES.production]: production,
  }
  return { idle: firstReview + pauses + merge + production, total: clock(openedAt, endedAt), stages }
}
