import { type Day, epochDayOf, type Zone } from '../calendar/index.ts'
import { rollUpUsage } from '../cube/index.ts'
import type { Delivery, Landing, PullRequest } from '../delivery/index.ts'
import type { FactSet } from '../facts/index.ts'
import { type Nanos, nanosOf } from '../money/index.ts'
import type { CostKind } from '../quantities/index.ts'
import { dayNumbers } from './bounds.ts'
import { deliveredIn } from './delivered.ts'
import { changesByKey } from './features.ts'
import { standingNanos } from './spent.ts'
import type { MetricContext, Period } from './types.ts'

/**
 * How a use of AI came to a change, strongest first:
 * id: the usage names its branch, pull request or issue · person-day: the person's changes open on that day, by equal
 * shares · team-week: the changes merged in that week, by equal shares.
 * Levels are kept apart: what is known of a change by name must not look like what is spread over a team.
 */
export const LINK_LEVELS = ['id', 'person-day', 'team-week'] as const
export type LinkLevel = (typeof LINK_LEVELS)[number]

export type LinkedSums = Partial<Record<LinkLevel, Nanos>>

export interface LinkedCost {
  readonly kind: CostKind
  readonly total: Nanos
  readonly byLevel: Readonly<Record<LinkLevel | 'none', Nanos>>
  /** Usage rows with a cost, by level. */
  readonly rowsByLevel: Readonly<Record<LinkLevel | 'none', number>>
  readonly ofChange: ReadonlyMap<PullRequest | Landing, LinkedSums>
}

type Change = PullRequest | Landing

/** Usage of one day, tool, person, repository and session with its standing cost, and the changes it came to. */
export interface LinkedUse {
  readonly day: number
  readonly nanos: bigint
  readonly rows: number
  readonly found: Found
  readonly session: string | null
  readonly person: string | null
}

/** Changes a use came to and how; uses that came to the same ones share it. */
export interface Found {
  readonly level: LinkLevel | 'none'
  readonly changes: readonly Change[]
}

export interface Links {
  readonly kind: CostKind
  /** By day. */
  readonly uses: readonly LinkedUse[]
}

const linked = new WeakMap<FactSet, WeakMap<Delivery, Map<string, Links | null>>>()

/** Every use that has a cost with the changes it came to, found once; `null` without any cost. */
export function linksOf(context: MetricContext): Links | null {
  const delivery = deliveredIn(context)
  let byDelivery = linked.get(context.facts)
  if (!byDelivery) linked.set(context.facts, (byDelivery = new WeakMap<Delivery, Map<string, Links | null>>()))
  let own = byDelivery.get(delivery)
  if (!own) byDelivery.set(delivery, (own = new Map<string, Links | null>()))
  const key = `${context.settings.currency} ${context.settings.zone}`
  let links = own.get(key)
  if (links === undefined) own.set(key, (links = findLinks(context, delivery)))
  return links
}

function findLinks(context: MetricContext, delivery: Delivery): Links | null {
  const rollUp = rollUpUsage(context.facts, ['day', 'tool', 'person', 'repository', 'session'])
  const standing = standingNanos(context, rollUp)
  if (standing === null) return null
  const find = changeFinder(delivery, candidatesOf(delivery, context.settings.zone))
  const [days = [], , people = [], repositories = [], sessions = []] = rollUp.words
  const epochDays = days.map((day) => epochDayOf(day as Day))
  const uses: LinkedUse[] = []
  for (let cell = 0; cell < rollUp.cells; cell++) {
    const day = epochDays[rollUp.codes[0]![cell]!]
    const nanos = standing.at(cell)
    if (day === undefined || nanos === null) continue
    const person = people[rollUp.codes[2]![cell]!] ?? null
    const session = sessions[rollUp.codes[4]![cell]!] ?? null
    const repository = repositories[rollUp.codes[3]![cell]!] ?? null
    uses.push({ day, nanos, rows: rollUp.rows[cell]!, person, session, found: find(day, person, repository, session) })
  }
  return { kind: standing.kind, uses }
}

export type LinkTotals = Omit<LinkedCost, 'ofChange'>

