import { PLACES, type PlaceId } from '../stores/screen.ts'

export type Shortcut =
  | { readonly kind: 'go'; readonly place: PlaceId }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  | { readonly kind: 'save' }
  | { readonly kind: 'open' }
  | { readonly kind: 'import' }
  | { readonly kind: 'palette' }

export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/**
 * What a key press means wherever the focus is. Ctrl counts as Cmd does on a Mac; with Alt it is a character of some
 * keyboard layouts, never a shortcut.
 */
export function shortcutOf(press: KeyPress): Shortcut | null {
  if (press.altKey || !(press.ctrlKey || press.metaKey)) return null
  const key = press.key.toLowerCase()
  if (key === 'z') return { kind: press.shiftKey ? 'redo' : 'undo' }
  if (press.shiftKey) return null
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(press.code)?.[1]
  const place = digit === undefined ? undefined : PLACES[Number(digit) - 1]
  if (place) return { kind: 'go', place }
  switch (key) {
    case 'y':
      return { kind: 'redo' }
    case 's':
      return { kind: 'save' }
    case 'o':
      return { kind: 'open' }
    case 'i':
      return { kind: 'import' }
    case 'k':
      return { kind: 'palette' }
    default:
      return null
  }
}

/** How a shortcut is written on this keyboard: `Ctrl+K`, `⌘K`, `⇧⌘Z`. */
export function writeShortcut(keys: string, isMac: boolean): string {
  if (!isMac) return keys
  return keys.replace('Ctrl+', '⌘').replace(/^(.*)Shift\+/, '⇧$1')
}

/** The list shown in Settings; one line per thing to press. */
export const SHORTCUTS: readonly (readonly [keys: string, does: string])[] = [
  ['Ctrl+K', 'Search places and commands'],
  ['Ctrl+1 … Ctrl+7', 'Go to a place, in the order of the sidebar'],
  ['Ctrl+Z', 'Undo'],
  ['Ctrl+Y or Ctrl+Shift+Z', 'Redo'],
  ['Ctrl+I', 'Import files'],
  ['Ctrl+S', 'Save the workbook as a file'],
  ['Ctrl+O', 'Open a workbook file'],
  ['F2, Enter, Tab', 'Edit a cell, go down, go right (in the plan)'],
  ['Ctrl+C, Ctrl+X, Ctrl+V', 'Copy, cut, paste cells, also from and to other spreadsheets'],
  ['Ctrl+D, Ctrl+R', 'Fill down, fill right'],
  ['Escape', 'Close what is open, cancel an edit'],
]
