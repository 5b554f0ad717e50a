import { conditionalOdds, quantileOf } from '../model/index.ts'
import type { KeyResultRows } from './key-results.ts'
import { goodness, holds } from './key-results.ts'
import type { GivenOdds, Tension } from './types.ts'

/** Share of samples in which the condition holds; a sample without a value does not hold. */
export function oddsOf(samples: Float64Array, condition: (value: number) => boolean): number {
  if (samples.length === 0) return 0
  let hits = 0
  for (const value of samples) if (!Number.isNaN(value) && condition(value)) hits++
  return hits / samples.length
}

export interface Judged {
  readonly rows: KeyResultRows
  readonly now: Float64Array
  readonly then: Float64Array
}

/** Share of runs in which every key result holds at once. */
export function oddsOfAll(judged: readonly Judged[]): number | null {
  const size = judged[0]?.then.length ?? 0
  if (size === 0) return null
  let hits = 0
  for (let i = 0; i < size; i++) if (judged.every(({ rows, then }) => holds(rows.keyResult, then[i]!))) hits++
  return hits / size
}

/** Chance of each key result in the runs in which another holds, for every two of them. */
export function oddsGiven(judged: readonly Judged[]): readonly GivenOdds[] {
  const met = judged.map(({ rows, then }) => then.map((value) => Number(holds(rows.keyResult, value))))
  return judged.flatMap(({ rows }, i) =>
    judged.flatMap((other, j) =>
      i === j
        ? []
        : [
            {
              keyResultId: rows.keyResult.id,
              givenId: other.rows.keyResult.id,
              ...conditionalOdds(met[i]!, met[j]!),
            },
          ],
    ),
  )
}

const CORRELATION_LIMIT = -0.3
const ODDS_LIMIT = 0.1

/**
 * Pairs that pull against each other, worst first, by three tests: their goodness correlates below -0.3 over the runs; the
 * better half of one has odds of the other more than 10 points below its own; or the scenario helps one and costs the other
 * more than 10 points.
 */
export function findTensions(
  judged: readonly Judged[],
  correlate: (a: Float64Array, b: Float64Array) => number,
): readonly Tension[] {
  const found: (Tension & { readonly weight: number })[] = []
  const metBy = judged.map(({ rows, then }) => Uint8Array.from(then, (value) => Number(holds(rows.keyResult, value))))
  const oddsBy = metBy.map((met) => met.reduce((hits, hit) => hits + hit, 0) / Math.max(1, met.length))
  const changes = judged.map(change)
  const betterBy = judged.map(betterHalf)
  judged.forEach((a, i) => {
    judged.forEach((b, j) => {
      if (i === j) return
      const [nameA, nameB] = [a.rows.keyResult.name, b.rows.keyResult.name]
      const correlation = correlate(a.then, b.then) * goodness(a.rows.keyResult) * goodness(b.rows.keyResult)
      const pair = {
        a: a.rows.keyResult.id,
        b: b.rows.keyResult.id,
        correlation: Number.isFinite(correlation) ? correlation : 0,
      }
      if (i < j && correlation < CORRELATION_LIMIT) {
        found.push({
          ...pair,
          weight: -correlation,
          sentence: `“${nameA}” and “${nameB}” pull against each other: over the runs their values correlate at ${correlation.toFixed(2)}.`,
        })
        return
      }
      const drop = oddsBy[j]! - oddsWithin(betterBy[i]!, metBy[j]!)
      if (drop > ODDS_LIMIT) {
        found.push({
          ...pair,
          weight: drop,
          sentence: `In the runs that are better for “${nameA}” the odds of “${nameB}” are ${points(drop)} lower.`,
        })
        return
      }
      const gain = changes[i]!
      const loss = -changes[j]!
      if (gain > 0.02 && loss > ODDS_LIMIT) {
        found.push({
          ...pair,
          weight: loss,
          sentence: `It lifts the odds of “${nameA}” by ${points(gain)} and costs “${nameB}” ${points(loss)}.`,
        })
      }
    })
  })
  return found.sort((a, b) => b.weight - a.weight).map(({ weight: _, ...tension }) => tension)
}

function change({ rows, now, then }: Judged): number {
  const isMet = (value: number) => holds(rows.keyResult, value)
  return oddsOf(then, isMet) - oddsOf(now, isMet)
}

/** Runs in which the key result does at least as well as in its middle run. */
function betterHalf({ rows, then }: Judged): Uint32Array {
  const middle = quantileOf(then, 0.5)
  const sign = goodness(rows.keyResult)
  const better: number[] = []
  then.forEach((value, i) => {
    if (!(sign * (value - middle) < 0)) better.push(i)
  })
  return Uint32Array.from(better)
}

function oddsWithin(runs: Uint32Array, met: Uint8Array): number {
  let hits = 0
  for (const run of runs) hits += met[run]!
  return runs.length === 0 ? 0 : hits / runs.length
}

function points(share: number): string {
  return `${Math.round(share * 100)} points`
}