/** The cost of a period by how it came to changes; every nano is in exactly one level or in `none`. `null` without cost. */
export function linkTotals(context: MetricContext, period: Period | null): LinkTotals | null {
  const links = linksOf(context)
  if (links === null) return null
  const byLevel: Record<LinkLevel | 'none', bigint> = { id: 0n, 'person-day': 0n, 'team-week': 0n, none: 0n }
  const rowsByLevel: Record<LinkLevel | 'none', number> = { id: 0, 'person-day': 0, 'team-week': 0, none: 0 }
  for (const { nanos, rows, found } of usesIn(links, period)) {
    byLevel[found.level] += nanos
    rowsByLevel[found.level] += rows
  }
  const total = byLevel.id + byLevel['person-day'] + byLevel['team-week'] + byLevel.none
  return { kind: links.kind, total: nanosOf(total), byLevel: byLevel as Record<LinkLevel | 'none', Nanos>, rowsByLevel }
}

/** Links the cost of a period, or of all days, to changes; `null` without any cost. */
export function linkCost(context: MetricContext, period: Period | null): LinkedCost | null {
  const links = linksOf(context)
  const totals = linkTotals(context, period)
  if (links === null || totals === null) return null
  // Uses that came to the same changes are split once: a team's week has thousands of both.
  const sums = new Map<Found, bigint>()
  for (const { nanos, found } of usesIn(links, period)) sums.set(found, (sums.get(found) ?? 0n) + nanos)
  const ofChange = new Map<Change, LinkedSums>()
  for (const [{ level, changes }, nanos] of sums) {
    if (level === 'none') continue
    const shares = changes.length === 1 ? [nanos] : splitEvenly(nanos, changes.length)
    changes.forEach((change, i) => {
      const own = ofChange.get(change)
      if (own) own[level] = nanosOf((own[level] ?? 0n) + shares[i]!)
      else ofChange.set(change, { [level]: nanosOf(shares[i]!) })
    })
  }
  return { ...totals, ofChange }
}

function usesIn({ uses }: Links, period: Period | null): readonly LinkedUse[] {
  if (period === null) return uses
  return uses.slice(firstOn(uses, epochDayOf(period.from)), firstOn(uses, epochDayOf(period.to) + 1))
}

function firstOn(uses: readonly LinkedUse[], day: number): number {
  let [low, high] = [0, uses.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (uses[middle]!.day < day) low = middle + 1
    else high = middle
  }
  return low
}

/** Equal shares that add up: the first ones take the odd nanos. */
export function splitEvenly(whole: bigint, count: number): readonly bigint[] {
  const share = whole / BigInt(count)
  const odd = whole - share * BigInt(count)
  const step = odd < 0n ? -1n : 1n
  const taken = odd < 0n ? -odd : odd
  return Array.from({ length: count }, (_, i) => share + (BigInt(i) < taken ? step : 0n))
}

interface Candidate {
  readonly change: Change
  /** Last part of the repository's name, by which exports that name it in their own ways agree. */
  readonly repository: string
  readonly people: readonly string[]
  /** Epoch days the change was worked on, both included. */
  readonly from: number
  readonly to: number
  readonly mergedDay: number | null
}

function candidatesOf(delivery: Delivery, zone: Zone): readonly Candidate[] {
  const dayOf = dayNumbers(zone)
  const plain = rememberedText(lastPart)
  if (delivery.pullRequests.length === 0) {
    return delivery.landings.map((landing) => {
      const to = dayOf(landing.landedAt)
      return {
        change: landing,
        repository: plain(landing.repository),
        people: landing.author === null ? [] : [landing.author],
        from: landing.authoredAt === null ? to : Math.min(to, dayOf(landing.authoredAt)),
        to,
        mergedDay: to,
      }
    })
  }
  return delivery.pullRequests.map((pull) => {
    const opened = dayOf(pull.openedAt)
    return {
      change: pull,
      repository: plain(pull.repository),
      people: pull.people,
      from: pull.firstCommitAt === null ? opened : Math.min(opened, dayOf(pull.firstCommitAt)),
      to: pull.closedAt === null ? Infinity : dayOf(pull.closedAt),
      mergedDay: pull.mergedAt === null ? null : dayOf(pull.mergedAt),
    }
  })
}

const NOTHING: Found = { level: 'none', changes: [] }

