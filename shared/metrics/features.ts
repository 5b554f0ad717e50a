import type { Delivery, Landing, PullRequest, WorkItem } from '../delivery/index.ts'
import { type CaseStream, StreamBuilder } from './case-stream.ts'
import type { Case } from './cases.ts'
import { endFinder, pullsByEnd } from './cycle-time.ts'
import { isBot, landingCase, pullCase } from './delivered.ts'
import type { MetricContext } from './types.ts'

/** `feat:` matches the title `feat(api)!: …`; a mark, with or without its colon, also matches a label of that name. */
export function featureTest(
  marks: readonly string[],
): (change: { readonly title: string; readonly labels: readonly string[] }) => boolean {
  const words = marks.map((mark) => mark.trim().replace(/:$/, '').toLowerCase()).filter((word) => word !== '')
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const prefix = words.length === 0 ? /(?!)/ : new RegExp(`^\\s*(?:${escaped.join('|')})(?:\\([^)]*\\))?!?:`, 'i')
  return ({ title, labels }) => prefix.test(title) || labels.some((label) => words.includes(label.trim().toLowerCase()))
}

/** What counts as a feature: items of a tracker, or changes that bear a mark. */
export interface Features {
  readonly by: 'work items' | 'marks'
  /** Type of the work items; empty by marks. */
  readonly type: string
  /** Shipped features at the moment they were done. `whole` is 1. */
  readonly shipped: CaseStream
  /** Something was ever marked as a feature; without it none shipped means nothing. */
  readonly areKnown: boolean
  /** Changes that belong to a shipped feature. */
  changesOf(one: Case): readonly (PullRequest | Landing)[]
}

/** Types of work items that are features, the first that any finished item has. */
const FEATURE_TYPES = ['epic', 'feature', 'story', 'user story', 'new feature']

const known = new WeakMap<Delivery, Map<string, Features>>()

/** Features by a tracker where finished items of a feature type are imported, else by the marks of the settings. */
export function featuresIn(delivery: Delivery, context: MetricContext): Features {
  const { featureMarks, featureTypes = [] } = context.settings
  const key = JSON.stringify([featureMarks, featureTypes])
  let own = known.get(delivery)
  if (!own) known.set(delivery, (own = new Map<string, Features>()))
  let features = own.get(key)
  if (!features) {
    const types = typesOfFeatures(delivery, featureTypes)
    features = types.length === 0 ? markedFeatures(delivery, featureMarks) : itemFeatures(delivery, types)
    own.set(key, features)
  }
  return features
}

/** Types, in lower case, whose finished items are features: all that are named, else the first usual one there is. */
export function typesOfFeatures(
  { workItems }: Pick<Delivery, 'workItems'>,
  named: readonly string[] = [],
): readonly string[] {
  const finished = new Set(
    workItems.flatMap((item) => (item.resolvedAt === null || item.isDropped ? [] : typeOf(item))),
  )
  if (named.length > 0) return [...new Set(named.map(plainType))].filter((type) => finished.has(type))
  return FEATURE_TYPES.filter((type) => finished.has(type)).slice(0, 1)
}

function typeOf({ type }: Pick<WorkItem, 'type'>): string {
  return plainType(type ?? '')
}

function plainType(type: string): string {
  return type.trim().toLowerCase()
}

function markedFeatures(delivery: Delivery, marks: readonly string[]): Features {
  const isFeature = featureTest(marks)
  const isLanded = (landing: Landing): boolean => isFeature({ title: landing.subject, labels: [] })
  const byPulls = delivery.pullRequests.length > 0
  let stream: CaseStream
  if (byPulls) {
    const builder = new StreamBuilder<PullRequest>(delivery.pullRequests.length, pullCase)
    const endOf = endFinder(delivery)
    pullsByEnd(delivery).forEach((pull) => {
      const at = endOf(pull)
      if (at !== null && !isBot(pull) && isFeature(pull)) builder.add(at, pull, 1)
    })
    stream = builder.finish()
  } else {
    const builder = new StreamBuilder<Landing>(delivery.landings.length, landingCase)
    for (const landing of delivery.landings)
      if (!isBot(landing) && isLanded(landing)) builder.add(landing.landedAt, landing, 1)
    stream = builder.finish()
  }
  return {
    by: 'marks',
    type: '',
    shipped: stream,
    areKnown: byPulls ? delivery.pullRequests.some(isFeature) : delivery.landings.some(isLanded),
    changesOf: ({ pull, landing }) => (pull ? [pull] : landing ? [landing] : []),
  }
}

