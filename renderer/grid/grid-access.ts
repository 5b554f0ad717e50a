import type { SheetCell } from './sheet.ts'

/** The grid has no options for these, and sets its own role again when rows first arrive. */
export function nameGrid(root: HTMLElement | null, label: string): void {
  const grid = root?.querySelector('.ag-grid-viewport')
  grid?.setAttribute('role', 'treegrid')
  grid?.setAttribute('aria-label', label)
  grid?.setAttribute('aria-multiselectable', 'true')
}

/** Whether the rows below a row are shown; for rows that have some. */
export function tellOpen(cell: HTMLElement, isOpen: boolean | null): void {
  const row = cell.closest('.ag-row')
  if (isOpen === null) row?.removeAttribute('aria-expanded')
  else row?.setAttribute('aria-expanded', String(isOpen))
}

/** What a screen reader says of a cell beside its text: where it comes from, and what its colour or mark tells the eye. */
export function dressCell(element: HTMLElement, cell: SheetCell): void {
  const description = [
    ROLE_WORDS[cell.role],
    cell.mark === 'range' ? 'range, mean shown' : '',
    cell.tip,
    noteWords(cell),
  ]
    .filter((part) => part !== '')
    .join('. ')
  if (element.getAttribute('aria-readonly') !== String(!cell.isEditable))
    element.setAttribute('aria-readonly', String(!cell.isEditable))
  if (element.getAttribute('aria-description') === description) return
  if (description === '') element.removeAttribute('aria-description')
  else element.setAttribute('aria-description', description)
}

function noteWords({ note }: SheetCell): string {
  return note === '' ? '' : `Note: ${note}`
}

const ROLE_WORDS: Readonly<Record<SheetCell['role'], string>> = {
  label: '',
  input: '',
  formula: 'from the formula of the row',
  computed: 'computed',
  empty: '',
}
