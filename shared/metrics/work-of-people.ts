import { dayOfEpoch, orderOfMoments, type Zone } from '../calendar/index.ts'
import type { Delivery, Landing, PullRequest } from '../delivery/index.ts'
import { GrowingNumbers, NumberedTexts } from '../facts/index.ts'
import { dayNumbers, startOfDay } from './bounds.ts'
import { daysOfWork, type DaysOfWork, landingEvents, type WorkEvents } from './days-of-work.ts'
import { isBot } from './delivered.ts'
import { domainsOf, domainsOfLandings } from './domains-of-work.ts'
import { issueKeysOf } from './features.ts'
import { linksOf } from './link-usage.ts'
import type { MetricContext } from './types.ts'

/** What somebody did, by the export it is from. */
export const WORK_KINDS = ['landings', 'reviews', 'commits', 'moves of work items', 'AI sessions'] as const
export type WorkKind = (typeof WORK_KINDS)[number]

type Change = PullRequest | Landing

/** Days on which people did anything, with the contexts they were in. */
export interface WorkOfPeople {
  readonly days: DaysOfWork
  /** What is imported of all kinds of work. */
  readonly kinds: ReadonlySet<WorkKind>
  /** Moment of the first event of a day, epoch ms; of sessions the start of the day. */
  firstAt(day: number): number
  /** Change the first event of a day was about; `null` = a work item or a session. */
  firstOf(day: number): Change | null
}

const kept = new WeakMap<Delivery, Map<string, WorkOfPeople>>()

/**
 * The days of people by everything they did: landings, reviews, commits, moves of work items and AI sessions. The context
 * of a change is the work item it names, else its pull request, else the domain most of its lines are in. Where landings are
 * all there is, their domain alone is the context: every change has a pull request of its own.
 */
export function workOfPeople(delivery: Delivery, context: MetricContext): WorkOfPeople {
  const { zone, currency } = context.settings
  let own = kept.get(delivery)
  if (!own) kept.set(delivery, (own = new Map<string, WorkOfPeople>()))
  const key = `${zone} ${currency}`
  let work = own.get(key)
  if (!work) own.set(key, (work = findWork(delivery, context)))
  return work
}

function findWork(delivery: Delivery, context: MetricContext): WorkOfPeople {
  const { zone } = context.settings
  const contexts = contextsOf(delivery)
  const acts = new Acts()
  delivery.pullRequests.forEach((pull, place) => {
    const where = contexts.ofPull[place]!
    pull.eachAct((kind, by, at) => acts.add(kind === 'review' ? 'reviews' : 'commits', by, at, where, pull))
  })
  delivery.workItems.forEach(({ moves }, place) => {
    for (const { by, at } of moves)
      if (by !== null) acts.add('moves of work items', by.trim().toLowerCase(), at, contexts.ofItem(place), null)
  })
  const sessions = sessionsOf(delivery, context, contexts)
  if (acts.at.length + sessions.length === 0) {
    const { events, of } = landingEvents(delivery.landings, zone, domainsOf(delivery))
    const days = daysOfWork(events)
    const first = (day: number): Landing => of[days.first[day]!]!
    const kinds = new Set<WorkKind>(of.length > 0 ? ['landings'] : [])
    return { days, kinds, firstAt: (day) => first(day).landedAt, firstOf: first }
  }
  delivery.landings.forEach((landing, place) => {
    const { author, landedAt } = landing
    if (!isBot(landing) && author !== null)
      acts.add('landings', author, landedAt, contexts.ofLanding(landing, place), landing)
  })
  if (sessions.length > 0) acts.kinds.add('AI sessions')
  const order = acts.inOrder()
  const events = acts.eventsOf(order, sessions, zone, contexts.count)
  const days = daysOfWork(events)
  // Sessions stand behind all acts.
  const firstAct = (day: number): number | undefined => order[days.first[day]!]
  return {
    days,
    kinds: acts.kinds,
    firstAt(day) {
      const act = firstAct(day)
      return act === undefined ? startOfDay(dayOfEpoch(events.day[days.first[day]!]!), zone) : acts.at[act]!
    },
    firstOf: (day) => acts.of[firstAct(day) ?? -1] ?? null,
  }
}

