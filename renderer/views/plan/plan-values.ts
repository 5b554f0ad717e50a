import type { MonthKey } from '../../../shared/calendar/index.ts'
import { Recalculation, type RowResult } from '../../../shared/model/index.ts'
import { seedOf } from '../../../shared/quantities/index.ts'
import { type FigureSources, type PlanRecords, planModel } from '../../../shared/plan/index.ts'

/** One block of samples: enough for a mean in a cell, and done within the frame of an edit. */
export const PLAN_SAMPLES = 1024
export const PLAN_SEED = seedOf(1)

/** The plan shown last with all its numbers, so that an edit works out no more than it reaches. */
let shown: Recalculation | null = null

/** What every row of the plan comes to in each month; uncertain rows from a small run that is the same every time. */
export function planValues(
  records: PlanRecords,
  months: readonly MonthKey[],
  sources: FigureSources | null = null,
): ReadonlyMap<string, RowResult> {
  const model = planModel(records, months, sources)
  if (model.rows.length === 0) return new Map()
  if (shown) shown.update(model)
  else shown = new Recalculation(model, { samples: PLAN_SAMPLES, seed: PLAN_SEED })
  return new Map(shown.rows)
}
