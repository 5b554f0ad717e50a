import { namePeriod } from '../calendar/index.ts'
import { type Assessment, READINESS_ITEMS, READINESS_LEVELS, readinessOf } from '../metrics/index.ts'
import type { TeamHistory } from './learn-history.ts'

const HIGHEST_LEVEL = READINESS_LEVELS.length - 1
/** A judgement is good to half a level either way. */
const HALF_A_LEVEL = 0.5

/**
 * The readiness checklist as a driver: its score as a range, because each level is a judgement good to half a level, and an
 * item nobody judged may stand anywhere. Levels 3 of all five items: 62.5% to 87.5%. Without any assessment the history stays
 * as it is and the template keeps its guess.
 */
export function withReadiness(history: TeamHistory, assessments: readonly Assessment[]): TeamHistory {
  const asOf = assessments
    .map(({ on }) => on)
    .sort()
    .at(-1)
  if (asOf === undefined) return history
  const { items } = readinessOf(assessments, asOf)
  const judged = READINESS_ITEMS.flatMap((item) => items[item] ?? [])
  if (judged.length === 0) return history
  const open = READINESS_ITEMS.length - judged.length
  const sum = (of: (level: number) => number) => judged.reduce((all, { level }) => all + of(level), 0)
  const low = sum((level) => Math.max(0, level - HALF_A_LEVEL))
  const high = sum((level) => Math.min(HIGHEST_LEVEL, level + HALF_A_LEVEL)) + open * HIGHEST_LEVEL
  const share = (levels: number) => `${Number(((100 * levels) / (HIGHEST_LEVEL * READINESS_ITEMS.length)).toFixed(1))}%`
  const by = [...new Set(judged.map(({ assessedBy }) => assessedBy).filter((name) => name !== ''))].sort()
  const days = [...new Set(judged.map(({ on }) => on))].sort()
  return new Map([
    ...history,
    [
      'Readiness',
      {
        formula: `${share(low)} to ${share(high)}`,
        n: judged.length,
        fewest: 1,
        method: `judged by people: mean level of the checklist, half a level either way${open > 0 ? `, ${open} of ${READINESS_ITEMS.length} items never judged and taken as anything` : ''}`,
        source: `readiness checklist, ${namePeriod(days[0]!, days.at(-1)!)}${by.length > 0 ? `, assessed by ${by.join(' and ')}` : ''}`,
      },
    ],
  ])
}
