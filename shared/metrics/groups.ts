import { MS_PER_DAY } from '../calendar/index.ts'
import type { Delivery, Landing, PullRequest } from '../delivery/index.ts'
import type { Case } from './cases.ts'
import { deliveredIn } from './delivered.ts'
import { domainsOf, domainsOfLandings } from './domains-of-work.ts'
import { initiativeOf, modelOf, teamOf, teamOfItem } from './owners.ts'
import type { MetricContext } from './types.ts'

/** What changes can be told apart by. Authors only in groups; no figure of a group or team is of fewer than five people. */
export const CHANGE_DIMENSIONS = [
  'team',
  'repository',
  'initiative',
  'ai-marked',
  'agent',
  'model',
  'author-group',
  'area',
  'size',
] as const
export type ChangeDimension = (typeof CHANGE_DIMENSIONS)[number]

export const DIMENSION_NAMES: Readonly<Record<ChangeDimension, string>> = {
  team: 'Team',
  repository: 'Repository',
  initiative: 'Initiative',
  'ai-marked': 'AI-marked',
  agent: 'Agent',
  model: 'Model',
  'author-group': 'Author group',
  area: 'Surface',
  size: 'Size',
}

const UNKNOWN_GROUP = 'Not known'
/** Groups of people smaller than this are never shown on their own. */
export const FEWEST_PEOPLE = 5
export const SMALL_GROUPS = 'Groups of fewer than five people'

const REGULAR_SINCE = 180 * MS_PER_DAY
const REGULAR_LANDINGS = 5

/** The group of a case in a dimension. */
export function groupOf(context: MetricContext, one: Case, dimension: ChangeDimension): string {
  const delivery = deliveredIn(context)
  const { pull, landing } = one
  if (pull === null && landing === null) return groupOfOther(context, one, dimension)
  switch (dimension) {
    case 'team':
      return teamOf(context, (pull ?? landing)!) ?? UNKNOWN_GROUP
    case 'initiative':
      return initiativeOf(context, (pull ?? landing)!) ?? UNKNOWN_GROUP
    case 'model':
      return modelOf(context, (pull ?? landing)!) ?? UNKNOWN_GROUP
    case 'repository':
      return repositoryOf(delivery, pull, landing) || UNKNOWN_GROUP
    case 'ai-marked':
      return (pull ?? landing)?.isAgentMarked ? 'Marked by an AI agent' : 'Not marked'
    case 'agent':
      return agentOf(pull, landing)
    case 'author-group':
      return authorGroupOf(delivery, pull, landing)
    case 'area':
      return areaOf(delivery, landing)
    case 'size':
      return sizeOf(pull, landing)
  }
}

const landedAs = new WeakMap<Delivery, ReadonlyMap<string, string>>()

/**
 * The repository as git logs call it: a forge's `github.com/acme/shop` is the `shop` its merged pull requests landed in, so
 * that what was never merged stands in the same group.
 */
function repositoryOf(delivery: Delivery, pull: PullRequest | null, landing: Landing | null): string {
  if (landing !== null) return landing.repository
  if (pull === null) return ''
  let names = landedAs.get(delivery)
  if (!names) {
    names = new Map(
      delivery.pullRequests.flatMap((own) => (own.landing ? [[own.repository, own.landing.repository] as const] : [])),
    )
    landedAs.set(delivery, names)
  }
  return names.get(pull.repository) ?? pull.repository
}

/** A deployment has a service, a work item a project and an assignee; nothing else tells them apart. */
function groupOfOther(context: MetricContext, { deployment, item, name }: Case, dimension: ChangeDimension): string {
  if (dimension === 'repository') return (deployment?.service ?? item?.project) || UNKNOWN_GROUP
  if (dimension === 'team' && item) return teamOfItem(context, item) ?? UNKNOWN_GROUP
  return (dimension === 'area' && name) || UNKNOWN_GROUP
}

function agentOf(pull: PullRequest | null, landing: Landing | null): string {
  const change = pull ?? landing
  if (!change?.isAgentMarked) return 'No agent marked'
  return pull?.agent ?? landing?.agent ?? 'Agent of the house'
}

const areas = new WeakMap<Delivery, ReadonlyMap<Landing, string>>()

/** The domain most lines of a landing are in. */
function areaOf(delivery: Delivery, landing: Landing | null): string {
  let known = areas.get(delivery)
  if (!known) {
    const { main, names } = domainsOfLandings(delivery.landings, domainsOf(delivery))
    const areaNames = names.map((name) => name.slice(name.indexOf('\u001f') + 1))
    known = new Map(delivery.landings.map((own, place) => [own, areaNames[main[place]!] ?? UNKNOWN_GROUP]))
    areas.set(delivery, known)
  }
  return (landing && known.get(landing)) ?? UNKNOWN_GROUP
}

function sizeOf(pull: PullRequest | null, landing: Landing | null): string {
  const lines =
    landing !== null && landing.files.length > 0
      ? landing.codeAdded + landing.codeDeleted
      : pull?.additions == null || pull.deletions === null
        ? null
        : pull.additions + pull.deletions
  if (lines === null) return UNKNOWN_GROUP
  return lines <= 100 ? 'Up to 100 lines' : lines <= 400 ? '101 to 400 lines' : 'Over 400 lines'
}

