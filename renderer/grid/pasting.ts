import type { ApplyEdits } from './apply-edits.ts'
import { pasteEdits } from './sheet-edits.ts'
import type { SheetHost } from './sheet-host.ts'
import { parseTsv } from './tsv.ts'

export interface Pasting {
  /** Asks first when not all of it fits. */
  readonly paste: (block: readonly (readonly string[])[], verb?: string) => void
  readonly pasteByCommand: (isValues: boolean) => Promise<void>
  /** Goes on with a paste once the rows it needs are there. */
  readonly pasteWaiting: (rowCount: number) => void
}

export function pastingOf({ latest, controller, show }: SheetHost, { run }: ApplyEdits): Pasting {
  let waiting: { readonly rows: number; readonly run: () => void } | null = null

  const paste = (block: readonly (readonly string[])[], verb = 'Paste') => {
    const { sheet, onCheck, rowCommands } = latest.current
    const selection = controller.read()
    const plan = pasteEdits(sheet, selection, block)
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
            waiting = {
              rows: sheet.rows.length + rows,
              run: () => {
                controller.select(selection, { reveal: 'none' })
                paste(block, verb)
              },
            }
            rowCommands.addBelow(last.id, rows)
          }
        : null
    show({ kind: 'paste', question: { plan, verb, refusals, addRows } })
  }

  /** The page may only read the clipboard by itself where it was allowed to; the key always works. */
  const pasteByCommand = async (isValues: boolean) => {
    const { onNotice } = latest.current
    try {
      paste(parseTsv(await navigator.clipboard.readText()), isValues ? 'Paste values' : 'Paste')
    } catch {
      onNotice(`The clipboard is open to the keys only here. Press ${isValues ? 'Ctrl+Shift+V' : 'Ctrl+V'}.`)
    }
  }

  const pasteWaiting = (rowCount: number) => {
    if (!waiting || rowCount < waiting.rows) return
    const { run: goOn } = waiting
    waiting = null
    goOn()
  }

  return { paste, pasteByCommand, pasteWaiting }
}
