import type { Day } from '../../shared/calendar/index.ts'
import {
  FACT_TABLES,
  FactBuilder,
  type FactKind,
  type FactRow,
  type FactSet,
  resolveFacts,
} from '../../shared/facts/index.ts'
import { nanosOf } from '../../shared/money/index.ts'
import { type Instant, instantOf } from '../../shared/quantities/index.ts'

/** Every column `null`, then what the test says. */
export function factRow<K extends FactKind>(kind: K, said: Partial<FactRow<K>>): FactRow<K> {
  const blank = Object.fromEntries(Object.keys(FACT_TABLES[kind]).map((name) => [name, null]))
  return { ...blank, ...said } as FactRow<K>
}

export type FactRows = { readonly [K in FactKind]?: readonly Partial<FactRow<K>>[] }

/** One import holding these rows, as the set every metric reads. */
export function factsOf(rows: FactRows, importId = 'i1'): FactSet {
  return resolveFacts(chunksOf(rows, importId), [{ id: importId, asOf: null, seq: 1 }])
}

export function chunksOf(rows: FactRows, importId = 'i1') {
  const builder = new FactBuilder(importId)
  let sourceRow = 0
  for (const kind of Object.keys(rows) as FactKind[]) {
    for (const row of rows[kind] ?? []) {
      sourceRow++
      builder.add(
        kind,
        factRow(kind, row as Partial<FactRow<typeof kind>>),
        naturalKey(kind, row, sourceRow),
        sourceRow,
      )
    }
  }
  return builder.finish()
}

function naturalKey(kind: FactKind, row: Readonly<Record<string, unknown>>, sourceRow: number): string {
  const parts: Record<FactKind, readonly string[]> = {
    usage: [],
    landing: ['repository', 'sha'],
    fileChange: ['repository', 'sha', 'path'],
    pullRequest: ['repository', 'number'],
    review: [],
    pullCommit: [],
    deployment: ['deploymentId'],
    incident: ['incidentId'],
    hunk: [],
    fileBaseline: ['repository', 'path'],
    workItem: ['tracker', 'key'],
    statusChange: [],
    statusTime: ['tracker', 'key', 'status'],
    account: ['source', 'id'],
    ownership: [],
  }
  const key = parts[kind].map((name) => String(row[name] ?? ''))
  return [kind, ...(key.length === 0 ? [String(sourceRow)] : key)].join('|')
}

/** `2026-03-02T09:00` in UTC, seconds and zone may follow. */
export function at(text: string): Instant {
  return instantOf(Date.parse(/Z|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`))
}

export function onDay(text: string): Day {
  return text as Day
}

/** Whole or decimal units of money, exact to a cent. */
export function units(amount: number) {
  return nanosOf(BigInt(Math.round(amount * 100)) * 10_000_000n)
}
