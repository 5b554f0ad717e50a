import type { ModelAlias, OwnPrices, OwnRate } from '../../../../shared/prices/index.ts'
import { factReadingOf, type WorkbookRecords } from '../../../../shared/workbook/index.ts'
import { editRecords, showToast, undo } from '../../../commands/index.ts'
import { countOf } from '../../../parts/index.ts'

/** A change of the price book: it can be looked at before it is kept. */
export type PriceChange = (records: WorkbookRecords) => WorkbookRecords

export const withRate =
  (rate: OwnRate): PriceChange =>
  (records) => ({ ...records, rates: { ...records.rates, [rate.id]: rate } })

export const withoutRate =
  (id: string): PriceChange =>
  (records) => {
    const { [id]: _gone, ...rates } = records.rates
    return { ...records, rates }
  }

export const withAlias =
  (alias: ModelAlias): PriceChange =>
  (records) => ({ ...records, modelAliases: { ...records.modelAliases, [alias.id]: alias } })

export const withoutAlias =
  (id: string): PriceChange =>
  (records) => {
    const { [id]: _gone, ...modelAliases } = records.modelAliases
    return { ...records, modelAliases }
  }

export function pricesAfter(records: WorkbookRecords, change: PriceChange): OwnPrices {
  return factReadingOf(change(records)).prices
}

/** Keeps the change and says what it re-priced, with the way back. */
export async function reprice(label: string, change: PriceChange, rows: number): Promise<void> {
  await editRecords(label, change)
  const text = rows === 0 ? 'Kept; nothing imported is priced by it yet.' : `${countOf(rows, 'row')} re-priced.`
  showToast(text, { action: { label: 'Undo', run: () => void undo() } })
}
