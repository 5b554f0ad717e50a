/** Another look at a sheet: some of its rows, or its rows in another order. The rows themselves stay where they are. */
import { showIn } from './decimal-mark.ts'
import { EMPTY_CELL, type Sheet, type SheetCell, type SheetColumn, type SheetRow } from './sheet.ts'

export type RowCondition = 'error' | 'uncertain' | 'typed' | 'unfavourable'

export interface SheetSort {
  readonly columnId: string
  readonly isDescending: boolean
}

export interface Arrangement {
  /** Found in any cell of a row, letter case aside; '' = every row. */
  readonly text: string
  /** null = every row. */
  readonly condition: RowCondition | null
  readonly sort: SheetSort | null
}

export const AS_IT_IS: Arrangement = { text: '', condition: null, sort: null }

/**
 * The rows that meet the arrangement, each under its group; a group that is found itself keeps all its rows. Sorting goes
 * by the value of a column (by its text where it has none), within a group and among rows of a kind, so that lines stay
 * with their initiative and drivers below the budget. Cells without a value come last either way.
 */
export function arrangeSheet(sheet: Sheet, { text, condition, sort }: Arrangement): Sheet {
  const column = sort === null ? -1 : sheet.columns.findIndex(({ id }) => id === sort.columnId)
  const wanted = text.trim().toLowerCase()
  if (wanted === '' && condition === null && column < 0) return sheet
  let blocks = blocksOf(sheet.rows)
  if (wanted !== '' || condition !== null)
    blocks = kept(blocks, (row) => isWanted(row, sheet.columns, wanted, condition))
  if (sort === null || column < 0) return { ...sheet, rows: rowsOf(blocks) }
  return {
    ...sheet,
    columns: sheet.columns.map((one, at) => (at === column ? marked(one, sort.isDescending) : one)),
    rows: rowsOf(sorted(blocks, column, sort.isDescending)),
  }
}

/** A row with the rows of a deeper level that follow it. */
interface Block {
  readonly row: SheetRow
  readonly below: readonly Block[]
}

function blocksOf(rows: readonly SheetRow[]): readonly Block[] {
  const blocks: Block[] = []
  for (let at = 0; at < rows.length;) {
    const row = rows[at]!
    let end = at + 1
    while (end < rows.length && rows[end]!.level > row.level) end += 1
    blocks.push({ row, below: blocksOf(rows.slice(at + 1, end)) })
    at = end
  }
  return blocks
}

function rowsOf(blocks: readonly Block[]): readonly SheetRow[] {
  return blocks.flatMap(({ row, below }) => [row, ...rowsOf(below)])
}

function kept(blocks: readonly Block[], isWantedRow: (row: SheetRow) => boolean): readonly Block[] {
  return blocks.flatMap((block) => {
    if (isWantedRow(block.row)) return [block]
    const below = kept(block.below, isWantedRow)
    return below.length > 0 ? [{ row: block.row, below }] : []
  })
}

function isWanted(
  row: SheetRow,
  columns: readonly SheetColumn[],
  text: string,
  condition: RowCondition | null,
): boolean {
  const has = (is: (cell: SheetCell, column: SheetColumn | undefined) => boolean) =>
    row.cells.some((cell, at) => is(cell, columns[at]))
  const shown = (cell: SheetCell, column: SheetColumn | undefined) => showIn(column, `${cell.text}\n${cell.raw}`)
  if (text !== '' && !has((cell, column) => shown(cell, column).toLowerCase().includes(text))) return false
  return condition === null || has((cell) => MEETS[condition](cell))
}

const MEETS: Readonly<Record<RowCondition, (cell: SheetCell) => boolean>> = {
  error: ({ errorCode }) => errorCode !== '',
  uncertain: ({ mark }) => mark === 'range',
  typed: ({ role, raw }) => role === 'input' && raw !== '',
  unfavourable: ({ tone }) => tone === 'bad',
}

function sorted(blocks: readonly Block[], column: number, isDescending: boolean): readonly Block[] {
  const cell = ({ row }: Block) => row.cells[column] ?? EMPTY_CELL
  const order = (a: Block, b: Block) => compareCells(cell(a), cell(b), isDescending)
  const result: Block[] = []
  for (let at = 0; at < blocks.length;) {
    let end = at + 1
    while (end < blocks.length && blocks[end]!.row.kind === blocks[at]!.row.kind) end += 1
    // Sections are headings and keep their places.
    const run = blocks.slice(at, end)
    result.push(...(run[0]!.row.kind === 'section' ? run : run.sort(order)))
    at = end
  }
  return result.map(({ row, below }) => ({ row, below: sorted(below, column, isDescending) }))
}

function compareCells(a: SheetCell, b: SheetCell, isDescending: boolean): number {
  const isBlank = (cell: SheetCell) => cell.value === null && cell.text === ''
  if (isBlank(a) || isBlank(b)) return Number(isBlank(a)) - Number(isBlank(b))
  const order =
    a.value !== null && b.value !== null
      ? a.value - b.value
      : Number(a.value === null) - Number(b.value === null) || COLLATOR.compare(a.text, b.text)
  return isDescending ? -order : order
}

const COLLATOR = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function marked(column: SheetColumn, isDescending: boolean): SheetColumn {
  return { ...column, header: `${column.header} ${isDescending ? '▼' : '▲'}` }
}
