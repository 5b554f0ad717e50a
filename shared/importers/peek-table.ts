import { lookAtBytes, readTable } from '../tables/index.ts'
import type { ImportChoices, ImportMapping } from './types.ts'

/** The head of a table, for somebody who has to say which column means what. */
export interface TablePeek {
  readonly header: readonly string[]
  /** The first records, as strings by position. */
  readonly rows: readonly (readonly string[])[]
}

/** Enough bytes of a file for `peekTable`. */
export const PEEK_BYTES = 256 * 1024
const PEEK_ROWS = 5

/** Column names and the first records of a table out of its first bytes; `null` = these are no table. */
export function peekTable(bytes: Uint8Array, choices: ImportChoices = {}): TablePeek | null {
  const look = lookAtBytes(bytes)
  if (look.kind !== 'text') return null
  const table = readTable(bytes, look, {
    ...(choices.encoding === undefined ? {} : { encoding: choices.encoding }),
    ...(choices.headerLine === undefined ? {} : { headerLine: choices.headerLine }),
  })
  if (!table.ok || table.value.header.length < 2) return null
  const first = table.value.batches().next().value
  return { header: table.value.header, rows: first?.rows.slice(0, PEEK_ROWS) ?? [] }
}

/** How a table with these column names was read before. */
export function mappingFor(header: readonly string[], mappings: readonly ImportMapping[]): ImportMapping | null {
  return (
    mappings.find(
      ({ header: known }) => known.length === header.length && known.every((name, i) => name === header[i]),
    ) ?? null
  )
}
