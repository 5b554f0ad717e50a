import { epochDayOf } from '../calendar/index.ts'
import { addHalves, moneyAt } from '../cube/index.ts'
import type { Landing, PullRequest } from '../delivery/index.ts'
import { type Nanos, nanosOf } from '../money/index.ts'
import type { CostKind } from '../quantities/index.ts'
import { ALL_LEVELS, LINK_LEVELS, type LinkLevel, type Links, linksOf } from './link-usage.ts'
import type { MetricContext, Period } from './types.ts'

export type LinkedSums = Partial<Record<LinkLevel, Nanos>>

export interface LinkedCost {
  readonly kind: CostKind
  readonly total: Nanos
  readonly byLevel: Readonly<Record<LinkLevel | 'none', Nanos>>
  /** Usage rows with a cost, by level. */
  readonly rowsByLevel: Readonly<Record<LinkLevel | 'none', number>>
  /** Of changes some cost came to. */
  readonly ofChange: ChangeCosts
}

export type LinkTotals = Omit<LinkedCost, 'ofChange'>

/** The cost of a period by how it came to changes; every nano is in exactly one level or in `none`. `null` without cost. */
export function linkTotals(context: MetricContext, period: Period | null): LinkTotals | null {
  const links = linksOf(context)
  if (links === null) return null
  const [from, to] = usesIn(links, period)
  // Days no usage speaks of did not cost nothing: what they cost is unknown.
  if (from === to) return null
  const [high, low] = [new Float64Array(ALL_LEVELS.length), new Float64Array(ALL_LEVELS.length)]
  const rows = new Float64Array(ALL_LEVELS.length)
  for (let use = from; use < to; use++) {
    const level = links.levels[links.found[use]!]!
    addHalves(high, low, level, links.high[use]!, links.low[use]!)
    rows[level] = rows[level]! + links.statedRows[use]!
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
  const { length } = links.founds
  const [high, low] = [new Float64Array(length), new Float64Array(length).fill(NaN)]
  const [from, to] = usesIn(links, period)
  for (let use = from; use < to; use++) addHalves(high, low, links.found[use]!, links.high[use]!, links.low[use]!)
  const ofChange = new ChangeCosts(links)
  for (let found = 0; found < length; found++)
    if (low[found] === low[found]) ofChange.add(found, high[found]!, low[found]!)
  return { ...totals, ofChange }
}

type Change = PullRequest | Landing

const LIMB = 2 ** 32

/** What came to each change, by level; sums of hundreds of thousands of changes, made amounts when asked for. */
export class ChangeCosts implements Iterable<readonly [Change, LinkedSums]> {
  private readonly links: Links
  private readonly sums: Readonly<Record<LinkLevel, { readonly high: Float64Array; readonly low: Float64Array }>>

  constructor(links: Links) {
    const { length } = links.changes
    const none = () => ({ high: new Float64Array(length), low: new Float64Array(length).fill(NaN) })
    this.links = links
    this.sums = { id: none(), 'person-day': none(), 'team-week': none() }
  }

  /** Spreads an amount over the changes of a found place, by equal shares that add up. */
  add(found: number, high: number, low: number): void {
    const { level, places } = this.links.founds[found]!
    if (level === 'none') return
    const sums = this.sums[level]
    const whole = high * LIMB + low
    if (Number.isSafeInteger(whole)) {
      const share = Math.trunc(whole / places.length)
      const odd = whole - share * places.length
      for (let i = 0; i < places.length; i++) {
        const own = share + (i < Math.abs(odd) ? Math.sign(odd) : 0)
        const limb = Math.floor(own / LIMB)
        addHalves(sums.high, sums.low, places[i]!, limb, own - limb * LIMB)
      }
    } else {
      const shares = splitEvenly(moneyAt({ high: Float64Array.of(high), low: Float64Array.of(low) }, 0)!, places.length)
      places.forEach((place, i) => {
        addHalves(sums.high, sums.low, place, Number(shares[i]! >> 32n), Number(shares[i]! & 0xffff_ffffn))
      })
    }
  }

  get(change: Change): LinkedSums | undefined {
    const place = this.links.placeOf(change)
    return place === undefined ? undefined : this.at(place)
  }

  /** What came to a change at any of some levels; `null` = nothing did, which is not zero. */
  sumOf(change: Change, levels: readonly LinkLevel[]): bigint | null {
    const place = this.links.placeOf(change)
    if (place === undefined) return null
    const [high, low] = [new Float64Array(1), Float64Array.of(NaN)]
    for (const level of levels) {
      const own = this.sums[level]
      if (own.low[place] === own.low[place]) addHalves(high, low, 0, own.high[place]!, own.low[place]!)
    }
    return moneyAt({ high, low }, 0)
  }

  *keys(): Generator<Change> {
    for (const [change] of this) yield change
  }

  *[Symbol.iterator](): Generator<readonly [Change, LinkedSums]> {
    for (const [place, change] of this.links.changes.entries()) {
      const sums = this.at(place)
      if (sums !== undefined) yield [change, sums]
    }
  }

  private at(place: number): LinkedSums | undefined {
    let own: LinkedSums | undefined
    for (const level of LINK_LEVELS) {
      const nanos = moneyAt(this.sums[level], place)
      if (nanos !== null) (own ??= {})[level] = nanosOf(nanos)
    }
    return own
  }
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
