import { rollUpUsage } from '../cube/index.ts'
import type { Landing, PullRequest } from '../delivery/index.ts'
import { type Nanos, nanosOf, toUnits } from '../money/index.ts'
import { type LinkedCost, linkCost } from './attribution.ts'
import { boundsOf, isWithin } from './bounds.ts'
import { type Case, caseOfChange } from './cases.ts'
import { CLOSE_LEVELS, closeCostOf } from './close-cost.ts'
import { deliveredIn } from './delivered.ts'
import { isFailedUse } from './failed-use.ts'
import { LINK_LEVELS, type LinkLevel } from './link-usage.ts'
import { type RepeatFailure, repeatFailures } from './repeat-failures.ts'
import type { UsageLoss } from './rows-of-loss.ts'
import { unstable72h } from './rewrite-rate.ts'
import { standingAt, standingNanos } from './spent.ts'
import { FEWEST_SESSIONS, loopingSessions, sessionsIn } from './wasted-sessions.ts'
import type { MetricContext, Period } from './types.ts'

/** Money that bought nothing that lasted. `nanos` is `null` where no cost can be linked or nothing tells: that is not zero. */
export interface WasteLine {
  readonly kind:
    | 'closed-unmerged'
    | 'unstable'
    | 'repeated'
    | 'failed-usage'
    | 'abandoned-sessions'
    | 'looping-sessions'
    | 'unattributed'
  readonly name: string
  /** What it counts, in words. */
  readonly what: string
  readonly count: number
  readonly nanos: Nanos | null
  /** How the money came to the changes; the weakest level that is in it. */
  readonly level: LinkLevel | null
  readonly changes: readonly Case[]
  /** What no import tells, so that even how many there are is not known. */
  readonly untold?: string
  /** Where rows of usage are behind it instead of changes: which. */
  readonly usage?: UsageLoss
}

export interface Waste {
  readonly total: Nanos
  readonly byLevel: LinkedCost['byLevel']
  readonly lines: readonly WasteLine[]
  /** Places in which work failed more than once, the dearest first. */
  readonly repeats: readonly RepeatFailure[]
}

/**
 * Where the tokens of a period went to waste; `null` when no cost is known. `isCounted` asks for some changes only: uses and
 * sessions that came to no change belong to nobody then, and their lines are left out.
 */
export function wasteIn(
  context: MetricContext,
  period: Period,
  isCounted: ((change: PullRequest | Landing) => boolean) | null = null,
): Waste | null {
  const linked = linkCost(context, period)
  if (linked === null) return null
  const delivery = deliveredIn(context)
  const bounds = boundsOf(period, context.settings.zone)
  const closed = delivery.pullRequests.filter(
    (pull) =>
      pull.mergedAt === null &&
      pull.authorClass !== 'bot' &&
      isWithin(pull.closedAt, bounds) &&
      (isCounted === null || isCounted(pull)),
  )
  const pullOf = new Map(delivery.pullRequests.flatMap((pull) => (pull.landing ? [[pull.landing, pull] as const] : [])))
  const unstable = unstable72h.cases!(context, period).cases.flatMap(({ part, landing }) =>
    part === 1 && landing ? [pullOf.get(landing) ?? landing].filter((change) => isCounted?.(change) ?? true) : [],
  )
  const repeats = repeatFailures(
    [
      ...closed.map((change) => ({ at: change.closedAt!, change })),
      ...unstable.map((change) => ({ at: 'openedAt' in change ? change.openedAt : change.landedAt, change })),
    ],
    linked,
  )
  return {
    ...(isCounted === null ? { total: linked.total, byLevel: linked.byLevel } : sumsOf(linked, isCounted)),
    lines: [
      {
        kind: 'closed-unmerged',
        name: 'Closed without a merge',
        what: 'pull requests',
        ...linkedTo(linked, closed),
      },
      {
        kind: 'unstable',
        name: 'Rewritten or reverted within 72 h',
        what: 'changes',
        ...linkedTo(linked, unstable),
      },
      {
        kind: 'repeated',
        name: 'The same failure paid for again',
        what: 'changes that failed where one had failed before; they are in the lines above as well',
        count: repeats.reduce((sum, { times }) => sum + times - 1, 0),
        nanos: sumOf(repeats.map(({ repeated }) => repeated)),
        level: weakestLevel(
          linked,
          repeats.flatMap(({ cases }) => cases.map(changeOf)),
        ),
        changes: repeats.flatMap(({ cases }) => cases),
      },
      ...(isCounted === null ? wasteOfUsage(context, period, linked) : []),
    ],
    repeats,
  }
}

