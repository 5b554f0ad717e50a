import { MS_PER_DAY } from '../calendar/index.ts'
import type { Delivery, Landing } from '../delivery/index.ts'
import { boundsOf } from './bounds.ts'
import type { Case, Cases } from './cases.ts'
import { deliveredIn, isBot, needsFiles } from './delivered.ts'
import { type DomainOf, domainsNote, domainsOf, domainsOfLandings, FOLDERS } from './domains-of-work.ts'
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
    'Per domain (by owner where a map is imported, else first two folders) with at least 20 landings in the 180 days before the end of the period: 1 − Σ (share of each author)², weighted by landings. A landing by an agent is of the first person among its co-authors; those without one have one owner together.',
  formula: 'Σ landings × (1 − Σ share²) ÷ Σ landings, over domains',
  source: 'After Bird et al. (2011): more minor contributors, more failures.',
  quality: 'exact of the domains at hand',
  measure: measureOwnership,
  cases: ownershipCases,
}

const FEWEST_LANDINGS = 20
/** Of agents nobody stands behind: one owner, whichever they are. */
const UNATTRIBUTED = ''
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
  const { names, starts: domainsFrom, codes } = domainsOfLandings(landings, domain)
  const people = new Map<string, number>()
  const authorOf = new Int32Array(landings.length).fill(-1)
  const landedAt = new Float64Array(landings.length)
  const starts = new Uint32Array(names.length + 1)
  const [named, nameless]: [number[], number[]] = [[], []]
  landings.forEach((landing, place) => {
    const name = landing.author
    if (isBot(landing)) return
    landedAt[place] = landing.landedAt
    ;(name === null ? nameless : named).push(landedAt[place]!)
    if (name === null) return
    const owner = landing.owner ?? UNATTRIBUTED
    let author = people.get(owner)
    if (author === undefined) people.set(owner, (author = people.size))
    authorOf[place] = author
    for (let i = domainsFrom[place]!; i < domainsFrom[place + 1]!; i++) starts[codes[i]! + 1]!++
  })
  for (let code = 0; code < names.length; code++) starts[code + 1]! += starts[code]!
  const [at, author] = [new Float64Array(starts[names.length]!), new Uint32Array(starts[names.length]!)]
  const next = starts.slice()
  let areSorted = true
  for (let place = 0; place < landings.length; place++) {
    if (authorOf[place]! < 0) continue
    for (let i = domainsFrom[place]!; i < domainsFrom[place + 1]!; i++) {
      const code = codes[i]!
      const own = next[code]!++
      at[own] = landedAt[place]!
      author[own] = authorOf[place]!
      if (own > starts[code]! && at[own]! < at[own - 1]!) areSorted = false
    }
  }
  return {
    domains: names,
    starts,
    at,
    author,
    authors: people.size,
    areSorted,
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
  const who = new Uint32Array(authors)
  const owned: DomainOwnership[] = []
  for (let code = 0; code < domains.length; code++) {
    const end = starts[code + 1]!
    const from = areSorted ? firstAfter(at, after, starts[code]!, end) : starts[code]!
    let [all, people] = [0, 0]
    for (let i = from; i < end; i++) {
      if (areSorted && at[i]! >= until) break
      if (at[i]! <= after || at[i]! >= until) continue
      all++
      if (counts[author[i]!]!++ === 0) who[people++] = author[i]!
    }
    if (all >= FEWEST_LANDINGS) {
      let [top, squares, minorAuthors] = [0, 0, 0]
      for (let i = 0; i < people; i++) {
        const count = counts[who[i]!]!
        squares += (count / all) ** 2
        if (count > top) top = count
        if (count / all < MINOR_SHARE) minorAuthors++
      }
      owned.push({
        domain: domains[code]!.slice(domains[code]!.indexOf('\u001f') + 1),
        landings: all,
        diffusion: 1 - squares,
        topOwnerShare: top / all,
        authors: people,
        minorAuthors,
      })
    }
    for (let i = 0; i < people; i++) counts[who[i]!] = 0
  }
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
