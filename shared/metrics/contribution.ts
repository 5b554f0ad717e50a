import { quantile } from './statistics.ts'

/**
 * Who moved a number: the change between two periods cut into one contribution per group, so that the contributions add up
 * to the change. Groups of either period count; a group that is in only one of them appeared or went.
 */

/** One group's part of a ratio of sums in one period. */
export interface RatioPart {
  /** What the ratio counts: lines removed, idle hours, merged changes. */
  readonly part: number
  /** What it is held against: lines added, all hours, closed changes. */
  readonly whole: number
}

/** By group; the period's value is the sum of all parts over the sum of all wholes. */
export type RatioParts = ReadonlyMap<string, RatioPart>

/**
 * Contributions to the change of a ratio of sums: per group its share of the whole times how far its own ratio lies from
 * the usual one, now minus before. Both moves are in it: the group's ratio changed, or the group became a larger share.
 *
 * (part − R × whole) / all wholes, with R the mean of both periods' ratios, sums to the ratio minus R for any R; so the
 * differences sum to the change exactly, also where a group adds nothing to the whole.
 *
 * Shop 10 of 100 to 30 of 100, site 10 of 100 in both: 10% to 20%; shop gives +10 points, site 0.
 */
export function ratioContributions(now: RatioParts, before: RatioParts): ReadonlyMap<string, number> {
  const [wholeNow, wholeBefore] = [sumOf(now, 'whole'), sumOf(before, 'whole')]
  const usual = (sumOf(now, 'part') / wholeNow + sumOf(before, 'part') / wholeBefore) / 2
  const away = (parts: RatioParts, group: string, whole: number): number => {
    const own = parts.get(group)
    return own === undefined ? 0 : (own.part - usual * own.whole) / whole
  }
  return new Map(
    groupsOf(now, before).map((group) => [group, away(now, group, wholeNow) - away(before, group, wholeBefore)]),
  )
}

function sumOf(parts: RatioParts, key: 'part' | 'whole'): number {
  let sum = 0
  for (const own of parts.values()) sum += own[key]
  return sum
}

function groupsOf(...sides: readonly ReadonlyMap<string, unknown>[]): readonly string[] {
  return [...new Set(sides.flatMap((side) => [...side.keys()]))]
}

/** More groups than this make too many coalitions; the caller joins the small ones first. */
export const MOST_MEDIAN_GROUPS = 6

/**
 * Contributions to the change of a median: the mean effect of exchanging a group's values of before for those of now, over
 * all orders of exchanging (Shapley value). A median has no parts that add up by themselves; this sharing does by
 * construction. At most `MOST_MEDIAN_GROUPS` groups.
 *
 * [1, 2, 3] to [1, 2, 9] in one group and the same values in the other: the first gives all of the change.
 */
export function medianContributions(
  now: ReadonlyMap<string, readonly number[]>,
  before: ReadonlyMap<string, readonly number[]>,
): ReadonlyMap<string, number> {
  const groups = groupsOf(now, before)
  const n = groups.length
  if (n > MOST_MEDIAN_GROUPS) throw new RangeError(`too many groups for a median: ${n}`)
  // Bit i set: group i has its values of now.
  const medians: number[] = []
  for (let chosen = 0; chosen < 1 << n; chosen++) {
    const values = groups.flatMap((group, i) => ((chosen >> i) & 1 ? now : before).get(group) ?? [])
    medians.push(values.length === 0 ? NaN : quantile(values, 0.5))
  }
  // Without a value in a coalition of groups that were exchanged half way: the middle of both ends.
  const middle = (medians[0]! + medians.at(-1)!) / 2
  const worth = medians.map((value) => (Number.isNaN(value) ? middle : value))
  return new Map(
    groups.map((group, i) => {
      let sum = 0
      for (let chosen = 0; chosen < 1 << n; chosen++) {
        if ((chosen >> i) & 1) continue
        const size = bitsOf(chosen)
        sum +=
          ((factorial(size) * factorial(n - size - 1)) / factorial(n)) * (worth[chosen | (1 << i)]! - worth[chosen]!)
      }
      return [group, sum]
    }),
  )
}

function bitsOf(chosen: number): number {
  let bits = 0
  for (let left = chosen; left > 0; left >>= 1) bits += left & 1
  return bits
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1)
}

/**
 * Contributions to the change of a cost per piece: each group by the cost it added or saved at the mean number of pieces,
 * and `pieces` by there being more or fewer of them at the mean cost. $100 for 10, then $100 for 5: all of the +$10 is pieces.
 */
export function costContributions(
  now: { readonly costs: ReadonlyMap<string, number>; readonly pieces: number },
  before: { readonly costs: ReadonlyMap<string, number>; readonly pieces: number },
): { readonly groups: ReadonlyMap<string, number>; readonly pieces: number } {
  const perCost = (1 / now.pieces + 1 / before.pieces) / 2
  const all = [...now.costs.values(), ...before.costs.values()].reduce((sum, cost) => sum + cost, 0)
  return {
    groups: new Map(
      groupsOf(now.costs, before.costs).map((group) => [
        group,
        ((now.costs.get(group) ?? 0) - (before.costs.get(group) ?? 0)) * perCost,
      ]),
    ),
    pieces: (all / 2) * (1 / now.pieces - 1 / before.pieces),
  }
}
