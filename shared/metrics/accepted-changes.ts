import { type Delivery, type Landing, type PullRequest, SEVEN_DAYS } from '../delivery/index.ts'
import { goneWithin } from '../delivery/index.ts'
import { type CaseStream, StreamBuilder } from './case-stream.ts'
import { failedDeployments } from './change-failure-rate.ts'
import { hasProduction } from './cycle-time.ts'
import { isBot, landingCase, mergedPulls, pullCase } from './delivered.ts'
import { landedWithFailure } from './landed-with-failure.ts'
import { revertedWithin } from './rewrite-rate.ts'
import type { MetricContext } from './types.ts'

const accepted = new WeakMap<Delivery, CaseStream>()

/** Every accepted change at its merge: a merged pull request, or a landing where no pull requests are imported. */
export function acceptedChanges(delivery: Delivery): CaseStream {
  let own = accepted.get(delivery)
  if (!own) accepted.set(delivery, (own = delivery.pullRequests.length > 0 ? merged(delivery) : landed(delivery)))
  return own
}

function merged(delivery: Delivery): CaseStream {
  const stream = new StreamBuilder<PullRequest>(delivery.pullRequests.length, pullCase)
  mergedPulls(delivery).forEach((pull) => stream.add(pull.mergedAt, pull, 1))
  return stream.finish()
}

function landed({ landings }: Delivery): CaseStream {
  const stream = new StreamBuilder<Landing>(landings.length, landingCase)
  for (const landing of landings) if (!isBot(landing)) stream.add(landing.landedAt, landing, 1)
  return stream.finish()
}

/** Of its lines fewer than this are gone after a week, or the change did not hold, unless the settings say another. */
export const REWORKED_SHARE = 0.25

/**
 * Why a landing did not hold: taken back by name, `reworked` of its lines gone within seven days, or come to production
 * with a deployment that failed. Empty where nothing speaks against it.
 */
export function notHeld(delivery: Delivery, reworked: number = REWORKED_SHARE): ReadonlyMap<Landing, string> {
  const why = new Map<Landing, string>()
  const failed = failedDeployments(delivery)
  for (const line of delivery.lines) {
    const { repository, landings } = line
    for (const landing of landedWithFailure(line, delivery.deployments, failed)) why.set(landing, 'came with a failure')
    const walk = delivery.hasFileChanges ? delivery.rewritesOf(repository) : null
    const gone = walk ? goneWithin(walk, SEVEN_DAYS).likely : null
    landings.forEach((landing, at) => {
      const isReworked = walk !== null && walk.added[at]! > 0 && gone![at]! / walk.added[at]! >= reworked
      if (isReworked) why.set(landing, tellReworked(reworked))
    })
    for (const landing of revertedWithin(landings, Infinity)) why.set(landing, 'reverted')
  }
  return why
}

function tellReworked(share: number): string {
  return share === REWORKED_SHARE
    ? 'a quarter rewritten within seven days'
    : `${Number((100 * share).toFixed(2))}% rewritten within seven days`
}

const durable = new WeakMap<Delivery, Map<number, CaseStream>>()

/** Accepted changes that were shipped, where deployments are known, and held; the others are left out with the reason. */
export function durableChanges(delivery: Delivery, { settings }: Pick<MetricContext, 'settings'>): CaseStream {
  const { reworkedShare = REWORKED_SHARE } = settings
  let byShare = durable.get(delivery)
  if (!byShare) durable.set(delivery, (byShare = new Map<number, CaseStream>()))
  let own = byShare.get(reworkedShare)
  if (!own) byShare.set(reworkedShare, (own = findDurable(delivery, reworkedShare)))
  return own
}

function findDurable(delivery: Delivery, reworked: number): CaseStream {
  const why = notHeld(delivery, reworked)
  const isShipping = hasProduction(delivery)
  if (delivery.pullRequests.length === 0) {
    const stream = new StreamBuilder<Landing>(delivery.landings.length, landingCase)
    delivery.landings.forEach((landing) => {
      if (isBot(landing)) return
      const reason = why.get(landing)
      if (reason === undefined) stream.add(landing.landedAt, landing, 1)
      else stream.leaveOut(landing.landedAt, landing, reason, false)
    })
    return stream.finish()
  }
  const stream = new StreamBuilder<PullRequest>(delivery.pullRequests.length, pullCase)
  mergedPulls(delivery).forEach((pull) => {
    const { mergedAt, landing } = pull
    const reason =
      isShipping && pull.hasDeployments && pull.productionAt === null
        ? 'not in production'
        : landing === null
          ? undefined
          : why.get(landing)
    if (reason === undefined) stream.add(mergedAt, pull, 1)
    else stream.leaveOut(mergedAt, pull, reason, false)
  })
  return stream.finish()
}
