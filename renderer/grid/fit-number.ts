import type { SheetCell } from './sheet.ts'

/** Width of one tabular digit at the sheet's 12.5 px type; signs and points are narrower, so the estimate errs on the safe side. */
const PIXELS_PER_CHARACTER = 7.4
const CELL_PADDING = 18
/** Room of the mark that says a value is a range. */
const MARK_PIXELS = 16

/**
 * A number as it fits: whole, else its short form, else `####`. Never cut off, because a cut number is a wrong number:
 * `$20,72…` reads as twenty dollars and something.
 */
export function fitNumber(cell: SheetCell, widthPixels: number): string {
  // Words may be cut off.
  if (cell.value === null) return cell.text
  const room = widthPixels - CELL_PADDING - (cell.mark === 'none' ? 0 : MARK_PIXELS)
  if (cell.text.length * PIXELS_PER_CHARACTER <= room) return cell.text
  if (cell.shortText !== '' && cell.shortText.length * PIXELS_PER_CHARACTER <= room) return cell.shortText
  return '#'.repeat(Math.max(2, Math.floor(room / PIXELS_PER_CHARACTER)))
}
