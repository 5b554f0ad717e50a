import { useEffect } from 'react'
import type { Pasting } from './pasting.ts'
import type { RangeController } from './range-controller.ts'
import { rectOf } from './range.ts'
import { copyBlock } from './sheet-edits.ts'
import type { SheetGridProps } from './sheet-props.ts'
import { TEXT_BOXES } from './use-sheet-keys.ts'
import { formatHtmlTable, parseHtmlTable } from './html-table.ts'
import { formatTsv, parseForeignTsv, parseTsv } from './tsv.ts'

/** A paste event that long after Ctrl+Shift+V is another one. */
const VALUES_KEY_MS = 500

/** What was typed, for pasting within the product; other programs take the plain text beside it. */
const OWN_CLIPBOARD_TYPE = 'application/x-quarterdeck-cells'

/** Copy, cut and paste through the DOM events: no clipboard permission is needed, and menus reach them too. */
export function useSheetClipboard(
  root: HTMLElement | null,
  controller: RangeController,
  latest: { readonly current: SheetGridProps },
  { paste, copied, isCopyingByCommand }: Pick<Pasting, 'paste' | 'copied' | 'isCopyingByCommand'>,
) {
  useEffect(() => {
    if (!root) return
    let valuesAskedAt = -Infinity
    // The browser turns this key into a paste event that does not tell itself from another.
    const onKeyDown = (event: KeyboardEvent) => {
      const isValuesKey = (event.ctrlKey || event.metaKey) && event.shiftKey && event.key.toLowerCase() === 'v'
      if (isValuesKey) valuesAskedAt = performance.now()
    }
    const isOurs = ({ target }: Event) =>
      target === document.body || (target instanceof Element && root.contains(target) && !target.closest(TEXT_BOXES))
    const onCopy = (event: ClipboardEvent) => {
      if (!(isCopyingByCommand() || isOurs(event)) || !event.clipboardData) return
      event.preventDefault()
      const selection = controller.read()
      const block = copyBlock(latest.current.sheet, selection)
      if (!block) {
        latest.current.onNotice(
          'These ranges share neither rows nor columns, so they make no one block. Copy them one by one.',
        )
        return
      }
      const plain = formatTsv(block.values)
      event.clipboardData.setData('text/plain', plain)
      copied(plain, block.raw)
      event.clipboardData.setData('text/html', formatHtmlTable(block.values))
      event.clipboardData.setData(OWN_CLIPBOARD_TYPE, formatTsv(block.raw))
      controller.take({ rects: selection.ranges.map(rectOf), isCut: event.type === 'cut' })
    }
    const onPaste = (event: ClipboardEvent) => {
      if (!isOurs(event) || !event.clipboardData) return
      event.preventDefault()
      const isValues = performance.now() - valuesAskedAt < VALUES_KEY_MS
      valuesAskedAt = -Infinity
      const [plain, html] = ['text/plain', 'text/html'].map((type) => event.clipboardData!.getData(type))
      const own = isValues ? '' : event.clipboardData.getData(OWN_CLIPBOARD_TYPE)
      const isForeign = own === ''
      const foreign = () => (plain === '' ? parseHtmlTable(html!) : parseForeignTsv(plain!))
      const cells = isForeign ? foreign() : parseTsv(own)
      paste({ cells, isForeign, plain: plain! }, isValues ? 'Paste values' : 'Paste')
    }
    const stop = new AbortController()
    const options = { capture: true, signal: stop.signal }
    document.addEventListener('keydown', onKeyDown, options)
    document.addEventListener('copy', onCopy, options)
    document.addEventListener('cut', onCopy, options)
    document.addEventListener('paste', onPaste, options)
    return () => stop.abort()
  }, [controller, copied, isCopyingByCommand, latest, paste, root])
}
