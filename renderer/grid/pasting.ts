import type { ApplyEdits } from './apply-edits.ts'
import { readIn } from './decimal-mark.ts'
import { type Rect, type Selection, lastRect, selectRect } from './range.ts'
import { type EditPlan, clearCut, pasteEdits } from './sheet-edits.ts'
import type { SheetHost } from './sheet-host.ts'
import type { Sheet, SheetEdit } from './sheet.ts'
import { specialPasteEdits } from './special-paste.ts'
import { parseForeignTsv } from './tsv.ts'

const SPECIAL = 'Paste special'

/** Cells from the clipboard; `isForeign` = written by another program. */
export interface Block {
  readonly cells: readonly (readonly string[])[]
  readonly isForeign: boolean
  /** The text they stand in. */
  readonly plain: string
}

export interface Pasting {
  /** Copies or cuts from wherever the focus is, as in an open menu; only the event it fires can write the clipboard. */
  readonly copyByCommand: (kind: 'copy' | 'cut') => void
  readonly isCopyingByCommand: () => boolean
  /** What was put on the clipboard as text, and what was typed behind it. */
  readonly copied: (plain: string, raw: readonly (readonly string[])[]) => void
  /** Asks first when not all of it fits. What was cut goes in the same step. */
  readonly paste: (block: Block, verb: string) => void
  readonly pasteByCommand: (isValues: boolean) => Promise<void>
  readonly pasteSpecial: () => void
  /** Selects what was pasted once the rows it made are shown. */
  readonly selectPasted: (rowCount: number) => void
}

export function pastingOf({ latest, controller, show }: SheetHost, { run, tell }: ApplyEdits): Pasting {
  let waiting: { readonly rows: number; readonly selection: Selection } | null = null
  let own: { readonly plain: string; readonly raw: readonly (readonly string[])[] } | null = null
  let isCopying = false

  const copyByCommand = (kind: 'copy' | 'cut') => {
    isCopying = true
    const isDone = document.execCommand(kind)
    isCopying = false
    if (!isDone)
      latest.current.onNotice(`The clipboard is open to the keys only here. Press Ctrl+${kind === 'cut' ? 'X' : 'C'}.`)
  }

  const paste = (block: Block, verb: string) => {
    const { sheet } = latest.current
    const { cut } = controller
    const plan = pasteEdits(sheet, controller.read(), block.cells, block.isForeign)
    if (cut.length > 0 && isOwn(block.plain)) move(plan, cut)
    else {
      // Something else was copied since, elsewhere: what was cut stays where it is.
      if (cut.length > 0) controller.take(null)
      place(plan, block, verb)
    }
  }

  const move = (plan: EditPlan, cut: readonly Rect[]) => {
    const { sheet, onCheck } = latest.current
    controller.take(null)
    const refused = onCheck?.(plan.edits) ?? []
    const from = { ...selectRect(cut.at(-1)!), ranges: cut.flatMap((rect) => selectRect(rect).ranges) }
    const cleared = clearCut(
      sheet,
      from,
      plan,
      refused.map(({ edit }) => edit),
    )
    run({ ...plan, edits: [...cleared.edits, ...plan.edits] }, 'Move cells')
  }

  /** Systems differ in what ends a line. */
  const isOwn = (plain: string) => own !== null && own.plain === plain.replace(/\r\n?/g, '\n')

  const place = (plan: EditPlan, { cells: block, isForeign }: Pick<Block, 'cells' | 'isForeign'>, verb: string) => {
    const { sheet, onCheck, rowCommands } = latest.current
    const refusals = onCheck?.(plan.edits) ?? []
    const { rows = 0, columns = 0 } = plan.overflow ?? {}
    if (refusals.length === 0 && rows === 0 && columns === 0) {
      const { clipboard } = controller
      run(plan, verb)
      // It can be pasted again.
      controller.take(clipboard)
      return
    }
    const last = sheet.rows.at(-1)
    const addRows =
      rowCommands && last && verb !== SPECIAL
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

  /** The page may only read the clipboard by itself where it was allowed to; the keys always work. */
  const readClipboard = async (isValues: boolean): Promise<Block | null> => {
    try {
      const plain = await navigator.clipboard.readText()
      if (own && isOwn(plain) && !isValues) return { cells: own.raw, isForeign: false, plain }
      return { cells: parseForeignTsv(plain), isForeign: true, plain }
    } catch {
      latest.current.onNotice(
        `The clipboard is open to the keys only here. Press ${isValues ? 'Ctrl+Shift+V' : 'Ctrl+V'}.`,
      )
      return null
    }
  }

  const pasteByCommand = async (isValues: boolean) => {
    const block = await readClipboard(isValues)
    if (block) paste(block, isValues ? 'Paste values' : 'Paste')
  }

  const pasteSpecial = () =>
    show({
      kind: 'special',
      onPaste: (how) =>
        void readClipboard(how.isValues).then((block) => {
          if (!block) return
          const { cells, isForeign } = block
          place(specialPasteEdits(latest.current.sheet, controller.read(), cells, isForeign, how), block, SPECIAL)
        }),
    })

  const selectPasted = (rowCount: number) => {
    if (!waiting || rowCount < waiting.rows) return
    controller.select(waiting.selection)
    waiting = null
  }

  return {
    copyByCommand,
    isCopyingByCommand: () => isCopying,
    copied: (plain, raw) => {
      own = { plain, raw }
    },
    paste,
    pasteByCommand,
    pasteSpecial,
    selectPasted,
  }
}

/** What of a block goes into rows that are new, in the columns of `target`. */
function editsBelow(
  sheet: Sheet,
  target: Rect,
  { cells: block, isForeign }: Pick<Block, 'cells' | 'isForeign'>,
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