function changeFinder(
  delivery: Delivery,
  candidates: readonly Candidate[],
): (day: number, person: string | null, repository: string | null, session: string | null) => Found {
  const byPerson = groupBy(candidates, ({ people }) => people)
  const byWeek = groupBy(candidates, ({ mergedDay }) => (mergedDay === null ? [] : [weekNumber(mergedDay)]))
  const named = rememberedText(sessionFinder(delivery, candidates))
  const plain = rememberedText(lastPart)
  const lower = rememberedText((text) => text.toLowerCase())
  const open = new Map<string, Map<number, Map<string, Found>>>()
  const weeks = new Map<string, Found>()
  const teamWeek = (day: number, where: string): Found => {
    const week = weekNumber(day)
    const key = `${week} ${where}`
    let found = weeks.get(key)
    if (!found) weeks.set(key, (found = foundOf('team-week', inRepository(byWeek.get(week) ?? [], where)) ?? NOTHING))
    return found
  }
  return (day, person, repository, session) => {
    const byId = session === null ? null : named(session)
    if (byId) return byId
    const where = repository === null ? '' : plain(repository)
    const who = person === null ? '' : lower(person)
    // The same few people work on the same days in many tools and sessions.
    let days = open.get(who)
    if (!days) open.set(who, (days = new Map<number, Map<string, Found>>()))
    let known = days.get(day)
    if (!known) days.set(day, (known = new Map<string, Found>()))
    let found = known.get(where)
    if (!found) {
      found = foundOf('person-day', inRepository(openOn(byPerson.get(who) ?? [], day), where))
      known.set(where, (found ??= teamWeek(day, where)))
    }
    return found
  }
}

/** ISO weeks counted from the one of 1970-01-05, a Monday. */
function weekNumber(day: number): number {
  return Math.floor((day - 4) / 7)
}

function openOn(candidates: readonly Candidate[], day: number): readonly Candidate[] {
  return candidates.filter(({ from, to }) => from <= day && day <= to)
}

function foundOf(level: LinkLevel, candidates: readonly Candidate[]): Found | undefined {
  return candidates.length === 0 ? undefined : { level, changes: candidates.map(({ change }) => change) }
}

/** Branch, number and address of a pull request, as sessions may be called; a landing has none. */
function namesOf(change: Change): readonly string[] {
  if (!('openedAt' in change)) return []
  const { headRef, repository, number } = change
  const address = [`${repository}#${number}`, `${repository}/pull/${number}`]
  return (headRef === null ? address : [headRef, ...address]).map((name) => name.toLowerCase())
}

/** What a session, branch or conversation id names: one change by its branch or number, or all changes of an issue. */
function sessionFinder(delivery: Delivery, candidates: readonly Candidate[]): (session: string) => Found | null {
  // Made when the first session is asked for: many exports name none.
  let byName: ReadonlyMap<string, readonly Candidate[]> | null = null
  return (session) => {
    byName ??= groupBy(candidates, ({ change }) => namesOf(change))
    const own = byName.get(session.toLowerCase())
    // A branch name like `main` or `fix` that several changes had says nothing.
    if (own?.length === 1) return { level: 'id', changes: [own[0]!.change] }
    const keys = session.match(/\b[A-Za-z][A-Za-z0-9]+-\d+\b/g) ?? []
    const changes = [...new Set(keys.flatMap((key) => changesByKey(delivery).get(key.toLowerCase()) ?? []))]
    return changes.length === 0 ? null : { level: 'id', changes }
  }
}

/** Those of the repository the usage names, when any is; exports name repositories in their own ways. */
function inRepository(candidates: readonly Candidate[], repository: string): readonly Candidate[] {
  if (repository === '') return candidates
  const own = candidates.filter((candidate) => candidate.repository === repository)
  return own.length > 0 ? own : candidates
}

function lastPart(repository: string): string {
  return repository
    .toLowerCase()
    .replace(/\.git$/, '')
    .split('/')
    .at(-1)!
}

function rememberedText<T>(answer: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    if (!known.has(text)) known.set(text, answer(text))
    return known.get(text)!
  }
}

function groupBy<K>(
  candidates: readonly Candidate[],
  keysOf: (candidate: Candidate) => readonly K[],
): ReadonlyMap<K, readonly Candidate[]> {
  const groups = new Map<K, Candidate[]>()
  for (const candidate of candidates) {
    for (const key of keysOf(candidate)) {
      const group = groups.get(key)
      if (group) group.push(candidate)
      else groups.set(key, [candidate])
    }
  }
  return groups
}
