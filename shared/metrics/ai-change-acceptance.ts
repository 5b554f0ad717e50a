import { MS_PER_DAY } from '../calendar/index.ts'
import { boundsOf, isWithin } from './bounds.ts'
import type { Case, Cases } from './cases.ts'
import { deliveredIn, lastJudgedDay, pullHorizon, tooEarly } from './delivered.ts'
import { needsAgentMarks, needsPullRequests } from './messages.ts'
import type { Metric, MetricContext, MetricValue, Period } from './types.ts'
import { rateOf, unknown } from './value.ts'

const CLOSED_WITHIN_DAYS = 30

/**
 * Of the AI-marked pull requests opened in the period and closed within 30 days, those that were merged. 12 closed, 9 of
 * them merged: 75 %, Wilson 47 … 91 %. A mark is a lower bound: its absence proves nothing.
 */
export const aiChangeAcceptance: Metric = {
  id: 'ai-change-acceptance',
  name: 'Acceptance of AI changes',
  unit: 'share',
  better: 'higher',
  definition:
    'Merged pull requests of all that bear the mark of an AI agent, were opened in the period and closed within 30 days.',
  lagDays: CLOSED_WITHIN_DAYS,
  lastJudgedDay: (context) => lastJudgedDay(context, CLOSED_WITHIN_DAYS, pullHorizon(context, deliveredIn(context))),
  measure: measureAiAcceptance,
  cases: aiAcceptanceCases,
}

function measureAiAcceptance(context: MetricContext, period: Period): MetricValue {
  const delivery = deliveredIn(context)
  if (delivery.pullRequests.length === 0) return unknown(needsPullRequests())
  const marked = delivery.pullRequests.filter(({ isAgentMarked }) => isAgentMarked)
  if (marked.length === 0) return unknown(needsAgentMarks())
  const horizon = pullHorizon(context, delivery)
  const late = tooEarly(context, period, CLOSED_WITHIN_DAYS, horizon, 'pull requests')
  if (late) return late
  const bounds = boundsOf(period, context.settings.zone)
  const opened = marked.filter(({ openedAt }) => isWithin(openedAt, bounds))
  const closed = opened.filter(
    ({ openedAt, closedAt }) => closedAt !== null && closedAt - openedAt <= CLOSED_WITHIN_DAYS * MS_PER_DAY,
  )
  return rateOf(context, closed.filter(({ mergedAt }) => mergedAt !== null).length, {
    n: closed.length,
    ofWhat: 'closed pull requests that bear the mark of an AI agent',
    quality: 'exact',
    excluded: { 'not closed within 30 days': opened.length - closed.length },
  })
}

function aiAcceptanceCases(context: MetricContext, period: Period): Cases {
  const bounds = boundsOf(period, context.settings.zone)
  return {
    shape: 'share',
    partName: 'Merged',
    wholeName: 'Closed',
    cases: deliveredIn(context).pullRequests.flatMap((pull): Case[] => {
      const { isAgentMarked, openedAt, closedAt, mergedAt } = pull
      if (!isAgentMarked || !isWithin(openedAt, bounds) || closedAt === null) return []
      if (closedAt - openedAt > CLOSED_WITHIN_DAYS * MS_PER_DAY) return []
      return [{ pull, landing: pull.landing, part: mergedAt === null ? 0 : 1, whole: 1 }]
    }),
  }
}
