import { dayIn, MS_PER_DAY, type Zone } from '../calendar/index.ts'
import { domainOf, type Landing } from '../delivery/index.ts'
import { boundsOf, isWithin } from './bounds.ts'
import { deliveredIn } from './delivered.ts'
import { needsLandings } from './messages.ts'
import type { Metric, MetricContext, MetricValue, Period } from './types.ts'
import { rateOf, unknown, valueOf } from './value.ts'

const HOME_LOOK_BACK = 180 * MS_PER_DAY
const FEWEST_FOR_A_HOME = 5

const mainDomains = new WeakMap<Landing, string | null>()

/** Domain with the most changed lines, ties to the alphabetically first; `null` for landings of binary files only. */
export function mainDomainOf(landing: Landing): string | null {
  const known = mainDomains.get(landing)
  if (known !== undefined) return known
  const lines = new Map<string, number>()
  for (const { path, added, deleted } of landing.files) {
    if (added === null || deleted === null) continue
    const domain = domainOf(path)
    lines.set(domain, (lines.get(domain) ?? 0) + added + deleted)
  }
  const domain = mostFrequent(lines)
  const named = domain === null ? null : `${landing.repository}\u001f${domain}`
  mainDomains.set(landing, named)
  return named
}

function mostFrequent(counts: ReadonlyMap<string, number>): string | null {
  let best: string | null = null
  for (const [key, count] of counts) {
    const bestCount = best === null ? -1 : counts.get(best)!
    if (best === null || count > bestCount || (count === bestCount && key < best)) best = key
  }
  return best
}

export const crossDomain: Metric = {
  id: 'cross-domain',
  name: 'Cross-domain contribution',
  unit: 'share',
  better: 'higher',
  definition:
    'Landings whose main domain (first two folders with the most changed lines) is not the author’s home: the one most of the author’s landings of the 180 days before were in; of landings whose author had at least 5 by then.',
  measure: measureCrossDomain,
}

/** `landings` in order, oldest first; those `isCounted` picks are judged by all before them. */
export function crossDomainCounts(
  landings: readonly Landing[],
  isCounted: (landing: Landing) => boolean,
): { readonly known: number; readonly unknownHome: number; readonly crossed: number } {
  const earlier = new Map<string, Landing[]>()
  const counts = { known: 0, unknownHome: 0, crossed: 0 }
  for (const landing of landings) {
    const domain = mainDomainOf(landing)
    if (landing.authorClass === 'bot' || landing.author === null || domain === null) continue
    let own = earlier.get(landing.author)
    if (!own) earlier.set(landing.author, (own = []))
    if (isCounted(landing)) {
      const homes = new Map<string, number>()
      let n = 0
      for (const before of own) {
        if (before.landedAt < landing.landedAt - HOME_LOOK_BACK) continue
        const home = mainDomainOf(before)!
        homes.set(home, (homes.get(home) ?? 0) + 1)
        n++
      }
      if (n < FEWEST_FOR_A_HOME) counts.unknownHome++
      else {
        counts.known++
        if (mostFrequent(homes) !== domain) counts.crossed++
      }
    }
    own.push(landing)
  }
  return counts
}

function measureCrossDomain(context: MetricContext, period: Period): MetricValue {
  const delivery = deliveredIn(context)
  if (delivery.landings.length === 0 || !delivery.hasFileChanges) return unknown(needsLandings())
  const bounds = boundsOf(period, context.settings.zone)
  const { known, unknownHome, crossed } = crossDomainCounts(delivery.landings, ({ landedAt }) =>
    isWithin(landedAt, bounds),
  )
  return rateOf(context, crossed, {
    n: known,
    ofWhat: 'landings of authors with a known home',
    quality: 'proxy',
    coverage: known + unknownHome === 0 ? 1 : known / (known + unknownHome),
    excluded: { 'no home domain yet': unknownHome },
    note: 'Domains are the first two folders of a path, which is finer than teams are: read the trend, not the height.',
  })
}

export const contextSwitching: Metric = {
  id: 'context-switching',
  name: 'Context switching',
  unit: '1',
  better: 'lower',
  definition:
    'Distinct domains (first two folders) an author lands changes in on an active day, mean over author-days; 1 = none.',
  measure: measureContextSwitching,
}

/** `landings` in order. `switches` are pairs of consecutive landings of one author-day in different domains. */
export function contextCounts(
  landings: readonly Landing[],
  zone: Zone,
): { readonly authorDays: number; readonly domains: number; readonly switches: number; readonly transitions: number } {
  const days = new Map<string, string[]>()
  for (const landing of landings) {
    if (landing.authorClass === 'bot' || landing.author === null) continue
    const key = `${landing.author}\u001f${dayIn(landing.landedAt, zone)}`
    let domains = days.get(key)
    if (!domains) days.set(key, (domains = []))
    const domain = mainDomainOf(landing)
    if (domain !== null) domains.push(domain)
  }
  const counts = { authorDays: days.size, domains: 0, switches: 0, transitions: 0 }
  for (const domains of days.values()) {
    counts.domains += new Set(domains).size
    for (let i = 1; i < domains.length; i++) {
      counts.transitions++
      if (domains[i] !== domains[i - 1]) counts.switches++
    }
  }
  return counts
}

function measureContextSwitching(context: MetricContext, period: Period): MetricValue {
  const delivery = deliveredIn(context)
  if (delivery.landings.length === 0 || !delivery.hasFileChanges) return unknown(needsLandings())
  const bounds = boundsOf(period, context.settings.zone)
  const { authorDays, domains } = contextCounts(
    delivery.landings.filter(({ landedAt }) => isWithin(landedAt, bounds)),
    context.settings.zone,
  )
  return valueOf(context, () => domains / authorDays, {
    n: authorDays,
    ofWhat: 'active author-days',
    quality: 'proxy',
    note: 'From landings alone; reviews, issues and AI sessions are contexts too.',
  })
}