/** Features are finished items of these types, dropped ones left out; one below another, as a story of an epic, is a part of that one. */
function itemFeatures(delivery: Delivery, types: readonly string[]): Features {
  const byKey = new Map(delivery.workItems.map((item) => [item.key.toLowerCase(), item]))
  const isFeature = (item: WorkItem): boolean => types.includes(typeOf(item))
  const aboveOf = ({ epic, parent }: WorkItem): readonly string[] =>
    [epic, parent].flatMap((key) => key?.toLowerCase() ?? [])
  const isBelowFeature = (item: WorkItem): boolean => {
    const above = reachedFrom(aboveOf(item), (key) => (byKey.has(key) ? aboveOf(byKey.get(key)!) : []))
    for (const key of above) if (byKey.has(key) && isFeature(byKey.get(key)!)) return true
    return false
  }
  const builder = new StreamBuilder<WorkItem>(delivery.workItems.length, (item, part, whole) => ({
    pull: null,
    landing: null,
    item,
    part,
    whole,
  }))
  for (const item of delivery.workItems) {
    if (item.resolvedAt === null || item.isDropped || !isFeature(item) || isBelowFeature(item)) continue
    builder.add(item.resolvedAt, item, 1)
  }
  const children = new Map<string, string[]>()
  for (const { key, epic, parent } of delivery.workItems) {
    for (const above of new Set([epic, parent])) {
      if (above === null) continue
      const own = children.get(above.toLowerCase())
      if (own) own.push(key.toLowerCase())
      else children.set(above.toLowerCase(), [key.toLowerCase()])
    }
  }
  const changes = changesByKey(delivery)
  return {
    by: 'work items',
    type: types.join(' or '),
    shipped: builder.finish(),
    areKnown: true,
    changesOf({ item }) {
      if (!item) return []
      const found = new Set<PullRequest | Landing>()
      for (const key of reachedFrom([item.key.toLowerCase()], (above) => children.get(above) ?? []))
        for (const change of changes.get(key) ?? []) found.add(change)
      return [...found]
    },
  }
}

/** Keys and all that is reached from them, each once however many ways lead there: exports hold circles and long chains. */
function* reachedFrom(firsts: readonly string[], nextOf: (key: string) => readonly string[]): Generator<string> {
  const reached = new Set(firsts)
  // A set goes on with what is added while it is gone through.
  for (const key of reached) {
    yield key
    for (const next of nextOf(key)) reached.add(next)
  }
}

/** `ENG-12` in a branch, a title or a subject; `#12` and `owner/name#12` only where a change says it closes them. */
const ISSUE_KEY = /\b[A-Za-z][A-Za-z0-9]+-\d+\b/g

/** Issue keys a change names, in lower case. */
export function issueKeysOf(change: PullRequest | Landing): readonly string[] {
  const isPull = 'openedAt' in change
  const text = isPull ? `${change.title} ${change.headRef ?? ''}` : change.subject
  const keys = new Set((text.match(ISSUE_KEY) ?? []).map((key) => key.toLowerCase()))
  if (isPull) {
    for (const closed of change.closes) {
      keys.add(closed.toLowerCase())
      const number = /#(\d+)$/.exec(closed)?.[0]
      if (number !== undefined) keys.add(number)
    }
  }
  return [...keys]
}

const keyed = new WeakMap<Delivery, ReadonlyMap<string, readonly (PullRequest | Landing)[]>>()

/** Changes by the issue keys they name. */
export function changesByKey(delivery: Delivery): ReadonlyMap<string, readonly (PullRequest | Landing)[]> {
  const own = keyed.get(delivery)
  if (own) return own
  const changes = new Map<string, (PullRequest | Landing)[]>()
  const all = delivery.pullRequests.length > 0 ? delivery.pullRequests : delivery.landings
  for (const change of all) {
    for (const key of issueKeysOf(change)) {
      const named = changes.get(key)
      if (named) named.push(change)
      else changes.set(key, [change])
    }
  }
  keyed.set(delivery, changes)
  return changes
}
