import type { CustomCellEditorProps } from 'ag-grid-react'
import { useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import type { EditSession } from './edit-session.ts'

/** The grid decides where and how long the editor stands; its text lives in the session, where the formula bar reads it too. */
export function CellEditor({ context, colDef }: CustomCellEditorProps) {
  const { session } = context as { readonly session: EditSession }
  const box = useRef<HTMLTextAreaElement>(null)
  const { text } = useSyncExternalStore(session.subscribe, session.read)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    session.input = element
    element.focus({ preventScroll: true })
    element.setSelectionRange(element.value.length, element.value.length)
  }, [session])
  return (
    <textarea
      ref={box}
      className="sheet-editor"
      rows={1}
      spellCheck={false}
      aria-label={`Edit ${colDef.headerName ?? 'cell'}`}
      value={text}
      onChange={(event) => session.write(event.target.value)}
      onMouseDown={() => session.setMode('edit')}
    />
  )
}
