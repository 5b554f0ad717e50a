import type { CustomCellEditorProps } from 'ag-grid-react'
import { useSyncExternalStore } from 'react'
import { FormulaBox } from './formula-editor/formula-box.tsx'
import type { SheetContext } from './row-handle.ts'

/** The grid decides where and how long the editor stands; its text lives in the session, where the formula bar reads it too. */
export function CellEditor({ context, colDef }: CustomCellEditorProps) {
  const { session, formulas } = context as SheetContext
  const { text } = useSyncExternalStore(session.subscribe, session.read)
  return (
    <FormulaBox
      className="sheet-editor"
      label={`Edit ${colDef.headerName ?? 'cell'}`}
      text={text}
      isFocusedAtOnce
      vocabulary={formulas.vocabulary}
      check={formulas.check}
      onFocus={(box) => (session.box = box)}
      onGone={(box) => {
        if (session.box === box) session.box = null
      }}
      onText={(typed) => session.write(typed)}
      onPointerDown={() => session.setMode('edit')}
    />
  )
}
