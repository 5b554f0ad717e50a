import {
  type FactKind,
  type FactTable,
  groupRows,
  NumberedPairs,
  type NumberedTexts,
  TableReader,
} from '../facts/index.ts'

/** Rows of a table by the repository and number of their pull request, without a text per row to look them up by. */
export class RowsByPull<K extends FactKind> {
  readonly reader: TableReader<K>
  /** The rows of group g are `starts[g]` … `starts[g + 1]` of `rows`; the first group is empty. */
  readonly starts: Uint32Array
  readonly rows: Uint32Array
  private readonly groups = new NumberedPairs()

  /** `names`: numbers of repositories, one list for all tables. */
  constructor(table: FactTable<K>, names: NumberedTexts) {
    const reader = new TableReader(table)
    const [repositories, numbers] = [reader.numbersOfTexts('repository', names), reader.numbers('number')]
    const nameless = names.numberOf('')
    const groupOf = new Int32Array(reader.length).fill(-1)
    for (let row = 0; row < groupOf.length; row++) {
      const [repository, number] = [repositories[row]!, numbers[row]!]
      if (number === number) groupOf[row] = 1 + this.groups.numberOf(repository < 0 ? nameless : repository, number)
    }
    const { starts, rows } = groupRows(groupOf, this.groups.count + 1)
    this.reader = reader
    this.starts = starts
    this.rows = rows
  }

  /** The group that names the pull request by repository and number; else the one that names it by its id in a warehouse. */
  groupOf(repository: number, number: number, itemId: number): number {
    if (this.rows.length === 0) return 0
    const own = 1 + this.groups.find(repository, number)
    return own > 0 || itemId < 0 ? own : 1 + this.groups.find(itemId, 0)
  }

  sizeOf(group: number): number {
    return this.starts[group + 1]! - this.starts[group]!
  }
}
