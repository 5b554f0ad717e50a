import { useId, useState } from 'react'
import { placeNamed } from './places.ts'
import type { RangeController } from './range-controller.ts'
import { selectRect } from './range.ts'
import type { Sheet } from './sheet.ts'

const MOST_SHOWN = 10

/** Where the active cell is. Another place or a row's name typed here goes there; rows that hold what is typed are offered. */
export function NameBox({
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
  const [isTyping, setTyping] = useState(false)
  const [chosen, setChosen] = useState(-1)
  const listId = useId()
  const rows = isTyping ? rowsNamed(sheet, text) : []
  const leave = () => {
    setText(place)
    setTyping(false)
    setChosen(-1)
  }
  const goTo = (name: string) => {
    const nameColumn = sheet.columns.findIndex(({ kind }) => kind === 'name')
    const to = placeNamed(sheet, name, nameColumn, controller.read().active.column)
    leave()
    if (to) controller.select(selectRect(to))
    onLeave()
  }
  return (
    <div className="name-box">
      <input
        className="formula-place"
        role="combobox"
        aria-label="Name box: place of the active cell"
        aria-expanded={rows.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        {...(chosen >= 0 && { 'aria-activedescendant': `${listId}-${chosen}` })}
        title="Type a place (D12, D2:F4) or the name of a row to go there"
        spellCheck={false}
        value={text}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={leave}
        onChange={(event) => {
          setText(event.target.value)
          setTyping(true)
          setChosen(-1)
        }}
        onKeyDown={(event) => {
          const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
          if (step !== 0 && rows.length > 0) setChosen((chosen + step + rows.length) % rows.length)
          else if (event.key === 'Enter') goTo(rows[chosen] ?? text)
          else if (event.key === 'Escape') {
            leave()
            onLeave()
          } else return
          event.preventDefault()
          event.stopPropagation()
        }}
      />
      <ul className="name-box-rows" id={listId} role="listbox" aria-label="Rows" hidden={rows.length === 0}>
        {rows.map((name, index) => (
          <li
            key={name}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === chosen}
            // The text box keeps the focus until the row is gone to.
            onMouseDown={(event) => {
              event.preventDefault()
              goTo(name)
            }}
          >
            {name}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Names that begin with the text, then those that hold it. */
function rowsNamed({ rows }: Sheet, text: string): readonly string[] {
  const key = text.trim().toLowerCase()
  if (key === '') return []
  const found = rows.flatMap(({ formulaName }) => (formulaName?.toLowerCase().includes(key) ? [formulaName] : []))
  const isFirst = (name: string) => name.toLowerCase().startsWith(key)
  return [...found.filter(isFirst), ...found.filter((name) => !isFirst(name))].slice(0, MOST_SHOWN)
}
