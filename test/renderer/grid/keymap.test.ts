import { expect, test } from 'vitest'
import { type KeyPress, type SheetCommand, type SheetMode, commandOf } from '../../../renderer/grid/keymap.ts'

function press(keys: string): KeyPress {
  const parts = keys.split('+')
  const key = parts.pop()!
  return {
    key: key === 'Space' ? ' ' : key,
    ctrlKey: parts.includes('Ctrl'),
    metaKey: parts.includes('Cmd'),
    shiftKey: parts.includes('Shift'),
    altKey: parts.includes('Alt'),
  }
}

test.each<[string, SheetMode, SheetCommand | null]>([
  ['ArrowDown', 'ready', { kind: 'move', direction: 'down' }],
  ['Shift+ArrowUp', 'ready', { kind: 'extend', direction: 'up' }],
  ['Ctrl+ArrowLeft', 'ready', { kind: 'jump', direction: 'left' }],
  ['Ctrl+Shift+ArrowDown', 'ready', { kind: 'extend to edge', direction: 'down' }],
  ['Alt+ArrowLeft', 'ready', { kind: 'collapse', isClosing: true }],
  ['PageDown', 'ready', { kind: 'page', direction: 'down', isExtending: false }],
  ['Shift+Home', 'ready', { kind: 'home', isExtending: true, isCorner: false }],
  ['Ctrl+End', 'ready', { kind: 'end', isExtending: false, isCorner: true }],
  ['Shift+Tab', 'ready', { kind: 'next', along: 'row', isBack: true }],
  ['Enter', 'ready', { kind: 'next', along: 'column', isBack: false }],
  ['F2', 'ready', { kind: 'edit' }],
  ['7', 'ready', { kind: 'type', text: '7' }],
  ['=', 'ready', { kind: 'type', text: '=' }],
  ['Space', 'ready', { kind: 'type', text: ' ' }],
  ['Backspace', 'ready', { kind: 'clear and edit' }],
  ['Delete', 'ready', { kind: 'clear' }],
  ['Ctrl+a', 'ready', { kind: 'select all' }],
  ['Ctrl+d', 'ready', { kind: 'fill down' }],
  ['Ctrl+r', 'ready', { kind: 'fill right' }],
  ['Ctrl+z', 'ready', { kind: 'undo' }],
  ['Ctrl+y', 'ready', { kind: 'redo' }],
  ['Ctrl+Shift+Z', 'ready', { kind: 'redo' }],
  ['Shift+Space', 'ready', { kind: 'select rows' }],
  ['Ctrl+Space', 'ready', { kind: 'select columns' }],
  ['Ctrl+f', 'ready', { kind: 'find' }],
  ['Ctrl+h', 'ready', { kind: 'replace' }],
  ['Ctrl+-', 'ready', { kind: 'delete rows' }],
  ['Ctrl+=', 'ready', { kind: 'insert row' }],
  ['Alt+Shift+ArrowUp', 'ready', { kind: 'move rows up' }],
  ['Alt+Shift+ArrowDown', 'ready', { kind: 'move rows down' }],
  ['Alt+=', 'ready', { kind: 'autosum' }],
  ['Shift+F10', 'ready', { kind: 'menu' }],
  ['ContextMenu', 'ready', { kind: 'menu' }],
  ['Shift+F2', 'ready', { kind: 'note' }],
  ['Ctrl+Shift+V', 'ready', null],
  // Clipboard keys arrive as clipboard events; Ctrl+K belongs to the window.
  ['Ctrl+c', 'ready', null],
  ['Ctrl+v', 'ready', null],
  ['Ctrl+k', 'ready', null],
  // AltGr on a German keyboard.
  ['Ctrl+Alt+@', 'ready', { kind: 'type', text: '@' }],
  ['Alt+1', 'ready', null],
  ['Enter', 'enter', { kind: 'commit', then: { kind: 'next', along: 'column', isBack: false } }],
  ['Ctrl+[', 'ready', { kind: 'precedents' }],
  ['Ctrl+]', 'ready', { kind: 'dependents' }],
  ['Ctrl+e', 'ready', { kind: 'explain' }],
  ['Ctrl+Alt+v', 'ready', { kind: 'paste special' }],
  ['Ctrl+e', 'edit', null],
  ['Shift+Tab', 'edit', { kind: 'commit', then: { kind: 'next', along: 'row', isBack: true } }],
  ['Ctrl+Enter', 'edit', { kind: 'commit', then: { kind: 'fill' } }],
  ['ArrowLeft', 'enter', { kind: 'commit', then: { kind: 'move', direction: 'left' } }],
  ['ArrowLeft', 'edit', null],
  ['Escape', 'enter', { kind: 'cancel edit' }],
  ['F2', 'enter', { kind: 'toggle edit mode' }],
  ['a', 'enter', null],
  ['Ctrl+z', 'edit', null],
])('%s in mode %s', (keys, mode, command) => {
  expect(commandOf(press(keys), mode)).toEqual(command)
})

test('Cmd stands for Ctrl on a Mac', () => {
  expect(commandOf(press('Cmd+z'), 'ready', true)).toEqual({ kind: 'undo' })
  expect(commandOf(press('Ctrl+z'), 'ready', true)).toBeNull()
})

test('a composed character is left to the input method', () => {
  expect(commandOf({ ...press('Process'), isComposing: true }, 'ready')).toBeNull()
})
