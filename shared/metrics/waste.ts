import { rollUpUsage } from '../cube/index.ts'
import type { Landing, PullRequest } from '../delivery/index.ts'
import { type Nanos, nanosOf } from '../money/index.ts'
import { type LinkedCost, type LinkLevel, linkCost } from './attribution.ts'
import { boundsOf, isWithin } from './bounds.ts'
import type { Case } from './cases.ts'
import { deliveredIn } from './delivered.ts'
import { unstable72h } from './rewrite-rate.ts'
import { standingNanos } from './spent.ts'
import type { MetricContext, Period } from './types.ts'

/** Money that bought nothing that lasted. `nanos` is `null` where no cost can be linked: that is not zero. */
export interface WasteLine {
  readonly kind: 'closed-unmerged' | 'unstable' | 'failed-usage' | 'unattributed'
  readonly name: string
  /** What it counts, in words. */
  readonly what: string
  readonly count: number
  readonly nanos: Nanos | null
  /** How the money came to the changes; the weakest level that is in it. */
  readonly level: LinkLevel | null
  readonly changes: readonly Case[]
}

export interface Waste {
  readonly total: Nanos
  readonly byLevel: LinkedCost['byLevel']
  readonly lines: readonly WasteLine[]
}

/** Levels that say something about one change; a team's week spread evenly says nothing about a single one. */
const CLOSE_LEVELS = ['id', 'person-day'] as const satisfies readonly LinkLevel[]

/** Where the tokens of a period went to waste; `null` when no cost is known. */
export function wasteIn(context: MetricContext, period: Period): Waste | null {
  const linked = linkCost(context, period)
  if (linked === null) return null
  const delivery = deliveredIn(context)
  const bounds = boundsOf(period, context.settings.zone)
  const closed = delivery.pullRequests.filter(
    ({ mergedAt, closedAt, authorClass }) => mergedAt === null && authorClass !== 'bot' && isWithin(closedAt, bounds),
  )
  const pullOf = new Map(delivery.pullRequests.flatMap((pull) => (pull.landing ? [[pull.landing, pull] as const] : [])))
  const unstable = unstable72h.cases!(context, period).cases.flatMap(({ part, landing }) =>
    part === 1 && landing ? [pullOf.get(landing) ?? landing] : [],
  )
  const failed = failedUsage(context, period)
  return {
    total: linked.total,
    byLevel: linked.byLevel,
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
        kind: 'failed-usage',
        name: 'Uses that failed or were broken off',
        what: 'usage rows',
        count: failed.rows,
        nanos: failed.nanos,
        level: null,
        changes: [],
      },
      {
        kind: 'unattributed',
        name: 'Linked to no change',
        what: 'no change of these weeks is known; not waste by itself',
        count: 0,
        nanos: linked.byLevel.none,
        level: null,
        changes: [],
      },
    ],
  }
}

function linkedTo(
  { ofChange }: LinkedCost,
  changes: readonly (PullRequest | Landing)[],
): Pick<WasteLine, 'count' | 'nanos' | 'level' | 'changes'> {
  let nanos: bigint | null = null
  let level: LinkLevel | null = null
  for (const change of changes) {
    for (const close of CLOSE_LEVELS) {
      const own = ofChange.get(change)?.[close]
      if (own === undefined) continue
      nanos = (nanos ?? 0n) + own
      if (level === null || close === 'person-day') level = close
    }
  }
  return {
    count: changes.length,
    nanos: changes.length === 0 ? nanosOf(0n) : nanos === null ? null : nanosOf(nanos),
    level,
    changes: changes.map((change) =>
      'number' in change
        ? { pull: change, landing: change.landing, part: 1, whole: 1 }
        : { pull: null, landing: change, part: 1, whole: 1 },
    ),
  }
}

/** `Errored, Not Charged`, `Aborted`: how exports name a use without a result. */
const FAILED = /\b(?:error(?:ed)?|abort(?:ed)?|cancel(?:l?ed)?|fail(?:ed|ure)?|timed? ?out)\b/i

function failedUsage(context: MetricContext, period: Period): { readonly rows: number; readonly nanos: Nanos | null } {
  const rollUp = rollUpUsage(context.facts, ['tool', 'detail'], { from: period.from, to: period.to })
  const standing = standingNanos(context, rollUp)
  let rows = 0
  let nanos: bigint | null = null
  for (let cell = 0; cell < rollUp.cells; cell++) {
    if (!FAILED.test(rollUp.words[1]![rollUp.codes[1]![cell]!] ?? '')) continue
    rows += rollUp.rows[cell]!
    const own = standing?.at(cell) ?? null
    if (own !== null) nanos = (nanos ?? 0n) + own
  }
  return { rows, nanos: rows === 0 ? nanosOf(0n) : nanos === null ? null : nanosOf(nanos) }
}
