import { endOfLandings, endOfPulls, type PlainMetric, spokenByLandings, type Team, type Case, type Window } from './plain-metric.ts' // prettier-ignore
import { shiftDay } from './plain-days.ts'
import { codeLines, isExact, walked } from './plain-lines.ts'
import type { Deployed, Landed } from './plain-records.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

function age(birth: Landed, death: Landed): number {
  return Math.max(0, death.at - birth.at)
}

/** Until a month after the first landing most lines are of unknown age, unless every line is followed. */
function knownLines(team: Team): (window: Window) => number {
  if (isExact(team)) return () => 1
  const first = Math.min(...team.landings.map(({ at }) => at)) + 30 * DAY
  return ([from, to]) => {
    const [start, end] = [team.days.start(from), team.days.start(shiftDay(to, 1))]
    return Math.max(0, end - Math.max(start, first)) / (end - start)
  }
}

const quality = (team: Team) => (isExact(team) ? ('exact' as const) : ('estimate' as const))

export function reworkRate(team: Team): PlainMetric | null {
  if (!team.hasFiles) return null
  const cases = walked(team).flatMap(({ added, gone }) => [
    ...[...added]
      .filter(([, lines]) => lines > 0)
      .map(([of, lines]): Case => ({ at: of.at, part: 0, whole: lines, of })),
    ...gone
      .filter(({ birth, death }) => death.at - birth.at <= 21 * DAY)
      .map(({ birth, death, lines, least, most }): Case => ({
        at: death.at,
        part: lines,
        least,
        most,
        whole: 0,
        of: birth,
      })),
  ])
  const [byLines, byTime] = [knownLines(team), spokenByLandings(team)]
  return {
    shape: 'ratio',
    cases,
    quality: quality(team),
    spoken: (window) => Math.min(byLines(window), byTime(window)),
  }
}

interface GoneOf {
  readonly of: Landed
  readonly added: number
  readonly lines: number
  readonly least: number
  readonly most: number
}

/** Per landing that adds code its lines gone within a time. */
function goneWithin(team: Team, time: number): readonly GoneOf[] {
  return walked(team).flatMap(({ added, gone }) =>
    [...added]
      .filter(([, lines]) => lines > 0)
      .map(([of, lines]) => {
        const own = gone.filter(({ birth, death }) => birth === of && age(birth, death) <= time)
        const sum = (what: 'lines' | 'least' | 'most'): number => own.reduce((all, one) => all + one[what], 0)
        return { of, added: lines, lines: sum('lines'), least: sum('least'), most: sum('most') }
      }),
  )
}

function rewriteRate(team: Team, days: number): PlainMetric | null {
  if (!team.hasFiles) return null
  const cases = goneWithin(team, days * DAY).map(({ of, added, lines, least, most }): Case => ({
    at: of.at,
    part: lines,
    least,
    most,
    whole: added,
    of,
  }))
  return {
    shape: 'ratio',
    cases,
    quality: quality(team),
    spoken: knownLines(team),
    lag: { days, end: endOfLandings(team) },
  }
}

export function sevenDayRewriteRate(team: Team): PlainMetric | null {
  return rewriteRate(team, 7)
}

export function rewriteRate72h(team: Team): PlainMetric | null {
  return rewriteRate(team, 3)
}

