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
  source:
    'After Bird et al. (2011): more minor contributors, more failures. Agents own nothing; what lands without a person behind it is “unattributed”.',
  measure: measureOwnership,
  cases: ownershipCases,
}

const FEWEST_LANDINGS = 20
const LARGEST_TABLE = 4_000_000
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

/** Every landing x domain it touches, as numbers: what a window is counted from. */
interface Touches {
  readonly at: Float64Array
  readonly domain: Uint32Array
  readonly author: Uint32Array
  readonly domains: readonly string[]
  readonly authors: number
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
  const [at, domainAt, authorAt]: [number[], number[], number[]] = [[], [], []]
  const [domains, authors] = [new Map<string, number>(), new Map<string, number>()]
  const codeIn = (codes: Map<string, number>, name: string): number => {
    let code = codes.get(name)
    if (code === undefined) codes.set(name, (code = codes.size))
    return code
  }
  for (const landing of landings) {
    if (isBot(landing)) continue
    const author = codeIn(authors, landing.author ?? 'unattributed')
    const seen: number[] = []
    for (const { path, added } of landing.files) {
      if (added === null) continue
      const code = codeIn(domains, domain(landing.repository, path))
      if (seen.includes(code)) continue
      seen.push(code)
      at.push(landing.landedAt)
      domainAt.push(code)
      authorAt.push(author)
    }
  }
  return {
    at: Float64Array.from(at),
    domain: Uint32Array.from(domainAt),
    author: Uint32Array.from(authorAt),
    domains: [...domains.keys()],
    authors: authors.size,
  }
}

/** Domains with enough landings after `after`, most landings first. */
export function ownershipByDomain(
  landings: readonly Landing[],
  after: number,
  until: number,
  domain: DomainOf = FOLDERS,
): readonly DomainOwnership[] {
  const { at, domain: domainAt, author, domains, authors } = touchesOf(landings, domain)
  // A table of domain x author, unless there are too many of both; counted entries are noted so that it is emptied by them.
  const isSmall = domains.length * authors <= LARGEST_TABLE
  const table = isSmall ? new Uint32Array(domains.length * authors) : null
  const counts = new Map<number, number>()
  const seen: number[] = []
  for (let i = 0; i < at.length; i++) {
    if (at[i]! <= after || at[i]! >= until) continue
    const key = domainAt[i]! * authors + author[i]!
    if (table === null) counts.set(key, (counts.get(key) ?? 0) + 1)
    else if (table[key]!++ === 0) seen.push(key)
  }
  const byDomain = new Map<number, number[]>()
  for (const key of table === null ? counts.keys() : seen) {
    const code = Math.floor(key / authors)
    const count = table === null ? counts.get(key)! : table[key]!
    const own = byDomain.get(code)
    if (own) own.push(count)
    else byDomain.set(code, [count])
  }
  return [...byDomain]
    .map(([code, own]): DomainOwnership => {
      const all = own.reduce((sum, count) => sum + count, 0)
      const name = domains[code]!
      return {
        domain: name.slice(name.indexOf('\u001f') + 1),
        landings: all,
        diffusion: 1 - own.reduce((sum, count) => sum + (count / all) ** 2, 0),
        topOwnerShare: Math.max(...own) / all,
        authors: own.length,
        minorAuthors: own.filter((count) => count / all < 0.05).length,
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

function domainsIn(delivery: Delivery, context: MetricContext, period: Period): readonly DomainOwnership[] {
  const { until } = boundsOf(period, context.settings.zone)
  return ownershipByDomain(delivery.landings, until - LOOK_BACK, until, domainsOf(delivery))
}

function measureOwnership(context: MetricContext, period: Period): MetricValue {
  const delivery = deliveredIn(context)
  const missing = needsFiles(delivery)
  if (missing) return unknown(missing)
  const domains = domainsIn(delivery, context, period)
  return valueOf(context, () => weightedDiffusion(domains), {
    n: domains.reduce((sum, { landings }) => sum + landings, 0),
    ofWhat: 'landings in domains with at least 20',
    quality: 'exact',
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