/** Acts of known time, as columns. */
class Acts {
  readonly at: number[] = []
  readonly of: (Change | null)[] = []
  readonly kinds = new Set<WorkKind>()
  private readonly people = new NumberedTexts()
  private readonly person = new GrowingNumbers()
  private readonly context = new GrowingNumbers()

  add(kind: WorkKind, by: string, at: number, context: number, of: Change | null): void {
    this.kinds.add(kind)
    this.person.push(this.people.numberOf(by))
    this.at.push(at)
    this.context.push(context)
    this.of.push(of)
  }

  /** Their places by time. */
  inOrder(): Uint32Array {
    return orderOfMoments(Float64Array.from(this.at)) ?? Uint32Array.from(this.at.keys())
  }

  /** Themselves in an order, then sessions. */
  eventsOf(order: Uint32Array, sessions: readonly Session[], zone: Zone, contextCount: number): WorkEvents {
    const dayOf = dayNumbers(zone)
    const count = order.length + sessions.length
    const [person, day, context] = [new Int32Array(count), new Int32Array(count), new Int32Array(count)]
    const [people, contexts] = [this.person.values, this.context.values]
    for (let i = 0; i < order.length; i++) {
      const act = order[i]!
      person[i] = people[act]!
      day[i] = dayOf(this.at[act]!)
      context[i] = contexts[act]!
    }
    sessions.forEach((session, i) => {
      person[order.length + i] = this.people.numberOf(session.by)
      day[order.length + i] = session.day
      context[order.length + i] = session.context
    })
    return { person, day, context, timed: order.length, contextCount }
  }
}

/** Contexts as numbers: pull requests by their place, then domains, then work items. */
interface Contexts {
  readonly count: number
  readonly ofPull: Int32Array
  readonly ofItem: (place: number) => number
  /** -1 = a landing of binary files that no pull request is known of. */
  readonly ofLanding: (landing: Landing, place: number) => number
}

function contextsOf(delivery: Delivery): Contexts {
  const { pullRequests, workItems, landings } = delivery
  const { main, names } = domainsOfLandings(landings, domainsOf(delivery))
  const items = new Map(workItems.map(({ key }, place) => [key.toLowerCase(), place]))
  const ofItem = (place: number): number => pullRequests.length + names.length + place
  // Words like `node-20` look like keys: only those of known items are.
  const itemOf = (change: Change): number | undefined => {
    const key = items.size === 0 ? undefined : issueKeysOf(change).find((own) => items.has(own))
    return key === undefined ? undefined : ofItem(items.get(key)!)
  }
  const ofPull = new Int32Array(pullRequests.length)
  const pullOf = new Int32Array(landings.length).fill(-1)
  pullRequests.forEach((pull, place) => {
    ofPull[place] = itemOf(pull) ?? place
    const { landing } = pull
    if (landing) pullOf[landing.place] = place
  })
  return {
    count: ofItem(workItems.length),
    ofPull,
    ofItem,
    ofLanding(landing, place) {
      const pull = pullOf[landing.place]!
      if (pull >= 0) return ofPull[pull]!
      return itemOf(landing) ?? (main[place]! < 0 ? -1 : pullRequests.length + main[place]!)
    },
  }
}

interface Session {
  readonly by: string
  readonly day: number
  readonly context: number
}

/** Sessions with a cost whose change is known: named by it, or the only one the person had open. When they began is not. */
function sessionsOf(delivery: Delivery, context: MetricContext, { ofPull, ofLanding }: Contexts): readonly Session[] {
  const links = linksOf(context)
  if (links === null) return []
  const contextOf = (place: number): number =>
    delivery.pullRequests.length > 0 ? ofPull[place]! : ofLanding(delivery.landings[place]!, place)
  const sessions: Session[] = []
  for (let use = 0; use < links.found.length; use++) {
    const person = links.sessionOf(use) === null ? null : links.personOf(use)
    if (person === null) continue
    const { level, places } = links.founds[links.found[use]!]!
    if (level !== 'id' && (level !== 'person-day' || places.length > 1)) continue
    const [first = -1, ...others] = new Set(places.map(contextOf))
    if (first >= 0 && others.length === 0)
      sessions.push({ by: person.toLowerCase(), day: links.day[use]!, context: first })
  }
  return sessions
}
