import type { FactKind, FactTable } from '../facts/index.ts'
import { TableReader } from '../facts/index.ts'

/** Rows of a table by the repository and number of their pull request, without a text per row to look them up by. */
export class RowsByPull<K extends FactKind> {
  readonly reader: TableReader<K>
  private readonly groups = new Map<string, Map<number, number>>()
  /** The rows of group g are `starts[g]` … `starts[g + 1]` of `rows`; the first group is empty. */
  readonly starts: Uint32Array
  readonly rows: Uint32Array

  constructor(table: FactTable<K>) {
    const reader = new TableReader(table)
    const [repository, numbers] = [reader.texts('repository'), reader.numbers('number')]
    const groupOf = new Uint32Array(reader.length)
    const counts = [0]
    for (let row = 0; row < groupOf.length; row++) {
      const number = numbers[row]!
      if (number !== number) continue
      const name = repository(row) ?? ''
      let own = this.groups.get(name)
      if (!own) this.groups.set(name, (own = new Map<number, number>()))
      let group = own.get(number)
      if (group === undefined) own.set(number, (group = counts.push(0) - 1))
      groupOf[row] = group
      counts[group]!++
    }
    const starts = new Uint32Array(counts.length + 1)
    counts.forEach((count, group) => (starts[group + 1] = starts[group]! + count))
    const next = starts.slice()
    const rows = new Uint32Array(starts[counts.length]!)
    for (let row = 0; row < groupOf.length; row++) {
      const group = groupOf[row]!
      if (group === 0) continue
      rows[next[group]!] = row
      next[group] = next[group]! + 1
    }
    this.reader = reader
    this.starts = starts
    this.rows = rows
  }

  /** The group that names the pull request by repository and number; else the one that names it by its id in a warehouse. */
  groupOf(repository: string, number: number, itemId: string | null): number {
    const named = itemId === null ? undefined : this.groups.get(itemId)?.get(0)
    return this.groups.get(repository)?.get(number) ?? named ?? 0
  }

  sizeOf(group: number): number {
    return this.starts[group + 1]! - this.starts[group]!
  }
}
