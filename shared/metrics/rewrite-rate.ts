import {
  goneWithin,
  type Landing,
  type RewriteWalk,
  rewrittenWithin,
  SEVEN_DAYS,
  SEVENTY_TWO_HOURS,
} from '../delivery/index.ts'
import { boundsOf, isWithin } from './bounds.ts'
import type { Case, Cases } from './cases.ts'
import { deliveredIn, landingHorizon, lastJudgedDay, tooEarly } from './delivered.ts'
import { needsLandings } from './messages.ts'
import { addShare, isWalkedByLine, knownLinesShare, rewriteQuality } from './rework-rate.ts'
import { wilsonInterval } from './statistics.ts'
import type { Metric, MetricContext, MetricValue, Period } from './types.ts'
import { unknown, valueOf } from './value.ts'

/** Of the lines added in the period, those gone again within seven days. Known only seven days later. */
export const sevenDayRewriteRate: Metric = {
  id: 'seven-day-rewrite-rate',
  name: 'Seven-day rewrite rate',
  unit: 'share',
  better: 'lower',
  definition:
    'Lines of code added in the period that a later landing removed or replaced within seven days, over lines of code added in the period.',
  lagDays: 7,
  lastJudgedDay: (context) => lastJudgedDay(context, 7, landingHorizon(context, deliveredIn(context))),
  measure: measureSevenDayRewrites,
  cases: sevenDayCases,
}

function measureSevenDayRewrites(context: MetricContext, period: Period): MetricValue {
  const delivery = deliveredIn(context)
  if (delivery.landings.length === 0 || !delivery.hasFileChanges) return unknown(needsLandings())
  const horizon = landingHorizon(context, delivery)
  const late = tooEarly(context, period, 7, horizon, 'landings')
  if (late) return late
  const bounds = boundsOf(period, context.settings.zone)
  const share = { added: 0, proportional: 0, newestFirst: 0 }
  let [n, censored] = [0, 0]
  for (const { repository, landings } of delivery.lines) {
    const isCounted = (at: number): boolean =>
      isWithin(landings[at]!.landedAt, bounds) && landings[at]!.landedAt <= horizon - SEVEN_DAYS
    addShare(share, rewrittenWithin(delivery.rewritesOf(repository), SEVEN_DAYS, isCounted))
    for (const [at, landing] of landings.entries()) {
      if (landing.codeAdded === 0 || !isWithin(landing.landedAt, bounds)) continue
      if (isCounted(at)) n++
      else censored++
    }
  }
  return valueOf(context, () => share.proportional / share.added, {
    n,
    ofWhat: 'landings that add code',
    ...rewriteQuality(delivery, share),
    coverage: (n + censored === 0 ? 1 : n / (n + censored)) * knownLinesShare(delivery, bounds),
    excluded: { 'window not over yet': censored },
  })
}

/** A change of fewer added lines of code says nothing by its shares. */
const SMALLEST_CHANGE = 10
const UNSTABLE_SHARE = 0.1

export const unstable72h: Metric = {
  id: 'unstable-72h',
  name: 'Unstable changes',
  unit: 'share',
  better: 'lower',
  definition:
    'Landings of at least 10 added lines of code of which at least 10 % are gone after 72 hours, or that were reverted by then, of all such landings of the period; automation is left out.',
  lagDays: 3,
  lastJudgedDay: (context) => lastJudgedDay(context, 3, landingHorizon(context, deliveredIn(context))),
  measure: measureUnstable,
  cases: unstableCases,
}

