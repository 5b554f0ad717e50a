import { useEffect, useMemo } from 'react'
import { mayDrawOnHistory } from '../../shared/model/index.ts'
import type { FigureSources } from '../../shared/plan/index.ts'
import { factReadingOf } from '../../shared/workbook/index.ts'
import { bringHistory } from '../commands/index.ts'
import { useFigures } from '../stores/figures.ts'
import { useWorkbook } from '../stores/workbook.ts'

/** What `lookup`, `actual`, `history` and `from` in formulas of the plan are answered from, as imported and entered now. */
export function useFigureSources(): FigureSources {
  const { initiatives, rates, modelAliases, people, settings, rows } = useWorkbook((workbook) => workbook.records)
  const { of, metrics, actuals, notInActuals, history } = useFigures()
  const currency = settings['settings']?.currency ?? 'USD'
  const isDrawn = useMemo(() => mayDrawOnHistory(Object.values(rows).map(({ formula }) => formula)), [rows])
  useEffect(() => {
    if (isDrawn) void bringHistory()
  }, [isDrawn, of])
  return useMemo(
    () => ({
      currency,
      prices: factReadingOf({ rates, modelAliases, people }).prices,
      initiatives,
      actuals: notInActuals && { cells: actuals, unpriced: notInActuals.unpriced },
      metrics: new Map(Object.entries(metrics)),
      history,
    }),
    [currency, rates, modelAliases, people, initiatives, metrics, actuals, notInActuals, history],
  )
}
