import { lookAtBytes, readJson, readTable } from '../tables/index.ts'
import { tableOfJson } from './table-of-json.ts'
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
  const own = textOfTable(bytes)
  if (own === null) return null
  const table = readTable(own, lookAtBytes(own), {
    ...(choices.encoding === undefined ? {} : { encoding: choices.encoding }),
    ...(choices.headerLine === undefined ? {} : { headerLine: choices.headerLine }),
  })
  if (!table.ok || table.value.header.length < 2) return null
  const rows: (readonly string[])[] = []
  for (const batch of table.value.batches()) {
    rows.push(...batch.rows.slice(0, PEEK_ROWS - rows.length))
    if (rows.length === PEEK_ROWS) break
  }
  return { header: table.value.header, rows }
}

/** The bytes of a table as they are, or of the table some JSON makes; of a file that was cut off, its whole lines. */
function textOfTable(bytes: Uint8Array): Uint8Array | null {
  const look = lookAtBytes(bytes)
  if (look.kind === 'text') return bytes
  if (look.kind !== 'json') return null
  const whole = readJson(bytes, look)
  if (whole.ok) return tableOfJson(whole.value)
  const lines = readJson(bytes.subarray(0, bytes.lastIndexOf(10) + 1), look)
  return lines.ok ? tableOfJson(lines.value) : null
}

/** How a table with these column names was read before. */
export function mappingFor(header: readonly string[], mappings: readonly ImportMapping[]): ImportMapping | null {
  return (
    mappings.find(
      ({ header: known }) => known.length === header.length && known.every((name, i) => name === header[i]),
    ) ?? null
  )
}
