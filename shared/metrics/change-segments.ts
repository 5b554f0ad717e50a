import { MS_PER_HOUR } from '../calendar/index.ts'
import type { Delivery, PullRequest } from '../delivery/index.ts'
import { type CaseStream, StreamBuilder } from './case-stream.ts'
import { mergedPulls, pullCase } from './delivered.ts'

/**
 * One segment of the way of changes: hours between two of its moments, at the later one. Segments that run backwards are
 * left out and counted; the change stays in every other number. `null` = this change does not have the segment. Of merged
 * pull requests, unless others are given.
 */
export function segmentStream(
  delivery: Delivery,
  momentsOf: (pull: PullRequest) => Segment | null,
  backwards: string,
  pulls: readonly PullRequest[] = mergedPulls(delivery),
): CaseStream {
  const stream = new StreamBuilder<PullRequest>(delivery.pullRequests.length, pullCase)
  pulls.forEach((pull) => {
    const moments = momentsOf(pull)
    if (moments === null) return
    if ('missing' in moments) stream.leaveOut(moments.at, pull, moments.missing)
    else if (moments.to < moments.from) stream.leaveOut(moments.to, pull, backwards)
    else stream.add(moments.to, pull, (moments.to - moments.from) / MS_PER_HOUR)
  })
  return stream.finish()
}

export type Segment = { readonly from: number; readonly to: number } | { readonly at: number; readonly missing: string }
