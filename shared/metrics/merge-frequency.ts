import type { Zone } from '../calendar/index.ts'
import type { Delivery, Landing, PullRequest } from '../delivery/index.ts'
import { dayNumbers } from './bounds.ts'
import { type CaseStream, StreamBuilder } from './case-stream.ts'
import type { Case } from './cases.ts'
import { countedPulls, isBot, landingCase, landingShare, pullCase, pullShare } from './delivered.ts'
import { needsChanges } from './messages.ts'
import { metricOfCases, type Picked } from './metric-of-cases.ts'

/** 9 landings by two people, one of them active in two weeks: 9 / 3 = 3 per active author-week. */
export const mergeFrequency = metricOfCases({
  id: 'merge-frequency',
  name: 'Merge frequency',
  unit: 'per week',
  better: 'higher',
  definition:
    'Landings on the main line per author and week in which the author landed anything; an agent is an author of its own, automation is left out. An observation, never a target.',
  formula: 'landings ÷ author-weeks with at least one landing',
  source: 'Per active author: dividing by everybody on a roster or by all developers gives other numbers.',
  quality: 'exact with landings; counted by merged pull requests a proxy',
  shape: 'ratio',
  partName: 'Landings',
  wholeName: 'Author-weeks',
  ofWhat: 'landings',
  missing: ({ landings, pullRequests }) => (landings.length === 0 && pullRequests.length === 0 ? needsChanges() : null),
  spoken: (delivery, bounds) =>
    delivery.landings.length > 0 ? landingShare(delivery, bounds) : pullShare(delivery, bounds),
  standing: ({ landings }) =>
    landings.length > 0
      ? { quality: 'exact' }
      : {
          quality: 'proxy',
          ofWhat: 'merged pull requests',
          note: 'Counted by merged pull requests: no landings are imported.',
        },
  stream: mergedWork,
  sums: perAuthorWeek,
  join: firstOfAuthorWeek,
})

/** The whole of a case is a number for its author and week; how many there are depends on the period. */
function mergedWork(
  delivery: Delivery,
  { settings: { zone } }: { readonly settings: { readonly zone: Zone } },
): CaseStream {
  const numberOf = authorWeekNumbers(zone)
  if (delivery.landings.length > 0) {
    const stream = new StreamBuilder<Landing>(delivery.landings.length, landingCase)
    delivery.landings.forEach((landing) => {
      const { author, landedAt } = landing
      if (isBot(landing)) return
      if (author === null) stream.leaveOut(landedAt, landing, 'no author')
      else stream.add(landedAt, landing, 1, numberOf(author, landedAt))
    })
    return stream.finish()
  }
  const stream = new StreamBuilder<PullRequest>(delivery.pullRequests.length, pullCase)
  countedPulls(delivery).forEach((pull) => {
    const { author, mergedAt } = pull
    if (mergedAt === null) return
    if (author === null) stream.leaveOut(mergedAt, pull, 'no author')
    else stream.add(mergedAt, pull, 1, numberOf(author, mergedAt))
  })
  return stream.finish()
}

function perAuthorWeek({ whole }: CaseStream, { places }: Picked): { part: number; whole: number; n: number } {
  const weeks = new Set<number>()
  for (const i of places!) weeks.add(whole[i]!)
  return { part: places!.length, whole: weeks.size, n: places!.length }
}

/** The first landing of an author in a week stands for the author-week. */
function firstOfAuthorWeek(cases: readonly Case[]): readonly Case[] {
  const seen = new Set<number>()
  return cases.map((one) => {
    const isFirst = !seen.has(one.whole)
    seen.add(one.whole)
    return { ...one, whole: isFirst ? 1 : 0 }
  })
}

/** One number per author and ISO week; weeks begin on Mondays of the zone. */
function authorWeekNumbers(zone: Zone): (author: string, at: number) => number {
  const authors = new Map<string, number>()
  const dayOf = dayNumbers(zone)
  return (author, at) => {
    let own = authors.get(author)
    if (own === undefined) authors.set(author, (own = authors.size))
    return 1 + own * WEEKS + Math.floor((dayOf(at) - FIRST_MONDAY) / 7)
  }
}

const WEEKS = 100_000
/** 1970-01-05 was a Monday. */
const FIRST_MONDAY = 4

export interface MergedWork {
  readonly author: string | null
  readonly at: number
}

/** Landings of authors that are named, and in how many author-weeks. */
export function perActiveAuthorWeek(
  work: readonly MergedWork[],
  zone: Zone,
): { readonly merged: number; readonly authorWeeks: number } {
  const numberOf = authorWeekNumbers(zone)
  const weeks = new Set<number>()
  let merged = 0
  for (const { author, at } of work) {
    if (author === null) continue
    merged++
    weeks.add(numberOf(author, at))
  }
  return { merged, authorWeeks: weeks.size }
}