/** The cost linked to some changes, by level. */
function sumsOf(
  { ofChange }: LinkedCost,
  isCounted: (change: PullRequest | Landing) => boolean,
): Pick<Waste, 'total' | 'byLevel'> {
  const byLevel = { id: 0n, 'person-day': 0n, 'team-week': 0n, none: 0n }
  for (const [change, own] of ofChange)
    if (isCounted(change)) for (const level of LINK_LEVELS) byLevel[level] += own[level] ?? 0n
  const total = LINK_LEVELS.reduce((sum, level) => sum + byLevel[level], 0n)
  return { total: nanosOf(total), byLevel: byLevel as Waste['byLevel'] }
}

const NO_SESSION = 'no usage names a session'

/** What was wasted without coming to a change. */
function wasteOfUsage(context: MetricContext, period: Period, linked: LinkedCost): readonly WasteLine[] {
  const failed = failedUsage(context, period)
  const sessions = sessionsIn(context, period)
  const [abandoned, looping] = [sessions.filter(({ isLinked }) => !isLinked), loopingSessions(sessions)]
  return [
    {
      kind: 'failed-usage',
      name: 'Uses that failed or were broken off',
      what: 'usage rows',
      count: failed.rows,
      nanos: failed.nanos,
      level: null,
      changes: [],
      usage: 'failed',
      ...(!failed.isTold && { untold: 'no usage says how it ended' }),
    },
    {
      kind: 'abandoned-sessions',
      name: 'Sessions that came to no change',
      what: 'sessions',
      count: abandoned.length,
      nanos: sessions.length === 0 ? null : sumOf(abandoned.map(({ nanos }) => nanosOf(nanos))),
      level: null,
      changes: abandoned.map(({ session, nanos }) => sessionCase(session, nanos)),
      ...(sessions.length === 0 && { untold: NO_SESSION }),
    },
    {
      kind: 'looping-sessions',
      name: 'Sessions far longer than the rest',
      what: 'sessions; counted is what is beyond the usual length',
      count: looping.length,
      nanos: sessions.length < FEWEST_SESSIONS ? null : sumOf(looping.map(({ excess }) => nanosOf(excess))),
      level: null,
      changes: looping.map(({ session, excess }) => sessionCase(session, excess)),
      ...(sessions.length < FEWEST_SESSIONS && {
        untold: sessions.length === 0 ? NO_SESSION : `fewer than ${FEWEST_SESSIONS} sessions have no usual length`,
      }),
    },
    {
      kind: 'unattributed',
      name: 'Linked to no change',
      what: 'usage rows; no change of these weeks is known, which is not waste by itself',
      count: linked.rowsByLevel.none,
      nanos: linked.byLevel.none,
      level: null,
      changes: [],
      usage: 'unlinked',
    },
  ]
}

function linkedTo(
  linked: LinkedCost,
  changes: readonly (PullRequest | Landing)[],
): Pick<WasteLine, 'count' | 'nanos' | 'level' | 'changes'> {
  return {
    count: changes.length,
    nanos: changes.length === 0 ? nanosOf(0n) : closeCostOf(linked, changes),
    level: weakestLevel(linked, changes),
    changes: changes.map(caseOfChange),
  }
}

/** The weakest close level any of the money came by. */
function weakestLevel({ ofChange }: LinkedCost, changes: readonly (PullRequest | Landing)[]): LinkLevel | null {
  const levels = changes.flatMap((change) =>
    CLOSE_LEVELS.filter((level) => ofChange.get(change)?.[level] !== undefined),
  )
  return levels.includes('person-day') ? 'person-day' : (levels[0] ?? null)
}

function changeOf({ pull, landing }: Case): PullRequest | Landing {
  return (pull ?? landing)!
}

/** No cases cost nothing; cases of which none is linked are unknown. */
function sumOf(amounts: readonly (Nanos | null)[]): Nanos | null {
  const known = amounts.filter((own) => own !== null)
  if (amounts.length > 0 && known.length === 0) return null
  return nanosOf(known.reduce((sum, own) => sum + own, 0n))
}

function sessionCase(session: string, nanos: bigint): Case {
  return { pull: null, landing: null, name: session, part: toUnits(nanosOf(nanos)), whole: 1 }
}

function failedUsage(
  context: MetricContext,
  period: Period,
): { readonly rows: number; readonly nanos: Nanos | null; readonly isTold: boolean } {
  const rollUp = rollUpUsage(context.facts, ['tool', 'detail'], { from: period.from, to: period.to })
  const standing = standingNanos(context, rollUp)
  let rows = 0
  let nanos: bigint | null = null
  let isTold = false
  for (let cell = 0; cell < rollUp.cells; cell++) {
    const detail = rollUp.words[1]![rollUp.codes[1]![cell]!] ?? null
    isTold ||= detail !== null
    if (!isFailedUse(detail)) continue
    rows += rollUp.rows[cell]!
    const own = standingAt(standing, cell)
    if (own !== null) nanos = (nanos ?? 0n) + own
  }
  const cost = rows === 0 && isTold ? nanosOf(0n) : nanos === null ? null : nanosOf(nanos)
  return { rows, nanos: cost, isTold }
}
