import { useMemo, useState } from 'react'
import { Button, IconButton } from '../parts/index.ts'
import { findCells, nextFound, replaceEdits } from './find.ts'
import type { EditPlan } from './sheet-edits.ts'
import type { RangeController } from './range-controller.ts'
import { type Cell, isSameCell, selectCell } from './range.ts'
import type { Sheet } from './sheet.ts'

/** Searches names, formulas and values as shown; Enter goes on, Shift+Enter goes back, Escape returns to the sheet. */
export function FindBar({
  sheet,
  controller,
  hasReplace,
  onReplace,
  onClose,
}: {
  readonly sheet: Sheet
  readonly controller: RangeController
  readonly hasReplace: boolean
  readonly onReplace: (plan: EditPlan) => void
  readonly onClose: () => void
}) {
  const [wanted, setWanted] = useState('')
  const [by, setBy] = useState('')
  const [at, setAt] = useState<Cell | null>(null)
  const found = useMemo(() => findCells(sheet, wanted), [sheet, wanted])
  const place = at ? found.findIndex((cell) => isSameCell(cell, at)) : -1
  const show = (cell: Cell | null) => {
    setAt(cell)
    if (cell) controller.select(selectCell(cell), { takesFocus: false })
  }
  const go = (isBack: boolean) => show(nextFound(found, controller.read().active, isBack))
  const search = (text: string) => {
    setWanted(text)
    const { row, column } = controller.read().active
    show(nextFound(findCells(sheet, text), { row, column: column - 1 }, false))
  }
  const replace = (cells: readonly Cell[]) => {
    const { edits, skipped } = replaceEdits(sheet, cells, wanted, by)
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
