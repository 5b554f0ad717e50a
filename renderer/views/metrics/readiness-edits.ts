import type { Day } from '../../../shared/calendar/index.ts'
import { type Assessment, READINESS_ITEMS, type ReadinessItem, readinessOf } from '../../../shared/metrics/index.ts'
import type { WorkbookRecords } from '../../../shared/workbook/index.ts'

/** What somebody judged on one day: items left out were not judged, which is not level 0. */
export interface AssessmentDraft {
  readonly on: Day
  readonly subject: string
  readonly assessedBy: string
  readonly items: Readonly<Partial<Record<ReadinessItem, { readonly level: number; readonly note: string }>>>
}

/** Adds one record per judged item; what was judged before stays as the history. */
export function putAssessments(
  records: WorkbookRecords,
  { on, subject, assessedBy, items }: AssessmentDraft,
  newId: () => string,
): WorkbookRecords {
  const added = READINESS_ITEMS.flatMap((item): Assessment[] => {
    const judged = items[item]
    if (!judged) return []
    const { level, note } = judged
    return [{ id: newId(), on, subject: subject.trim(), item, level, assessedBy: assessedBy.trim(), note: note.trim() }]
  })
  return {
    ...records,
    assessments: { ...records.assessments, ...Object.fromEntries(added.map((one) => [one.id, one])) },
  }
}

export function withoutAssessment(records: WorkbookRecords, id: string): WorkbookRecords {
  const { [id]: _gone, ...assessments } = records.assessments
  return { ...records, assessments }
}

/** The score as it stood after every day of assessing, oldest first. */
export function readinessHistory(
  assessments: readonly Assessment[],
  subject: string,
): readonly { readonly label: Day; readonly value: number | null }[] {
  const own = assessments.filter((one) => one.subject === subject || one.subject === '')
  const days = [...new Set(own.map(({ on }) => on))].sort()
  return days.map((on) => {
    const { value } = readinessOf(own, on, subject)
    return { label: on, value: value.known ? value.value : null }
  })
}
