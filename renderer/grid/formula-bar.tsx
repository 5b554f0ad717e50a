import { type KeyboardEvent, useState, useSyncExternalStore } from 'react'
import type { EditSession } from './edit-session.ts'
import type { AfterCommit } from './keymap.ts'
import type { RangeController } from './range-controller.ts'
import { placeNamed } from './places.ts'
import { isSingleCell, lastRect, selectRect, sizeOf } from './range.ts'
import { type Sheet, cellAt, columnLetters } from './sheet.ts'

/** Where the active cell is, what was typed into it, and a place to change it that is wide enough for a formula. */
export function FormulaBar({
  sheet,
  controller,
  session,
  onCommit,
  onCancel,
  onLeave,
}: {
  readonly sheet: Sheet
  readonly controller: RangeController
  readonly session: EditSession
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
  const place = isSingleCell(selection)
    ? `${columnLetters(active.column)}${row?.position ?? active.row + 1}`
    : `${size.rows}R × ${size.columns}C`
  const isEditing = edit.cell !== null
  const text = isEditing ? edit.text : cell.raw === '' ? cell.text : cell.raw
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (helpTakes(event, session)) return
    const after = AFTER_KEY[event.key]
    if (event.key === 'Escape') onCancel()
    else if (after && isEditing) onCommit(event.ctrlKey || event.metaKey ? { kind: 'fill' } : after(event.shiftKey))
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="formula-bar">
      <NameBox key={place} sheet={sheet} controller={controller} place={row ? place : ''} onLeave={onLeave} />
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
          if (cell.isEditable) session.input = event.currentTarget
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

/** Where the active cell is; another place or a row's name typed here goes there. */
function NameBox({
  sheet,
  controller,
  place,
  onLeave,
}: {
  readonly sheet: Sheet
  readonly controller: RangeController
  readonly place: string
  readonly onLeave: () => void
}) {
  const [text, setText] = useState(place)
  return (
    <input
      className="formula-place"
      aria-label="Name box: place of the active cell"
      title="Type a place (D12, D2:F4) or the name of a row to go there"
      spellCheck={false}
      value={text}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={() => setText(place)}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        const nameColumn = sheet.columns.findIndex(({ kind }) => kind === 'name')
        const to = event.key === 'Enter' ? placeNamed(sheet, text, nameColumn, controller.read().active.column) : null
        setText(place)
        if (to) controller.select(selectRect(to))
        onLeave()
      }}
    />
  )
}

/** Keys of the list of names and functions, while it is shown; true when it took the key. */
export function helpTakes(
  event: Pick<KeyboardEvent, 'key' | 'preventDefault' | 'stopPropagation'>,
  session: EditSession,
): boolean {
  const { help } = session
  if (!help || help.items === 0) return false
  if (event.key === 'Tab') help.take()
  else if (event.key === 'ArrowDown') help.choose(1)
  else if (event.key === 'ArrowUp') help.choose(-1)
  else return false
  event.preventDefault()
  event.stopPropagation()
  return true
}

const AFTER_KEY: Readonly<Record<string, (isBack: boolean) => AfterCommit>> = {
  Enter: (isBack) => ({ kind: 'next', along: 'column', isBack }),
  Tab: (isBack) => ({ kind: 'next', along: 'row', isBack }),
}
