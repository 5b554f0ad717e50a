import type { Told, Team, Window, Case, PlainMetric } from './plain-metric.ts'
import { endOfLandings, endOfPulls, isIn, told } from './plain-metric.ts'
import { isShipping, mergedPulls } from './plain-flow.ts'
import { mondayOf } from './plain-days.ts'
import { changesOf, featuresOf, keysOf } from './plain-features.ts'
import { failedDeployments, revertedWithin } from './plain-quality.ts'
import { walked } from './plain-lines.ts'
import type { Change, Landed } from './plain-records.ts'
import type { Rows } from './random-team.ts'

type Use = Rows['usage'][number]

const KINDS = ['billed', 'estimated', 'included', 'listed'] as const
type Kind = (typeof KINDS)[number]

const kindsOfTools = new WeakMap<Team, Map<string | null, Kind | undefined>>()

/** The strongest kind of cost a tool states anywhere. */
function kindOfTool(team: Team, tool: string | null): Kind | undefined {
  const known = kindsOfTools.get(team) ?? new Map<string | null, Kind | undefined>()
  kindsOfTools.set(team, known)
  if (!known.has(tool)) {
    const own = team.rows.usage.filter((use) => (use.tool ?? null) === tool && use.day != null)
    known.set(
      tool,
      KINDS.find((kind) => own.some((use) => use[kind] != null)),
    )
  }
  return known.get(tool)
}

const kinds = new WeakMap<Team, { readonly kind: Kind | undefined }>()

/** The strongest kind any tool stands by; what seats cover is owed by nobody and counts where nothing else does. */
function kindOf(team: Team): Kind | undefined {
  let own = kinds.get(team)
  if (!own) {
    const tools = [...new Set(team.rows.usage.map(({ tool }) => tool ?? null))]
    const kind = ([...KINDS.filter((one) => one !== 'included'), 'included'] as const).find((one) =>
      tools.some((tool) => kindOfTool(team, tool) === one),
    )
    kinds.set(team, (own = { kind }))
  }
  return own.kind
}

/** Dollars of one use that count; `null` = none. */
export function dollarsOf(team: Team, use: Use): number | null {
  const kind = kindOf(team)
  if (kind === undefined || kindOfTool(team, use.tool ?? null) !== kind) return null
  const nanos = use[kind]
  return nanos == null || use.currency !== 'USD' ? null : Number(nanos) / 1e9
}

/** Prices of a million tokens, in dollars, as the settings of the test have them. */
export const PRICES: Readonly<Record<string, Readonly<Record<'uncachedInput' | 'cacheRead' | 'output', number>>>> = {
  'house-1': { uncachedInput: 3, cacheRead: 0.3, output: 15 },
  'house-2': { uncachedInput: 1, cacheRead: 0.1, output: 4 },
}
const BUCKETS = ['uncachedInput', 'cacheRead', 'output'] as const

/** Tokens as the input tokens of a model at $3 a million; `null` = none of a known price. */
function effectiveTokens(use: Use): number | null {
  const price = PRICES[use.model ?? '']
  if (price === undefined || BUCKETS.every((bucket) => use[bucket] == null)) return null
  return BUCKETS.reduce((sum, bucket) => sum + (use[bucket] ?? 0) * price[bucket], 0) / 3
}

function plainTokens(use: Use): number | null {
  const counts = [...BUCKETS.map((bucket) => use[bucket]), use.unsplitTokens].filter((count) => count != null)
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0)
}

export function usesIn(team: Team, [from, to]: Window): readonly Use[] {
  return team.rows.usage.filter(({ day }) => day != null && from <= day && day <= to)
}

interface Spent {
  readonly value: number
  readonly coverage: number
  readonly excluded: Readonly<Record<string, number>>
}

/** Days between the first and the last one usage speaks of, of the days of the window. */
function dayShare(team: Team, [from, to]: Window): number {
  const days = team.rows.usage.flatMap(({ day }) => day ?? []).sort()
  const [first, last] = [days[0]!, days.at(-1)!]
  const count = (a: string, b: string): number => Math.max(0, (Date.parse(b) - Date.parse(a)) / 86_400_000 + 1)
  return count(first > from ? first : from, last < to ? last : to) / count(from, to)
}

