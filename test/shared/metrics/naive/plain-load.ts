import { spokenByLandings, spokenByPulls, type Case, type PlainMetric, type Team } from './plain-metric.ts'
import { endOf, isShipping, ofPeopleAndAgents } from './plain-flow.ts'
import type { Change, Landed } from './plain-records.ts'
import { keysOf } from './plain-features.ts'
import { sessionsOf } from './plain-money.ts'

const DAY = 86_400_000

export function waitStateRatio(team: Team): PlainMetric | null {
  const { clock } = team
  if (!ofPeopleAndAgents(team).some(({ reviewsKnown }) => reviewsKnown)) return null
  const cases = ofPeopleAndAgents(team).flatMap((of): readonly Case[] => {
    const { opened, review, approval, merged, moments, reviewsKnown } = of
    const at = endOf(team, of)
    if (at === null) return []
    if (!reviewsKnown) return [{ at, part: 0, out: 'reviews not in the export', of }]
    if (review === null || approval === null) return [{ at, part: 0, out: 'nobody reviewed it', of }]
    const way = [opened, review, approval, merged!, at]
    if (way.some((moment, i) => i > 0 && moment < way[i - 1]!) || at === opened)
      return [{ at, part: 0, out: 'moments out of order', of }]
    const whole = clock(opened, at)
    if (whole === 0) return [{ at, part: 0, out: 'outside working hours', isFine: true, of }]
    const acts = [review, ...moments.filter((moment) => moment > review && moment < approval), approval]
    const gaps = acts.slice(1).map((moment, i) => clock(acts[i]!, moment))
    const pauses = gaps.filter((gap) => gap > 24).reduce((sum, gap) => sum + gap, 0)
    return [{ at, part: clock(opened, review) + pauses + clock(approval, merged!) + clock(merged!, at), whole, of }]
  })
  return { shape: 'ratio', cases, quality: isShipping(team) ? 'exact' : 'proxy', spoken: spokenByPulls(team) }
}

const WAITING = ['Waiting for review', 'Ready for release', 'Blocked', 'To Do']

/** Between the first working status and done. */
export function itemWaitStateRatio({ items, waiting: named, clock }: Team): PlainMetric | null {
  if (!items.some(({ moves }) => moves.length > 0)) return null
  const waiting = named.length > 0 ? named : WAITING
  const cases = items.flatMap((of): readonly Case[] => {
    const { moves, resolved } = of
    if (resolved !== null && moves.length === 0) return [{ at: resolved, part: 0, out: 'no history of statuses', of }]
    const last = moves.at(-1)
    const done = resolved ?? (last?.to === 'Done' ? last.at : null)
    const start = moves.findIndex(({ to }) => to !== 'Done' && !waiting.includes(to))
    if (done === null || start < 0 || moves[start]!.at >= done) return []
    const from = moves[start]!.at
    const whole = clock(from, done)
    if (whole === 0) return [{ at: done, part: 0, out: 'outside working hours', isFine: true, of }]
    const waits = moves
      .map(({ at, to }, i) => ({ to, at, until: Math.min(done, moves[i + 1]?.at ?? done) }))
      .filter(({ at, to, until }) => at >= from && until > at && waiting.includes(to))
    return [{ at: done, part: waits.reduce((sum, { at, until }) => sum + clock(at, until), 0), whole, of }]
  })
  return { shape: 'ratio', cases, quality: named.length > 0 ? 'exact' : 'proxy' }
}

/** First two folders, or who owns the file; of a landing the one with most changed lines, of equals the first by name. */
export function domainOf(team: Team, repository: string, path: string): string {
  if (team.rows.ownership.length > 0) return ownersOf(team, path).join(', ') || 'Nobody'
  const folders = path.split('/').slice(0, -1)
  return `${repository} ${folders.length === 0 ? '(root)' : folders.slice(0, 2).join('/')}`
}

