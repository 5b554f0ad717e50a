/**
 * Hand-edited things are records with an id, kept in named tables. One command makes one diff; the diff keeps both
 * sides, so undo is the diff read backwards and no table needs undo code of its own.
 */

export interface Identified {
  readonly id: string
}

/** Table name -> id -> record. */
export type Tables = Readonly<Record<string, Readonly<Record<string, Identified>>>>

export interface RecordChange {
  readonly table: string
  readonly id: string
  /** `null` = the record did not exist before. */
  readonly before: Identified | null
  /** `null` = the record is gone after. */
  readonly after: Identified | null
}

export type RecordsDiff = readonly RecordChange[]

export function invertDiff(diff: RecordsDiff): RecordsDiff {
  return diff.map(({ table, id, before, after }) => ({ table, id, before: after, after: before })).reverse()
}

/** Two diffs in a row as one; records that end where they began are left out. */
export function joinDiffs(first: RecordsDiff, second: RecordsDiff): RecordsDiff {
  const joined = new Map<string, RecordChange>()
  for (const change of [...first, ...second]) {
    const key = JSON.stringify([change.table, change.id])
    const known = joined.get(key)
    joined.set(key, known ? { ...known, after: change.after } : change)
  }
  return [...joined.values()].filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after))
}

export function applyDiff<T extends Tables>(tables: T, diff: RecordsDiff): T {
  const next: Record<string, Record<string, Identified>> = {}
  for (const { table, id, after } of diff) {
    const records = (next[table] ??= { ...tables[table] })
    if (after === null) delete records[id]
    else records[id] = after
  }
  return { ...tables, ...next }
}

/** What turns `from` into `to`; empty when they hold the same. */
export function diffTables(from: Tables, to: Tables): RecordsDiff {
  const changes: RecordChange[] = []
  for (const table of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const [before, after] = [from[table] ?? {}, to[table] ?? {}]
    for (const id of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const [was, is] = [before[id] ?? null, after[id] ?? null]
      if (was !== is && JSON.stringify(was) !== JSON.stringify(is)) changes.push({ table, id, before: was, after: is })
    }
  }
  return changes
}
