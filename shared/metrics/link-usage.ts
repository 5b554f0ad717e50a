import { type Day, epochDayOf, type Zone } from '../calendar/index.ts'
import { rollUpUsage } from '../cube/index.ts'
import type { Delivery, Landing, PullRequest } from '../delivery/index.ts'
import { type FactSet, groupRows, GrowingNumbers, NumberedPairs } from '../facts/index.ts'
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
  readonly places: Int32Array
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
  const open = new OpenChanges(candidates, people, [epochDays[0] ?? 0, epochDays.at(-1) ?? 0])
  const find = changeFinder(delivery, candidates, open, founds)
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
  const { pullRequests, landings } = delivery
  const changes: readonly Change[] = pullRequests.length > 0 ? pullRequests : landings
  const { length } = changes
  const [from, to, mergedDay] = [new Float64Array(length), new Float64Array(length), new Float64Array(length)]
  changes.forEach((change, i) => {
    if ('openedAt' in change) {
      const { openedAt, firstCommitAt, closedAt, mergedAt } = change
      from[i] = dayOf(firstCommitAt === null ? openedAt : Math.min(openedAt, firstCommitAt))
      to[i] = closedAt === null ? Infinity : dayOf(closedAt)
      mergedDay[i] = mergedAt === null ? NaN : dayOf(mergedAt)
    } else {
      const { landedAt, authoredAt } = change
      from[i] = dayOf(authoredAt === null ? landedAt : Math.min(landedAt, authoredAt))
      to[i] = mergedDay[i] = dayOf(landedAt)
    }
  })
  return {
    changes,
    placeOf: pullRequests.length > 0 ? placeOfPull : landingPlaces(landings),
    repository: changes.map((change) => plain(change.repository)),
    from,
    to,
    mergedDay,
  }
}

function placeOfPull(change: Change): number | undefined {
  return 'openedAt' in change ? change.place : undefined
}

/** Landings stand by time here and line by line among all. */
function landingPlaces(landings: readonly Landing[]): (change: Change) => number | undefined {
  const places = new Uint32Array(landings.length)
  landings.forEach(({ place }, i) => (places[place] = i))
  return (change) => ('openedAt' in change ? undefined : places[change.place])
}

/** Which changes somebody whom usage names had open on each day of the usage. */
class OpenChanges {
  private readonly people = new Map<string, number>()
  private readonly days = new NumberedPairs()
  /** The changes of a person's day are `starts[day]` … `starts[day + 1]` of `places`. */
  private readonly starts: Uint32Array
  private readonly places: Int32Array

  /** `span`: first and last epoch day that is asked for. */
  constructor({ changes, from, to }: Candidates, people: readonly string[], span: readonly [number, number]) {
    for (const person of people) {
      const name = person.toLowerCase()
      if (!this.people.has(name)) this.people.set(name, this.people.size)
    }
    // Changes day by day, by person and day as they come.
    const [dayOf, placeOf] = [new GrowingNumbers(), new GrowingNumbers()]
    changes.forEach((change, place) => {
      const first = Math.max(from[place]!, span[0])
      const last = Math.min(to[place]!, span[1])
      if (first > last) return
      for (const name of peopleOf(change)) {
        const person = this.people.get(name)
        if (person === undefined) continue
        for (let day = first; day <= last; day++) {
          dayOf.push(this.days.numberOf(person, day))
          placeOf.push(place)
        }
      }
    })
    const { starts, rows } = groupRows(dayOf.values, this.days.count)
    const places = placeOf.values
    this.starts = starts
    this.places = new Int32Array(rows.length).map((_, i) => places[rows[i]!]!)
  }

  /** Number of a person's day; -1 = nothing was open. */
  numberOf(person: string, day: number): number {
    const own = this.people.get(person)
    return own === undefined ? -1 : this.days.find(own, day)
  }

  placesOn(number: number): Int32Array {
    return this.places.subarray(this.starts[number], this.starts[number + 1])
  }
}

/** Puts what it finds into `founds`. */
function changeFinder(
  delivery: Delivery,
  candidates: Candidates,
  open: OpenChanges,
  founds: Found[],
): (day: number, person: string | null, repository: string | null, session: string | null) => Found {
  const byWeek = new Map<number, number[]>()
  candidates.mergedDay.forEach((merged, place) => {
    if (merged === merged) note(byWeek, weekNumber(merged), place)
  })
  const found = (level: Found['level'], places: Int32Array): Found => {
    const own = { place: founds.length, level, places }
    founds.push(own)
    return own
  }
  const nothing = found('none', new Int32Array(0))
  const among = (level: LinkLevel, places: Int32Array, where: string): Found | null => {
    const own = inRepository(candidates, places, where)
    return own.length === 0 ? null : found(level, own)
  }
  const byName = sessionFinder(delivery, candidates)
  const named = rememberedText((session) => {
    const places = byName(session)
    return places.length === 0 ? null : found('id', Int32Array.from(places))
  })
  const plain = rememberedText(lastPart)
  const lower = rememberedText((text) => text.toLowerCase())
  const inWeeks = rememberedText((where) =>
    rememberedNumber((week) => among('team-week', Int32Array.from(byWeek.get(week) ?? []), where) ?? nothing),
  )
  // The same few people work on the same days in many tools and sessions.
  const onDays = rememberedText((where) =>
    rememberedNumber((number) => among('person-day', open.placesOn(number), where)!),
  )
  return (day, person, repository, session) => {
    const byId = session === null ? null : named(session)
    if (byId) return byId
    const where = repository === null ? '' : plain(repository)
    const number = person === null ? -1 : open.numberOf(lower(person), day)
    if (number < 0) return inWeeks(where)(weekNumber(day))
    return onDays(where)(number)
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
function inRepository({ repository }: Candidates, places: Int32Array, where: string): Int32Array {
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
    let own = known.get(text)
    if (own === undefined) known.set(text, (own = answer(text)))
    return own
  }
}

function rememberedNumber<T>(answer: (number: number) => T): (number: number) => T {
  const known = new Map<number, T>()
  return (number) => {
    let own = known.get(number)
    if (own === undefined) known.set(number, (own = answer(number)))
    return own
  }
}
