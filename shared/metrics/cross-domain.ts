import { MS_PER_DAY } from '../calendar/index.ts'
import type { Landing } from '../delivery/index.ts'
import { StreamBuilder } from './case-stream.ts'
import { isBot, landingCase, needsFiles } from './delivered.ts'
import { type DomainOf, domainsNote, domainsOf, domainsOfLandings, FOLDERS } from './domains-of-work.ts'
import { metricOfCases } from './metric-of-cases.ts'

const HOME_LOOK_BACK = 180 * MS_PER_DAY
const FEWEST_FOR_A_HOME = 5

/** 3 of 20 landings of people with a home were elsewhere: 15%. */
export const crossDomain = metricOfCases({
  id: 'cross-domain',
  name: 'Cross-domain contribution',
  unit: 'share',
  better: 'higher',
  definition:
    'Landings whose main domain (by owner where a map is imported, else first two folders with the most changed lines) is not the author’s home: the one most of the author’s landings of the 180 days before were in; of landings whose author had at least 5 by then.',
  formula: 'landings away from home ÷ landings of authors with a home',
  source: 'Project mobility. Folders are finer than teams: without an ownership map read the trend, not the height.',
  quality: 'exact with an ownership map; by folders a proxy',
  shape: 'share',
  partName: 'Away from home',
  wholeName: 'Judged',
  ofWhat: 'landings of authors with a known home',
  missing: needsFiles,
  standing: (delivery) => ({
    quality: delivery.ownership.rules > 0 ? 'exact' : 'proxy',
    note: domainsNote(delivery),
  }),
  stream(delivery) {
    const stream = new StreamBuilder<Landing>(delivery.landings.length, landingCase)
    const homes = homesOf(delivery.landings, domainsOf(delivery))
    delivery.landings.forEach((landing, at) => {
      const home = homes[at]!
      if (home === 'none') stream.leaveOut(landing.landedAt, landing, 'no home domain yet')
      else if (home !== null) stream.add(landing.landedAt, landing, home === 'away' ? 1 : 0)
    })
    return stream.finish()
  },
})

/** `null` = a landing that is not judged: of automation, without an author or without text. */
type Home = 'none' | 'home' | 'away' | null

/** Per landing, in order, whether it is in the home of its author, judged by the author's landings before it. */
function homesOf(landings: readonly Landing[], domain: DomainOf): readonly Home[] {
  const { main, names } = domainsOfLandings(landings, domain)
  const earlier = new Map<string, History>()
  return landings.map((landing, place): Home => {
    const { author, landedAt } = landing
    const code = main[place]!
    if (isBot(landing) || author === null || code < 0) return null
    let own = earlier.get(author)
    if (!own) earlier.set(author, (own = new History(names)))
    const home = own.homeAt(landedAt)
    own.add(landedAt, code)
    return home === null ? 'none' : home === code ? 'home' : 'away'
  })
}

/** Landings of one author by domain over the last 180 days. */
class History {
  private readonly times: number[] = []
  private readonly domains: number[] = []
  private readonly counts = new Map<number, number>()
  /** Landings before this one are out of the window. */
  private first = 0
  private newest = -Infinity
  /** Domain of most landings; stale when one of its own went. */
  private home = -1
  private isStale = false
  private readonly names: readonly string[]

  constructor(names: readonly string[]) {
    this.names = names
  }

  add(at: number, domain: number): void {
    // Kept by time: clocks of a line run backwards now and then.
    let place = this.times.length
    while (place > this.first && this.times[place - 1]! > at) place--
    if (place === this.times.length) {
      this.times.push(at)
      this.domains.push(domain)
    } else {
      this.times.splice(place, 0, at)
      this.domains.splice(place, 0, domain)
    }
    const count = (this.counts.get(domain) ?? 0) + 1
    this.counts.set(domain, count)
    const most = this.home < 0 ? 0 : this.counts.get(this.home)!
    if (count > most || (count === most && this.names[domain]! < this.names[this.home]!)) this.home = domain
  }

  /** The domain of most landings, ties to the first by name; `null` = too few to have a home. */
  homeAt(at: number): number | null {
    if (at < this.newest) return this.countedAt(at)
    this.newest = at
    while (this.first < this.times.length && this.times[this.first]! < at - HOME_LOOK_BACK) {
      const gone = this.domains[this.first++]!
      this.counts.set(gone, this.counts.get(gone)! - 1)
      if (gone === this.home) this.isStale = true
    }
    if (this.isStale) this.home = this.mostOf(this.counts)
    this.isStale = false
    return this.times.length - this.first < FEWEST_FOR_A_HOME ? null : this.home
  }

  /** A moment before the newest one seen: counted anew. */
  private countedAt(at: number): number | null {
    const counts = new Map<number, number>()
    let n = 0
    this.times.forEach((time, i) => {
      if (time < at - HOME_LOOK_BACK) return
      counts.set(this.domains[i]!, (counts.get(this.domains[i]!) ?? 0) + 1)
      n++
    })
    return n < FEWEST_FOR_A_HOME ? null : this.mostOf(counts)
  }

  private mostOf(counts: ReadonlyMap<number, number>): number {
    let [home, most] = [-1, 0]
    for (const [domain, count] of counts) {
      if (count > most || (count === most && count > 0 && this.names[domain]! < this.names[home]!)) {
        home = domain
        most = count
      }
    }
    return home
  }
}

/** `landings` in order, oldest first; those `isCounted` picks are judged by all before them. */
export function crossDomainCounts(
  landings: readonly Landing[],
  isCounted: (landing: Landing) => boolean,
): { readonly known: number; readonly unknownHome: number; readonly crossed: number } {
  const homes = homesOf(landings, FOLDERS).filter((_, at) => isCounted(landings[at]!))
  const crossed = homes.filter((home) => home === 'away').length
  return {
    known: crossed + homes.filter((home) => home === 'home').length,
    unknownHome: homes.filter((home) => home === 'none').length,
    crossed,
  }
}
