import { MS_PER_DAY } from '../calendar/index.ts'
import type { Delivery, Landing } from '../delivery/index.ts'
import { boundsOf } from './bounds.ts'
import type { Case, Cases } from './cases.ts'
import { deliveredIn, isBot, needsFiles } from './delivered.ts'
import { type DomainOf, domainsNote, domainsOf, FOLDERS } from './domains-of-work.ts'
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
    'Per domain (by owner where a map is imported, else first two folders) with at least 20 landings in the 180 days before the end of the period: 1 − Σ (share of each author)², weighted by landings.',
  formula: 'Σ landings × (1 − Σ share²) ÷ Σ landings, over domains',
  source: 'After Bird et al. (2011): more minor contributors, more failures.',
  quality: 'exact of the domains at hand',
  measure: measureOwnership,
  cases: ownershipCases,
}

const FEWEST_LANDINGS = 20
const MINOR_SHARE = 0.05
const LOOK_BACK = 180 * MS_PER_DAY

export interface DomainOwnership {
  readonly domain: string
  readonly landings: number
  readonly diffusion: number
  readonly topOwnerShare: number
  readonly authors: number
  /** Authors with less than 5% of the landings. */
  readonly minorAuthors: number
}

/** Every landing x domain it touches, as numbers, domain by domain: what a window is counted from. */
interface Touches {
  readonly domains: readonly string[]
  /** First touch of each domain, and the end of the last one's. */
  readonly starts: Uint32Array
  readonly at: Float64Array
  readonly author: Uint32Array
  readonly authors: number
  /** Touches of a domain stand by time, so that a window is found by halving. */
  readonly areSorted: boolean
  /** Moments of landings with and without an author, rising. */
  readonly named: Float64Array
  readonly nameless: Float64Array
}

const touched = new WeakMap<DomainOf, WeakMap<readonly Landing[], Touches>>()

function touchesOf(landings: readonly Landing[], domain: DomainOf): Touches {
  let kept = touched.get(domain)
  if (!kept) touched.set(domain, (kept = new WeakMap<readonly Landing[], Touches>()))
  let own = kept.get(landings)
  if (!own) kept.set(landings, (own = findTouches(landings, domain)))
  return own
}

function findTouches(landings: readonly Landing[], domain: DomainOf): Touches {
  const codes = new Map<string, number>()
  const authors = new Map<string, number>()
  const byDomain: { readonly at: number[]; readonly author: number[] }[] = []
  const [named, nameless]: [number[], number[]] = [[], []]
  for (const landing of landings) {
    if (isBot(landing)) continue
    const name = landing.author
    ;(name === null ? nameless : named).push(landing.landedAt)
    if (name === null) continue
    let author = authors.get(name)
    if (author === undefined) authors.set(name, (author = authors.size))
    const seen: number[] = []
    for (const { path, added } of landing.files) {
      if (added === null) continue
      const of = domain(landing.repository, path)
      let code = codes.get(of)
      if (code === undefined) {
        codes.set(of, (code = codes.size))
        byDomain.push({ at: [], author: [] })
      }
      if (seen.includes(code)) continue
      seen.push(code)
      byDomain[code]!.at.push(landing.landedAt)
      byDomain[code]!.author.push(author)
    }
  }
  const starts = new Uint32Array(byDomain.length + 1)
  byDomain.forEach(({ at }, code) => (starts[code + 1] = starts[code]! + at.length))
  return {
    domains: [...codes.keys()],
    starts,
    at: Float64Array.from(byDomain.flatMap(({ at }) => at)),
    author: Uint32Array.from(byDomain.flatMap(({ author }) => author)),
    authors: authors.size,
    areSorted: byDomain.every(({ at }) => at.every((own, i) => i === 0 || own >= at[i - 1]!)),
    named: Float64Array.from(named).sort(),
    nameless: Float64Array.from(nameless).sort(),
  }
}

