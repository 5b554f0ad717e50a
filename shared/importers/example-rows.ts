import { cellAt, type FactChunk } from '../facts/index.ts'
import { formatNanos, nanosOf } from '../money/index.ts'
import type { ExampleRow, RowFate } from './types.ts'

/** The first rows of each fate as they were read: the columns that say something, under the names of our facts. */
export function exampleRows(
  chunks: readonly FactChunk[],
  rowsOf: Readonly<Record<RowFate, readonly number[]>>,
): readonly ExampleRow[] {
  const fates = new Map(
    Object.entries(rowsOf).flatMap(([fate, rows]) => rows.map((row) => [row, fate as RowFate] as const)),
  )
  const found = new Map<number, ExampleRow>()
  for (const chunk of chunks) {
    for (let i = 0; i < chunk.rows && found.size < fates.size; i++) {
      const row = chunk.sourceRows[i]!
      const fate = fates.get(row)
      if (fate !== undefined && !found.has(row)) found.set(row, { row, fate, said: saidBy(chunk, i) })
    }
  }
  return [...found.values()].sort((a, b) => a.row - b.row)
}

function saidBy(chunk: FactChunk, row: number): ExampleRow['said'] {
  return Object.entries(chunk.columns).flatMap(([name, column]) => {
    const cell = cellAt(column, row)
    if (cell === null) return []
    if (typeof cell === 'bigint') return [[name, formatNanos(nanosOf(cell))] as const]
    return [[name, column.kind === 'instant' ? new Date(Number(cell)).toISOString() : String(cell)] as const]
  })
}
