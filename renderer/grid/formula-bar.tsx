import { type KeyboardEvent, useSyncExternalStore } from 'react'
import type { EditSession } from './edit-session.ts'
import type { AfterCommit } from './keymap.ts'
import type { RangeController } from './range-controller.ts'
import { isSingleCell, lastRect, sizeOf } from './range.ts'
import { type Sheet, cellAt, columnLetters } from './sheet.ts'

/** Where the active cell is, what was typed into it, and a place to change it that is wide enough for a formula. */
export function FormulaBar({
  sheet,
  controller,
  session,
  onCommit,
  onCancel,
}: {
  readonly sheet: Sheet
  readonly controller: RangeController
  readonly session: EditSession
  readonly onCommit: (then: AfterCommit) => void
  readonly onCancel: () => void
}) {
  const selection = useSyncExternalStore(controller.subscribe, controller.read)
  const edit = useSyncExternalStore(session.subscribe, session.read)
  const { active } = selection
  const cell = cellAt(sheet, active.row, active.column)
  const row = sheet.rows[active.row]
  const size = sizeOf(lastRect(selection))
  const place = isSingleCell(selection)
    ? `${columnLetters(active.column)}${row?.position ?? active.row + 1}`
    : `${size.rows}R × ${size.columns}C`
  const isEditing = edit.cell !== null
  const text = isEditing ? edit.text : cell.raw === '' ? cell.text : cell.raw
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const after = AFTER_KEY[event.key]
    if (event.key === 'Escape') onCancel()
    else if (after && isEditing) onCommit(event.ctrlKey || event.metaKey ? { kind: 'fill' } : after(event.shiftKey))
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="formula-bar">
      <div className="formula-place" title="Place of the active cell">
        {row ? place : ''}
      </div>
      <span className="formula-sign" aria-hidden="true">
        fx
      </span>
      <input
        className={cell.isEditable ? 'formula-text' : 'formula-text locked'}
        aria-label="Formula or value of the active cell"
        spellCheck={false}
        readOnly={!cell.isEditable}
        title={cell.lockedBecause}
        value={text}
        onFocus={(event) => {
          if (cell.isEditable && !isEditing)
            session.begin(active, event.target.value, event.target.value, 'edit', 'bar')
        }}
        onBlur={() => {
          if (session.read().place === 'bar' && session.read().cell) onCommit({ kind: 'stay' })
        }}
        onChange={(event) => {
          if (!session.read().cell) session.begin(active, text, text, 'edit', 'bar')
          session.write(event.target.value)
        }}
        onKeyDown={onKeyDown}
      />
    </div>
  )
}

const AFTER_KEY: Readonly<Record<string, (isBack: boolean) => AfterCommit>> = {
  Enter: (isBack) => ({ kind: 'next', along: 'column', isBack }),
  Tab: (isBack) => ({ kind: 'next', along: 'row', isBack }),
}