/** What the uses of a window make; tools of which no use says anything are left out, and each of them is told. */
function sumOf(
  team: Team,
  window: Window,
  valueOf: (use: Use) => number | null,
  speaks: (use: Use) => boolean,
  without: string,
): Spent | null {
  // prettier-ignore
  const uses = usesIn(team, window)
  const values = uses.flatMap((use) => valueOf(use) ?? [])
  if (values.length === 0) return null
  const silent = uses.filter((use) => !uses.some((one) => one.tool === use.tool && speaks(one)))
  const excluded: Record<string, number> = {}
  for (const { tool } of silent) {
    const reason = `${tool ?? 'unnamed tool'}: ${without}`
    excluded[reason] = (excluded[reason] ?? 0) + 1
  }
  return {
    value: values.reduce((sum, own) => sum + own, 0),
    coverage: dayShare(team, window) * (1 - silent.length / uses.length),
    excluded,
  }
}

function costIn(team: Team, window: Window): Spent | null {
  const kind = kindOf(team)
  const stands = ({ tool }: Use): boolean => kind !== undefined && kindOfTool(team, tool ?? null) === kind
  const spent = sumOf(team, window, (use) => dollarsOf(team, use), stands, `rows without ${kind} cost`)
  if (spent === null) return null
  const foreign = usesIn(team, window).filter(
    (use) => stands(use) && use[kind!] != null && use.currency !== 'USD',
  ).length
  return foreign === 0 ? spent : { ...spent, excluded: { ...spent.excluded, 'rows in another currency': foreign } }
}

const qualityOfCost = (team: Team) =>
  ({ billed: 'exact', estimated: 'estimate', included: 'proxy', listed: 'proxy' })[kindOf(team)!] as Told['quality']
const STRENGTH = ['exact', 'estimate', 'proxy']
const weaker = <T extends string>(a: T, b: T): T => (STRENGTH.indexOf(a) > STRENGTH.indexOf(b) ? a : b)

/** All that was spent in a window over what was done in it. */
function perPiece(
  team: Team,
  window: Window,
  spent: Spent | null,
  quality: Told['quality'],
  pieces: readonly Case[],
): Told | null {
  const own = pieces.filter(({ at }) => isIn(team, at, window))
  const n = own.filter(({ out }) => out === undefined).length
  if (spent === null || n < Math.max(1, team.fewest)) return null
  const excluded: Record<string, number> = { ...spent.excluded }
  for (const { out } of own) if (out !== undefined) excluded[out] = (excluded[out] ?? 0) + 1
  return { value: spent.value / n, n, quality, coverage: spent.coverage, excluded }
}

export function accepted(team: Team): readonly Case[] {
  if (team.pulls.length > 0) return mergedPulls(team).map((of) => ({ at: of.merged, part: 1, of }))
  return team.landings.filter(({ who }) => who !== 'bot').map((of) => ({ at: of.at, part: 1, of }))
}

const qualityOfPieces = (team: Team): Told['quality'] => (team.pulls.length > 0 ? 'exact' : 'proxy')

export function costPerAcceptedChange(team: Team, window: Window): Told | null {
  const cost = costIn(team, window)
  // A sum that is not billed is told by what it is, whatever it is divided by.
  const quality = cost !== null && kindOf(team) === 'billed' ? qualityOfPieces(team) : qualityOfCost(team)
  return perPiece(team, window, cost, quality, accepted(team))
}

function tokensIn(team: Team, window: Window): { readonly spent: Spent | null; readonly quality: Told['quality'] } {
  const effective = effectiveIn(team, window)
  if (effective !== null) return { spent: effective, quality: 'exact' }
  const spent = sumOf(team, window, plainTokens, (use) => plainTokens(use) !== null, 'rows without tokens')
  return { spent, quality: 'proxy' }
}

/**
 * Tokens without a price are left out and lower the coverage by their share; rows are told by model where no token of their
 * day, tool and model has one.
 */
