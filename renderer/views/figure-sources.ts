import { useMemo } from 'react'
import type { FigureSources } from '../../shared/plan/index.ts'
import { factReadingOf } from '../../shared/workbook/index.ts'
import { useFigures } from '../stores/figures.ts'
import { useWorkbook } from '../stores/workbook.ts'

/** What `lookup`, `actual` and `history` in formulas of the plan are answered from, as imported and entered now. */
export function useFigureSources(): FigureSources {
  const { initiatives, rates, modelAliases, people, settings } = useWorkbook((workbook) => workbook.records)
  const { metrics, actuals, notInActuals } = useFigures()
  const currency = settings['settings']?.currency ?? 'USD'
  return useMemo(
    () => ({
      currency,
      prices: factReadingOf({ rates, modelAliases, people }).prices,
      initiatives,
      actuals: notInActuals && { cells: actuals, unpriced: notInActuals.unpriced },
      metrics: new Map(Object.entries(metrics)),
    }),
    [currency, rates, modelAliases, people, initiatives, metrics, actuals, notInActuals],
  )
}