/** Landings a later one of their line takes back by name: `Revert "subject"` or `revert: subject`, with or without its number. */
export function revertedWithin(team: Team, time: number): ReadonlySet<Landed> {
  const plain = (subject: string): string => subject.replace(/ \(#\d+\)$/, '')
  const reverted = new Set<Landed>()
  for (const line of team.lines)
    for (const later of line) {
      const named = /^Revert "(.*)"/.exec(later.subject)?.[1] ?? /^revert: (.*)$/.exec(later.subject)?.[1]
      if (named === undefined) continue
      const earlier = line.filter(({ order }) => order < later.order)
      const target =
        earlier.filter(({ subject }) => subject === named).at(-1) ??
        earlier.filter(({ subject }) => plain(subject) === plain(named)).at(-1)
      if (target && later.at - target.at <= time) reverted.add(target)
    }
  return reverted
}

export function unstable72h(team: Team): PlainMetric | null {
  if (!team.hasFiles) return null
  const gone = new Map(goneWithin(team, 3 * DAY).map((own) => [own.of, own]))
  const reverted = revertedWithin(team, 3 * DAY)
  const cases = team.landings
    .filter((of) => of.who !== 'bot' && codeLines(of, 'added') >= 10)
    .map((of): Case => {
      const isUnstable = (lines: number): 0 | 1 => (reverted.has(of) || lines >= 0.1 * codeLines(of, 'added') ? 1 : 0)
      const [part, most] = [isUnstable(gone.get(of)!.lines), isUnstable(gone.get(of)!.most)]
      return { at: of.at, part, most: part === 1 ? 1 : most, of }
    })
  return {
    shape: 'ratio',
    isRate: true,
    cases,
    quality: quality(team),
    spoken: knownLines(team),
    lag: { days: 3, end: endOfLandings(team) },
  }
}

export function durableAcceptance(team: Team): PlainMetric | null {
  if (!team.hasFiles || !team.landings.some(({ isAi }) => isAi)) return null
  const cases = goneWithin(team, 7 * DAY)
    .filter(({ of }) => of.isAi)
    .map(({ of, added, lines, least, most }) => ({
      at: of.at,
      part: added - lines,
      least: added - least,
      most: added - most,
      whole: added,
      of,
    }))
  return {
    shape: 'ratio',
    cases,
    quality: quality(team),
    spoken: knownLines(team),
    lag: { days: 7, end: endOfLandings(team) },
  }
}

/** Deployments with a failure: rolled back, named by an incident, fixed soon after, or the last one before an incident. */
export function failedDeployments(team: Team): ReadonlySet<Deployed> {
  const { deployments } = team
  const nextOf = (own: Deployed) =>
    deployments.slice(deployments.indexOf(own) + 1).find(({ service }) => service === own.service)
  return new Set(
    deployments.filter((own) => {
      const next = nextOf(own)
      const isFixed =
        next !== undefined && (next.isUnplanned === true || next.incident !== null) && next.at - own.at <= 24 * HOUR
      const hasIncident = team.rows.incident.some(({ service, startedAt, causedByDeployment }) => {
        if (causedByDeployment != null) return causedByDeployment === own.id
        if (startedAt == null || (service ?? null) !== own.service || startedAt < own.at) return false
        return startedAt - own.at <= 72 * HOUR && !(next !== undefined && next.at <= startedAt)
      })
      return own.isRolledBack || isFixed || hasIncident
    }),
  )
}

export function changeFailureRate(team: Team): PlainMetric | null {
  const { rows, deployments, landings } = team
  if (rows.deployment.length === 0) {
    if (landings.length === 0 || rows.incident.length > 0) return null
    const cases = landings
      .filter(({ who }) => who !== 'bot')
      .map((of) => ({ at: of.at, part: /^(Revert "|revert:)/.test(of.subject) ? 1 : 0, of }))
    return { shape: 'ratio', isRate: true, cases, quality: 'proxy' }
  }
  const services = deployments.map(({ service }) => service)
  const linkable = rows.incident.filter(
    ({ causedByDeployment, startedAt, service }) =>
      causedByDeployment != null || (startedAt != null && services.includes(service ?? null)),
  )
  if (deployments.length === 0 || linkable.length === 0) return null
  const failed = failedDeployments(team)
  const cases = deployments.map((of) => ({ at: of.at, part: failed.has(of) ? 1 : 0, of }))
  return { shape: 'ratio', isRate: true, cases, quality: 'exact', spoken: () => linkable.length / rows.incident.length }
}

export function deploymentReworkRate({ deployments }: Team): PlainMetric | null {
  if (!deployments.some(({ isUnplanned }) => isUnplanned !== null)) return null
  const cases = deployments.map((of) =>
    of.isUnplanned === null
      ? { at: of.at, part: 0, out: 'not said whether planned', of }
      : { at: of.at, part: of.isUnplanned ? 1 : 0, of },
  )
  return { shape: 'ratio', isRate: true, cases, quality: 'exact' }
}

/** By the day the pull request was made, as drafts are. */
export function aiChangeAcceptance(team: Team): PlainMetric | null {
  const marked = team.pulls.filter(({ isAi }) => isAi)
  if (marked.length === 0) return null
  const isUndated = ({ isClosed, closed }: (typeof marked)[number]): boolean => isClosed && closed === null
  const cases = marked.map((of): Case => {
    if (isUndated(of)) return { at: of.created, part: 0, out: 'closed at an unknown moment', of }
    if (of.closed === null || of.closed - of.created > 30 * DAY)
      return { at: of.created, part: 0, out: 'not closed within 30 days', isFine: true, of }
    return { at: of.created, part: of.merged === null ? 0 : 1, of }
  })
  return {
    shape: 'ratio',
    isRate: true,
    cases,
    quality: marked.some(isUndated) ? 'estimate' : 'exact',
    lag: { days: 30, end: endOfPulls(team) },
  }
}
