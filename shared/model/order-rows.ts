/** One formula's mention of another row; `isEarlier` when only earlier months of it are needed. */
export interface Mention {
  readonly row: number
  readonly isEarlier: boolean
}

export type RowGroup =
  | { readonly kind: 'row'; readonly rows: readonly [number] }
  /** Rows that need each other's earlier months; `rows` is the order within one month. */
  | { readonly kind: 'stepped'; readonly rows: readonly number[] }
  /** Rows that need each other in the same month, in the order of the circle. */
  | { readonly kind: 'cycle'; readonly rows: readonly number[]; readonly circle: readonly number[] }

/** Groups rows so that each group needs only groups before it (Tarjan's algorithm, without recursion: 5,000 rows in a chain are fine). */
export function orderRows(mentions: readonly (readonly Mention[])[]): readonly RowGroup[] {
  return componentsOf(mentions.map((each) => each.map((mention) => mention.row))).map((rows) => {
    const [only] = rows
    const isAlone = rows.length === 1 && !mentions[only!]!.some((mention) => mention.row === only)
    if (isAlone) return { kind: 'row', rows: [only!] }
    // The group's own graph, numbered from 0, so that many small groups cost no more than their size.
    const local = new Map(rows.map((row, at) => [row, at]))
    const sameMonth = rows.map((row) =>
      mentions[row]!.flatMap((mention) => {
        const target = mention.isEarlier ? undefined : local.get(mention.row)
        return target === undefined ? [] : [target]
      }),
    )
    const circle = circleIn(sameMonth)
    if (circle) return { kind: 'cycle', rows, circle: circle.map((at) => rows[at]!) }
    return { kind: 'stepped', rows: componentsOf(sameMonth).flatMap((each) => each.map((at) => rows[at]!)) }
  })
}

function componentsOf(needs: readonly (readonly number[])[]): number[][] {
  const count = needs.length
  const index = new Int32Array(count).fill(-1)
  const low = new Int32Array(count)
  const isOpen = new Uint8Array(count)
  const open: number[] = []
  const found: number[][] = []
  let next = 0
  for (let start = 0; start < count; start++) {
    if (index[start] !== -1) continue
    const path: { row: number; at: number }[] = [{ row: start, at: 0 }]
    while (path.length > 0) {
      const top = path[path.length - 1]!
      const { row } = top
      if (top.at === 0 && index[row] === -1) {
        index[row] = low[row] = next++
        open.push(row)
        isOpen[row] = 1
      }
      const target = needs[row]![top.at++]
      if (target !== undefined) {
        if (index[target] === -1) path.push({ row: target, at: 0 })
        else if (isOpen[target]) low[row] = Math.min(low[row]!, index[target]!)
        continue
      }
      path.pop()
      const parent = path[path.length - 1]
      if (parent) low[parent.row] = Math.min(low[parent.row]!, low[row]!)
      if (low[row] === index[row]) {
        const component: number[] = []
        let member: number
        do {
          member = open.pop()!
          isOpen[member] = 0
          component.push(member)
        } while (member !== row)
        found.push(component.reverse())
      }
    }
  }
  return found
}

/** Some circle, or null. */
function circleIn(needs: readonly (readonly number[])[]): readonly number[] | null {
  const isOpen = new Uint8Array(needs.length)
  const isDone = new Uint8Array(needs.length)
  for (const start of needs.keys()) {
    if (isDone[start]) continue
    const path: { row: number; at: number }[] = [{ row: start, at: 0 }]
    isOpen[start] = 1
    while (path.length > 0) {
      const top = path[path.length - 1]!
      const target = needs[top.row]![top.at++]
      if (target === undefined) {
        isDone[top.row] = 1
        isOpen[top.row] = 0
        path.pop()
      } else if (isOpen[target]) {
        const circle = path.map((step) => step.row)
        return circle.slice(circle.indexOf(target))
      } else if (!isDone[target]) {
        isOpen[target] = 1
        path.push({ row: target, at: 0 })
      }
    }
  }
  return null
}
