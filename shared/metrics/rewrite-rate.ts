import { type Delivery, goneWithin, type Landing, SEVEN_DAYS, SEVENTY_TWO_HOURS } from '../delivery/index.ts'
import { type CaseStream, StreamBuilder } from './case-stream.ts'
import { isBot, landingCase, landingHorizon, needsFiles } from './delivered.ts'
import { metricOfCases } from './metric-of-cases.ts'
import type { MetricContext } from './types.ts'
import { isWalkedByLine, knownLinesShare, standingOfLines } from './rework-rate.ts'

const SOURCE =
  'Any author; replaced and deleted lines count, renames do not. Right-censored: a landing is judged when its window has passed.'

/** Of the lines added in the period, those gone again within seven days. Known only seven days later. */
export const sevenDayRewriteRate = metricOfCases({
  id: 'seven-day-rewrite-rate',
  name: 'Seven-day rewrite rate',
  unit: 'share',
  better: 'lower',
  definition:
    'Lines of code added in the period that a later landing removed or replaced within seven days, over lines of code added in the period.',
  formula: 'Σ lines gone within 7 × 24 h ÷ Σ lines added',
  source: SOURCE,
  quality: 'exact with hunks; from counts of lines an estimate with its bracket',
  shape: 'ratio',
  partName: 'Lines rewritten',
  wholeName: 'Lines added',
  ofWhat: 'landings that add code',
  missing: needsFiles,
  cohort: { lagDays: 7, ofWhat: 'landings', horizon: landingHorizon },
  spoken: knownLinesShare,
  standing: standingOfLines,
  stream: (delivery) => linesGone(delivery, SEVEN_DAYS),
})

/** Of the lines added in the period, those gone again within 72 hours. */
export const rewriteRate72h = metricOfCases({
  id: 'rewrite-rate-72h',
  name: '72-hour rewrite rate',
  unit: 'share',
  better: 'lower',
  definition:
    'Lines of code added in the period that a later landing removed or replaced within 72 hours, over lines of code added in the period.',
  formula: 'Σ lines gone within 72 h ÷ Σ lines added',
  source: SOURCE,
  quality: 'exact with hunks; from counts of lines an estimate with its bracket',
  shape: 'ratio',
  partName: 'Lines rewritten',
  wholeName: 'Lines added',
  ofWhat: 'landings that add code',
  missing: needsFiles,
  cohort: { lagDays: 3, ofWhat: 'landings', horizon: landingHorizon },
  spoken: knownLinesShare,
  standing: standingOfLines,
  stream: (delivery) => linesGone(delivery, SEVENTY_TWO_HOURS),
})

/** Per landing that adds code its lines gone within a window, out of those it added. */
export function linesGone(
  delivery: Delivery,
  windowMs: number,
  isCounted: (landing: Landing) => boolean = () => true,
): CaseStream {
  const stream = new StreamBuilder<Landing>(delivery.landings.length, landingCase)
  const { added, proportional, newestFirst, likely } = goneByPlace(delivery, windowMs)
  delivery.landings.forEach((landing) => {
    const at = landing.place
    if (added[at]! > 0 && isCounted(landing))
      stream.add(landing.landedAt, landing, likely[at]!, added[at], newestFirst[at], proportional[at])
  })
  return stream.finish()
}

/** Lines added and gone by the place of the landing. */
function goneByPlace(
  delivery: Delivery,
  windowMs: number,
): ReturnType<typeof goneWithin> & { readonly added: Float64Array } {
  const column = (): Float64Array => new Float64Array(delivery.landings.length)
  const all = { added: column(), proportional: column(), newestFirst: column(), likely: column() }
  for (const { repository, landings } of delivery.lines) {
    const walk = delivery.rewritesOf(repository)
    const gone = goneWithin(walk, windowMs)
    const first = landings[0]!.place
    all.added.set(walk.added, first)
    all.proportional.set(gone.proportional, first)
    all.newestFirst.set(gone.newestFirst, first)
    all.likely.set(gone.likely, first)
  }
  return all
}

/** A change of fewer added lines of code says nothing by its shares. */
const SMALLEST_CHANGE = 10
/** Of its lines this share gone after 72 hours, or more, makes a landing unstable, unless the settings say another. */
export const UNSTABLE_SHARE = 0.1

