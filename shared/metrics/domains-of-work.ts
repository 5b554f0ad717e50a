import type { Zone } from '../calendar/index.ts'
import { type Delivery, domainOf, type Landing, type Ownership } from '../delivery/index.ts'
import { dayNumbers } from './bounds.ts'
import { isBot } from './delivered.ts'

/** Domain of a path in a repository; `null` = nobody owns it. */
export type DomainOf = (repository: string, path: string) => string

/** First two folders of a path: the domain while no ownership map is known. Repositories never share one. */
export const FOLDERS: DomainOf = (repository, path) => `${repository}\u001f${domainOf(path)}`

const byDelivery = new WeakMap<Delivery, DomainOf>()

/** By the owners of CODEOWNERS or a team map where one is imported, else by folders. */
export function domainsOf(delivery: Delivery): DomainOf {
  let own = byDelivery.get(delivery)
  if (!own)
    byDelivery.set(
      delivery,
      (own = delivery.ownership.rules > 0 ? ownedDomains(delivery.ownership) : rememberedFolders()),
    )
  return own
}

export const DOMAINS_NOTE = {
  folders:
    'Domains are the first two folders of a path, which is finer than teams are: read the trend, not the height.',
  owners: 'Domains are the owners of CODEOWNERS or of the team map.',
} as const

export function domainsNote(delivery: Delivery): string {
  return delivery.ownership.rules > 0 ? DOMAINS_NOTE.owners : DOMAINS_NOTE.folders
}

function ownedDomains(ownership: Ownership): DomainOf {
  return twice((repository, path) => {
    const owners = ownership.ownersOfPath(repository, path)
    return owners.length === 0 ? `\u001fNobody` : `\u001f${[...owners].sort().join(', ')}`
  })
}

function rememberedFolders(): DomainOf {
  const domains = new Map<string, Map<string, string>>()
  return (repository, path) => {
    let own = domains.get(repository)
    if (!own) domains.set(repository, (own = new Map<string, string>()))
    const folders = domainOf(path)
    let domain = own.get(folders)
    // One text per domain: comparing them is comparing places in memory.
    if (domain === undefined) own.set(folders, (domain = `${repository}\u001f${folders}`))
    return domain
  }
}

function twice(domain: DomainOf): DomainOf {
  const known = new Map<string, Map<string, string>>()
  return (repository, path) => {
    let paths = known.get(repository)
    if (!paths) known.set(repository, (paths = new Map<string, string>()))
    let own = paths.get(path)
    if (own === undefined) paths.set(path, (own = domain(repository, path)))
    return own
  }
}

const mainDomains = new WeakMap<DomainOf, Map<Landing, string | null>>()

/** Domain with the most changed lines, ties to the alphabetically first; `null` for landings of binary files only. */
export function mainDomainOf(landing: Landing, domain: DomainOf = FOLDERS): string | null {
  let kept = mainDomains.get(domain)
  if (!kept) mainDomains.set(domain, (kept = new Map<Landing, string | null>()))
  const known = kept.get(landing)
  if (known !== undefined) return known
  const main = findMainDomain(landing, domain)
  kept.set(landing, main)
  return main
}

function findMainDomain({ files, repository }: Landing, domain: DomainOf): string | null {
  let first: string | null = null
  let isOnly = true
  for (const { path, added } of files) {
    if (added === null) continue
    const own = domain(repository, path)
    if (first === null) first = own
    else if (own !== first) isOnly = false
  }
  if (isOnly) return first
  const lines = new Map<string, number>()
  for (const { path, added, deleted } of files) {
    if (added === null || deleted === null) continue
    const own = domain(repository, path)
    lines.set(own, (lines.get(own) ?? 0) + added + deleted)
  }
  let best: string | null = null
  for (const [own, count] of lines) {
    const most = best === null ? -1 : lines.get(best)!
    if (count > most || (count === most && own < best!)) best = own
  }
  return best
}

/** What an author did on one day of the zone. */
export interface AuthorDay {
  readonly first: Landing
  readonly day: number
  readonly domains: number
  /** Pairs of consecutive landings, and those in different domains. */
  readonly transitions: number
  readonly switches: number
}

/** Days on which an author landed anything, by author and day; `landings` in order. */
export function authorDays(landings: readonly Landing[], zone: Zone, domain: DomainOf = FOLDERS): readonly AuthorDay[] {
  const dayOf = dayNumbers(zone)
  const days = new Map<string, Map<number, { first: Landing; domains: string[] }>>()
  for (const landing of landings) {
    if (isBot(landing) || landing.author === null) continue
    let own = days.get(landing.author)
    if (!own) days.set(landing.author, (own = new Map<number, { first: Landing; domains: string[] }>()))
    const day = dayOf(landing.landedAt)
    let done = own.get(day)
    if (!done) own.set(day, (done = { first: landing, domains: [] }))
    const main = mainDomainOf(landing, domain)
    if (main !== null) done.domains.push(main)
  }
  return [...days.values()].flatMap((own) =>
    [...own].map(([day, { first, domains }]): AuthorDay => {
      let switches = 0
      for (let i = 1; i < domains.length; i++) if (domains[i] !== domains[i - 1]) switches++
      return {
        first,
        day,
        domains: domains.length < 2 ? domains.length : new Set(domains).size,
        transitions: Math.max(0, domains.length - 1),
        switches,
      }
    }),
  )
}

/** `landings` in order. `switches` are pairs of consecutive landings of one author-day in different domains. */
export function contextCounts(
  landings: readonly Landing[],
  zone: Zone,
): { readonly authorDays: number; readonly domains: number; readonly switches: number; readonly transitions: number } {
  const days = authorDays(landings, zone)
  const counts = { authorDays: days.length, domains: 0, switches: 0, transitions: 0 }
  for (const { domains, switches, transitions } of days) {
    counts.domains += domains
    counts.switches += switches
    counts.transitions += transitions
  }
  return counts
}