/** Agents, people who land often (5 or more changes in the 180 days before), and all other people. */
function authorGroupOf(delivery: Delivery, pull: PullRequest | null, landing: Landing | null): string {
  const change = pull ?? landing
  if (!change || change.author === null) return UNKNOWN_GROUP
  if (change.authorClass === 'agent') return 'AI agents'
  if (change.authorClass !== 'human') return 'Automation'
  const at = pull ? pull.openedAt : landing!.landedAt
  const times = workOf(delivery).get(`${pull ? 'pull' : 'landing'} ${change.author}`) ?? []
  const recent = times.filter((time) => time < at && time >= at - REGULAR_SINCE).length
  return recent >= REGULAR_LANDINGS ? 'Regular authors' : 'Occasional authors'
}

const works = new WeakMap<Delivery, ReadonlyMap<string, readonly number[]>>()

function workOf(delivery: Delivery): ReadonlyMap<string, readonly number[]> {
  const known = works.get(delivery)
  if (known) return known
  const work = new Map<string, number[]>()
  const note = (key: string, at: number): void => {
    const times = work.get(key)
    if (times) times.push(at)
    else work.set(key, [at])
  }
  for (const { author, landedAt } of delivery.landings) if (author !== null) note(`landing ${author}`, landedAt)
  for (const { author, openedAt } of delivery.pullRequests) if (author !== null) note(`pull ${author}`, openedAt)
  works.set(delivery, work)
  return work
}

export type GroupedCases = ReadonlyMap<string, readonly Case[]>

/** Cases by group; groups of people below five are joined, and `null` where that leaves nothing to tell apart. */
export function groupCases(
  context: MetricContext,
  sides: readonly (readonly Case[])[],
  dimension: ChangeDimension,
): readonly GroupedCases[] | null {
  const grouped = sides.map((cases) => {
    const groups = new Map<string, Case[]>()
    for (const one of cases) {
      const group = groupOf(context, one, dimension)
      const own = groups.get(group)
      if (own) own.push(one)
      else groups.set(group, [one])
    }
    return groups
  })
  if (dimension !== 'author-group' && dimension !== 'team') return grouped
  const small = smallGroups(grouped)
  return small && grouped.map((groups) => joinGroups(groups, small, SMALL_GROUPS))
}

/** Groups to be told together, so that no figure of any side is of fewer than five people; `null` = all are too few. */
function smallGroups(sides: readonly GroupedCases[]): ReadonlySet<string> | null {
  const people = sides.map((groups) => new Map([...groups].map(([group, cases]) => [group, peopleBehind(cases).size])))
  const sizeOf = (group: string): number => Math.max(...people.map((side) => side.get(group) ?? 0))
  const areFew = (groups: readonly string[]): boolean =>
    sides.some((side) => {
      const { size } = peopleBehind(groups.flatMap((group) => side.get(group) ?? []))
      return size > 0 && size < FEWEST_PEOPLE
    })
  // Agents and automation are nobody.
  const ofPeople = [...new Set(people.flatMap((side) => [...side.keys()]))]
    .filter((group) => sizeOf(group) > 0)
    .sort((a, b) => sizeOf(a) - sizeOf(b) || (a < b ? -1 : 1))
  const small = ofPeople.filter((group) => areFew([group]))
  if (small.length === 0) return new Set()
  // One small group alone would still be told by its name, and a few may be too few: the next larger ones join them.
  for (const group of ofPeople) {
    if (small.length > 1 && !areFew(small)) break
    if (!small.includes(group)) small.push(group)
  }
  return areFew(small) ? null : new Set(small)
}

/**
 * Authors of changes and assignees of work items who are people. Forges name them by login, git by address and trackers in
 * their own way: who is called two things must not count as two, so only the names of the source that knows most people are.
 */
export function peopleBehind(cases: readonly Case[]): ReadonlySet<string> {
  const [logins, addresses, assignees] = [new Set<string>(), new Set<string>(), new Set<string>()]
  for (const { pull, landing, item } of cases) {
    const change = pull ?? landing
    const name = change === null ? (item?.assignee ?? null) : change.authorClass === 'human' ? change.author : null
    if (name !== null) (pull ? logins : landing ? addresses : assignees).add(name.toLowerCase())
  }
  return [logins, addresses, assignees].reduce((most, own) => (own.size > most.size ? own : most))
}

/** Groups of authors who are people. */
export function isOfPeople(group: string): boolean {
  return group === 'Regular authors' || group === 'Occasional authors'
}

function joinGroups(groups: GroupedCases, wanted: ReadonlySet<string>, into: string): GroupedCases {
  const joined = new Map<string, readonly Case[]>()
  for (const [group, cases] of groups) {
    const name = wanted.has(group) ? into : group
    joined.set(name, [...(joined.get(name) ?? []), ...cases])
  }
  return joined
}

/** The largest groups of all sides on their own, the rest joined, so that at most `most` groups remain. */
export function keepLargest(sides: readonly GroupedCases[], most: number): readonly GroupedCases[] {
  const counts = new Map<string, number>()
  for (const side of sides)
    for (const [group, cases] of side) counts.set(group, (counts.get(group) ?? 0) + cases.length)
  if (counts.size <= most) return sides
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([group]) => group)
  const rest = new Set(ranked.slice(most - 1))
  return sides.map((side) => joinGroups(side, rest, `${rest.size} others`))
}