/** Of CODEOWNERS the last line that fits. */
export function ownersOf(team: Team, path: string): readonly string[] {
  const fits = (pattern: string): boolean => {
    if (pattern === '*') return true
    return pattern.startsWith('*.') ? path.endsWith(pattern.slice(1)) : `/${path}`.startsWith(pattern)
  }
  const last = team.rows.ownership.filter(({ pattern }) => fits(pattern!)).at(-1)
  return last ? [last.team!] : []
}

export function mainDomain(team: Team, { repository, files }: Landed): string | null {
  const lines = new Map<string, number>()
  for (const { path, added, deleted } of files) {
    if (added === null || deleted === null) continue
    const domain = domainOf(team, repository, path)
    lines.set(domain, (lines.get(domain) ?? 0) + added + deleted)
  }
  return [...lines].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? null
}

interface Act {
  readonly kind: string
  readonly by: string
  readonly at: number | null
  readonly day: string
  readonly context: string | null
  readonly of: Change | null
}

/** The work item it names, else its pull request, else its domain. */
function contextOf(team: Team, change: Change): string | null {
  const key = keysOf(change).find((own) => team.items.some((item) => item.key.toLowerCase() === own))
  if (key !== undefined) return `item ${key}`
  if (change.kind === 'pull') return `pull ${change.repository} ${change.number}`
  return mainDomain(team, change)
}

function actsOf(team: Team): readonly Act[] {
  const { pulls, items, landings, days } = team
  const timed = [
    ...pulls.flatMap((of) => of.acts.map((act) => ({ ...act, context: contextOf(team, of), of: of as Change | null }))),
    ...items.flatMap(({ key, moves }) =>
      moves
        .filter(({ by }) => by !== null)
        .map(({ by, at }) => ({ kind: 'moves', by: by!, at, context: `item ${key.toLowerCase()}`, of: null })),
    ),
  ]
  const sessions = sessionsOf(team).flatMap(({ by, day, changes }) => {
    const contexts = new Set(changes.map((change) => contextOf(team, landedAs(team, change))))
    const [context] = contexts
    return contexts.size === 1 && context != null ? [{ kind: 'sessions', by, at: null, day, context, of: null }] : []
  })
  const isLandingsAlone = timed.length + sessions.length === 0
  const landed = landings
    .filter(({ who, author }) => who !== 'bot' && author !== null)
    .map((of) => ({
      kind: 'landings',
      by: of.author!,
      at: of.at,
      context: isLandingsAlone ? mainDomain(team, of) : contextOf(team, landedAs(team, of)),
      of: of as Change | null,
    }))
  return [
    ...[...timed, ...landed].sort((a, b) => a.at - b.at).map((act) => ({ ...act, day: days.of(act.at) })),
    ...sessions,
  ]
}

/** A landing of a pull request is in the context of that. */
function landedAs({ pulls }: Team, change: Change): Change {
  return change.kind === 'pull' ? change : (pulls.filter(({ landing }) => landing === change).at(-1) ?? change)
}

function personDays(team: Team, partOf: (acts: readonly Act[]) => readonly [number, number]): PlainMetric | null {
  const acts = actsOf(team)
  const kinds = new Set(acts.map(({ kind }) => kind))
  const isLandingsAlone = [...kinds].every((kind) => kind === 'landings')
  if (isLandingsAlone && !team.hasFiles) return null
  const byDay = new Map<string, Act[]>()
  for (const act of acts) byDay.set(`${act.by} ${act.day}`, [...(byDay.get(`${act.by} ${act.day}`) ?? []), act])
  const cases = [...byDay.values()].flatMap((own): readonly Case[] => {
    const [first] = own as [Act]
    const at = first.at ?? team.days.start(first.day)
    if (own.every(({ context }) => context === null)) return [{ at, part: 0, out: 'no text files', of: first.of }]
    const [part, whole] = partOf(own)
    return whole === 0 ? [] : [{ at, part, whole, of: first.of }]
  })
  return {
    shape: 'ratio',
    cases,
    quality: isLandingsAlone ? 'proxy' : kinds.size === 5 ? 'exact' : 'estimate',
    spoken: team.landings.length > 0 ? spokenByLandings(team) : spokenByPulls(team),
  }
}

