import type { MenuEntry } from '../parts/index.ts'
import type { SheetCommand } from './keymap.ts'
import type { Pasting } from './pasting.ts'
import { rowIdsOf } from './sheet-edits.ts'
import type { SheetHost } from './sheet-host.ts'

/** What can be done to the selected cells and rows, with the keys that do the same. */
export function sheetMenu(
  { latest, controller, show }: SheetHost,
  { copyByCommand, pasteByCommand, pasteSpecial }: Pasting,
  execute: (command: SheetCommand) => void,
): readonly MenuEntry[] {
  const { sheet, rowCommands, spreadingsFor, sorting, traceCell, onExplain } = latest.current
  const selection = controller.read()
  const ids = rowIdsOf(sheet, selection)
  const byKey = (id: string, label: string, shortcut: string, command: SheetCommand): MenuEntry => ({
    id,
    label,
    shortcut,
    run: () => execute(command),
  })
  const openSeries = () => show({ kind: 'series', selection, spreadings: spreadingsFor?.(ids) ?? [] })
  const hasRow = sheet.rows[selection.active.row] !== undefined
  const columnId = sheet.columns[selection.active.column]?.id
  const sortBy = (isDescending: boolean) => () => columnId !== undefined && sorting?.onSort({ columnId, isDescending })
  return [
    { id: 'cut', label: 'Cut', shortcut: 'Ctrl+X', run: () => copyByCommand('cut') },
    { id: 'copy', label: 'Copy', shortcut: 'Ctrl+C', run: () => copyByCommand('copy') },
    { id: 'paste', label: 'Paste', shortcut: 'Ctrl+V', run: () => void pasteByCommand(false) },
    { id: 'values', label: 'Paste values', shortcut: 'Ctrl+Shift+V', run: () => void pasteByCommand(true) },
    { id: 'special', label: 'Paste special…', shortcut: 'Ctrl+Alt+V', run: pasteSpecial },
    byKey('clear', 'Clear', 'Delete', { kind: 'clear' }),
    { ...byKey('down', 'Fill down', 'Ctrl+D', { kind: 'fill down' }), startsGroup: true },
    byKey('right', 'Fill right', 'Ctrl+R', { kind: 'fill right' }),
    ...(spreadingsFor ? [{ id: 'series', label: 'Fill a series or spread…', run: openSeries }] : []),
    ...(rowCommands && hasRow
      ? [
          { ...byKey('insert', 'Insert a row below', 'Ctrl++', { kind: 'insert row' }), startsGroup: true },
          { id: 'duplicate', label: 'Duplicate rows', run: () => rowCommands.duplicate(ids) },
          byKey('up', 'Move rows up', 'Alt+Shift+↑', { kind: 'move rows up' }),
          byKey('down rows', 'Move rows down', 'Alt+Shift+↓', { kind: 'move rows down' }),
          byKey('note', 'Note…', 'Shift+F2', { kind: 'note' }),
        ]
      : []),
    ...(sorting
      ? [
          { id: 'ascending', label: 'Sort by this column, smallest first', run: sortBy(false), startsGroup: true },
          { id: 'descending', label: 'Sort by this column, largest first', run: sortBy(true) },
          ...(sorting.sort === null
            ? []
            : [{ id: 'unsorted', label: 'Back to the order of the plan', run: () => sorting.onSort(null) }]),
        ]
      : []),
    ...(traceCell
      ? [
          { ...byKey('precedents', 'Select what it rests on', 'Ctrl+[', { kind: 'precedents' }), startsGroup: true },
          byKey('dependents', 'Select what rests on it', 'Ctrl+]', { kind: 'dependents' }),
        ]
      : []),
    ...(onExplain ? [byKey('explain', 'Explain this cell', 'Ctrl+E', { kind: 'explain' })] : []),
    { ...byKey('delete', 'Delete rows', 'Ctrl+-', { kind: 'delete rows' }), isDanger: true, startsGroup: true },
  ]
}
