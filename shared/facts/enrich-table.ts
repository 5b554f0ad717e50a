import { cellAt } from './build-chunks.ts'
import { type ColumnData, FACT_TABLES, type FactChunk, type FactKind } from './schema.ts'

interface LiveTable {
  readonly kind: FactKind
  readonly chunks: readonly FactChunk[]
  readonly live: readonly (Uint8Array | null)[]
}

interface Enrichment {
  /** What stays true whatever happens next. */
  readonly lasting: readonly string[]
  /** What holds only while this column says the same in both statements. */
  readonly state?: string
  readonly inState?: readonly string[]
}

/**
 * Columns that a later statement may be silent on because its export does not have them, and that an earlier one fills:
 * a list of pull requests without sizes does not make the sizes unknown. Columns in which silence says something (no labels,
 * not closed any more) are never filled.
 */
const ENRICHED: { readonly [K in FactKind]?: Enrichment } = {
  pullRequest: {
    lasting: [
      'title',
      'author',
      'authorIsBot',
      'createdAt',
      'mergedAt',
      'mergeSha',
      'headRef',
      'agent',
      'itemId',
      'authorId',
    ],
    state: 'state',
    inState: [
      'isDraft',
      'closedAt',
      'additions',
      'deletions',
      'changedFiles',
      'closes',
      'reviewsKnown',
      'commitsKnown',
      'readyAt',
    ],
  },
  deployment: {
    lasting: Object.keys(FACT_TABLES.deployment),
  },
  incident: { lasting: ['service', 'severity', 'startedAt', 'causedByDeployment'] },
  workItem: {
    lasting: ['type', 'title', 'createdAt', 'project'],
    state: 'status',
    inState: ['statusCategory', 'startedAt', 'resolvedAt', 'points', 'epic', 'parent', 'outcome'],
  },
}

/** The table with the gaps of each row that holds filled from the statements it replaced, newest first. */
export function enrichTable<T extends LiveTable>(table: T): T {
  const rule = ENRICHED[table.kind]
  if (!rule || table.live.every((live) => live === null)) return table
  const filled = table.chunks.map((chunk) => new FilledChunk(chunk))
  const holders = new Map<string, { readonly chunk: FilledChunk; readonly row: number }>()
  for (const chunk of filled) {
    const { keys, checks, rows } = chunk.source
    for (let row = 0; row < rows; row++) {
      const key = `${keys[row]!} ${checks[row]!}`
      const before = holders.get(key)
      if (before) fillRow(rule, before.chunk, before.row, chunk, row)
      holders.set(key, { chunk, row })
    }
  }
  return { ...table, chunks: filled.map((chunk) => chunk.result()) }
}

function fillRow(rule: Enrichment, from: FilledChunk, fromRow: number, to: FilledChunk, toRow: number): void {
  for (const name of rule.lasting) to.fill(toRow, name, from.cell(fromRow, name))
  if (rule.state === undefined || rule.inState === undefined) return
  const state = to.cell(toRow, rule.state)
  if (state === null || state !== from.cell(fromRow, rule.state)) return
  for (const name of rule.inState) to.fill(toRow, name, from.cell(fromRow, name))
}

/** A chunk whose columns are copied on the first cell that is filled: what is stored stays as it is. */
class FilledChunk {
  readonly source: FactChunk
  private columns: Record<string, ColumnData> | null = null
  private readonly codes = new Map<string, Map<string, number>>()

  constructor(source: FactChunk) {
    this.source = source
  }

  cell(row: number, name: string): string | number | bigint | null {
    const column = (this.columns ?? this.source.columns)[name]
    // Instants and days stay numbers here: they only move from one column to the same one of another chunk.
    if (column?.kind === 'day') return Number.isNaN(column.values[row]!) ? null : column.values[row]!
    return column ? cellAt(column, row) : null
  }

  fill(row: number, name: string, value: string | number | bigint | null): void {
    if (value === null || this.cell(row, name) !== null) return
    this.columns ??= { ...this.source.columns }
    let column = this.columns[name]
    if (!column) return
    if (column === this.source.columns[name]) this.columns[name] = column = copyOf(column)
    if (column.kind === 'text') {
      const [word, words] = [String(value), column.words as string[]]
      let codes = this.codes.get(name)
      if (!codes) this.codes.set(name, (codes = new Map(words.map((known, at) => [known, at + 1]))))
      let code = codes.get(word)
      if (code === undefined) codes.set(word, (code = words.push(word)))
      column.codes[row] = code
    } else if (column.kind === 'nanos') column.values[row] = value as bigint
    else column.values[row] = value as number
  }

  result(): FactChunk {
    return this.columns === null ? this.source : { ...this.source, columns: this.columns }
  }
}

function copyOf(column: ColumnData): ColumnData {
  if (column.kind === 'text') return { ...column, codes: column.codes.slice(), words: [...column.words] }
  if (column.kind === 'nanos') return { ...column, values: column.values.slice() }
  return { ...column, values: column.values.slice() }
}
