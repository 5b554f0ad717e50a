import { expect, test } from 'vitest'
import type { Day } from '../../../../shared/calendar/index.ts'
import { emptyRecords } from '../../../../shared/workbook/index.ts'
import {
  type AssessmentDraft,
  putAssessments,
  readinessHistory,
  withoutAssessment,
} from '../../../../renderer/views/metrics/readiness-edits.ts'

const on = (day: string, items: AssessmentDraft['items'], subject = ''): AssessmentDraft => ({
  on: day as Day,
  subject,
  assessedBy: ' Ada ',
  items,
})
let count = 0
const put = (records: ReturnType<typeof emptyRecords>, draft: AssessmentDraft) =>
  putAssessments(records, draft, () => `a${++count}`)

test('only judged items are added, and earlier judgements stay', () => {
  const first = put(emptyRecords(), on('2026-10-01', { docs: { level: 2, note: ' read ' } }))
  const second = put(first, on('2026-11-01', { docs: { level: 3, note: '' }, evals: { level: 1, note: '' } }))
  expect(
    Object.values(second.assessments).map(({ item, level, note, assessedBy }) => [item, level, note, assessedBy]),
  ).toEqual([
    ['docs', 2, 'read', 'Ada'],
    ['docs', 3, '', 'Ada'],
    ['evals', 1, '', 'Ada'],
  ])
  const [id] = Object.keys(first.assessments)
  expect(Object.keys(withoutAssessment(second, id!).assessments).length).toBe(2)
})

test('the history tells the score after every day of assessing, of the subject and of everything', () => {
  const records = [
    on('2026-10-01', { docs: { level: 2, note: '' } }),
    on('2026-11-01', { evals: { level: 4, note: '' } }, 'shop'),
    on('2026-11-02', { docs: { level: 4, note: '' } }, 'site'),
  ].reduce(put, emptyRecords())
  expect(readinessHistory(Object.values(records.assessments), 'shop')).toEqual([
    { label: '2026-10-01', value: 0.5 },
    { label: '2026-11-01', value: 0.75 },
  ])
  expect(readinessHistory(Object.values(records.assessments), '').map(({ value }) => value)).toEqual([0.5])
})
