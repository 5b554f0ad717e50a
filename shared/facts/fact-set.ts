import { cellAt } from './build-chunks.ts'
import { enrichTable } from './enrich-table.ts'
import { chunkOf, KeyIndex, rowOf } from './key-index.ts'
import { type Overlap, silencedRows, silencesOf } from './overlap.ts'
import { FACT_KINDS, type FactChunk, type FactKind, type FactRow, withLaterColumns } from './schema.ts'

/** All facts of one table that hold now: later statements about the same record have replaced earlier ones. */
export interface FactTable<K extends FactKind = FactKind> {
  readonly kind: K
  readonly chunks: readonly FactChunk[]
  /** Per chunk, 1 = holds, 0 = replaced; null = every row holds. */
  readonly live: readonly (Uint8Array | null)[]
  /** Rows that hold. */
  readonly rows: number
}

export type FactSet = { readonly [K in FactKind]: FactTable<K> }

/** Where a fact came from: the way from any number down to its rows. */
export interface FactOrigin {
  readonly importId: string
  /** 1-based record in the imported file. */
  readonly sourceRow: number
}

/** Which statement counts when two imports speak of one record: the later `asOf`, then the later commit. */
export interface StatementOrder {
  readonly id: string
  readonly asOf: number | null
  readonly seq: number
  /** Where it meets other imports: whose rows count. */
  readonly overlaps?: readonly Overlap[] | undefined
}

/**
 * Puts the chunks of all imports together; what a later statement is silent on, an earlier one fills (`enrichTable`).
 * Order-free: any order of importing the same files gives the same set, because the winner of a record is the statement
 * with the later `asOf`; only equal moments fall back to the order of commits.
 * Taking an import back is leaving its chunks out: what it had replaced holds again.
 */
export function resolveFacts(chunks: readonly FactChunk[], imports: readonly StatementOrder[]): FactSet {
  const rank = new Map<string, number>()
  ;[...imports]
    .sort((a, b) => (a.asOf ?? -Infinity) - (b.asOf ?? -Infinity) || a.seq - b.seq)
    .forEach(({ id }, index) => rank.set(id, index))
  const set: Partial<Record<FactKind, FactTable>> = {}
  for (const kind of FACT_KINDS) {
    const table = resolveTable(
      kind,
      chunks
        .filter((chunk) => chunk.kind === kind)
        .map(withLaterColumns)
        .sort((a, b) => (rank.get(a.importId) ?? 0) - (rank.get(b.importId) ?? 0) || a.seq - b.seq),
    )
    set[kind] = enrichTable(kind === 'usage' ? withoutSilenced(table, imports) : table)
  }
  return set as FactSet
}

function resolveTable(kind: FactKind, chunks: readonly FactChunk[]): FactTable {
  const importCount = new Set(chunks.map(({ importId }) => importId)).size
  const total = chunks.reduce((sum, chunk) => sum + chunk.rows, 0)
  // One import never holds two rows of one key: the importer numbers true duplicates.
  if (importCount < 2) return { kind, chunks, live: chunks.map(() => null), rows: total }
  const live = chunks.map((chunk) => new Uint8Array(chunk.rows).fill(1))
  const holder = new KeyIndex(chunks)
  let rows = total
  chunks.forEach((chunk, at) => {
    for (let i = 0; i < chunk.rows; i++) {
      const previous = holder.put(at, i)
      if (previous < 0) continue
      live[chunkOf(previous)]![rowOf(previous)] = 0
      rows--
    }
  })
  return { kind, chunks, live, rows }
}

/** Leaves out the rows another import states in this one's stead. */
function withoutSilenced(table: FactTable, imports: readonly StatementOrder[]): FactTable {
  const silences = silencesOf(imports)
  if (silences.size === 0) return table
  let rows = table.rows
  const live = table.chunks.map((chunk, at) => {
    const known = table.live[at]!
    const isSilenced = silencedRows(chunk, silences.get(chunk.importId) ?? [])
    if (isSilenced === null) return known
    const own = known?.slice() ?? new Uint8Array(chunk.rows).fill(1)
    for (let row = 0; row < chunk.rows; row++) {
      if (own[row] === 0 || !isSilenced(row)) continue
      own[row] = 0
      rows--
    }
    return own
  })
  return { ...table, live, rows }
}

/** Every fact that holds, as an object with its origin. For tables of up to some 100,000 rows; hot loops read columns. */
export function* eachFact<K extends FactKind>(
  table: FactTable<K>,
): Generator<FactRow<K> & { readonly origin: FactOrigin }> {
  for (const [at, chunk] of table.chunks.entries()) {
    const live = table.live[at]
    const columns = Object.entries(chunk.columns)
    for (let i = 0; i < chunk.rows; i++) {
      if (live && live[i] === 0) continue
      const fact: Record<string, unknown> = { origin: { importId: chunk.importId, sourceRow: chunk.sourceRows[i]! } }
      for (const [name, column] of columns) fact[name] = cellAt(column, i)
      yield fact as FactRow<K> & { readonly origin: FactOrigin }
    }
  }
}

/** A set with nothing in it, for empty workbooks. */
export function noFacts(): FactSet {
  return resolveFacts([], [])
}
