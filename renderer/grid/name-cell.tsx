import type { CustomCellRendererProps } from 'ag-grid-react'
import type { RowHandle, SheetContext } from './row-handle.ts'

/** Name of a row with its indent and, on a row with children, the button that opens and closes it. */
export function NameCell({ data, context }: CustomCellRendererProps<RowHandle>) {
  const row = data?.row
  if (!row) return null
  const { toggle, nameColumn } = context as SheetContext
  const name = row.cells[nameColumn]?.text ?? ''
  return (
    <span className="sheet-label" data-level={row.level}>
      {row.isOpen === null ? (
        <span className="sheet-caret" />
      ) : (
        <button
          type="button"
          tabIndex={-1}
          className="sheet-caret"
          aria-expanded={row.isOpen}
          aria-label={`${row.isOpen ? 'Collapse' : 'Expand'} ${name}`}
          onClick={() => toggle(row.id, !row.isOpen)}
        >
          <svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true">
            <path d="M4 2.5 8 6 4 9.5" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
          </svg>
        </button>
      )}
      <span className="truncate">{name}</span>
    </span>
  )
}
