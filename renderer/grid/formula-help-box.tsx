import { useLayoutEffect, useState } from 'react'
import type { EditState } from './edit-session.ts'
import { type Completions, functionAround } from './formula-help.ts'

/** Names and functions that fit, under the text box the formula is typed in; Up and Down choose, Tab takes one. */
export function FormulaHelpBox({
  edit,
  input,
  completions,
  chosen,
  onTake,
}: {
  readonly edit: EditState
  readonly input: HTMLInputElement | HTMLTextAreaElement | null
  readonly completions: Completions
  readonly chosen: number
  readonly onTake: (index: number) => void
}) {
  const [place, setPlace] = useState<{ readonly left: number; readonly top: number } | null>(null)
  useLayoutEffect(() => {
    const box = input?.getBoundingClientRect()
    setPlace(box ? { left: box.left, top: box.bottom + 2 } : null)
  }, [edit, input])
  const around = functionAround(edit.text, input?.selectionStart ?? edit.text.length)
  if (!place || (completions.items.length === 0 && !around)) return null
  return (
    <div className="formula-help" style={place}>
      {around && (
        <div className="formula-help-signature">
          <code>{around.signature}</code> {around.doc}
        </div>
      )}
      {completions.items.length > 0 && (
        <ul role="listbox" aria-label="Names and functions">
          {completions.items.map((item, index) => (
            <li
              key={`${item.text} ${item.label}`}
              role="option"
              aria-selected={index === chosen}
              // The text box keeps the focus.
              onMouseDown={(event) => {
                event.preventDefault()
                onTake(index)
              }}
            >
              <code>{item.label}</code>
              <span>{item.detail}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
