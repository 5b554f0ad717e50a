import { cellAt, type FactChunk, type Repeat } from '../facts/index.ts'
import { formatNanos, nanosOf } from '../money/index.ts'
import type { ChangedFact } from './judge-fates.ts'
import type { ExampleRow, FactPlace, RowFate, Said } from './types.ts'

/** The first rows of each fate as they were read: the columns that say something, under the names of our facts. */
export function exampleRows(
  chunks: readonly FactChunk[],
  rowsOf: Readonly<Record<RowFate, readonly number[]>>,
  changes: readonly ChangedFact[] = [],
  repeats: readonly Repeat[] = [],
): readonly ExampleRow[] {
  const fates = new Map(
    Object.entries(rowsOf).flatMap(([fate, rows]) => rows.map((row) => [row, fate as RowFate] as const)),
  )
  const found = new Map<number, ExampleRow>()
  for (const { row, chunk, at, held } of changes)
    if (!found.has(row)) found.set(row, { row, fate: 'changed', said: saidBy(chunk, at), changes: held })
  for (const chunk of chunks) {
    for (let i = 0; i < chunk.rows && found.size < fates.size; i++) {
      const row = chunk.sourceRows[i]!
      const fate = fates.get(row)
      if (fate !== undefined && !found.has(row)) found.set(row, { row, fate, said: saidBy(chunk, i) })
    }
  }
  for (const { sourceRow: row, of, chunk, at } of repeats) {
    const fate = fates.get(row)
    if (fate !== undefined && !found.has(row)) found.set(row, { row, fate, said: saidBy(chunk, at), repeats: of })
  }
  return [...found.values()].sort((a, b) => a.row - b.row)
}

/** What stored facts say, by place; null where their import is not at hand. */
export function saidAt(chunks: readonly FactChunk[], places: readonly FactPlace[]): readonly (Said | null)[] {
  return places.map(({ importId, kind, seq, at }) => {
    const chunk = chunks.find((one) => one.importId === importId && one.kind === kind && one.seq === seq)
    // Hashes alone say nothing.
    return chunk === undefined || chunk.sourceRows.length === 0 ? null : saidBy(chunk, at)
  })
}

/** Rows with what they change beside it, as far as the stored facts say. */
export function withFormer(
  examples: readonly ExampleRow[],
  formerOf: (places: readonly FactPlace[]) => readonly (Said | null)[],
) {
  const changed = examples.filter((row): row is ExampleRow & { changes: FactPlace } => row.changes !== undefined)
  const said = new Map(formerOf(changed.map(({ changes }) => changes)).map((former, i) => [changed[i]!, former]))
  return examples.map((row): ExampleRow => {
    const former = said.get(row as ExampleRow & { changes: FactPlace })
    return former ? { ...row, former } : row
  })
}

function saidBy(chunk: FactChunk, row: number): Said {
  return Object.entries(chunk.columns).flatMap(([name, column]) => {
    const cell = cellAt(column, row)
    if (cell === null) return []
    if (typeof cell === 'bigint') return [[name, formatNanos(nanosOf(cell))] as const]
    return [[name, column.kind === 'instant' ? new Date(Number(cell)).toISOString() : String(cell)] as const]
  })
}
