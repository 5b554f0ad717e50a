import { type Delivery, deliveryOf, type Landing, type PullRequest } from '../delivery/index.ts'
import { addDays, type Day, dayIn, inOrderOfMoments, MS_PER_DAY } from '../calendar/index.ts'
import { type Instant, instantOf } from '../quantities/index.ts'
import { type Bounds, startOfDay } from './bounds.ts'
import type { Case } from './cases.ts'
import type { FactSet } from '../facts/index.ts'
import type { Issue } from '../issues/index.ts'
import { needsLandings, needsPullRequests, needsReviews, notYet } from './messages.ts'
import type { MetricContext, MetricSettings, MetricValue, Period } from './types.ts'
import { unknown } from './value.ts'

const delivered = new WeakMap<FactSet, WeakMap<MetricSettings, Delivery>>()

/** Everything delivered, as the settings have it joined. */
export function deliveredIn({ facts, settings }: Pick<MetricContext, 'facts' | 'settings'>): Delivery {
  let bySettings = delivered.get(facts)
  if (!bySettings) delivered.set(facts, (bySettings = new WeakMap<MetricSettings, Delivery>()))
  let own = bySettings.get(settings)
  if (!own) {
    const { productionEnvironments, houseAgents, codeScope } = settings
    own = deliveryOf(facts, {
      productionEnvironments,
      ...(houseAgents === undefined ? {} : { houseAgents }),
      ...(codeScope === undefined ? {} : { codeScope }),
    })
    bySettings.set(settings, own)
  }
  return own
}

/** Pull requests that say something about people and agents; dependency updates are opened by rule. */
export function countedPulls(delivery: Delivery): readonly PullRequest[] {
  let own = counted.get(delivery)
  if (!own) counted.set(delivery, (own = delivery.pullRequests.filter(({ authorClass }) => authorClass !== 'bot')))
  return own
}

const counted = new WeakMap<Delivery, readonly PullRequest[]>()

/** Counted pull requests that were merged, by the moment of it: numbers told at the merge need no order of their own. */
export function mergedPulls(delivery: Delivery): readonly (PullRequest & { readonly mergedAt: Instant })[] {
  let own = mergedOnes.get(delivery)
  if (!own) {
    const pulls = countedPulls(delivery).filter((pull): pull is Merged => pull.mergedAt !== null)
    mergedOnes.set(delivery, (own = inOrderOfMoments(pulls, ({ mergedAt }) => mergedAt)))
  }
  return own
}

type Merged = PullRequest & { readonly mergedAt: Instant }

const mergedOnes = new WeakMap<Delivery, readonly Merged[]>()

export function isBot({ authorClass }: PullRequest | Landing): boolean {
  return authorClass === 'bot'
}

export function pullCase(pull: PullRequest, part: number, whole: number): Case {
  return { pull, landing: pull.landing, part, whole }
}

export function landingCase(landing: Landing, part: number, whole: number): Case {
  return { pull: null, landing, part, whole }
}

export function needsPulls(delivery: Delivery): Issue | null {
  return delivery.pullRequests.length === 0 ? needsPullRequests() : null
}

export function needsKnownReviews(delivery: Delivery): Issue | null {
  if (countedPulls(delivery).some(({ areReviewsKnown }) => areReviewsKnown)) return null
  return needsPulls(delivery) ?? needsReviews()
}

export function needsFiles(delivery: Delivery): Issue | null {
  return delivery.landings.length === 0 || !delivery.hasFileChanges ? needsLandings() : null
}

/** First instant after the data we may judge by: the end of `asOf` or the last landing, whichever is earlier. */
export function landingHorizon(context: MetricContext, delivery: Delivery): number {
  const last = delivery.landings.at(-1)?.landedAt ?? -Infinity
  return Math.min(startOfDay(addDays(context.asOf, 1), context.settings.zone), last)
}

export function pullHorizon(context: MetricContext, delivery: Delivery): number {
  const last = pullSpan(delivery)?.last ?? -Infinity
  return Math.min(startOfDay(addDays(context.asOf, 1), context.settings.zone), last)
}

/** A source may rest over a weekend and still speak of it. */
const QUIET_DAYS = 3

/** Share of a period between the first and the last moment a source speaks of; an export that ends before it knows less. */
function spokenShare({ from, until }: Bounds, first: number, last: number): number {
  const start = Math.max(from, first - QUIET_DAYS * MS_PER_DAY)
  const end = Math.min(until, last + QUIET_DAYS * MS_PER_DAY)
  return Math.max(0, end - start) / (until - from)
}

export function landingShare({ landings }: Delivery, bounds: Bounds): number {
  return landings.length === 0 ? 0 : spokenShare(bounds, landings[0]!.landedAt, landings.at(-1)!.landedAt)
}

export function pullShare(delivery: Delivery, bounds: Bounds): number {
  const span = pullSpan(delivery)
  return span === null ? 0 : spokenShare(bounds, span.first, span.last)
}

const spans = new WeakMap<Delivery, { readonly first: number; readonly last: number }>()

function pullSpan(delivery: Delivery): { readonly first: number; readonly last: number } | null {
  if (delivery.pullRequests.length === 0) return null
  let span = spans.get(delivery)
  if (span) return span
  let [first, last] = [Infinity, -Infinity]
  delivery.pullRequests.forEach(({ openedAt, closedAt, mergedAt, lastActivityAt }) => {
    first = Math.min(first, openedAt)
    last = Math.max(last, openedAt, closedAt ?? -Infinity, mergedAt ?? -Infinity, lastActivityAt ?? -Infinity)
  })
  span = { first, last }
  spans.set(delivery, span)
  return span
}

/** Last day whose cohort of `lagDays` is over at `horizon`, counting the day the data ends in as a whole one. */
export function lastJudgedDay(context: MetricContext, lagDays: number, horizon: number): Day | null {
  if (horizon === -Infinity) return null
  return addDays(dayIn(instantOf(horizon - 1), context.settings.zone), -lagDays)
}

/** A cohort speaks only when its window has passed for the whole period; until then it is unknown. */
export function tooEarly(
  context: MetricContext,
  period: Period,
  lagDays: number,
  horizon: number,
  ofWhat: string,
): MetricValue | null {
  const last = lastJudgedDay(context, lagDays, horizon)
  if (last !== null && period.to <= last) return null
  return unknown(notYet(last === null ? null : addDays(last, lagDays), lagDays, ofWhat))
}
