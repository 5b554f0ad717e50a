import { history, historyKeymap, insertNewline, standardKeymap } from '@codemirror/commands'
import { bracketMatching } from '@codemirror/language'
import { Annotation, Compartment, EditorState, Prec } from '@codemirror/state'
import { EditorView, keymap, tooltips } from '@codemirror/view'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { styleNonce } from '../../bridge/index.ts'
import type { EditBox } from '../edit-session.ts'
import type { Vocabulary } from '../formula-help.ts'
import { completionTakes, formulaCompletion } from './formula-completion.ts'
import { formulaLook } from './formula-look.ts'
import { type FormulaProblem, formulaProblems } from './formula-problems.ts'
import './formula-box.css'

/** What the box knows of the sheet around it. */
export interface FormulaContext {
  /** null = names mean nothing here. */
  readonly vocabulary: () => Vocabulary | null
  readonly check: (formula: string) => readonly FormulaProblem[]
}

interface FormulaBoxProps extends FormulaContext {
  readonly label: string
  readonly className: string
  readonly text: string
  readonly title?: string
  readonly isReadOnly?: boolean
  readonly isFocusedAtOnce?: boolean
  readonly onText: (text: string) => void
  readonly onFocus?: (box: EditBox, text: string) => void
  readonly onBlur?: () => void
  readonly onGone?: (box: EditBox) => void
  readonly onPointerDown?: () => void
  /** True when the key was used. */
  readonly onKey?: (event: KeyboardEvent) => boolean
}

const isFromOutside = Annotation.define<boolean>()

/** A text box for formulas and everything else that is typed into a cell: colours, completion, problems with their fixes. */
export function FormulaBox(props: FormulaBoxProps) {
  const { label, className, text, title, isReadOnly = false } = props
  const place = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  const view = useRef<EditorView | null>(null)
  const gone = useRef(props.onGone)
  const [readOnly] = useState(() => new Compartment())
  useLayoutEffect(() => {
    latest.current = props
    gone.current = props.onGone
  })

  useLayoutEffect(() => {
    const made = new EditorView({
      parent: place.current!,
      state: EditorState.create({
        doc: latest.current.text,
        selection: { anchor: latest.current.text.length },
        extensions: [
          EditorView.cspNonce.of(styleNonce()),
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
          readOnly.of(EditorState.readOnly.of(latest.current.isReadOnly ?? false)),
          tooltips({ position: 'fixed', parent: document.body }),
          Prec.highest(
            EditorView.domEventHandlers({
              keydown: (event) => latest.current.onKey?.(event) ?? false,
              focus: () => latest.current.onFocus?.(box, made.state.doc.toString()),
              blur: () => latest.current.onBlur?.(),
              pointerdown: () => latest.current.onPointerDown?.(),
            }),
          ),
          history(),
          keymap.of([
            { key: 'Alt-Enter', run: insertNewline, stopPropagation: true },
            ...historyKeymap,
            ...standardKeymap,
          ]),
          bracketMatching(),
          formulaLook,
          formulaCompletion(() => latest.current.vocabulary()),
          formulaProblems((formula) => latest.current.check(formula)),
          EditorView.updateListener.of(({ docChanged, transactions, state }) => {
            if (docChanged && !transactions.some((one) => one.annotation(isFromOutside)))
              latest.current.onText(state.doc.toString())
          }),
        ],
      }),
    })
    const box: EditBox = {
      caret: () => made.state.selection.main.head,
      place: (caret) => {
        made.focus()
        made.dispatch({ selection: { anchor: Math.min(caret, made.state.doc.length) } })
      },
      takesKey: (key) => completionTakes(made, key, latest.current.vocabulary()),
    }
    view.current = made
    if (latest.current.isFocusedAtOnce) {
      made.focus()
      latest.current.onFocus?.(box, latest.current.text)
    }
    return () => {
      view.current = null
      gone.current?.(box)
      made.destroy()
    }
  }, [label, readOnly])

  useLayoutEffect(() => {
    const shown = view.current
    if (!shown || shown.state.doc.toString() === text) return
    shown.dispatch({
      changes: { from: 0, to: shown.state.doc.length, insert: text },
      selection: { anchor: text.length },
      annotations: isFromOutside.of(true),
    })
  }, [text])

  useEffect(() => {
    view.current?.dispatch({ effects: readOnly.reconfigure(EditorState.readOnly.of(isReadOnly)) })
  }, [isReadOnly, readOnly])

  return <div ref={place} className={className} title={title} />
}
