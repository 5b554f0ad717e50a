import { type FiscalCalendar, type MonthKey, fiscalQuarterOf } from '../../../shared/calendar/index.ts'
import { compileModel, runModel } from '../../../shared/model/index.ts'
import { type Nanos, ZERO_NANOS, nanosOf } from '../../../shared/money/index.ts'
import { seedOf } from '../../../shared/quantities/index.ts'
import { budgetLines, type FigureSources, planModel, planMonths, planTotals } from '../../../shared/plan/index.ts'
import type { WorkbookRecords } from '../../../shared/workbook/index.ts'

/** One block of samples, the same every time: an uncertain line counts with its mean. */
const SAMPLES = 1024
const SEED = seedOf(1)

/**
 * Money planned for each key result in the quarter, through the initiatives that point at it. Exact to the cent; a line
 * that cannot be computed is in no sum, as on the sheet. Key results without a planned line are not in the answer.
 */
export function keyResultBudgets(
  records: Pick<WorkbookRecords, 'rows' | 'initiatives'>,
  quarterStart: MonthKey,
  calendar: FiscalCalendar,
  sources: FigureSources | null = null,
): ReadonlyMap<string, Nanos> {
  const months = planMonths(quarterStart, calendar)
  const quarter = fiscalQuarterOf(quarterStart, calendar).months.map((month) => months.indexOf(month))
  const lines = budgetLines(records)
  const budgets = new Map<string, Nanos>()
  if (lines.length === 0) return budgets
  const run = runModel(compileModel(planModel(records, months, sources)), {
    samples: SAMPLES,
    seed: SEED,
    wanted: lines.map(({ id }) => id),
  })
  for (const { initiativeId, byMonth } of planTotals(lines, run.rows, months).byInitiative) {
    const keyResultId = initiativeId === null ? null : records.initiatives[initiativeId]?.keyResultId
    if (!keyResultId) continue
    const planned = quarter.reduce((sum, at) => sum + (byMonth[at] ?? ZERO_NANOS), budgets.get(keyResultId) ?? 0n)
    budgets.set(keyResultId, nanosOf(planned))
  }
  return budgets
}