function measureUnstable(context: MetricContext, period: Period): MetricValue {
  const delivery = deliveredIn(context)
  if (delivery.landings.length === 0 || !delivery.hasFileChanges) return unknown(needsLandings())
  const horizon = landingHorizon(context, delivery)
  const late = tooEarly(context, period, 3, horizon, 'landings')
  if (late) return late
  const bounds = boundsOf(period, context.settings.zone)
  const count = { n: 0, unstable: 0, mostUnstable: 0 }
  let censored = 0
  for (const { repository, landings } of delivery.lines) {
    const gone = goneAfter72h(landings, delivery.rewritesOf(repository))
    for (const landing of landings) {
      if (landing.authorClass === 'bot' || landing.codeAdded < SMALLEST_CHANGE) continue
      if (!isWithin(landing.landedAt, bounds)) continue
      if (landing.landedAt > horizon - SEVENTY_TWO_HOURS) {
        censored++
        continue
      }
      const { proportional, newestFirst, isReverted } = gone[landing.order]!
      count.n++
      if (isReverted || proportional >= UNSTABLE_SHARE * landing.codeAdded) count.unstable++
      if (isReverted || newestFirst >= UNSTABLE_SHARE * landing.codeAdded) count.mostUnstable++
    }
  }
  const isExact = isWalkedByLine(delivery)
  return valueOf(context, () => count.unstable / count.n, {
    n: count.n,
    ofWhat: 'landings of at least 10 lines of code',
    quality: isExact ? 'exact' : 'estimate',
    coverage: (count.n + censored === 0 ? 1 : count.n / (count.n + censored)) * knownLinesShare(delivery, bounds),
    excluded: { 'window not over yet': censored },
    ...(count.n === 0
      ? {}
      : {
          interval: [
            wilsonInterval(count.unstable, count.n)[0],
            wilsonInterval(count.mostUnstable, count.n)[1],
          ] as const,
        }),
    ...(isExact
      ? {}
      : {
          note: 'Estimated from lines per file, which can miss the share of unstable changes by a factor of two either way; the interval reaches up to “newest lines first”.',
        }),
  })
}

/** Landings of the period that are unstable by the definition, as far as 72 hours have passed. */
export function unstableLandings(context: MetricContext, period: Period): readonly Landing[] {
  return unstableCases(context, period).cases.flatMap(({ part, landing }) => (part === 1 && landing ? [landing] : []))
}

function unstableCases(context: MetricContext, period: Period): Cases {
  const delivery = deliveredIn(context)
  const horizon = landingHorizon(context, delivery)
  const bounds = boundsOf(period, context.settings.zone)
  const cases: Case[] = []
  for (const { repository, landings } of delivery.lines) {
    const gone = goneAfter72h(landings, delivery.rewritesOf(repository))
    for (const landing of landings) {
      if (landing.authorClass === 'bot' || landing.codeAdded < SMALLEST_CHANGE) continue
      if (!isWithin(landing.landedAt, bounds)) continue
      if (landing.landedAt > horizon - SEVENTY_TWO_HOURS) continue
      const { proportional, isReverted } = gone[landing.order]!
      const isUnstable = isReverted || proportional >= UNSTABLE_SHARE * landing.codeAdded
      cases.push({ pull: null, landing, part: isUnstable ? 1 : 0, whole: 1 })
    }
  }
  return { shape: 'share', partName: 'Unstable', wholeName: 'Judged', cases }
}

interface Gone {
  proportional: number
  newestFirst: number
  isReverted: boolean
}

function goneAfter72h(landings: readonly Landing[], walk: RewriteWalk): readonly Gone[] {
  const { proportional, newestFirst } = goneWithin(walk, SEVENTY_TWO_HOURS)
  const gone = landings.map((_, at): Gone => ({
    proportional: proportional[at]!,
    newestFirst: newestFirst[at]!,
    isReverted: false,
  }))
  const bySubject = new Map<string, number>()
  landings.forEach((landing, at) => {
    const reverted = /^Revert "(.*)"/.exec(landing.subject)?.[1]
    const target = reverted === undefined ? undefined : bySubject.get(reverted)
    if (target !== undefined && landing.landedAt - landings[target]!.landedAt <= SEVENTY_TWO_HOURS)
      gone[target]!.isReverted = true
    bySubject.set(landing.subject, at)
  })
  return gone
}

function sevenDayCases(context: MetricContext, period: Period): Cases {
  const delivery = deliveredIn(context)
  const horizon = landingHorizon(context, delivery)
  const bounds = boundsOf(period, context.settings.zone)
  const cases: Case[] = []
  for (const { repository, landings } of delivery.lines) {
    const walk = delivery.rewritesOf(repository)
    const gone = goneWithin(walk, SEVEN_DAYS).proportional
    for (const [at, landing] of landings.entries()) {
      if (!isWithin(landing.landedAt, bounds) || landing.landedAt > horizon - SEVEN_DAYS || walk.added[at] === 0)
        continue
      cases.push({ pull: null, landing, part: gone[at]!, whole: walk.added[at]! })
    }
  }
  return { shape: 'ratio', partName: 'Lines rewritten', wholeName: 'Lines added', cases }
}
