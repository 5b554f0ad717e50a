import type { Zone } from '../calendar/index.ts'
import type { Landing } from '../delivery/index.ts'
import { dayNumbers } from './bounds.ts'
import { isBot } from './delivered.ts'
import { domainsOfLandings, type DomainOf, FOLDERS } from './domains-of-work.ts'

/**
 * What people did, one event after the other in order of time: who, on which day of the zone and in which context, each as
 * a number. Columns, because there are hundreds of thousands.
 */
export class WorkEvents {
  readonly person: number[] = []
  readonly day: number[] = []
  /** -1 = not known. */
  readonly context: number[] = []
  /** Whether it is known when on the day: only then what came next says anything. */
  readonly isTimed: boolean[] = []
  /** Contexts are numbers below it. */
  readonly contextCount: number
  private readonly people = new Map<string, number>()

  constructor(contextCount: number) {
    this.contextCount = contextCount
  }

  /** `person` in lower case. */
  add(person: string, day: number, context: number, isTimed = true): void {
    let own = this.people.get(person)
    if (own === undefined) this.people.set(person, (own = this.people.size))
    this.person.push(own)
    this.day.push(day)
    this.context.push(context)
    this.isTimed.push(isTimed)
  }
}

/** Days on which somebody did anything, by the first event of each. */
export interface DaysOfWork {
  readonly length: number
  /** Place of the first event of the day. */
  readonly first: Uint32Array
  /** Distinct contexts of the day. */
  readonly contexts: Uint32Array
  /** Pairs of consecutive events of known context and time, and those in different contexts. */
  readonly transitions: Uint32Array
  readonly switches: Uint32Array
}

/** Sums up what each person did on each day. A, B, A on one day: two contexts, two transitions, two switches. */
export function daysOfWork(events: WorkEvents): DaysOfWork {
  const { person, day, context, isTimed } = events
  const days = new Map<number, number>()
  const dayOfEvent = new Uint32Array(person.length)
  const firsts: number[] = []
  for (let at = 0; at < person.length; at++) {
    const key = person[at]! * DAYS + day[at]!
    let own = days.get(key)
    if (own === undefined) days.set(key, (own = firsts.push(at) - 1))
    dayOfEvent[at] = own
  }
  const length = firsts.length
  const [contexts, transitions, switches] = [new Uint32Array(length), new Uint32Array(length), new Uint32Array(length)]
  const last = new Int32Array(length).fill(-1)
  // Events of one day stand apart; those of one context are chained to see each context of a day once.
  const seen = new Map<number, number>()
  const { contextCount } = events
  for (let at = 0; at < person.length; at++) {
    const [own, of] = [dayOfEvent[at]!, context[at]!]
    if (of < 0) continue
    if (last[own] !== of) {
      const key = own * contextCount + of
      if (!seen.has(key)) {
        seen.set(key, at)
        contexts[own] = contexts[own]! + 1
      }
    }
    if (!isTimed[at]) continue
    if (last[own]! >= 0) {
      transitions[own] = transitions[own]! + 1
      if (last[own] !== of) switches[own] = switches[own]! + 1
    }
    last[own] = of
  }
  return { length, first: Uint32Array.from(firsts), contexts, transitions, switches }
}

/** More days than any calendar of ours has. */
const DAYS = 2 ** 22

/** Landings of people as events in the domain most of their lines are in; `landings` in order. */
export function landingEvents(
  landings: readonly Landing[],
  zone: Zone,
  domain: DomainOf = FOLDERS,
): { readonly events: WorkEvents; readonly of: readonly Landing[] } {
  const dayOf = dayNumbers(zone)
  const { main, names } = domainsOfLandings(landings, domain)
  const events = new WorkEvents(names.length)
  const of: Landing[] = []
  landings.forEach((landing, place) => {
    const { author } = landing
    if (isBot(landing) || author === null) return
    events.add(author, dayOf(landing.landedAt), main[place]!)
    of.push(landing)
  })
  return { events, of }
}

/** `landings` in order. `switches` are pairs of consecutive landings of one author-day in different domains. */
export function contextCounts(
  landings: readonly Landing[],
  zone: Zone,
): { readonly authorDays: number; readonly domains: number; readonly switches: number; readonly transitions: number } {
  const { length, contexts, switches, transitions } = daysOfWork(landingEvents(landings, zone).events)
  const sum = (values: Uint32Array): number => values.reduce((all, own) => all + own, 0)
  return { authorDays: length, domains: sum(contexts), switches: sum(switches), transitions: sum(transitions) }
}
