import { MS_PER_DAY } from '../calendar/index.ts'
import { domainOf, type Landing } from '../delivery/index.ts'
import { boundsOf } from './bounds.ts'
import { deliveredIn } from './delivered.ts'
import { needsLandings } from './messages.ts'
import type { Metric, MetricContext, MetricValue, Period } from './types.ts'
import { unknown, valueOf } from './value.ts'

/**
 * How spread the authorship of each domain is: 0 = one author, near 1 = very many. Two authors half and half: 0.5.
 * Looks back 180 days from the end of the period, because a domain needs 20 landings to say anything.
 */
export const ownershipDiffusion: Metric = {
  id: 'ownership-diffusion',
  name: 'Ownership diffusion',
  unit: 'share',
  better: 'lower',
  definition:
    'Per domain (first two folders) with at least 20 landings in the 180 days before the end of the period: 1 − Σ (share of each author)², weighted by landings.',
  measure: measureOwnership,
}

const FEWEST_LANDINGS = 20
const LOOK_BACK = 180 * MS_PER_DAY

export interface DomainOwnership {
  readonly domain: string
  readonly landings: number
  readonly diffusion: number
  readonly topOwnerShare: number
  readonly authors: number
  /** Authors with less than 5 % of the landings. */
  readonly minorAuthors: number
}

/** Domains with enough landings after `after`, most landings first. */
export function ownershipByDomain(
  landings: readonly Landing[],
  after: number,
  until: number,
): readonly DomainOwnership[] {
  const domains = new Map<string, Map<string, number>>()
  for (const landing of landings) {
    if (landing.authorClass === 'bot' || landing.landedAt <= after || landing.landedAt >= until) continue
    const touched = new Set(landing.files.filter(({ added }) => added !== null).map(({ path }) => domainOf(path)))
    for (const domain of touched) {
      const key = `${landing.repository}\u001f${domain}`
      let authors = domains.get(key)
      if (!authors) domains.set(key, (authors = new Map<string, number>()))
      const author = landing.author ?? 'unattributed'
      authors.set(author, (authors.get(author) ?? 0) + 1)
    }
  }
  return [...domains]
    .map(([key, authors]): DomainOwnership => {
      const counts = [...authors.values()]
      const all = counts.reduce((sum, count) => sum + count, 0)
      return {
        domain: key.slice(key.indexOf('\u001f') + 1),
        landings: all,
        diffusion: 1 - counts.reduce((sum, count) => sum + (count / all) ** 2, 0),
        topOwnerShare: Math.max(...counts) / all,
        authors: counts.length,
        minorAuthors: counts.filter((count) => count / all < 0.05).length,
      }
    })
    .filter(({ landings: count }) => count >= FEWEST_LANDINGS)
    .sort((a, b) => b.landings - a.landings || (a.domain < b.domain ? -1 : 1))
}

/** Mean over domains, weighted by landings. */
export function weightedDiffusion(domains: readonly DomainOwnership[]): number {
  const all = domains.reduce((sum, { landings }) => sum + landings, 0)
  return domains.reduce((sum, { landings, diffusion }) => sum + landings * diffusion, 0) / all
}

function measureOwnership(context: MetricContext, period: Period): MetricValue {
  const delivery = deliveredIn(context)
  if (delivery.landings.length === 0 || !delivery.hasFileChanges) return unknown(needsLandings())
  const { until } = boundsOf(period, context.settings.zone)
  const domains = ownershipByDomain(delivery.landings, until - LOOK_BACK, until)
  return valueOf(context, () => weightedDiffusion(domains), {
    n: domains.reduce((sum, { landings }) => sum + landings, 0),
    ofWhat: 'landings in domains with at least 20',
    quality: 'exact',
    note: 'Domains are the first two folders of a path.',
  })
}
