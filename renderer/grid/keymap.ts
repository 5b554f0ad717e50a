import type { Direction } from './range.ts'

/** The part of a key event the map reads. */
export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
  readonly isComposing?: boolean
}

/** ready: no editor · enter: typing began the edit, arrows commit and move · edit: F2 or double click, arrows move the caret. */
export type SheetMode = 'ready' | 'enter' | 'edit'

export type AfterCommit =
  | { readonly kind: 'next'; readonly along: 'row' | 'column'; readonly isBack: boolean }
  | { readonly kind: 'move'; readonly direction: Direction }
  | { readonly kind: 'fill' }
  | { readonly kind: 'stay' }

export type SheetCommand =
  | { readonly kind: 'move' | 'extend' | 'jump' | 'extend to edge'; readonly direction: Direction }
  | { readonly kind: 'page'; readonly direction: Direction; readonly isExtending: boolean }
  | { readonly kind: 'home' | 'end'; readonly isExtending: boolean; readonly isCorner: boolean }
  | { readonly kind: 'next'; readonly along: 'row' | 'column'; readonly isBack: boolean }
  | { readonly kind: 'commit'; readonly then: AfterCommit }
  | { readonly kind: 'type'; readonly text: string }
  | { readonly kind: 'collapse'; readonly isClosing: boolean }
  | {
      readonly kind:
        | 'cancel edit'
        | 'toggle edit mode'
        | 'edit'
        | 'clear and edit'
        | 'clear'
        | 'fill down'
        | 'fill right'
        | 'undo'
        | 'redo'
        | 'select all'
        | 'select rows'
        | 'select columns'
        | 'delete rows'
        | 'insert row'
        | 'move rows up'
        | 'move rows down'
        | 'autosum'
        | 'menu'
        | 'note'
        | 'find'
        | 'replace'
        | 'escape'
        | 'precedents'
        | 'dependents'
        | 'explain'
        | 'paste special'
    }

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
}

/** What a key means on the sheet; null = not ours, let it pass. Copy, cut and paste arrive as clipboard events instead. */
export function commandOf(press: KeyPress, mode: SheetMode, isMac = false): SheetCommand | null {
  if (press.isComposing || press.key === 'Process') return null
  return mode === 'ready' ? readyCommand(press, isMac) : editingCommand(press, mode, isMac)
}

function editingCommand(press: KeyPress, mode: 'enter' | 'edit', isMac: boolean): SheetCommand | null {
  const hasMain = isMac ? press.metaKey : press.ctrlKey
  const direction = ARROWS[press.key]
  if (press.key === 'Escape') return { kind: 'cancel edit' }
  if (press.key === 'F2') return { kind: 'toggle edit mode' }
  if (press.key === 'Tab') return { kind: 'commit', then: { kind: 'next', along: 'row', isBack: press.shiftKey } }
  if (press.key === 'Enter' && !press.altKey) {
    if (hasMain) return { kind: 'commit', then: { kind: 'fill' } }
    return { kind: 'commit', then: { kind: 'next', along: 'column', isBack: press.shiftKey } }
  }
  if (direction && mode === 'enter' && !hasMain && !press.altKey && !press.shiftKey)
    return { kind: 'commit', then: { kind: 'move', direction } }
  // Everything else belongs to the text box.
  return null
}

function readyCommand(press: KeyPress, isMac: boolean): SheetCommand | null {
  const { key, shiftKey: hasShift, altKey: hasAlt } = press
  const hasMain = isMac ? press.metaKey : press.ctrlKey
  const direction = ARROWS[key]
  if (direction) return arrowCommand(direction, hasMain, hasShift, hasAlt)
  const named = namedKey(press, hasMain)
  if (named !== undefined) return named
  if (hasAlt && key === '=' && !hasMain) return { kind: 'autosum' }
  if (hasMain && hasAlt && key.toLowerCase() === 'v') return { kind: 'paste special' }
  if (hasMain && !hasAlt) return hasShift ? shiftedLetter(key) : (LETTERS[key.toLowerCase()] ?? null)
  // AltGr on European layouts reports Ctrl+Alt with a printable key, and Option types characters on a Mac: both are typing.
  const isAltGr = press.ctrlKey && hasAlt && !isMac
  const isPrintable = [...key].length === 1
  if (isPrintable && (isAltGr || !(press.ctrlKey || press.metaKey || (hasAlt && !isMac))))
    return { kind: 'type', text: key }
  return null
}

function arrowCommand(direction: Direction, hasMain: boolean, hasShift: boolean, hasAlt: boolean): SheetCommand | null {
  if (hasAlt) {
    if (hasShift && !hasMain && direction === 'up') return { kind: 'move rows up' }
    if (hasShift && !hasMain && direction === 'down') return { kind: 'move rows down' }
    const isSideways = direction === 'left' || direction === 'right'
    return isSideways && !hasShift && !hasMain ? { kind: 'collapse', isClosing: direction === 'left' } : null
  }
  if (hasMain) return { kind: hasShift ? 'extend to edge' : 'jump', direction }
  return { kind: hasShift ? 'extend' : 'move', direction }
}

/** Undefined = the key has no name of its own here; null = named, but not ours in this combination. */
function namedKey(press: KeyPress, hasMain: boolean): SheetCommand | null | undefined {
  const { key, shiftKey: hasShift, altKey: hasAlt } = press
  switch (key) {
    case 'PageUp':
      return { kind: 'page', direction: hasAlt ? 'left' : 'up', isExtending: hasShift }
    case 'PageDown':
      return { kind: 'page', direction: hasAlt ? 'right' : 'down', isExtending: hasShift }
    case 'Home':
      return { kind: 'home', isExtending: hasShift, isCorner: hasMain }
    case 'End':
      return { kind: 'end', isExtending: hasShift, isCorner: hasMain }
    case 'Enter':
      return hasMain ? null : { kind: 'next', along: 'column', isBack: hasShift }
    case 'Tab':
      return hasMain || hasAlt ? null : { kind: 'next', along: 'row', isBack: hasShift }
    case 'F2':
      return hasShift ? { kind: 'note' } : { kind: 'edit' }
    case 'F10':
      return hasShift ? { kind: 'menu' } : undefined
    case 'ContextMenu':
      return { kind: 'menu' }
    case 'Delete':
      return { kind: 'clear' }
    case 'Backspace':
      return hasMain ? null : { kind: 'clear and edit' }
    case 'Escape':
      return { kind: 'escape' }
    case ' ':
      if (hasMain) return { kind: hasShift ? 'select all' : 'select columns' }
      return hasShift ? { kind: 'select rows' } : undefined
    default:
      return undefined
  }
}

const LETTERS: Readonly<Record<string, SheetCommand>> = {
  z: { kind: 'undo' },
  y: { kind: 'redo' },
  a: { kind: 'select all' },
  d: { kind: 'fill down' },
  r: { kind: 'fill right' },
  f: { kind: 'find' },
  h: { kind: 'replace' },
  e: { kind: 'explain' },
  '[': { kind: 'precedents' },
  ']': { kind: 'dependents' },
  '-': { kind: 'delete rows' },
  '+': { kind: 'insert row' },
  '=': { kind: 'insert row' },
}

const SHIFTED: Readonly<Record<string, SheetCommand>> = {
  z: { kind: 'redo' },
  // The plus of most layouts needs Shift.
  '+': { kind: 'insert row' },
}

function shiftedLetter(key: string): SheetCommand | null {
  return SHIFTED[key.toLowerCase()] ?? null
}
