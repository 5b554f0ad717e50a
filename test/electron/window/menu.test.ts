import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { menuTemplate } from '../../../electron/window/menu.ts'
import { MENU_COMMANDS, type MenuCommand } from '../../../shared/bridge/index.ts'

function items(platform: string, send: (command: MenuCommand) => void = () => {}): MenuItemConstructorOptions[] {
  return menuTemplate(platform, send).flatMap((menu) => (Array.isArray(menu.submenu) ? menu.submenu : []))
}

describe.each(['linux', 'win32', 'darwin'])('the menu on %s', (platform) => {
  it('reaches every command of the page', () => {
    const sent = new Set<MenuCommand>()
    for (const item of items(platform, (command) => sent.add(command)))
      item.click?.({} as never, undefined, {} as never)
    expect([...sent].sort()).toEqual([...MENU_COMMANDS].sort())
  })
  it('gives no two items the same keys', () => {
    const keys = items(platform).flatMap((item) => (item.accelerator === undefined ? [] : [String(item.accelerator)]))
    expect(new Set(keys).size).toBe(keys.length)
  })
  it('leaves the keys of editing to the page, where the system lets it', () => {
    const editing = items(platform).filter(
      (item) =>
        ['Undo', 'Redo'].includes(item.label ?? '') || ['cut', 'copy', 'paste', 'selectAll'].includes(item.role ?? ''),
    )
    expect(editing).toHaveLength(6)
    for (const item of editing) expect(item.registerAccelerator).toBe(platform === 'darwin')
  })
})
