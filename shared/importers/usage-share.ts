import { type FactChunk, type Overlap, silencedRows, silenceOf } from '../facts/index.ts'
import { UsageSum } from './sum-usage.ts'
import type { InPlace, UsageShare } from './types.ts'

/** What of these chunks lies in the windows; `live` as in a fact table, 0 = replaced by a later statement. */
export function usageInside(
  chunks: readonly FactChunk[],
  windows: InPlace['windows'],
  live: readonly (Uint8Array | null)[] = [],
): UsageShare {
  const sum = new UsageSum()
  let rows = 0
  chunks.forEach((chunk, at) => {
    const isInside = silencedRows(chunk, windows.map(silenceOf))
    if (isInside === null) return
    const inside = new Uint8Array(chunk.rows)
    for (let row = 0; row < chunk.rows; row++) {
      if (live[at]?.[row] === 0 || !isInside(row)) continue
      inside[row] = 1
      rows++
    }
    sum.addChunk(chunk, inside)
  })
  return { rows, totals: sum.totals() }
}

/** Per earlier import the days of which only one of the two counts, with what this file says of them. */
export function inPlaceOf(chunks: readonly FactChunk[], overlaps: readonly Overlap[]): readonly InPlace[] {
  const ids = [...new Set(overlaps.filter(({ counts }) => counts !== 'both').map((overlap) => overlap.with))]
  return ids.map((of) => {
    const windows = overlaps
      .filter((overlap) => overlap.with === of && overlap.counts !== 'both')
      .map(({ from, to, account }) => ({ from, to, account }))
    return { of, windows, own: usageInside(chunks, windows) }
  })
}
