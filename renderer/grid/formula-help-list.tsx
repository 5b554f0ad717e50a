import { useLayoutEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { EditSession } from './edit-session.ts'
import { FormulaHelpBox } from './formula-help-box.tsx'
import { completionsAt } from './formula-help.ts'
import { formulaNameOf } from './formula-name.ts'
import type { NameWriter } from './sheet-edits.ts'
import type { Sheet } from './sheet.ts'

/** Completion of the formula that is being typed, in the cell or in the bar. */
export function FormulaHelp({
  sheet,
  session,
  write,
}: {
  readonly sheet: Sheet
  readonly session: EditSession
  readonly write: NameWriter
}) {
  const edit = useSyncExternalStore(session.subscribe, session.read)
  const [choice, setChoice] = useState({ text: '', index: 0 })
  const isFormula = edit.cell !== null && edit.text.startsWith('=')
  const names = useMemo(
    () => (isFormula ? sheet.rows.flatMap((_, row) => formulaNameOf(sheet, row) ?? []) : []),
    [isFormula, sheet],
  )
  const { input } = session
  // The caret of a box that has just been opened is at its end.
  const caret = Math.min(
    input?.value === edit.text ? (input.selectionStart ?? edit.text.length) : edit.text.length,
    edit.text.length,
  )
  const completions = completionsAt(edit.text, caret, names, write)
  const chosen = choice.text === edit.text ? choice.index : 0
  const take = (index: number) => {
    const item = completions.items[index]
    if (!item) return
    const text = edit.text.slice(0, completions.from) + item.text + edit.text.slice(completions.to)
    session.place(text, completions.from + item.text.length)
  }
  useLayoutEffect(() => {
    const count = completions.items.length
    session.help = isFormula
      ? {
          items: count,
          choose: (step) => setChoice({ text: edit.text, index: (chosen + step + count) % count }),
          take: () => take(chosen),
        }
      : null
  })
  if (!isFormula) return null
  return <FormulaHelpBox edit={edit} input={input} completions={completions} chosen={chosen} onTake={take} />
}
