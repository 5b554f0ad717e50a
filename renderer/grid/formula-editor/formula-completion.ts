import {
  type Completion as ShownCompletion,
  type CompletionContext,
  type CompletionResult,
  acceptCompletion,
  autocompletion,
  completionStatus,
  moveCompletionSelection,
  selectedCompletion,
} from '@codemirror/autocomplete'
import type { Extension } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import { type Vocabulary, completionsAt } from '../formula-help.ts'

/** Rows, functions and months while a formula is typed; the list never takes the keys away on its own. */
export function formulaCompletion(vocabulary: () => Vocabulary | null): Extension {
  const source = ({ state, pos }: CompletionContext): CompletionResult | null => {
    const known = vocabulary()
    if (!known) return null
    const { from, to, items } = completionsAt(state.doc.toString(), pos, known)
    if (items.length === 0) return null
    const options = items.map(({ kind, text, label, detail }): ShownCompletion => ({
      label,
      detail,
      apply: text,
      type: kind,
    }))
    return { from, to, options, filter: false }
  }
  return autocompletion({
    override: [source],
    activateOnTypingDelay: 0,
    interactionDelay: 0,
    defaultKeymap: false,
    icons: false,
    aboveCursor: false,
    tooltipClass: () => 'formula-completion',
  })
}

/** Up and Down choose from the list while it is open, Tab takes; true when the key was used. */
export function completionTakes(view: EditorView, key: string, vocabulary: Vocabulary | null): boolean {
  const isOpen = completionStatus(view.state) === 'active'
  if (key === 'ArrowDown' || key === 'ArrowUp') return isOpen && moveCompletionSelection(key === 'ArrowDown')(view)
  if (key !== 'Tab' || !vocabulary) return false
  if (isOpen && selectedCompletion(view.state)) return acceptCompletion(view)
  // Typed faster than the list opens: what would stand first in it is meant.
  const text = view.state.doc.toString()
  const { from, to, items } = completionsAt(text, view.state.selection.main.head, vocabulary)
  const [first] = items
  if (!first) return false
  view.dispatch({ changes: { from, to, insert: first.text }, selection: { anchor: from + first.text.length } })
  return true
}
