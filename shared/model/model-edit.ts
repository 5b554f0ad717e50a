import type { Model, ModelRow } from './types.ts'

/** What turns one model into another, row by row. A row with another name, unit or kind went and came. */
export interface ModelEdit {
  /** Rows with another formula or other months. */
  readonly changed: readonly ModelRow[]
  readonly gone: readonly ModelRow[]
  readonly come: readonly ModelRow[]
  /** Whether the rows that stayed stand in another order, or others among them. */
  readonly isReordered: boolean
}

/** null when what is around the rows differs: months, imported history, correlations, figures that formulas look up. */
export function editBetween(before: Model, after: Model): ModelEdit | null {
  if (!isSameAround(before, after)) return null
  const [changed, gone, come]: ModelRow[][] = [[], [], []]
  const compare = (old: ModelRow, row: ModelRow) => {
    if (old === row) return
    if (!isSameButFormula(old, row)) {
      gone!.push(old)
      come!.push(row)
    } else if (!isSameRow(old, row)) changed!.push(row)
  }
  let start = 0
  let [oldEnd, end] = [before.rows.length, after.rows.length]
  for (; start < oldEnd && start < end && before.rows[start]!.id === after.rows[start]!.id; start++)
    compare(before.rows[start]!, after.rows[start]!)
  for (; oldEnd > start && end > start && before.rows[oldEnd - 1]!.id === after.rows[end - 1]!.id; oldEnd--, end--)
    compare(before.rows[oldEnd - 1]!, after.rows[end - 1]!)
  const rest = new Map(before.rows.slice(start, oldEnd).map((row) => [row.id, row]))
  for (const row of after.rows.slice(start, end)) {
    const old = rest.get(row.id)
    rest.delete(row.id)
    if (old) compare(old, row)
    else come!.push(row)
  }
  gone!.push(...rest.values())
  return { changed: changed!, gone: gone!, come: come!, isReordered: start < oldEnd || start < end }
}

function isSameAround(before: Model, after: Model): boolean {
  const isSameHistory =
    before.history === after.history || Object.keys(before.history).length + Object.keys(after.history).length === 0
  const isSameCorrelations =
    before.correlations === after.correlations || before.correlations.length + after.correlations.length === 0
  return (
    isSameHistory &&
    isSameCorrelations &&
    (before.known === after.known || JSON.stringify(before.known) === JSON.stringify(after.known)) &&
    before.months.length === after.months.length &&
    before.months.every((month, t) => month === after.months[t])
  )
}

export function isSameButFormula(a: ModelRow, b: ModelRow): boolean {
  return a.id === b.id && a.name === b.name && a.unit === b.unit && a.kind === b.kind
}

export function isSameRow(a: ModelRow, b: ModelRow): boolean {
  const months = Object.keys(a.overrides)
  return (
    a.formula === b.formula &&
    months.length === Object.keys(b.overrides).length &&
    months.every((month) => a.overrides[month] === b.overrides[month])
  )
}
