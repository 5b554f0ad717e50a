/** How a shortcut is written on this keyboard: `Ctrl+K`, `⌘K`, `⇧⌘Z`. */
export function writeShortcut(keys: string, isMac: boolean): string {
  if (!isMac) return keys
  return keys.replace('Ctrl+', '⌘').replace(/^(.*)Shift\+/, '⇧$1')
}

/** The list shown in Settings; one line per thing to press. */
export const SHORTCUTS: readonly (readonly [keys: string, does: string])[] = [
  ['Ctrl+K', 'Search places and commands'],
  ['Ctrl+1 … Ctrl+8', 'Go to a place, in the order of the sidebar'],
  ['Ctrl+Z', 'Undo'],
  ['Ctrl+Y or Ctrl+Shift+Z', 'Redo'],
  ['Ctrl+I', 'Import files'],
  ['Ctrl+S', 'Save the workbook as a file'],
  ['Ctrl+O', 'Open a workbook file'],
  ['F2, Enter, Tab', 'Edit a cell, go down, go right (in the plan)'],
  ['Ctrl+C, Ctrl+X, Ctrl+V', 'Copy, cut, paste cells, also from and to other spreadsheets'],
  ['Ctrl+Shift+V, Ctrl+Alt+V', 'Paste values, paste special: added, turned, by month'],
  ['Ctrl+D, Ctrl+R', 'Fill down, fill right'],
  ['Ctrl+F, Ctrl+H', 'Find on the sheet, replace'],
  ['Ctrl+E', 'Explain the active cell'],
  ['Ctrl+[, Ctrl+]', 'Select what the cell rests on, what rests on it'],
  ['Click, Alt+click', 'While a formula is typed: name a row, name it in that month'],
  ['Escape', 'Close what is open, cancel an edit'],
]

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)

/** A shortcut as this machine's keyboard has it. */
export function keysHere(keys: string): string {
  return writeShortcut(keys, isMac)
}
