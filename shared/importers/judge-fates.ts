import {
  chunkOf,
  type FactChunk,
  type FactKind,
  KeyIndex,
  type Overlap,
  rowOf,
  silencedRows,
  silenceOf,
} from '../facts/index.ts'
import type { FactPlace, ImportRecord, KnownFacts, RowFate } from './types.ts'

/** What one fact is against the workbook: bits, because one record may hold facts of several fates. */
const [NEW, CHANGED, DUPLICATE] = [1, 2, 4] as const

export interface RowFates {
  readonly counts: Readonly<Record<RowFate, number>>
  /** The first rows of each fate. */
  readonly first: Readonly<Record<RowFate, readonly number[]>>
  /** Of the first changed rows, the facts that change a statement, and where that stands. */
  readonly changes: readonly ChangedFact[]
  /** How many of the duplicates repeat another record of the same file. */
  readonly repeated: number
}

/** A fact that says something else of a record than the statement that holds. */
export interface ChangedFact {
  readonly row: number
  readonly chunk: FactChunk
  readonly at: number
  readonly held: FactPlace
}

const MOST_FIRST = 8

interface OwnStatement {
  readonly asOf: number | null
  readonly seq: number
  readonly overlaps?: readonly Overlap[]
  /** The same bytes, imported before: saying a thing again does not make it newer than what others said since. */
  readonly same?: Pick<ImportRecord, 'id' | 'seq'> | undefined
}

/**
 * Compares every fact with the statement that holds now about the same record. A later statement (by `asOf`, then by
 * order of import) with other content changes it; equal content, or an earlier statement, is a duplicate.
 *
 * A record of several facts (a pull request with its reviews) is new when all of it is, a duplicate when all of it is,
 * and changed otherwise. `acceptedRows` are the records that made facts; one whose facts all repeat another record of the
 * same file is a duplicate too, and so is a row of days another file states in this one's stead.
 */
export function judgeFates(
  chunks: readonly FactChunk[],
  known: KnownFacts,
  own: OwnStatement,
  acceptedRows: Uint32Array,
): RowFates {
  const order = orderOf(known.imports)
  const kinds = judgedKinds(chunks)
  const earlier = known.chunks
    .filter(({ kind }) => kinds.has(kind))
    .sort((a, b) => (order.get(a.importId) ?? 0) - (order.get(b.importId) ?? 0) || a.seq - b.seq)
  const records = new Map(known.imports.map((record) => [record.id, record]))
  let lastRow = 0
  for (const { sourceRows, rows } of chunks) for (let i = 0; i < rows; i++) lastRow = Math.max(lastRow, sourceRows[i]!)
  const bits = new Uint8Array(lastRow + 1)
  const formerOf = new Map<FactKind, { readonly index: KeyIndex; readonly chunks: readonly FactChunk[] }>()
  const silences = (own.overlaps ?? []).filter(({ counts }) => counts === 'that').map(silenceOf)
  for (const kind of kinds) {
    const mine = earlier.filter((chunk) => chunk.kind === kind)
    const index = mine.length === 0 ? null : indexOf(mine)
    if (index) formerOf.set(kind, { index, chunks: mine })
    for (const chunk of chunks) {
      if (chunk.kind !== kind) continue
      const isSilenced = silencedRows(chunk, silences)
      if (index === null && isSilenced === null) {
        for (let i = 0; i < chunk.rows; i++) bits[chunk.sourceRows[i]!]! |= NEW
        continue
      }
      for (let i = 0; i < chunk.rows; i++) {
        const fate = isSilenced?.(i) ? DUPLICATE : index === null ? NEW : fateOf(chunk, i, index, mine, records, own)
        const row = chunk.sourceRows[i]!
        bits[row]! |= fate
      }
    }
  }
  const counts = { new: 0, changed: 0, duplicate: 0 }
  const first: Record<RowFate, number[]> = { new: [], changed: [], duplicate: [] }
  let repeated = 0
  for (let i = 0; i < acceptedRows.length; i++) {
    const row = acceptedRows[i]!
    if (!bits[row]) repeated++
    const all = bits[row] || DUPLICATE
    const fate = all === NEW ? 'new' : all === DUPLICATE ? 'duplicate' : 'changed'
    if (counts[fate]++ < MOST_FIRST) first[fate].push(row)
  }
  return { counts, first, changes: changesIn(chunks, new Set(first.changed)), repeated }

  function changesIn(all: readonly FactChunk[], wanted: ReadonlySet<number>): readonly ChangedFact[] {
    const found: ChangedFact[] = []
    if (wanted.size === 0) return found
    for (const chunk of all) {
      const former = formerOf.get(chunk.kind)
      if (!former) continue
      for (let at = 0; at < chunk.rows; at++) {
        const row = chunk.sourceRows[at]!
        if (!wanted.has(row) || fateOf(chunk, at, former.index, former.chunks, records, own) !== CHANGED) continue
        const holder = former.index.get(chunk.keys[at]!, chunk.checks[at]!)
        const { importId, kind, seq } = former.chunks[chunkOf(holder)]!
        found.push({ row, chunk, at, held: { importId, kind, seq, at: rowOf(holder) } })
      }
    }
    return found
  }
}

/** Accounts stand beside what a file is about: that one is known already makes no row less new. */
function judgedKinds(chunks: readonly FactChunk[]): ReadonlySet<FactKind> {
  const kinds = new Set(chunks.map(({ kind }) => kind))
  if (kinds.size > 1) kinds.delete('account')
  return kinds
}

function orderOf(imports: readonly ImportRecord[]): ReadonlyMap<string, number> {
  const sorted = [...imports].sort((a, b) => (a.asOf ?? -Infinity) - (b.asOf ?? -Infinity) || a.seq - b.seq)
  return new Map(sorted.map(({ id }, at) => [id, at]))
}

function indexOf(chunks: readonly FactChunk[]): KeyIndex {
  const index = new KeyIndex(chunks)
  chunks.forEach(({ rows }, at) => {
    for (let i = 0; i < rows; i++) index.put(at, i)
  })
  return index
}

function fateOf(
  chunk: FactChunk,
  row: number,
  index: KeyIndex,
  earlier: readonly FactChunk[],
  records: ReadonlyMap<string, ImportRecord>,
  own: OwnStatement,
): number {
  const holder = index.get(chunk.keys[row]!, chunk.checks[row]!)
  if (holder < 0) return NEW
  const held = earlier[chunkOf(holder)]!
  if (held.contents[rowOf(holder)] === chunk.contents[row]) return DUPLICATE
  const before = records.get(held.importId)
  const seq = own.same !== undefined && own.same.id !== held.importId ? own.same.seq : own.seq
  const isLater = (own.asOf ?? -Infinity) - (before?.asOf ?? -Infinity) || seq - (before?.seq ?? 0)
  return Number.isNaN(isLater) || isLater > 0 ? CHANGED : DUPLICATE
}
