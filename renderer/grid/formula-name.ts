import type { Vocabulary } from './formula-help.ts'
import type { SheetGridProps } from './sheet-props.ts'
import type { Sheet } from './sheet.ts'

const known = new WeakMap<Sheet, Vocabulary>()

/** What a formula on this sheet can name; null where nothing says how names are written. */
export function vocabularyOf({ sheet, writeName }: Pick<SheetGridProps, 'sheet' | 'writeName'>): Vocabulary | null {
  if (!writeName) return null
  let vocabulary = known.get(sheet)
  if (!vocabulary) {
    const rows = sheet.rows.flatMap(({ formulaName, about = '' }) =>
      formulaName === undefined ? [] : [{ name: formulaName, detail: about }],
    )
    const months = sheet.columns.flatMap(({ month }) => month ?? [])
    vocabulary = { rows, months: [...new Set(months)], write: writeName }
    known.set(sheet, vocabulary)
  }
  return vocabulary
}
