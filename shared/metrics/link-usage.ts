import { type Day, epochDayOf, type Zone } from '../calendar/index.ts'
import { rollUpUsage } from '../cube/index.ts'
import type { Delivery, Landing, PullRequest } from '../delivery/index.ts'
import type { FactSet } from '../facts/index.ts'
import type { CostKind } from '../quantities/index.ts'
import { dayNumbers } from './bounds.ts'
import { deliveredIn } from './delivered.ts'
import { changesByKey } from './features.ts'
import { standingNanos } from './spent.ts'
import type { MetricContext } from './types.ts'

/**
 * How a use of AI came to a change, strongest first:
 * id: the usage names its branch, pull request or issue · person-day: the person's changes open on that day, by equal
 * shares · team-week: the changes merged in that week, by equal shares.
 * Levels are kept apart: what is known of a change by name must not look like what is spread over a team.
 */
export const LINK_LEVELS = ['id', 'person-day', 'team-week'] as const
export type LinkLevel = (typeof LINK_LEVELS)[number]
export const ALL_LEVELS = [...LINK_LEVELS, 'none'] as const

type Change = PullRequest | Landing

/** Changes a use came to and how; uses that came to the same ones share it. */
export interface Found {
  /** Among all there are. */
  readonly place: number
  readonly level: LinkLevel | 'none'
  /** Places of the changes. */
  readonly places: readonly number[]
}

/**
 * Usage of one day, tool, person, repository and session that has a standing cost, with the changes it came to: columns by
 * day, because there are hundreds of thousands.
 */
export interface Links {
  readonly kind: CostKind
  readonly day: Int32Array
  readonly rows: Float64Array
  /** Of its rows those that state the cost. */
  readonly statedRows: Float64Array
  /** The cost in nanos is `high * 2^32 + low`. */
  readonly high: Float64Array
  readonly low: Float64Array
  /** Place in `founds`. */
  readonly found: Uint32Array
  readonly founds: readonly Found[]
  /** Level of each of `founds` as its place in `ALL_LEVELS`. */
  readonly levels: Uint8Array
  readonly sessionOf: (use: number) => string | null
  readonly personOf: (use: number) => string | null
  /** How a use that says this came to changes. */
  readonly levelOf: (use: UsageKey) => Found['level']
  /** All changes usage may come to, and the place of each. */
  readonly changes: readonly Change[]
  readonly placeOf: (change: Change) => number | undefined
}

/** What a row of usage says that its changes are found by. */
export interface UsageKey {
  readonly day: Day
  readonly person: string | null
  readonly repository: string | null
  readonly session: string | null
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
  const { cells } = rollUp
  const { currency } = context.settings
  const stating = rollUp.money.find((own) => own.kind === standing.kind && own.currency === currency)?.rows
  const [days = [], , people = [], repositories = [], sessions = []] = rollUp.words
  const [dayCodes, , personCodes, repositoryCodes, sessionCodes] = rollUp.codes
  const epochDays = days.map((day) => epochDayOf(day as Day))
  const founds: Found[] = []
  const candidates = candidatesOf(delivery, context.settings.zone)
  const find = changeFinder(delivery, candidates, founds, [epochDays[0] ?? 0, epochDays.at(-1) ?? 0])
  const [day, found, cellOf] = [new Int32Array(cells), new Uint32Array(cells), new Uint32Array(cells)]
  const [rows, statedRows] = [new Float64Array(cells), new Float64Array(cells)]
  const [high, low] = [new Float64Array(cells), new Float64Array(cells)]
  let length = 0
  for (let cell = 0; cell < cells; cell++) {
    const own = epochDays[dayCodes![cell]!]
    if (own === undefined || !standing.isStated(cell)) continue
    day[length] = own
    rows[length] = rollUp.rows[cell]!
    statedRows[length] = stating![cell]!
    high[length] = standing.high[cell]!
    low[length] = standing.low[cell]!
    const person = people[personCodes![cell]!] ?? null
    const session = sessions[sessionCodes![cell]!] ?? null
    found[length] = find(own, person, repositories[repositoryCodes![cell]!] ?? null, session).place
    cellOf[length++] = cell
  }
  return {
    kind: standing.kind,
    day: day.subarray(0, length),
    rows: rows.subarray(0, length),
    statedRows: statedRows.subarray(0, length),
    high: high.subarray(0, length),
    low: low.subarray(0, length),
    found: found.subarray(0, length),
    founds,
    levels: Uint8Array.from(founds, ({ level }) => ALL_LEVELS.indexOf(level)),
    sessionOf: (use) => sessions[sessionCodes![cellOf[use]!]!] ?? null,
    personOf: (use) => people[personCodes![cellOf[use]!]!] ?? null,
    levelOf: ({ day, person, repository, session }) => find(epochDayOf(day), person, repository, session).level,
    changes: candidates.changes,
    placeOf: candidates.placeOf,
  }
}

