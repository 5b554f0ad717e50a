import { useEffect } from 'react'
import type { MenuCommand } from '../../shared/bridge/index.ts'
import { bridge } from '../bridge/index.ts'
import {
  chooseAndOpenWorkbook,
  closePalette,
  goTo,
  openPalette,
  redo,
  saveWorkbookFile,
  setTheme,
  undo,
} from '../commands/index.ts'
import { useScreen } from '../stores/screen.ts'
import { useWorkbook } from '../stores/workbook.ts'
import { printTheBrief } from './actions.ts'
import { importFiles } from '../views/import-files.ts'
import { HOLDS_TEXT, ownsItsUndo } from './owns-its-undo.ts'
import { shortcutOf } from './shortcuts.ts'

/** Keys that work everywhere and the native menu, which means the same things. */
export function useKeyboard(onNew: () => void): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing) return
      const shortcut = shortcutOf(event)
      if (!shortcut) return
      // A dialog keeps the keys to itself; the palette gives way to what was asked for.
      if (document.querySelector('.shade') !== null) {
        if (!useScreen.getState().isPaletteOpen) return
        closePalette()
        event.preventDefault()
        if (shortcut.kind === 'palette') return
      }
      const isOpen = isWorkbookOpen()
      if (shortcut.kind === 'undo' || shortcut.kind === 'redo') {
        if (!isOpen || ownsItsUndo(event.target)) return
        void (shortcut.kind === 'undo' ? undo() : redo())
      } else if (shortcut.kind === 'palette') openPalette()
      else if (shortcut.kind === 'open') void chooseAndOpenWorkbook()
      else if (!isOpen) return
      else if (shortcut.kind === 'go') goTo(shortcut.place)
      else if (shortcut.kind === 'save') void saveWorkbookFile()
      else importFiles()
      event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown)
    const stopMenu = bridge().onMenu((command) => runMenu(command, onNew))
    return () => {
      document.removeEventListener('keydown', onKeyDown)
      stopMenu()
    }
  }, [onNew])
}

function isWorkbookOpen(): boolean {
  const { phase } = useWorkbook.getState()
  return phase === 'ready' || phase === 'read-only'
}

function runMenu(command: MenuCommand, onNew: () => void): void {
  const isOpen = isWorkbookOpen()
  switch (command) {
    case 'undo':
    case 'redo':
      runUndo(command, isOpen)
      return
    case 'palette':
      openPalette()
      return
    case 'open':
      void chooseAndOpenWorkbook()
      return
    case 'theme':
      setTheme(document.documentElement.dataset['theme'] === 'dark' ? 'light' : 'dark')
      return
    case 'new':
      onNew()
      return
    case 'save':
      if (isOpen) void saveWorkbookFile()
      return
    case 'import':
      if (isOpen) importFiles()
      return
    case 'print':
      if (isOpen) printTheBrief()
  }
}

/** A text box undoes its typing; the sheet and everything else undo the document. */
function runUndo(command: 'undo' | 'redo', isOpen: boolean): void {
  const focused = document.activeElement
  if (focused instanceof HTMLElement && (focused.isContentEditable || focused.matches(HOLDS_TEXT))) {
    // The only call that reaches a text box's own history.
    document.execCommand(command)
  } else if (isOpen) void (command === 'undo' ? undo() : redo())
}
