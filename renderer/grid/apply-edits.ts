import { countOf, formatCount } from '../parts/index.ts'
import type { EditPlan } from './sheet-edits.ts'
import type { SheetHost } from './sheet-host.ts'
import type { EditVerdict } from './sheet.ts'

export interface ApplyEdits {
  /** Says what edits left alone, `skipped` cells beside what they refused, `ranges` of them because nothing can be added to a range. */
  readonly tell: (verdict: EditVerdict, skipped: number, verb: string, ranges?: number) => void
  /** Hands edits out as one step and tells what was left alone. */
  readonly report: (plan: EditPlan, verb: string) => EditVerdict
  /** The same, and selects what was changed. */
  readonly run: (plan: EditPlan, verb: string) => void
}

export function applyEditsOf({ latest, controller }: SheetHost): ApplyEdits {
  const tell = ({ taken, refused, why }: EditVerdict, skipped: number, verb: string, ranges = 0) => {
    const { onNotice } = latest.current
    const left = skipped + refused
    if (why !== '') onNotice(why)
    else if (left > 0) {
      const because = ranges > 0 ? 'are ranges, computed' : 'are computed'
      onNotice(
        `${verb}: ${countOf(taken, 'cell')} changed, ${formatCount(left)} left alone because they ${because} or lie outside the sheet.`,
      )
    }
  }
  const report = (plan: EditPlan, verb: string): EditVerdict => {
    const { onEdits } = latest.current
    controller.take(null)
    const verdict = plan.edits.length > 0 ? onEdits(plan.edits, verb) : { taken: 0, refused: 0, why: '' }
    tell(verdict, plan.skipped, verb, plan.ranges)
    return verdict
  }
  return {
    tell,
    report,
    run: (plan, verb) => {
      report(plan, verb)
      controller.select(plan.selection, { reveal: 'none' })
    },
  }
}
