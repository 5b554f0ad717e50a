import { type Day, epochDayOf } from '../calendar/index.ts'
import type { FactChunk } from './schema.ts'

/** What was decided where the days of an import meet those of another that speaks of the same use. */
export interface Overlap {
  /** Id of the other import. While it is not there nothing is decided, and everything counts. */
  readonly with: string
  /**
   * restated: a later file states a period of one account anew, as a whole.
   * same-money: the same money in another layout. unmatched: one layout and the same days, and no row in common.
   */
  readonly why: 'restated' | 'same-money' | 'unmatched'
  /** Days they share, both ends included. */
  readonly from: Day
  readonly to: Day
  /** Rows of this account only; null = of any. */
  readonly account: string | null
  /** Whose rows of these days count. */
  readonly counts: 'this' | 'that' | 'both'
}

/** Days, as days since 1970, and account whose rows do not count. */
export interface Silence {
  readonly from: number
  readonly to: number
  readonly account: string | null
}

export function silenceOf({ from, to, account }: Pick<Overlap, 'from' | 'to' | 'account'>): Silence {
  return { from: epochDayOf(from), to: epochDayOf(to), account }
}

interface Overlapping {
  readonly id: string
  readonly overlaps?: readonly Overlap[] | undefined
}

/** Per import, what of it does not count because another import, which is there, states it. */
export function silencesOf(imports: readonly Overlapping[]): ReadonlyMap<string, readonly Silence[]> {
  const there = new Set(imports.map(({ id }) => id))
  const silences = new Map<string, Silence[]>()
  for (const { id, overlaps = [] } of imports) {
    for (const overlap of overlaps) {
      if (overlap.counts === 'both' || !there.has(overlap.with)) continue
      const loser = overlap.counts === 'this' ? overlap.with : id
      silences.set(loser, [...(silences.get(loser) ?? []), silenceOf(overlap)])
    }
  }
  return silences
}

/** Says of a row of usage whether one of these silences it; null when no row of the chunk can be. */
export function silencedRows(chunk: FactChunk, silences: readonly Silence[]): ((row: number) => boolean) | null {
  const days = chunk.columns['day']
  if (chunk.kind !== 'usage' || silences.length === 0 || days === undefined || days.kind !== 'day') return null
  const accounts = chunk.columns['account']
  const words = accounts?.kind === 'text' ? accounts.words : []
  const codes = accounts?.kind === 'text' ? accounts.codes : null
  const known = silences.map(({ from, to, account }) => ({
    from,
    to,
    // -1 = no row of this chunk is of it.
    code: account === null ? null : words.indexOf(account) + 1 || -1,
  }))
  return (row) => {
    const day = days.values[row]!
    return known.some(({ from, to, code }) => day >= from && day <= to && (code === null || codes?.[row] === code))
  }
}
