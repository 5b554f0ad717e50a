import { type Case, endOfLandings, type PlainMetric, type Team } from './plain-metric.ts'
import { endOf } from './plain-flow.ts'
import { codeLines } from './plain-lines.ts'
import { shiftDay } from './plain-days.ts'
import type { Change, Item, Landed } from './plain-records.ts'

/** Issue keys a change names, in the order in which it does, lower case. */
export function keysOf(change: Change): readonly string[] {
  const text = change.kind === 'pull' ? `${change.title} ${change.branch ?? ''}` : change.subject
  const closes = change.kind === 'pull' ? change.closes : []
  return [...(text.match(/\b[A-Z]+-\d+\b/g) ?? []), ...closes].map((key) => key.toLowerCase())
}

export interface Feature {
  readonly at: number
  readonly of: Change | Item
  readonly changes: readonly Change[]
}

/** Titles begin with `feat:`, with a scope or an exclamation mark before the colon. */
function isMarked(change: Change): boolean {
  const title = change.kind === 'pull' ? change.title : change.subject
  return /^feat(\([^)]*\))?!?:/.test(title) || (change.kind === 'pull' && change.labels.includes('feat'))
}

export function changesOf(team: Team): readonly Change[] {
  return team.pulls.length > 0 ? team.pulls : team.landings
}

interface Features {
  readonly byItems: boolean
  readonly features: readonly Feature[]
}
const kept = new WeakMap<Team, Features | null>()

/** Finished epics, else features, else stories that are below no other feature; without a tracker, changes with a mark. */
export function featuresOf(team: Team): Features | null {
  let own = kept.get(team)
  if (own === undefined) kept.set(team, (own = findFeatures(team)))
  return own
}

function findFeatures(team: Team): Features | null {
  const finished = team.items.filter(({ resolved }) => resolved !== null)
  const type = ['epic', 'feature', 'story'].find((own) => finished.some((item) => item.type === own))
  if (type !== undefined) {
    const itemOf = (key: string): Item | undefined => team.items.find((item) => item.key === key)
    const above = (item: Item, seen: readonly Item[] = []): readonly Item[] =>
      seen.includes(item) ? seen : item.above.flatMap((key) => itemOf(key) ?? []).reduce((all, own) => above(own, all), [...seen, item] as readonly Item[]) // prettier-ignore
    const isBelow = (item: Item, of: Item): boolean => above(item).includes(of)
    const features = finished
      .filter((item) => item.type === type)
      // One that is above itself is below itself.
      .filter((item) => !item.above.some((key) => itemOf(key) && above(itemOf(key)!).some((own) => own.type === type)))
      .map((of) => ({
        at: of.resolved!,
        of,
        changes: changesOf(team).filter((change) =>
          team.items.some((item) => isBelow(item, of) && keysOf(change).includes(item.key.toLowerCase())),
        ),
      }))
    return { byItems: true, features }
  }
  const marked = changesOf(team).filter(isMarked)
  if (marked.length === 0) return null
  return {
    byItems: false,
    features: marked.flatMap((of) => {
      const at = of.kind === 'pull' ? endOf(team, of) : of.at
      return of.who === 'bot' || at === null ? [] : [{ at, of, changes: [of] }]
    }),
  }
}

export function problemCompression(team: Team): PlainMetric | null {
  const found = featuresOf(team)
  if (!team.hasFiles || found === null) return null
  const cases = found.features.map(({ at, of, changes }): Case => {
    const landed = changes.flatMap((change): readonly Landed[] => (change.kind === 'pull' ? (change.landing ? [change.landing] : []) : [change])) // prettier-ignore
    const sum = (what: 'added' | 'deleted'): number => landed.reduce((all, own) => all + codeLines(own, what), 0)
    if (sum('added') === 0) return { at, part: 0, out: 'no landing that adds code', of }
    return { at, part: sum('deleted'), whole: sum('added'), of }
  })
  return {
    shape: 'ratio',
    cases,
    quality: found.byItems ? 'exact' : 'proxy',
    // Features after the last landing cannot have theirs.
    spoken: ([from, to]) => {
      const [start, end] = [team.days.start(from), team.days.start(shiftDay(to, 1))]
      return Math.max(0, Math.min(1, (endOfLandings(team) - start) / (end - start)))
    },
  }
}
