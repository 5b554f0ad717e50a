import { MS_PER_DAY } from '../calendar/index.ts'
import { type Delivery, type Landing, likelyGone, TWENTY_ONE_DAYS } from '../delivery/index.ts'
import type { Bounds } from './bounds.ts'
import { type CaseStream, StreamBuilder } from './case-stream.ts'
import type { Case, CaseNumbers } from './cases.ts'
import { landingCase, landingShare, needsFiles } from './delivered.ts'
import { metricOfCases, type Standing } from './metric-of-cases.ts'

/**
 * Lines of at most 21 days of age removed in the period over lines added in it. 30 young lines removed while 200 were
 * added: 15%. It exists for the current week, because it looks back and not forward.
 *
 * From hunks it is exact. From file counts it is an estimate: deletions spread proportionally, or a quarter of the way from
 * there to “newest first” where the files before the first landing are known; the interval is from the one to the other.
 * Removed lines are counted when they go, as cases of the landing that had added them: that is where the rework was made.
 */
export const reworkRate = metricOfCases({
  id: 'rework-rate',
  name: 'Rework rate',
  unit: 'share',
  better: 'lower',
  definition:
    'Lines of code removed or replaced in the period at an age of at most 21 days, over lines of code added in the period.',
  formula: 'Σ lines removed at ≤ 21 days of age ÷ Σ lines added',
  source:
    'By anyone, 21 days. Other tools count changes instead of lines, two weeks, or the same author only; DORA’s rework rate counts deployments and is a number of its own.',
  quality: 'exact with hunks; from counts of lines an estimate with its bracket',
  shape: 'ratio',
  partName: 'Lines rewritten',
  wholeName: 'Lines added',
  ofWhat: 'landings that add code',
  missing: needsFiles,
  spoken: (delivery, bounds) => Math.min(knownLinesShare(delivery, bounds), landingShare(delivery, bounds)),
  standing: standingOfLines,
  stream(delivery) {
    const stream = new StreamBuilder<Landing>(delivery.landings.length, landingCase)
    for (const { repository, landings } of delivery.lines) {
      const walk = delivery.rewritesOf(repository)
      const { added, removals } = walk
      landings.forEach((landing, at) => {
        if (added[at]! > 0) stream.add(landing.landedAt, landing, 0, added[at])
      })
      const { birth, death, ageMs, proportional, newestFirst } = removals
      for (let i = 0; i < removals.length; i++) {
        if (ageMs[i]! > TWENTY_ONE_DAYS) continue
        const [least, most] = [proportional[i]!, newestFirst[i]!]
        stream.add(landings[death[i]!]!.landedAt, landings[birth[i]!]!, likelyGone(walk, least, most), 0, most, least)
      }
    }
    return stream.finish()
  },
  join: joinByLanding,
  joinNumbers: joinNumbersByLanding,
})

/** One case per landing: the lines it added and those of its lines that went. */
function joinByLanding(cases: readonly Case[]): readonly Case[] {
  const joined = new Map<Landing, { part: number; whole: number }>()
  for (const { landing, part, whole } of cases) {
    const own = joined.get(landing!)
    if (own) {
      own.part += part
      own.whole += whole
    } else joined.set(landing!, { part, whole })
  }
  return [...joined].map(([landing, { part, whole }]) => landingCase(landing, part, whole))
}

/** The same by column: the Wall asks for intervals of months of cases. */
function joinNumbersByLanding(stream: CaseStream, places: Uint32Array): Omit<CaseNumbers, 'shape'> {
  const landings = Int32Array.from(places, (place) => stream.caseAt(place).landing!.place)
  const [part, whole] = [new Float64Array(places.length), new Float64Array(places.length)]
  /** By the place of the landing, 1 + where its case is. */
  const joined = new Uint32Array(landings.reduce((most, landing) => Math.max(most, landing), -1) + 1)
  let count = 0
  for (let i = 0; i < places.length; i++) {
    const at = (joined[landings[i]!] ||= ++count) - 1
    part[at]! += stream.part[places[i]!]!
    whole[at]! += stream.whole[places[i]!]!
  }
  return { part: part.subarray(0, count), whole: whole.subarray(0, count) }
}

/** Exact where every repository is walked line by line; else an estimate with its bracket, and how to make it exact. */
export function standingOfLines(delivery: Delivery): Standing {
  return isWalkedByLine(delivery)
    ? { quality: 'exact' }
    : {
        quality: 'estimate',
        note: `Estimated from lines per file: deletions are spread over the known lines of a file${isBaselined(delivery) ? ' and moved a quarter of the way to “newest lines first”' : ''}; the interval ends at “newest lines first”. Import the hunk export of the same history for exact numbers.`,
      }
}

/** The lines of files before the first landing are known for every repository that is estimated. */
function isBaselined(delivery: Delivery): boolean {
  const walks = delivery.lines.map(({ repository }) => delivery.rewritesOf(repository))
  return walks.every(({ isExact, towardsNewest }) => isExact === true || towardsNewest !== undefined)
}

export function isWalkedByLine(delivery: Delivery): boolean {
  return delivery.lines.every(({ repository }) => delivery.rewritesOf(repository).isExact === true)
}

/**
 * In the first month of an export most lines of most files are of unknown age, so that deletions seem to hit the few young
 * ones and estimates read too high (measured: 21% where 3% was true). Those days count as not known.
 */
export function knownLinesShare(delivery: Delivery, { from, until }: Bounds): number {
  if (isWalkedByLine(delivery)) return 1
  const first = delivery.landings[0]!.landedAt + 30 * MS_PER_DAY
  return Math.min(1, Math.max(0, (until - Math.max(from, first)) / (until - from)))
}
