import { type Diagnostic, forEachDiagnostic, linter, setDiagnosticsEffect } from '@codemirror/lint'
import { type EditorState, type Extension, StateEffect, StateField } from '@codemirror/state'
import { EditorView, type Tooltip, showTooltip } from '@codemirror/view'
import { functionAround } from '../formula-help.ts'

/** What is wrong with a formula, where, and what would put it right. */
export interface FormulaProblem {
  /** Places in the formula without its `=`. */
  readonly from: number
  readonly to: number
  readonly message: string
  readonly fix?: { readonly label: string; readonly text: string }
}

/** A half-typed formula is always wrong; it is looked at once the typing rests. */
const RESTS_MS = 500

/** Marks what is wrong, tells it under the text, and offers what would put it right. */
export function formulaProblems(check: (formula: string) => readonly FormulaProblem[]): Extension {
  return [
    linter(
      ({ state }) => {
        const text = state.doc.toString()
        if (!text.startsWith('=') || text.trim() === '=') return []
        return check(text.slice(1)).map((problem) => diagnosticOf(problem, text.length))
      },
      { delay: RESTS_MS },
    ),
    EditorView.focusChangeEffect.of((_, isFocused) => focusMoved.of(isFocused)),
    isTypedIn,
    formulaTip,
  ]
}

function diagnosticOf({ from, to, message, fix }: FormulaProblem, length: number): Diagnostic {
  const place = { from: Math.min(from + 1, length), to: Math.min(Math.max(to, from) + 1, length) }
  // Something missing has no width; the character before it is marked.
  const shown = place.from === place.to ? { from: Math.max(1, place.from - 1), to: place.to } : place
  return {
    ...shown,
    severity: 'error',
    message,
    ...(fix && {
      actions: [
        {
          name: fix.label,
          apply: (view) => view.dispatch({ changes: { ...place, insert: fix.text } }),
        },
      ],
    }),
  }
}

const focusMoved = StateEffect.define<boolean>()

/** The cell and the formula bar show the same text; only the one that is typed into speaks of it. */
const isTypedIn = StateField.define<boolean>({
  create: () => false,
  update: (isTyped, { effects }) => effects.find((effect) => effect.is(focusMoved))?.value ?? isTyped,
})

/** Under the text: the function the caret is in, and the first thing that is wrong. */
const formulaTip = StateField.define<Tooltip | null>({
  create: () => null,
  update: (tip, { state, docChanged, selection, effects }) => {
    if (!state.field(isTypedIn)) return null
    const isTold = effects.some((effect) => effect.is(setDiagnosticsEffect) || effect.is(focusMoved))
    return docChanged || selection || isTold ? tipOf(state) : tip
  },
  provide: (field) => showTooltip.from(field),
})

function tipOf(state: EditorState): Tooltip | null {
  const text = state.doc.toString()
  const around = text.startsWith('=') ? functionAround(text, state.selection.main.head) : null
  let problem = ''
  forEachDiagnostic(state, ({ message }) => (problem ||= message))
  if (!around && problem === '') return null
  return {
    pos: state.selection.main.head,
    // The list of names stands below.
    above: true,
    create: () => {
      const dom = document.createElement('div')
      dom.className = 'formula-help'
      if (around) {
        const signature = document.createElement('code')
        signature.textContent = around.signature
        const words = around.unit === '' ? around.doc : `${around.doc} Gives ${around.unit}.`
        dom.append(signature, ` ${words}`)
      }
      if (problem !== '') {
        const told = document.createElement('div')
        told.className = 'formula-problem'
        told.setAttribute('role', 'status')
        told.textContent = problem
        dom.append(told)
      }
      return { dom }
    },
  }
}