function effectiveIn(team: Team, window: Window): Spent | null {
  const without = 'rows without tokens that have a price'
  const isWeighed = (use: Use): boolean => effectiveTokens(use) !== null
  const spent = sumOf(team, window, effectiveTokens, isWeighed, without)
  if (spent === null) return null
  const uses = usesIn(team, window).filter(({ tool }, _, all) => all.some((one) => one.tool === tool && isWeighed(one)))
  const tokens = (of: readonly Use[]): number => of.reduce((sum, use) => sum + (plainTokens(use) ?? 0), 0)
  const excluded: Record<string, number> = { ...spent.excluded }
  for (const { day, tool, model } of uses) {
    const alike = uses.filter((one) => one.day === day && one.tool === tool && one.model === model)
    if (alike.some(isWeighed) || alike.every((use) => plainTokens(use) === null)) continue
    const reason = `${model ?? 'unnamed model'}: ${without}`
    excluded[reason] = (excluded[reason] ?? 0) + 1
  }
  const share = tokens(uses) === 0 ? 1 : tokens(uses.filter(isWeighed)) / tokens(uses)
  return { ...spent, coverage: spent.coverage * share, excluded }
}

export function tokensPerAcceptedChange(team: Team, window: Window): Told | null {
  const { spent, quality } = tokensIn(team, window)
  return perPiece(team, window, spent, weaker(qualityOfPieces(team), quality), accepted(team))
}

/** Merged, in production where that is known, not reverted, not rewritten by a quarter within a week, in no failed deployment. */
export function tokenEfficiency(team: Team, window: Window): Told | null {
  if (team.pulls.length + team.landings.length === 0) return null
  const { spent, quality } = tokensIn(team, window)
  const reverted = revertedWithin(team, Infinity)
  const failed = failedDeployments(team)
  const isReworked = (landing: Landed): boolean =>
    walked(team).some(({ added, gone }) => {
      const lines = gone
        .filter(({ birth, death }) => birth === landing && Math.max(0, death.at - birth.at) <= 7 * 86_400_000)
        .reduce((sum, own) => sum + own.lines, 0)
      return (added.get(landing) ?? 0) > 0 && lines / added.get(landing)! >= 0.25
    })
  // Deployments of a service bring what landed since the one before; of the first one nobody knows how much that is.
  const cameWithFailure = (landing: Landed): boolean => {
    const line = team.lines.find((own) => own.includes(landing))!
    const placed = team.deployments.flatMap((own) => {
      const of = line.find(({ sha }) => own.sha !== null && sha.startsWith(own.sha))
      return of ? [{ own, order: of.order }] : []
    })
    return placed.some(({ own, order }, i) => {
      if (!failed.has(own) || order < landing.order) return false
      const before = placed.slice(0, i).filter((one) => one.own.service === own.service)
      return before.length === 0 ? order === landing.order : before.every((one) => one.order < landing.order)
    })
  }
  const whyNot = (landing: Landed): string | undefined => {
    if (reverted.has(landing)) return 'reverted'
    if (team.hasFiles && isReworked(landing)) return 'a quarter rewritten within seven days'
    return cameWithFailure(landing) ? 'came with a failure' : undefined
  }
  const pieces = accepted(team).map((one): Case => {
    const change = one.of as Change
    const isWaiting = change.kind === 'pull' && isShipping(team) && change.isFollowed && change.production === null
    const landing = change.kind === 'pull' ? change.landing : change
    const out = isWaiting ? 'not in production' : landing === null ? undefined : whyNot(landing)
    return out === undefined ? one : { ...one, out }
  })
  const metric: PlainMetric = {
    shape: 'ratio',
    cases: [],
    quality: 'exact',
    lag: { days: 7, end: team.hasFiles ? endOfLandings(team) : endOfPulls(team) },
  }
  const last = team.days.of(metric.lag!.end - 1)
  if (Date.parse(window[1]) + 7 * 86_400_000 > Date.parse(last)) return null
  const areAllFollowed = team.pulls.every(({ merged, landing }) => merged === null || landing !== null)
  const known = team.hasFiles && isShipping(team) ? (areAllFollowed ? 'exact' : 'estimate') : 'proxy'
  return perPiece(team, window, spent, weaker(weaker(qualityOfPieces(team), quality), known), pieces)
}

export function tokenCostPerShippedFeature(team: Team, window: Window): Told | null {
  const found = featuresOf(team)
  if (found === null) return null
  const quality = kindOf(team) === 'billed' ? (found.byItems ? 'exact' : 'proxy') : qualityOfCost(team)
  return perPiece(
    team,
    window,
    costIn(team, window),
    quality,
    found.features.map(({ at }) => ({ at, part: 1 })),
  )
}

export type Level = 'id' | 'person-day' | 'team-week' | 'none'

/**
 * Changes a use came to: those its session names; else those of its person that were worked on that day, from the first
 * commit to the closing; else those merged in that week. Where it names a repository with any of them, only those.
 */
