/** Header names as we compare them: case, white space and quotes around do not matter; position never does. */
export function plainName(name: string): string {
  return name.trim().toLowerCase().replaceAll(/\s+/g, ' ')
}

/** Finds columns by name in a header whose names may repeat; the first of a name is meant. */
export class Columns {
  readonly header: readonly string[]
  private readonly positions = new Map<string, number>()
  private readonly asked = new Set<number>()

  constructor(header: readonly string[]) {
    this.header = header
    header.forEach((name, at) => {
      const plain = plainName(name)
      if (!this.positions.has(plain)) this.positions.set(plain, at)
    })
  }

  /** Position of the first of these names that is there, or -1. */
  find(...names: readonly string[]): number {
    for (const name of names) {
      const at = this.positions.get(name)
      if (at === undefined) continue
      this.asked.add(at)
      return at
    }
    return -1
  }

  /** As `find`, of a column that tells rows apart and whose text is kept beside them, since no fact states it. */
  place(...names: readonly string[]): number {
    return names.map((name) => this.positions.get(name) ?? -1).find((at) => at >= 0) ?? -1
  }

  /** Columns nobody has asked for. */
  unasked(): readonly number[] {
    return this.header.flatMap((_, at) => (this.asked.has(at) ? [] : [at]))
  }

  has(name: string): boolean {
    return this.positions.has(name)
  }
}

/** Each member is one column: a name, or several by which it has been known. */
export type ColumnNames = string | readonly string[]

export function namesOf(column: ColumnNames): readonly string[] {
  return typeof column === 'string' ? [column] : column
}

/** The columns that decided, as text; null when one is missing. */
export function matchColumns(columns: Columns, required: readonly ColumnNames[]): string | null {
  const found: string[] = []
  for (const column of required) {
    const at = columns.find(...namesOf(column))
    if (at < 0) return null
    found.push(columns.header[at]!)
  }
  return found.join(', ')
}
