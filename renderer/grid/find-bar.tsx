import { useEffect, useMemo, useState } from 'react'
import { Button, IconButton } from '../parts/index.ts'
import { findCells, groupsOver, nextFound, replaceEdits } from './find.ts'
import type { EditPlan } from './sheet-edits.ts'
import type { RangeController } from './range-controller.ts'
import { type Cell, isSameCell, selectCell } from './range.ts'
import type { Sheet } from './sheet.ts'

/** Searches names, formulas and values as shown, in collapsed rows too; Enter goes on, Shift+Enter goes back, Escape returns to the sheet. */
export function FindBar({
  sheet,
  wholeOf,
  controller,
  hasReplace,
  onReplace,
  onOpenRow,
  onClose,
}: {
  /** What is on screen. */
  readonly sheet: Sheet
  /** Makes the same with every row. */
  readonly wholeOf: (sheet: Sheet) => Sheet
  readonly controller: RangeController
  readonly hasReplace: boolean
  readonly onReplace: (plan: EditPlan) => void
  readonly onOpenRow: (rowId: string) => void
  readonly onClose: () => void
}) {
  const [wanted, setWanted] = useState('')
  const [by, setBy] = useState('')
  const [at, setAt] = useState<Cell | null>(null)
  const whole = useMemo(() => wholeOf(sheet), [wholeOf, sheet])
  const found = useMemo(() => findCells(whole, wanted), [whole, wanted])
  const place = at ? found.findIndex((cell) => isSameCell(cell, at)) : -1
  const rowId = at ? (whole.rows[at.row]?.id ?? null) : null
  const shownRow = rowId === null ? -1 : sheet.rows.findIndex(({ id }) => id === rowId)
  // Its groups open one render later, and only then can it be selected.
  useEffect(() => {
    if (at && shownRow >= 0) controller.select(selectCell({ row: shownRow, column: at.column }), { takesFocus: false })
  }, [at, controller, shownRow])
  const show = (cell: Cell | null) => {
    setAt(cell)
    if (!cell) return
    if (!sheet.rows.some(({ id }) => id === whole.rows[cell.row]?.id))
      for (const group of groupsOver(whole, cell.row)) onOpenRow(group.id)
  }
  /** The active cell as a place among all rows. */
  const here = (): Cell => {
    const { row, column } = controller.read().active
    const id = sheet.rows[row]?.id
    return { row: whole.rows.findIndex((one) => one.id === id), column }
  }
  const go = (isBack: boolean) => show(nextFound(found, at && shownRow < 0 ? at : here(), isBack))
  const search = (text: string) => {
    setWanted(text)
    const { row, column } = here()
    show(nextFound(findCells(whole, text), { row, column: column - 1 }, false))
  }
  const replace = (cells: readonly Cell[]) => {
    const { edits, skipped } = replaceEdits(whole, cells, wanted, by)
    onReplace({ edits, skipped, selection: controller.read() })
  }
  const count =
    wanted === '' ? '' : found.length === 0 ? 'Not found' : `${place < 0 ? '–' : place + 1} of ${found.length}`
  return (
    <div
      role="search"
      className="find-bar"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
        else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) go(event.shiftKey)
        else return
        event.preventDefault()
        event.stopPropagation()
      }}
    >
      <input
        autoFocus
        className="input"
        aria-label="Find on the sheet"
        placeholder="Find"
        value={wanted}
        onChange={(event) => search(event.target.value)}
      />
      <span className="find-count" role="status">
        {count}
      </span>
      <IconButton label="Previous" icon="chevron-left" isDisabled={found.length === 0} onPress={() => go(true)} />
      <IconButton label="Next" icon="chevron-right" isDisabled={found.length === 0} onPress={() => go(false)} />
      {hasReplace && (
        <>
          <input
            className="input"
            aria-label="Replace by"
            placeholder="Replace by"
            value={by}
            onChange={(event) => setBy(event.target.value)}
          />
          <Button size="small" isDisabled={place < 0} onPress={() => replace(found.slice(place, place + 1))}>
            Replace
          </Button>
          <Button size="small" isDisabled={found.length === 0} onPress={() => replace(found)}>
            Replace all
          </Button>
        </>
      )}
      <IconButton label="Close find" icon="close" onPress={onClose} />
    </div>
  )
}
