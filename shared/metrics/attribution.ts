import { type Day, dayIn, epochDayOf, weekOf, type Zone } from '../calendar/index.ts'
import { buildUsageCube, type UsageCell } from '../cube/index.ts'
import type { Delivery, Landing, PullRequest } from '../delivery/index.ts'
import { type Nanos, nanosOf } from '../money/index.ts'
import type { CostKind } from '../quantities/index.ts'
import { deliveredIn } from './delivered.ts'
import { standingCost } from './spent.ts'
import type { MetricContext, Period } from './types.ts'

/**
 * How a use of AI came to a change, strongest first:
 * id: the usage names its branch or pull request · person-day: the person's changes open on that day, by equal shares ·
 * team-week: the changes merged in that week, by equal shares.
 * Levels are kept apart: what is known of a change by name must not look like what is spread over a team.
 */
export const LINK_LEVELS = ['id', 'person-day', 'team-week'] as const
export type LinkLevel = (typeof LINK_LEVELS)[number]

export type LinkedSums = Partial<Record<LinkLevel, Nanos>>

export interface LinkedCost {
  readonly kind: CostKind
  readonly total: Nanos
  readonly byLevel: Readonly<Record<LinkLevel | 'none', Nanos>>
  readonly ofChange: ReadonlyMap<PullRequest | Landing, LinkedSums>
}

interface Candidate {
  readonly change: PullRequest | Landing
  readonly repository: string
  readonly names: readonly string[]
  readonly people: readonly string[]
  /** Epoch days the change was worked on, both included. */
  readonly from: number
  readonly to: number
  readonly mergedDay: Day | null
}

/** Links the cost of a period to changes; every nano is in exactly one level or in `none`. `null` without any cost. */
export function linkCost(context: MetricContext, period: Period): LinkedCost | null {
  const { basis, kind } = standingCost(context.facts)
  if (kind === null) return null
  const cube = buildUsageCube(context.facts, ['day', 'tool', 'person', 'repository', 'session'], {
    from: period.from,
    to: period.to,
  })
  const find = changeFinder(candidatesOf(deliveredIn(context), context.settings.zone))
  const ofChange = new Map<PullRequest | Landing, LinkedSums>()
  const byLevel: Record<LinkLevel | 'none', Nanos> = {
    id: nanosOf(0n),
    'person-day': nanosOf(0n),
    'team-week': nanosOf(0n),
    none: nanosOf(0n),
  }
  let total = 0n
  for (const cell of cube.cells) {
    if (basis.get(cell.key[1] ?? null) !== kind) continue
    const nanos = cell.cost[context.settings.currency]?.[kind] ?? null
    if (nanos === null) continue
    total += nanos
    const { level, changes } = find(cell)
    byLevel[level] = nanosOf(byLevel[level] + nanos)
    if (level === 'none') continue
    splitEvenly(nanos, changes.length).forEach((share, i) => {
      const sums = ofChange.get(changes[i]!) ?? {}
      ofChange.set(changes[i]!, { ...sums, [level]: nanosOf((sums[level] ?? 0n) + share) })
    })
  }
  return { kind, total: nanosOf(total), byLevel, ofChange }
}

/** Equal shares that add up: the first ones take the odd nanos. */
export function splitEvenly(whole: bigint, count: number): readonly bigint[] {
  const share = whole / BigInt(count)
  const odd = whole - share * BigInt(count)
  const step = odd < 0n ? -1n : 1n
  const taken = odd < 0n ? -odd : odd
  return Array.from({ length: count }, (_, i) => share + (BigInt(i) < taken ? step : 0n))
}

function candidatesOf(delivery: Delivery, zone: Zone): readonly Candidate[] {
  if (delivery.pullRequests.length === 0) {
    return delivery.landings.map((landing) => {
      const to = epochDayOf(dayIn(landing.landedAt, zone))
      const from = landing.authoredAt === null ? to : Math.min(to, epochDayOf(dayIn(landing.authoredAt, zone)))
      return {
        change: landing,
        repository: landing.repository,
        names: [],
        people: landing.author === null ? [] : [landing.author],
        from,
        to,
        mergedDay: dayIn(landing.landedAt, zone),
      }
    })
  }
  return delivery.pullRequests.map((pull) => {
    const opened = epochDayOf(dayIn(pull.openedAt, zone))
    const first = pull.firstCommitAt === null ? opened : epochDayOf(dayIn(pull.firstCommitAt, zone))
    return {
      change: pull,
      repository: pull.repository,
      names: [
        ...(pull.headRef === null ? [] : [pull.headRef]),
        `${pull.repository}#${pull.number}`,
        `${pull.repository}/pull/${pull.number}`,
      ],
      people: pull.people,
      from: Math.min(first, opened),
      to: pull.closedAt === null ? Infinity : epochDayOf(dayIn(pull.closedAt, zone)),
      mergedDay: pull.mergedAt === null ? null : dayIn(pull.mergedAt, zone),
    }
  })
}

interface Found {
  readonly level: LinkLevel | 'none'
  readonly changes: readonly (PullRequest | Landing)[]
}

const NOTHING: Found = { level: 'none', changes: [] }

function changeFinder(candidates: readonly Candidate[]): (cell: UsageCell) => Found {
  const byName = groupBy(candidates, ({ names }) => names.map((name) => name.toLowerCase()))
  const byPerson = groupBy(candidates, ({ people }) => people)
  const byWeek = groupBy(candidates, ({ mergedDay }) => (mergedDay === null ? [] : [weekOf(mergedDay)]))
  return ({ key: [day, , person, repository, session] }) => {
    if (day == null) return NOTHING
    const named = session == null ? undefined : byName.get(session.toLowerCase())
    // A branch name like `main` or `fix` that several changes had says nothing.
    if (named?.length === 1) return { level: 'id', changes: [named[0]!.change] }
    const at = epochDayOf(day as Day)
    const own = person == null ? undefined : byPerson.get(person.toLowerCase())
    const open = inRepository(
      (own ?? []).filter(({ from, to }) => from <= at && at <= to),
      repository ?? null,
    )
    if (open.length > 0) return { level: 'person-day', changes: open.map(({ change }) => change) }
    const week = inRepository(byWeek.get(weekOf(day as Day)) ?? [], repository ?? null)
    return week.length > 0 ? { level: 'team-week', changes: week.map(({ change }) => change) } : NOTHING
  }
}

/** Those of the repository the usage names, when any is; exports name repositories in their own ways. */
function inRepository(candidates: readonly Candidate[], repository: string | null): readonly Candidate[] {
  if (repository === null) return candidates
  const wanted = lastPart(repository)
  const own = candidates.filter((candidate) => lastPart(candidate.repository) === wanted)
  return own.length > 0 ? own : candidates
}

function lastPart(repository: string): string {
  return repository
    .toLowerCase()
    .replace(/\.git$/, '')
    .split('/')
    .at(-1)!
}

function groupBy(
  candidates: readonly Candidate[],
  keysOf: (candidate: Candidate) => readonly string[],
): ReadonlyMap<string, readonly Candidate[]> {
  const groups = new Map<string, Candidate[]>()
  for (const candidate of candidates) {
    for (const key of keysOf(candidate)) {
      const group = groups.get(key)
      if (group) group.push(candidate)
      else groups.set(key, [candidate])
    }
  }
  return groups
}
