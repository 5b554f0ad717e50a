import type { ApplyEdits } from './apply-edits.ts'
import { readIn } from './decimal-mark.ts'
import { type Rect, type Selection, lastRect, selectRect } from './range.ts'
import { pasteEdits } from './sheet-edits.ts'
import type { SheetHost } from './sheet-host.ts'
import type { Sheet, SheetEdit } from './sheet.ts'
import { parseForeignTsv } from './tsv.ts'

/** Cells from the clipboard; `isForeign` = written by another program. */
export interface Block {
  readonly cells: readonly (readonly string[])[]
  readonly isForeign: boolean
}

export interface Pasting {
  /** Asks first when not all of it fits. */
  readonly paste: (block: Block, verb: string) => void
  readonly pasteByCommand: (isValues: boolean) => Promise<void>
  /** Selects what was pasted once the rows it made are shown. */
  readonly selectPasted: (rowCount: number) => void
}

export function pastingOf({ latest, controller, show }: SheetHost, { run, tell }: ApplyEdits): Pasting {
  let waiting: { readonly rows: number; readonly selection: Selection } | null = null

  const paste = ({ cells: block, isForeign }: Block, verb: string) => {
    const { sheet, onCheck, rowCommands } = latest.current
    const plan = pasteEdits(sheet, controller.read(), block, isForeign)
    const refusals = onCheck?.(plan.edits) ?? []
    const { rows = 0, columns = 0 } = plan.overflow ?? {}
    if (refusals.length === 0 && rows === 0 && columns === 0) {
      run(plan, verb)
      return
    }
    const last = sheet.rows.at(-1)
    const addRows =
      rowCommands && last
        ? () => {
            const target = lastRect(plan.selection)
            waiting = {
              rows: sheet.rows.length + rows,
              selection: selectRect({ ...target, bottom: target.bottom + rows }),
            }
            const verdict = rowCommands.pasteBelow(
              last.id,
              rows,
              (rowIds) => [
                ...plan.edits,
                ...editsBelow(sheet, target, { cells: block.slice(-rows), isForeign }, rowIds),
              ],
              verb,
            )
            tell(verdict, plan.skipped - rows * (block[0]?.length ?? 0), verb)
          }
        : null
    show({ kind: 'paste', question: { plan, verb, refusals, addRows } })
  }

  /** The page may only read the clipboard by itself where it was allowed to; the key always works. */
  const pasteByCommand = async (isValues: boolean) => {
    const { onNotice } = latest.current
    try {
      paste(
        { cells: parseForeignTsv(await navigator.clipboard.readText()), isForeign: true },
        isValues ? 'Paste values' : 'Paste',
      )
    } catch {
      onNotice(`The clipboard is open to the keys only here. Press ${isValues ? 'Ctrl+Shift+V' : 'Ctrl+V'}.`)
    }
  }

  const selectPasted = (rowCount: number) => {
    if (!waiting || rowCount < waiting.rows) return
    controller.select(waiting.selection)
    waiting = null
  }

  return { paste, pasteByCommand, selectPasted }
}

/** What of a block goes into rows that are new, in the columns of `target`. */
function editsBelow(
  sheet: Sheet,
  target: Rect,
  { cells: block, isForeign }: Block,
  rowIds: readonly string[],
): readonly SheetEdit[] {
  return block.flatMap((cells, row) =>
    cells.flatMap((text, at): SheetEdit[] => {
      const column = sheet.columns[target.left + at]
      const rowId = rowIds[row]
      return column && rowId !== undefined
        ? [{ rowId, columnId: column.id, text: isForeign ? readIn(column, text) : text, how: 'placed' }]
        : []
    }),
  )
}
