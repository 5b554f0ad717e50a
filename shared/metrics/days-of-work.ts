import type { Zone } from '../calendar/index.ts'
import type { Landing } from '../delivery/index.ts'
import { groupRows, GrowingNumbers, NumberedPairs, NumberedTexts } from '../facts/index.ts'
import { dayNumbers } from './bounds.ts'
import { isBot } from './delivered.ts'
import { domainsOfLandings, type DomainOf, FOLDERS } from './domains-of-work.ts'

/**
 * What people did, one event after the other in order of time: who, on which day of the zone and in which context, each as
 * a number. Columns, because there are hundreds of thousands.
 */
export interface WorkEvents {
  readonly person: Int32Array
  readonly day: Int32Array
  /** -1 = not known. */
  readonly context: Int32Array
  /** Of the first ones it is known when on the day they were: only then what came next says anything. */
  readonly timed: number
  /** Contexts are numbers below it. */
  readonly contextCount: number
}

/** Days on which somebody did anything, by the first event of each. */
export interface DaysOfWork {
  readonly length: number
  /** Place of the first event of the day. */
  readonly first: Int32Array
  /** Distinct contexts of the day. */
  readonly contexts: Uint32Array
  /** Pairs of consecutive events of known context and time, and those in different contexts. */
  readonly transitions: Uint32Array
  readonly switches: Uint32Array
}

/** Sums up what each person did on each day. A, B, A on one day: two contexts, two transitions, two switches. */
export function daysOfWork({ person, day, context, timed, contextCount }: WorkEvents): DaysOfWork {
  const days = new NumberedPairs()
  const dayOfEvent = new Int32Array(person.length)
  const firsts = new GrowingNumbers()
  for (let at = 0; at < person.length; at++) {
    const own = (dayOfEvent[at] = days.numberOf(person[at]!, day[at]!))
    if (own === firsts.length) firsts.push(at)
  }
  const { length } = firsts
  // Events of one day stand apart: they are brought together, in order.
  const { starts, rows: order } = groupRows(dayOfEvent, length)
  const [contexts, transitions, switches] = [new Uint32Array(length), new Uint32Array(length), new Uint32Array(length)]
  const lastDayIn = new Int32Array(contextCount).fill(-1)
  for (let own = 0; own < length; own++) {
    let last = -1
    for (let i = starts[own]!; i < starts[own + 1]!; i++) {
      const at = order[i]!
      const of = context[at]!
      if (of < 0) continue
      if (lastDayIn[of] !== own) contexts[own]!++
      lastDayIn[of] = own
      if (at >= timed) continue
      if (last >= 0) {
        transitions[own]!++
        if (last !== of) switches[own]!++
      }
      last = of
    }
  }
  return { length, first: firsts.values, contexts, transitions, switches }
}

/** Landings of people as events in the domain most of their lines are in; `landings` in order. */
export function landingEvents(
  landings: readonly Landing[],
  zone: Zone,
  domain: DomainOf = FOLDERS,
): { readonly events: WorkEvents; readonly of: readonly Landing[] } {
  const dayOf = dayNumbers(zone)
  const { main, names } = domainsOfLandings(landings, domain)
  const people = new NumberedTexts()
  const of: Landing[] = []
  const [person, day, context] = [new GrowingNumbers(), new GrowingNumbers(), new GrowingNumbers()]
  landings.forEach((landing, place) => {
    const { author } = landing
    if (isBot(landing) || author === null) return
    person.push(people.numberOf(author))
    day.push(dayOf(landing.landedAt))
    context.push(main[place]!)
    of.push(landing)
  })
  const events = {
    person: person.values,
    day: day.values,
    context: context.values,
    timed: of.length,
    contextCount: names.length,
  }
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
