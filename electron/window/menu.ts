import type { MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '../../shared/bridge/index.ts'

/**
 * The native menu. Commands go to the page, which knows what they mean where the focus is.
 *
 * Undo, redo and the clipboard show their shortcuts but leave the keys to the page on Windows and Linux
 * (`registerAccelerator: false`): a text field, the sheet and the workbook each undo something else. macOS sends the keys
 * through the menu whatever is said here.
 */
export function menuTemplate(platform: string, send: (command: MenuCommand) => void): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin'
  const item = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => send(command),
    ...(accelerator === undefined ? {} : { accelerator }),
  })
  const editItem = (label: string, command: MenuCommand, accelerator: string): MenuItemConstructorOptions => ({
    ...item(label, command, accelerator),
    registerAccelerator: isMac,
  })
  const line: MenuItemConstructorOptions = { type: 'separator' }
  return [
    ...(isMac ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    {
      label: '&File',
      submenu: [
        item('New workbook', 'new', 'CmdOrCtrl+N'),
        item('Open workbook…', 'open', 'CmdOrCtrl+O'),
        item('Save a copy…', 'save', 'CmdOrCtrl+S'),
        line,
        item('Import files…', 'import', 'CmdOrCtrl+I'),
        line,
        item('Print…', 'print', 'CmdOrCtrl+P'),
        line,
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    {
      label: '&Edit',
      submenu: [
        editItem('Undo', 'undo', 'CmdOrCtrl+Z'),
        editItem('Redo', 'redo', isMac ? 'Cmd+Shift+Z' : 'Ctrl+Y'),
        line,
        { role: 'cut', registerAccelerator: isMac },
        { role: 'copy', registerAccelerator: isMac },
        { role: 'paste', registerAccelerator: isMac },
        { role: 'selectAll', registerAccelerator: isMac },
      ],
    },
    {
      label: '&View',
      submenu: [
        item('Commands…', 'palette', 'CmdOrCtrl+K'),
        item('Switch between light and dark', 'theme'),
        line,
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'resetZoom' },
        { role: 'togglefullscreen' },
        line,
        { role: 'toggleDevTools' },
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [item('All commands and their keys', 'palette', 'F1'), line, { role: 'about' }] },
  ]
}
