import type { RowCounts } from '../../../shared/importers/index.ts'

export type Fate = 'new' | 'changed' | 'duplicate' | 'keptAside'

export interface FateShare {
  readonly fate: Fate
  readonly name: string
  /** What it means for this file. */
  readonly meaning: string
  readonly count: number
  /** Width in the bar, 0 … 1; together 1 (0 for an empty file). */
  readonly share: number
}

const FATES: readonly (readonly [fate: Fate, name: string, meaning: string])[] = [
  ['new', 'new', 'not in the workbook yet'],
  ['changed', 'changed', 'known, and this file says something newer'],
  ['duplicate', 'duplicate', 'known already; counted once'],
  ['keptAside', 'kept aside', 'not read; nothing of it is in the figures'],
]

/** A fate that happened is at least this wide, so that one row in a hundred thousand can still be seen. */
const LEAST = 0.015

export function fateShares(counts: RowCounts): readonly FateShare[] {
  const total = FATES.reduce((sum, [fate]) => sum + counts[fate], 0)
  const widths = FATES.map(([fate]) => (counts[fate] === 0 ? 0 : Math.max(LEAST, counts[fate] / Math.max(1, total))))
  const whole = widths.reduce((sum, width) => sum + width, 0)
  return FATES.map(([fate, name, meaning], index) => ({
    fate,
    name,
    meaning,
    count: counts[fate],
    share: whole === 0 ? 0 : widths[index]! / whole,
  }))
}
