import { describe, expect, it } from 'vitest'
import { type KeyPress, shortcutOf } from '../../../renderer/app/shortcuts.ts'
import { SHORTCUTS, writeShortcut } from '../../../renderer/parts/keys.ts'

const none: KeyPress = { key: '', code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }

describe('shortcutOf', () => {
  const check = (press: Partial<KeyPress>, expected: unknown) =>
    expect(shortcutOf({ ...none, ...press }), JSON.stringify(press)).toEqual(expected)

  it('knows the keys of the product, with Ctrl and with Cmd', () => {
    check({ key: 'z', ctrlKey: true }, { kind: 'undo' })
    check({ key: 'Z', ctrlKey: true, shiftKey: true }, { kind: 'redo' })
    check({ key: 'y', ctrlKey: true }, { kind: 'redo' })
    check({ key: 'z', metaKey: true }, { kind: 'undo' })
    check({ key: 'k', ctrlKey: true }, { kind: 'palette' })
    check({ key: 's', metaKey: true }, { kind: 'save' })
    check({ key: 'o', ctrlKey: true }, { kind: 'open' })
    check({ key: 'i', ctrlKey: true }, { kind: 'import' })
  })

  it('goes by the place of the digit key, so that every layout has it', () => {
    check({ key: '&', code: 'Digit1', ctrlKey: true }, { kind: 'go', place: 'wall' })
    check({ key: '8', code: 'Digit8', ctrlKey: true }, { kind: 'go', place: 'settings' })
    check({ key: '3', code: 'Numpad3', ctrlKey: true }, { kind: 'go', place: 'metrics' })
    check({ key: '9', code: 'Digit9', ctrlKey: true }, null)
  })

  it('leaves typing alone', () => {
    check({ key: 'z' }, null)
    check({ key: 'k', ctrlKey: true, altKey: true }, null)
    check({ key: 's', ctrlKey: true, shiftKey: true }, null)
    check({ key: 'a', ctrlKey: true }, null)
  })
})

describe('writeShortcut', () => {
  it('writes them as the keyboard has them', () => {
    expect(writeShortcut('Ctrl+K', false)).toBe('Ctrl+K')
    expect(writeShortcut('Ctrl+K', true)).toBe('⌘K')
    expect(writeShortcut('Ctrl+Shift+Z', true)).toBe('⇧⌘Z')
  })

  it('lists each key once', () => {
    const keys = SHORTCUTS.map(([key]) => key)
    expect(new Set(keys).size).toBe(keys.length)
  })
})