/** Changes usage may come to, as columns; lists of them are lists of places. */
interface Candidates {
  readonly changes: readonly Change[]
  readonly placeOf: (change: Change) => number | undefined
  /** Last part of the repository's name, by which exports that name it in their own ways agree. */
  readonly repository: readonly string[]
  /** Epoch days the change was worked on, both included. */
  readonly from: Float64Array
  readonly to: Float64Array
  /** NaN = not merged. */
  readonly mergedDay: Float64Array
}

function candidatesOf(delivery: Delivery, zone: Zone): Candidates {
  const dayOf = dayNumbers(zone)
  const plain = rememberedText(lastPart)
  const changes: readonly Change[] = delivery.pullRequests.length > 0 ? delivery.pullRequests : delivery.landings
  const [from, to, mergedDay] = [changes, changes, changes].map(({ length }) => new Float64Array(length))
  changes.forEach((change, i) => {
    if ('openedAt' in change) {
      const opened = dayOf(change.openedAt)
      from![i] = change.firstCommitAt === null ? opened : Math.min(opened, dayOf(change.firstCommitAt))
      to![i] = change.closedAt === null ? Infinity : dayOf(change.closedAt)
      mergedDay![i] = change.mergedAt === null ? NaN : dayOf(change.mergedAt)
    } else {
      to![i] = mergedDay![i] = dayOf(change.landedAt)
      from![i] = change.authoredAt === null ? to![i]! : Math.min(to![i]!, dayOf(change.authoredAt))
    }
  })
  const repository = changes.map((change) => plain(change.repository))
  let places: ReadonlyMap<Change, number> | null = null
  const placeOf = (change: Change): number | undefined =>
    (places ??= new Map(changes.map((own, place) => [own, place]))).get(change)
  return { changes, placeOf, repository, from: from!, to: to!, mergedDay: mergedDay! }
}

