import type { EditPlan } from './sheet-edits.ts'
import type { SheetHost } from './sheet-host.ts'
import type { EditVerdict } from './sheet.ts'

export interface ApplyEdits {
  /** Hands edits out as one step and tells what was left alone. */
  readonly report: (plan: EditPlan, verb: string) => EditVerdict
  /** The same, and selects what was changed. */
  readonly run: (plan: EditPlan, verb: string) => void
}

export function applyEditsOf({ latest, controller }: SheetHost): ApplyEdits {
  const report = (plan: EditPlan, verb: string): EditVerdict => {
    const { onEdits, onNotice } = latest.current
    const verdict = plan.edits.length > 0 ? onEdits(plan.edits, verb) : { taken: 0, refused: 0, why: '' }
    const left = plan.skipped + verdict.refused
    if (verdict.why !== '') onNotice(verdict.why)
    else if (left > 0)
      onNotice(
        `${verb}: ${verdict.taken} cells changed, ${left} left alone because they are computed or lie outside the sheet.`,
      )
    return verdict
  }
  return {
    report,
    run: (plan, verb) => {
      report(plan, verb)
      controller.select(plan.selection, { reveal: 'none' })
    },
  }
}