/** 12 of 100 added lines gone after two days: unstable. */
export const unstable72h = metricOfCases({
  id: 'unstable-72h',
  name: 'Unstable changes',
  unit: 'share',
  better: 'lower',
  definition:
    'Landings of at least 10 added lines of code of which at least 10% are gone after 72 hours, or that were reverted by then, of all such landings of the period; automation is left out.',
  formula: 'landings with ≥ 10% of lines gone within 72 h or reverted ÷ landings of ≥ 10 lines',
  source:
    '“Rewritten inside 72 hours” taken literally marks every second change of a living repository; a tenth of its lines marks the ones that did not hold.',
  quality: 'exact with hunks; from counts of lines an estimate, within a factor of two',
  shape: 'share',
  partName: 'Unstable',
  wholeName: 'Judged',
  ofWhat: 'landings of at least 10 lines of code',
  missing: needsFiles,
  cohort: { lagDays: 3, ofWhat: 'landings', horizon: landingHorizon },
  spoken: knownLinesShare,
  standing(delivery, context) {
    const share = unstableShareOf(context)
    const set =
      share === UNSTABLE_SHARE ? [] : [`Unstable from ${Number((100 * share).toFixed(2))}% of its lines on, as set.`]
    return isWalkedByLine(delivery)
      ? { quality: 'exact', ...(set.length > 0 ? { note: set.join(' ') } : {}) }
      : { quality: 'estimate', note: [...set, ESTIMATED_UNSTABLE].join(' ') }
  },
  stream(delivery, context) {
    const share = unstableShareOf(context)
    const stream = new StreamBuilder<Landing>(delivery.landings.length, landingCase)
    const gone = goneByPlace(delivery, SEVENTY_TWO_HOURS)
    const reverted = new Set(delivery.lines.flatMap(({ landings }) => [...revertedWithin(landings, SEVENTY_TWO_HOURS)]))
    delivery.landings.forEach((landing) => {
      const { codeAdded, landedAt, place } = landing
      if (isBot(landing) || codeAdded < SMALLEST_CHANGE) return
      const isReverted = reverted.has(landing)
      const likely = isReverted || gone.likely[place]! >= share * codeAdded ? 1 : 0
      const most = isReverted || gone.newestFirst[place]! >= share * codeAdded ? 1 : 0
      stream.add(landedAt, landing, likely, 1, Math.max(likely, most))
    })
    return stream.finish()
  },
})

const ESTIMATED_UNSTABLE =
  'Estimated from lines per file, which can miss the share of unstable changes by a factor of two either way; the interval reaches up to “newest lines first”.'

function unstableShareOf({ settings }: MetricContext): number {
  return settings.unstableShare ?? UNSTABLE_SHARE
}

/** What a landing takes back: `Revert "Add cart"`, `revert: Add cart`; forges put the number of the pull request behind it. */
const TAKES_BACK = /^Revert "(.*)"|^revert:\s*(.*)$/
const NUMBER_BEHIND = / \(#\d+\)$/

/**
 * Landings of one line that a later one takes back by name within a window. `Revert "Add cart" (#13)` takes back `Add cart`
 * and, where none is called just that, the last `Add cart (#12)`.
 */
export function revertedWithin(landings: readonly Landing[], windowMs: number): ReadonlySet<Landing> {
  const reverted = new Set<Landing>()
  if (!landings.some(({ isRevert }) => isRevert)) return reverted
  const bySubject = new Map<string, Landing>()
  const byPlainSubject = new Map<string, Landing>()
  for (const landing of landings) {
    const { subject, landedAt } = landing
    const [, quoted, said] = (landing.isRevert && TAKES_BACK.exec(subject)) || []
    const named = quoted ?? said
    if (named !== undefined) {
      const target = bySubject.get(named) ?? byPlainSubject.get(named.replace(NUMBER_BEHIND, ''))
      if (target !== undefined && landedAt - target.landedAt <= windowMs) reverted.add(target)
    }
    bySubject.set(subject, landing)
    byPlainSubject.set(subject.replace(NUMBER_BEHIND, ''), landing)
  }
  return reverted
}
