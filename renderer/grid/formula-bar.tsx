import { useSyncExternalStore } from 'react'
import { showIn } from './decimal-mark.ts'
import type { EditSession } from './edit-session.ts'
import { FormulaBox, type FormulaContext } from './formula-editor/formula-box.tsx'
import type { AfterCommit } from './keymap.ts'
import type { RangeController } from './range-controller.ts'
import { NameBox } from './name-box.tsx'
import { isSingleCell, lastRect, sizeOf } from './range.ts'
import { type Sheet, cellAt, columnLetters } from './sheet.ts'

/** Where the active cell is, what was typed into it, and a place to change it that is wide enough for a formula. */
export function FormulaBar({
  sheet,
  controller,
  session,
  formulas,
  onCommit,
  onCancel,
  onLeave,
}: {
  readonly sheet: Sheet
  readonly controller: RangeController
  readonly session: EditSession
  readonly formulas: FormulaContext
  readonly onCommit: (then: AfterCommit) => void
  readonly onCancel: () => void
  /** The sheet takes the keys again. */
  readonly onLeave: () => void
}) {
  const selection = useSyncExternalStore(controller.subscribe, controller.read)
  const edit = useSyncExternalStore(session.subscribe, session.read)
  const { active } = selection
  const cell = cellAt(sheet, active.row, active.column)
  const row = sheet.rows[active.row]
  const size = sizeOf(lastRect(selection))
  const isOneCell = isSingleCell(selection) || size.rows * size.columns === 1
  const place = isOneCell
    ? `${columnLetters(active.column)}${row?.position ?? active.row + 1}`
    : `${size.rows}R × ${size.columns}C`
  const isEditing = edit.cell !== null
  const text = isEditing ? edit.text : showIn(sheet.columns[active.column], cell.raw === '' ? cell.text : cell.raw)
  const onKey = (event: KeyboardEvent) => {
    if (session.box?.takesKey(event.key)) return true
    const after = AFTER_KEY[event.key]
    if (event.key === 'Escape') onCancel()
    else if (after && isEditing && !event.altKey)
      onCommit(event.ctrlKey || event.metaKey ? { kind: 'fill' } : after(event.shiftKey))
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }
  return (
    <div className="formula-bar">
      <NameBox key={place} sheet={sheet} controller={controller} place={row ? place : ''} onLeave={onLeave} />
      <span className="formula-sign" aria-hidden="true">
        fx
      </span>
      <FormulaBox
        className={cell.isEditable ? 'formula-text' : 'formula-text locked'}
        label="Formula or value of the active cell"
        isReadOnly={!cell.isEditable}
        title={cell.lockedBecause}
        text={text}
        vocabulary={formulas.vocabulary}
        check={formulas.check}
        onFocus={(box, shown) => {
          if (!cell.isEditable) return
          session.box = box
          if (!session.read().cell) session.begin(active, shown, shown, 'edit', 'bar')
        }}
        onBlur={() => {
          if (session.read().place === 'bar' && session.read().cell) onCommit({ kind: 'stay' })
        }}
        onText={(typed) => {
          if (!session.read().cell) session.begin(active, text, text, 'edit', 'bar')
          session.write(typed)
        }}
        onKey={onKey}
      />
    </div>
  )
}

const AFTER_KEY: Readonly<Record<string, (isBack: boolean) => AfterCommit>> = {
  Enter: (isBack) => ({ kind: 'next', along: 'column', isBack }),
  Tab: (isBack) => ({ kind: 'next', along: 'row', isBack }),
}
