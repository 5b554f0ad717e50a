import { useEffect, useLayoutEffect, useRef } from 'react'
import type { EditSession } from './edit-session.ts'
import { type SheetCommand, commandOf } from './keymap.ts'

/** What takes keys for itself. */
export const TEXT_BOXES = 'input, textarea, select, [contenteditable="true"], .cm-tooltip'

/** Escape with nothing to give up, then Tab, leaves the sheet. */
const KEYS_OF_LEAVING: ReadonlySet<string> = new Set(['Escape', 'Tab', 'Shift'])

/** Keys in the capture phase, so that the grid never sees a key we own. */
export function useSheetKeys(
  root: HTMLElement | null,
  session: EditSession,
  execute: (command: SheetCommand) => boolean,
  leaving: {
    readonly onLeave: (isBack: boolean) => boolean
    readonly onUnusedEscape: () => void
    /** Something else was done on the sheet. */
    readonly onStay: () => void
  },
) {
  const latest = useRef(leaving)
  useLayoutEffect(() => {
    latest.current = leaving
  })
  useEffect(() => {
    if (!root) return
    const isMac = navigator.userAgent.includes('Mac')
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      // Before the first click, focus is on the body; keys belong to the sheet then too.
      if (target !== document.body && !root.contains(target)) return
      const isEditor = target.closest('.sheet-editor') !== null
      if (!isEditor && target.closest(TEXT_BOXES)) return
      if (target.closest('button') && (event.key === 'Enter' || event.key === ' ')) return
      const edit = session.read()
      const mode = edit.cell && edit.place === 'cell' ? edit.mode : 'ready'
      if (mode !== 'ready' && session.box?.takesKey(event.key)) {
        event.preventDefault()
        event.stopPropagation()
        return
      }
      if (!KEYS_OF_LEAVING.has(event.key)) latest.current.onStay()
      const command = commandOf(event, mode, isMac)
      if (!command) {
        const isTypeAhead = mode !== 'ready' && !isEditor && event.key.length === 1 && !event.ctrlKey && !event.metaKey
        if (isTypeAhead) {
          // Keys that arrive after the edit began and before its text box has the focus.
          session.write(session.read().text + event.key)
          event.preventDefault()
        }
        // The box itself starts a line; everything else it does by what the browser does with the key.
        const startsLine = isEditor && event.key === 'Enter' && event.altKey
        if (mode !== 'ready' && !startsLine) event.stopPropagation()
        return
      }
      if (command.kind === 'next' && command.along === 'row' && latest.current.onLeave(command.isBack)) {
        event.stopPropagation()
        return
      }
      if (!execute(command)) {
        if (command.kind === 'escape') latest.current.onUnusedEscape()
        return
      }
      event.preventDefault()
      event.stopPropagation()
    }
    const onPointerDown = () => latest.current.onStay()
    document.addEventListener('keydown', onKeyDown, true)
    root.addEventListener('pointerdown', onPointerDown, true)
    return () => {
      document.removeEventListener('keydown', onKeyDown, true)
      root.removeEventListener('pointerdown', onPointerDown, true)
    }
  }, [execute, root, session])
}