export function contextSwitching(team: Team): PlainMetric | null {
  return personDays(team, (acts) => [new Set(acts.flatMap(({ context }) => context ?? [])).size, 1])
}

export function contextSwitchRate(team: Team): PlainMetric | null {
  return personDays(team, (acts) => {
    const contexts = acts.flatMap(({ at, context }) => (at === null || context === null ? [] : context))
    const pairs = contexts.slice(1).map((context, i) => context !== contexts[i])
    return [pairs.filter(Boolean).length, pairs.length]
  })
}

/** The human behind a landing: its author, of an agent's its first human co-author; `null` = the export names nobody. */
export function ownerOf({ author, who, coAuthors }: Landed): string | null {
  if (author === null || who === 'person') return author
  return coAuthors.find((name) => name.endsWith('@acme.test')) ?? 'unattributed'
}

export function ownershipDiffusion(team: Team): PlainMetric | null {
  if (!team.hasFiles) return null
  const touches = team.landings
    .filter(({ who }) => who !== 'bot')
    .flatMap((of) => {
      if (of.author === null) return []
      const domains = new Set(
        of.files.filter(({ added }) => added !== null).map(({ path }) => domainOf(team, of.repository, path)),
      )
      return [...domains].map((domain) => ({ of, domain, owner: ownerOf(of)! }))
    })
  const cases = [...new Set(touches.map(({ domain }) => domain))].map((domain) => domain)
  return {
    shape: 'ratio',
    quality: 'exact',
    cases: team.landings
      .filter(({ who }) => who !== 'bot')
      .map((of) => ({ at: of.at, part: 0, of, ...(of.author === null ? { out: 'no author' } : {}) })),
    sum: (landed) => {
      const counted = new Set(landed.map(({ of }) => of))
      let [part, whole] = [0, 0]
      for (const domain of cases) {
        const own = touches.filter((touch) => touch.domain === domain && counted.has(touch.of))
        if (own.length < 20) continue
        const owners = [...new Set(own.map(({ owner }) => owner))]
        const squares = owners.map((owner) => (own.filter((touch) => touch.owner === owner).length / own.length) ** 2)
        part += own.length * (1 - squares.reduce((sum, square) => sum + square, 0))
        whole += own.length
      }
      return part / whole
    },
    counted: (landed) => {
      const set = new Set(landed.map(({ of }) => of))
      return cases
        .map((domain) => touches.filter((touch) => touch.domain === domain && set.has(touch.of)).length)
        .filter((count) => count >= 20)
        .reduce((sum, count) => sum + count, 0)
    },
    lookBack: 180,
  }
}

/** Away from the domain most landings of the 180 days before were in, of equals the first by name. */
export function crossDomain(team: Team): PlainMetric | null {
  if (!team.hasFiles) return null
  const own = team.lines
    .flat()
    .sort((a, b) => a.at - b.at)
    .filter(({ who, author }) => who !== 'bot' && author !== null)
    .map((of) => ({ of, domain: mainDomain(team, of) }))
    .filter(({ domain }) => domain !== null)
  const cases = own.map(({ of, domain }, i): Case => {
    const before = own.slice(0, i).filter((one) => one.of.author === of.author && of.at - one.of.at <= 180 * DAY)
    if (before.length < 5) return { at: of.at, part: 0, out: 'no home domain yet', of }
    const count = (name: string): number => before.filter((one) => one.domain === name).length
    const home = [...new Set(before.map((one) => one.domain!))].sort(
      (a, b) => count(b) - count(a) || (a < b ? -1 : 1),
    )[0]
    return { at: of.at, part: domain === home ? 0 : 1, of }
  })
  return { shape: 'ratio', isRate: true, cases, quality: team.rows.ownership.length > 0 ? 'exact' : 'proxy' }
}
