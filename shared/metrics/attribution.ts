import { epochDayOf } from '../calendar/index.ts'
import { addHalves, moneyAt } from '../cube/index.ts'
import type { Landing, PullRequest } from '../delivery/index.ts'
import { type Nanos, nanosOf } from '../money/index.ts'
import type { CostKind } from '../quantities/index.ts'
import { ALL_LEVELS, type LinkLevel, type Links, linksOf } from './link-usage.ts'
import type { MetricContext, Period } from './types.ts'

export type LinkedSums = Partial<Record<LinkLevel, Nanos>>

export interface LinkedCost {
  readonly kind: CostKind
  readonly total: Nanos
  readonly byLevel: Readonly<Record<LinkLevel | 'none', Nanos>>
  /** Usage rows with a cost, by level. */
  readonly rowsByLevel: Readonly<Record<LinkLevel | 'none', number>>
  readonly ofChange: ReadonlyMap<PullRequest | Landing, LinkedSums>
}

export type LinkTotals = Omit<LinkedCost, 'ofChange'>

/** The cost of a period by how it came to changes; every nano is in exactly one level or in `none`. `null` without cost. */
export function linkTotals(context: MetricContext, period: Period | null): LinkTotals | null {
  const links = linksOf(context)
  if (links === null) return null
  const [high, low] = [new Float64Array(ALL_LEVELS.length), new Float64Array(ALL_LEVELS.length)]
  const rows = new Float64Array(ALL_LEVELS.length)
  const [from, to] = usesIn(links, period)
  for (let use = from; use < to; use++) {
    const level = links.levels[links.found[use]!]!
    addHalves(high, low, level, links.high[use]!, links.low[use]!)
    rows[level] = rows[level]! + links.rows[use]!
  }
  const nanos = ALL_LEVELS.map((_, level) => moneyAt({ high, low }, level)!)
  return {
    kind: links.kind,
    total: nanosOf(nanos.reduce((sum, own) => sum + own, 0n)),
    byLevel: Object.fromEntries(ALL_LEVELS.map((level, i) => [level, nanos[i]!])) as LinkTotals['byLevel'],
    rowsByLevel: Object.fromEntries(ALL_LEVELS.map((level, i) => [level, rows[i]!])) as LinkTotals['rowsByLevel'],
  }
}

/** Links the cost of a period, or of all days, to changes; `null` without any cost. */
export function linkCost(context: MetricContext, period: Period | null): LinkedCost | null {
  const links = linksOf(context)
  const totals = linkTotals(context, period)
  if (links === null || totals === null) return null
  // Uses that came to the same changes are split once: a team's week has thousands of both.
  const [high, low] = [links.founds, links.founds].map(({ length }) => new Float64Array(length).fill(NaN))
  const [from, to] = usesIn(links, period)
  for (let use = from; use < to; use++) addHalves(high!, low!, links.found[use]!, links.high[use]!, links.low[use]!)
  const ofChange = new Map<PullRequest | Landing, LinkedSums>()
  links.founds.forEach(({ level, changes }, at) => {
    const nanos = moneyAt({ high: high!, low: low! }, at)
    if (level === 'none' || nanos === null) return
    const shares = changes.length === 1 ? [nanos] : splitEvenly(nanos, changes.length)
    changes.forEach((change, i) => {
      const own = ofChange.get(change)
      if (own) own[level] = nanosOf((own[level] ?? 0n) + shares[i]!)
      else ofChange.set(change, { [level]: nanosOf(shares[i]!) })
    })
  })
  return { ...totals, ofChange }
}

/** First use of a period … first use after it. */
export function usesIn({ day }: Pick<Links, 'day'>, period: Period | null): readonly [number, number] {
  if (period === null) return [0, day.length]
  return [firstOn(day, epochDayOf(period.from)), firstOn(day, epochDayOf(period.to) + 1)]
}

function firstOn(days: Int32Array, day: number): number {
  let [low, high] = [0, days.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (days[middle]! < day) low = middle + 1
    else high = middle
  }
  return low
}

/** Equal shares that add up: the first ones take the odd nanos. */
export function splitEvenly(whole: bigint, count: number): readonly bigint[] {
  const share = whole / BigInt(count)
  const odd = whole - share * BigInt(count)
  const step = odd < 0n ? -1n : 1n
  const taken = odd < 0n ? -odd : odd
  return Array.from({ length: count }, (_, i) => share + (BigInt(i) < taken ? step : 0n))
}
