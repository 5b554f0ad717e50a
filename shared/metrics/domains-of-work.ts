import { type Delivery, domainOf, type Landing, type Ownership } from '../delivery/index.ts'
import { NumberedTexts } from '../facts/index.ts'

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

/** The domains of landings as columns; a code is a place in `names`. */
export interface LandingDomains {
  readonly names: readonly string[]
  /** Domains of the landing at `place`: `starts[place]` … `starts[place + 1]` of `codes`, each once, as first touched. */
  readonly starts: Uint32Array
  readonly codes: Uint32Array
  /** Code of the domain with the most changed lines, ties to the alphabetically first; -1 = binary files only. */
  readonly main: Int32Array
}

const landed = new WeakMap<DomainOf, WeakMap<readonly Landing[], LandingDomains>>()

/** Which domains landings touched; found once per list of landings. */
export function domainsOfLandings(landings: readonly Landing[], domain: DomainOf = FOLDERS): LandingDomains {
  let kept = landed.get(domain)
  if (!kept) landed.set(domain, (kept = new WeakMap<readonly Landing[], LandingDomains>()))
  let own = kept.get(landings)
  if (!own) kept.set(landings, (own = findDomains(landings, domain)))
  return own
}

function findDomains(landings: readonly Landing[], domain: DomainOf): LandingDomains {
  const names = new NumberedTexts()
  /** At most one for each file. */
  const codes = new Uint32Array(landings[0]?.changed.path.length ?? 0)
  let count = 0
  const starts = new Uint32Array(landings.length + 1)
  const main = new Int32Array(landings.length).fill(-1)
  const lines: number[] = []
  /** Per repository the code of each path by its number; -1 = not asked for yet. */
  const known = new Map<string, Int32Array>()
  for (let place = 0; place < landings.length; place++) {
    const { repository, changed, place: own } = landings[place]!
    const { path, added, deleted, paths } = changed
    let codeOfPath = known.get(repository)
    if (!codeOfPath) known.set(repository, (codeOfPath = new Int32Array(paths.length).fill(-1)))
    const first = count
    const end = changed.starts[own + 1]!
    for (let i = changed.starts[own]!; i < end; i++) {
      const plus = added[i]!
      if (plus !== plus) continue
      let code = codeOfPath[path[i]!]!
      if (code < 0) codeOfPath[path[i]!] = code = names.numberOf(domain(repository, paths[path[i]!]!))
      let at = first
      while (at < count && codes[at] !== code) at++
      if (at === count) {
        codes[count++] = code
        lines[at - first] = -1
      }
      // A file whose deletions are not known says where somebody was, not how much was done.
      const minus = deleted[i]!
      if (minus === minus) lines[at - first] = Math.max(0, lines[at - first]!) + plus + minus
    }
    starts[place + 1] = count
    main[place] = mainOf(codes.subarray(first, count), lines, names.texts)
  }
  return { names: names.texts, starts, codes: codes.subarray(0, count), main }
}

/** Of some codes the one with the most lines; a landing in one domain is in it without any. */
function mainOf(codes: Uint32Array, lines: readonly number[], names: readonly string[]): number {
  if (codes.length === 1) return codes[0]!
  let best = -1
  for (let at = 0; at < codes.length; at++) {
    if (lines[at]! < 0) continue
    const most = best < 0 ? -1 : lines[best]!
    if (lines[at]! > most || (lines[at] === most && names[codes[at]!]! < names[codes[best]!]!)) best = at
  }
  return best < 0 ? -1 : codes[best]!
}
