import { MS_PER_DAY } from '../calendar/index.ts'
import type { Delivery, PullRequest } from '../delivery/index.ts'
import type { Issue } from '../issues/index.ts'
import { StreamBuilder } from './case-stream.ts'
import { needsPulls, pullCase, pullHorizon } from './delivered.ts'
import { needsAgentMarks } from './messages.ts'
import { metricOfCases } from './metric-of-cases.ts'

const CLOSED_WITHIN_DAYS = 30

/**
 * Of the AI-marked pull requests created in the period and closed within 30 days, those that were merged. 12 closed, 9 of
 * them merged: 75%, Wilson 47 … 91%. A mark is a lower bound: its absence proves nothing. A draft is of the day it was
 * created, whenever it was offered for review: those that never were must not look younger than the others.
 */
export const aiChangeAcceptance = metricOfCases({
  id: 'ai-change-acceptance',
  name: 'Acceptance of AI changes',
  unit: 'share',
  better: 'higher',
  definition:
    'Merged pull requests of all that bear the mark of an AI agent, were created in the period (as a draft or not) and closed within 30 days.',
  formula: 'merged ÷ closed within 30 days, AI-marked, by day of creation',
  source:
    'One of four things called acceptance of AI code; accepted suggestions and accepted edits are others and never mixed in.',
  quality:
    'exact of what is marked, which is a lower bound of what AI opened; an estimate where closed ones have no moment',
  shape: 'share',
  partName: 'Merged',
  wholeName: 'Closed',
  ofWhat: 'closed pull requests that bear the mark of an AI agent',
  missing: needsMarkedPulls,
  cohort: { lagDays: CLOSED_WITHIN_DAYS, ofWhat: 'pull requests', horizon: pullHorizon },
  standing: (delivery) =>
    delivery.pullRequests.some((pull) => pull.isAgentMarked && isUndated(pull))
      ? {
          quality: 'estimate',
          note: 'Pull requests that were closed at a moment the export does not tell are left out, so that it reads too high.',
        }
      : { quality: 'exact' },
  stream(delivery) {
    const stream = new StreamBuilder<PullRequest>(delivery.pullRequests.length, pullCase)
    delivery.pullRequests.forEach((pull) => {
      const { createdAt, closedAt, mergedAt } = pull
      if (!pull.isAgentMarked) return
      if (isUndated(pull)) stream.leaveOut(createdAt, pull, 'closed at an unknown moment')
      else if (closedAt === null || closedAt - createdAt > CLOSED_WITHIN_DAYS * MS_PER_DAY)
        stream.leaveOut(createdAt, pull, 'not closed within 30 days', false)
      else stream.add(createdAt, pull, mergedAt === null ? 0 : 1)
    })
    return stream.finish()
  },
})

/** Closed without a merge, and nobody knows when. */
function isUndated({ state, closedAt }: PullRequest): boolean {
  return state === 'closed' && closedAt === null
}

function needsMarkedPulls(delivery: Delivery): Issue | null {
  return (
    needsPulls(delivery) ??
    (delivery.pullRequests.some(({ isAgentMarked }) => isAgentMarked) ? null : needsAgentMarks())
  )
}
