/** Columns of a table a format does not read: kept with each row as `name: value` lines, so that nothing a file says is lost. */
export class UnreadColumns {
  readonly names: readonly string[]
  private readonly positions: readonly number[]
  private readonly last: string[]
  private lastText: string | null = null

  constructor(header: readonly string[], positions: readonly number[]) {
    this.positions = positions.filter((at) => header[at] !== '')
    this.names = this.positions.map((at) => header[at]!)
    this.last = this.positions.map(() => '')
  }

  /** Null when all of them are empty. Rows in a row often say the same here. */
  textOf(cells: readonly string[]): string | null {
    const { positions, last } = this
    let isSame = true
    for (let i = 0; i < positions.length; i++) {
      const cell = cells[positions[i]!] ?? ''
      if (cell === last[i]) continue
      last[i] = cell
      isSame = false
    }
    if (isSame) return this.lastText
    const lines = this.names.flatMap((name, i) => {
      const cell = last[i]!.trim()
      return cell === '' ? [] : [`${name}: ${cell.replaceAll(/[\r\n]+/g, ' ').slice(0, LONGEST_CELL)}`]
    })
    return (this.lastText = lines.length === 0 ? null : lines.join('\n'))
  }
}

/** Of a longer cell the start is kept: these are names and numbers, not texts. */
const LONGEST_CELL = 200