const found = new WeakMap<Team, Map<Use, ReturnType<typeof findLinked>>>()

export function linked(team: Team, use: Use) {
  const own = found.get(team) ?? new Map<Use, ReturnType<typeof findLinked>>()
  found.set(team, own)
  if (!own.has(use)) own.set(use, findLinked(team, use))
  return own.get(use)!
}

function findLinked(team: Team, use: Use): { readonly level: Level; readonly changes: readonly Change[] } {
  const day = use.day!
  const all = changesOf(team)
  const dayOf = (at: number): string => team.days.of(at)
  const session = (use.session ?? '').toLowerCase()
  const namedOne = all.filter(
    (change) =>
      change.kind === 'pull' &&
      [change.branch, `${change.repository}#${change.number}`].some((name) => name?.toLowerCase() === session),
  )
  if (use.session != null && namedOne.length === 1) return { level: 'id', changes: namedOne }
  const keys: readonly string[] = session.match(/\b[a-z]+-\d+\b/g) ?? []
  const byKey = all.filter((change) => keysOf(change).some((key) => keys.includes(key)))
  if (use.session != null && byKey.length > 0) return { level: 'id', changes: byKey }
  const inRepository = (changes: readonly Change[]): readonly Change[] => {
    const last = (name: string): string => name.split('/').at(-1)!
    const own = changes.filter(({ repository }) => use.repository != null && last(repository) === last(use.repository))
    return own.length > 0 ? own : changes
  }
  const isOpen = (change: Change): boolean => {
    const [start, end] =
      change.kind === 'pull'
        ? [Math.min(change.opened, change.firstCommit ?? Infinity), change.closed ?? Infinity]
        : [Math.min(change.at, change.authoredAt ?? Infinity), change.at]
    return dayOf(start) <= day && (end === Infinity || day <= dayOf(end))
  }
  const isOf = (change: Change): boolean =>
    (change.kind === 'pull' ? change.names : [change.author]).some((name) => name === use.person)
  const open = use.person == null ? [] : all.filter((change) => isOf(change) && isOpen(change))
  if (open.length > 0) return { level: 'person-day', changes: inRepository(open) }
  const merged = all.filter((change) => {
    const at = change.kind === 'pull' ? change.merged : change.at
    return at !== null && mondayOf(dayOf(at)) === mondayOf(day)
  })
  return merged.length > 0 ? { level: 'team-week', changes: inRepository(merged) } : { level: 'none', changes: [] }
}

/** Sessions of people whose change is known: named, or the only one the person had open. */
export function sessionsOf(
  team: Team,
): readonly { readonly by: string; readonly day: string; readonly changes: readonly Change[] }[] {
  // prettier-ignore
  return team.rows.usage.flatMap((use) => {
    if (use.day == null || use.session == null || use.person == null || dollarsOf(team, use) === null) return []
    const { level, changes } = linked(team, use)
    const isKnown = level === 'id' || (level === 'person-day' && changes.length === 1)
    return isKnown ? [{ by: use.person, day: use.day, changes }] : []
  })
}

/** Linked cost of any day of the changes of features shipped in the window. */
export function directCostPerFeature(team: Team, window: Window): Told | null {
  const found = featuresOf(team)
  if (found === null || costIn(team, window) === null) return null
  const shipped = found.features.filter(({ at }) => isIn(team, at, window))
  const costs = team.rows.usage.flatMap((use) => {
    const dollars = use.day == null ? null : dollarsOf(team, use)
    if (dollars === null) return []
    const { level, changes } = linked(team, use)
    return level === 'id' || level === 'person-day' ? [{ changes, dollars: dollars / changes.length }] : []
  })
  const cases = shipped.flatMap(({ changes, at }): readonly Case[] => {
    const own = changes.flatMap((change) => costs.filter((cost) => cost.changes.includes(change)))
    return own.length === 0 ? [] : [{ at, part: own.reduce((sum, { dollars }) => sum + dollars, 0) }]
  })
  const metric: PlainMetric = {
    shape: 'ratio',
    cases,
    quality: kindOf(team) === 'billed' ? 'estimate' : 'proxy',
    spoken: () => cases.length / shipped.length,
  }
  const value = told(team, metric, window)
  const unlinked = shipped.length - cases.length
  return value && { ...value, excluded: unlinked > 0 ? { 'features nothing is linked to': unlinked } : {} }
}