/** Domains with enough landings after `after`, most landings first. */
export function ownershipByDomain(
  landings: readonly Landing[],
  after: number,
  until: number,
  domain: DomainOf = FOLDERS,
): readonly DomainOwnership[] {
  const { at, author, authors, domains, starts, areSorted } = touchesOf(landings, domain)
  const counts = new Uint32Array(authors)
  const who: number[] = []
  const owned: DomainOwnership[] = []
  domains.forEach((name, code) => {
    let all = 0
    const end = starts[code + 1]!
    for (let i = areSorted ? firstAfter(at, after, starts[code]!, end) : starts[code]!; i < end; i++) {
      if (areSorted && at[i]! >= until) break
      if (at[i]! <= after || at[i]! >= until) continue
      all++
      if (counts[author[i]!]!++ === 0) who.push(author[i]!)
    }
    if (all >= FEWEST_LANDINGS) {
      let [top, squares, minorAuthors] = [0, 0, 0]
      for (const one of who) {
        const count = counts[one]!
        squares += (count / all) ** 2
        if (count > top) top = count
        if (count / all < MINOR_SHARE) minorAuthors++
      }
      owned.push({
        domain: name.slice(name.indexOf('\u001f') + 1),
        landings: all,
        diffusion: 1 - squares,
        topOwnerShare: top / all,
        authors: who.length,
        minorAuthors,
      })
    }
    for (const one of who) counts[one] = 0
    who.length = 0
  })
  return owned.sort((a, b) => b.landings - a.landings || (a.domain < b.domain ? -1 : 1))
}

/** First place between two whose moment is after another. */
function firstAfter(at: Float64Array, moment: number, from: number, to: number): number {
  let [low, high] = [from, to]
  while (low < high) {
    const middle = (low + high) >> 1
    if (at[middle]! <= moment) low = middle + 1
    else high = middle
  }
  return low
}

/** Mean over domains, weighted by landings. */
export function weightedDiffusion(domains: readonly DomainOwnership[]): number {
  const all = domains.reduce((sum, { landings }) => sum + landings, 0)
  return domains.reduce((sum, { landings, diffusion }) => sum + landings * diffusion, 0) / all
}

function domainsIn(delivery: Delivery, context: MetricContext, period: Period): readonly DomainOwnership[] {
  const { until } = boundsOf(period, context.settings.zone)
  return ownershipByDomain(delivery.landings, until - LOOK_BACK, until, domainsOf(delivery))
}

function measureOwnership(context: MetricContext, period: Period): MetricValue {
  const delivery = deliveredIn(context)
  const missing = needsFiles(delivery)
  if (missing) return unknown(missing)
  const domains = domainsIn(delivery, context, period)
  const { until } = boundsOf(period, context.settings.zone)
  const touches = touchesOf(delivery.landings, domainsOf(delivery))
  const [named, nameless] = [touches.named, touches.nameless].map(
    (at) => firstAfter(at, until - 1, 0, at.length) - firstAfter(at, until - LOOK_BACK, 0, at.length),
  ) as [number, number]
  return valueOf(context, () => weightedDiffusion(domains), {
    n: domains.reduce((sum, { landings }) => sum + landings, 0),
    ofWhat: 'landings in domains with at least 20',
    quality: 'exact',
    coverage: named + nameless === 0 ? 1 : named / (named + nameless),
    excluded: { 'no author': nameless },
    note: domainsNote(delivery),
  })
}

function ownershipCases(context: MetricContext, period: Period): Cases {
  const delivery = deliveredIn(context)
  return {
    shape: 'ratio',
    partName: 'Landings × diffusion',
    wholeName: 'Landings',
    cases: needsFiles(delivery)
      ? []
      : domainsIn(delivery, context, period).map(({ domain, landings, diffusion }): Case => ({
          pull: null,
          landing: null,
          name: domain,
          part: landings * diffusion,
          whole: landings,
        })),
  }
}
