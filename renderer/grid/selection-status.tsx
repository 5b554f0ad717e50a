import { type ReactNode, useDeferredValue, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { showIn } from './decimal-mark.ts'
import type { RangeController } from './range-controller.ts'
import { selectionFigures } from './sheet-edits.ts'
import { type Sheet, type SheetColumn, cellAt } from './sheet.ts'

const NUMBER = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 })
/** Shorter pauses would read every step of a drag. */
const SPEAK_AFTER_MS = 300

/** Figures of the selection for the eye, and in words for a screen reader once it rests, with what is wrong in the active cell. */
export function SelectionStatus({
  sheet,
  controller,
  children,
}: {
  readonly sheet: Sheet
  readonly controller: RangeController
  readonly children?: ReactNode
}) {
  const selection = useSyncExternalStore(controller.subscribe, controller.read)
  const now = useMemo(() => ({ sheet, selection }), [sheet, selection])
  // After the cells are painted: figures of a hundred thousand cells must not hold a key or an edit up.
  const shown = useDeferredValue(now)
  const figures = useMemo(() => selectionFigures(shown.sheet, shown.selection), [shown])
  const column = sheet.columns[selection.active.column]
  const { errorCode, tip } = cellAt(shown.sheet, shown.selection.active.row, shown.selection.active.column)
  const spoken =
    figures.cells > 1
      ? `${figures.cells} cells selected${figures.numbers > 0 ? `, sum ${numberText(figures.sum, column)}` : ''}`
      : [errorCode, tip].filter((part) => errorCode !== '' && part !== '').join('. ')
  const [said, setSaid] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setSaid(spoken), SPEAK_AFTER_MS)
    return () => clearTimeout(timer)
  }, [spoken])
  return (
    <footer className="sheet-status">
      <div className="sheet-status-notes">{children}</div>
      {figures.errors > 0 && <Figure column={column} name="Errors" value={figures.errors} isBad />}
      {figures.cells > 1 && <Figure column={column} name="Cells" value={figures.cells} />}
      <Figure column={column} name="Count" value={figures.numbers} />
      <Figure column={column} name="Avg" value={figures.average} />
      <Figure column={column} name="Min" value={figures.smallest} />
      <Figure column={column} name="Max" value={figures.largest} />
      <Figure column={column} name="Sum" value={figures.numbers > 0 ? figures.sum : null} />
      <div className="visually-hidden" role="status">
        {said}
      </div>
    </footer>
  )
}

function numberText(value: number, column: SheetColumn | undefined): string {
  return showIn(column, NUMBER.format(value))
}

function Figure({
  column,
  name,
  value,
  isBad,
}: {
  readonly column: SheetColumn | undefined
  readonly name: string
  readonly value: number | null
  readonly isBad?: boolean
}) {
  return (
    <span className={isBad ? 'bad' : undefined}>
      {name} <b>{value === null ? '–' : numberText(value, column)}</b>
    </span>
  )
}