/** Puts what it finds into `founds`. `span`: first and last epoch day that is asked for. */
function changeFinder(
  delivery: Delivery,
  candidates: Candidates,
  founds: Found[],
  span: readonly [number, number],
): (day: number, person: string | null, repository: string | null, session: string | null) => Found {
  const byPerson = new Map<string, number[]>()
  const byWeek = new Map<number, number[]>()
  candidates.changes.forEach((change, place) => {
    for (const name of peopleOf(change)) note(byPerson, name, place)
    const merged = candidates.mergedDay[place]!
    if (merged === merged) note(byWeek, weekNumber(merged), place)
  })
  const found = (level: Found['level'], places: readonly number[]): Found => {
    const own = { place: founds.length, level, places }
    founds.push(own)
    return own
  }
  const nothing = found('none', [])
  const among = (level: LinkLevel, places: readonly number[], where: string): Found | null => {
    const own = inRepository(candidates, places, where)
    return own.length === 0 ? null : found(level, own)
  }
  const byName = sessionFinder(delivery, candidates)
  const named = rememberedText((session) => {
    const places = byName(session)
    return places.length === 0 ? null : found('id', places)
  })
  const plain = rememberedText(lastPart)
  const lower = rememberedText((text) => text.toLowerCase())
  const weeks = new Map<string, Found>()
  const teamWeek = (day: number, where: string): Found => {
    const week = weekNumber(day)
    const key = `${week} ${where}`
    let own = weeks.get(key)
    if (!own) weeks.set(key, (own = among('team-week', byWeek.get(week) ?? [], where) ?? nothing))
    return own
  }
  // The same few people work on the same days in many tools and sessions.
  const daysOf = rememberedText((who) => ({
    open: openByDay(candidates, byPerson.get(who) ?? [], span),
    known: new Map<string, Map<number, Found>>(),
  }))
  return (day, person, repository, session) => {
    const byId = session === null ? null : named(session)
    if (byId) return byId
    const where = repository === null ? '' : plain(repository)
    const { open, known } = daysOf(person === null ? '' : lower(person))
    let days = known.get(where)
    if (!days) known.set(where, (days = new Map<number, Found>()))
    let own = days.get(day)
    if (!own) days.set(day, (own = among('person-day', open.get(day) ?? [], where) ?? teamWeek(day, where)))
    return own
  }
}

function peopleOf(change: Change): readonly string[] {
  if ('openedAt' in change) return change.people
  return change.author === null ? [] : [change.author]
}

function note<K>(lists: Map<K, number[]>, key: K, place: number): void {
  const own = lists.get(key)
  if (own) own.push(place)
  else lists.set(key, [place])
}

/** ISO weeks counted from the one of 1970-01-05, a Monday. */
function weekNumber(day: number): number {
  return Math.floor((day - 4) / 7)
}

/** Which of somebody's changes were open on each day that is asked for. */
function openByDay(
  { from, to }: Candidates,
  places: readonly number[],
  [first, last]: readonly [number, number],
): ReadonlyMap<number, readonly number[]> {
  const days = new Map<number, number[]>()
  for (const place of places) {
    const end = Math.min(to[place]!, last)
    for (let day = Math.max(from[place]!, first); day <= end; day++) note(days, day, place)
  }
  return days
}

/** Branch, number and address of a pull request, as sessions may be called; a landing has none. */
function namesOf(change: Change): readonly string[] {
  if (!('openedAt' in change)) return []
  const { headRef, repository, number } = change
  const address = [`${repository}#${number}`, `${repository}/pull/${number}`]
  return (headRef === null ? address : [headRef, ...address]).map((name) => name.toLowerCase())
}

/** What a session, branch or conversation id names: one change by its branch or number, or all changes of an issue. */
function sessionFinder(delivery: Delivery, { changes, placeOf }: Candidates): (session: string) => readonly number[] {
  // Made when the first session is asked for: many exports name none.
  let byName: Map<string, number[]> | null = null
  return (session) => {
    if (byName === null) {
      byName = new Map<string, number[]>()
      for (const [place, change] of changes.entries()) for (const name of namesOf(change)) note(byName, name, place)
    }
    const own = byName.get(session.toLowerCase())
    // A branch name like `main` or `fix` that several changes had says nothing.
    if (own?.length === 1) return own
    const keys = session.match(/\b[A-Za-z][A-Za-z0-9]+-\d+\b/g) ?? []
    const named = new Set(keys.flatMap((key) => changesByKey(delivery).get(key.toLowerCase()) ?? []))
    return [...named].flatMap((change) => placeOf(change) ?? [])
  }
}

/** Those of the repository the usage names, when any is; exports name repositories in their own ways. */
function inRepository({ repository }: Candidates, places: readonly number[], where: string): readonly number[] {
  if (where === '') return places
  const own = places.filter((place) => repository[place] === where)
  return own.length > 0 ? own : places
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
