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
