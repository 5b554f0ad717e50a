/** Rows by group: those of group g are `rows[starts[g]]` … before `rows[starts[g + 1]]`, in their order. */
export interface GroupedRows {
  readonly starts: Uint32Array
  readonly rows: Uint32Array
}

/** Brings the rows of each group together. `groupOf`: the group of each row, below `groups`; -1 = in none. */
export function groupRows(groupOf: Int32Array, groups: number): GroupedRows {
  const starts = new Uint32Array(groups + 1)
  for (let row = 0; row < groupOf.length; row++) if (groupOf[row]! >= 0) starts[groupOf[row]! + 1]!++
  for (let group = 0; group < groups; group++) starts[group + 1]! += starts[group]!
  const next = starts.slice()
  const rows = new Uint32Array(starts[groups]!)
  for (let row = 0; row < groupOf.length; row++) if (groupOf[row]! >= 0) rows[next[groupOf[row]!]!++] = row
  return { starts, rows }
}
