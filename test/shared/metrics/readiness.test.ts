import { describe, expect, test } from 'vitest'
import type { WeekKey } from '../../../shared/calendar/index.ts'
import {
  type Assessment,
  openFollowUps,
  READINESS_ITEMS,
  READINESS_LEVELS,
  readinessOf,
  type WeekNote,
} from '../../../shared/metrics/index.ts'
import { onDay } from '../../support/build-facts.ts'

const today = onDay('2026-11-20')
let serial = 0

function judged(item: Assessment['item'], level: number, more: Partial<Assessment> = {}): Assessment {
  return { id: `a${serial++}`, on: today, subject: '', item, level, assessedBy: 'Ada', note: '', ...more }
}

describe('readiness', () => {
  test('is unknown while nothing is assessed, never zero', () => {
    const { value, items } = readinessOf([], today)
    expect(value.known ? 'known' : value.why.code).toBe('metrics/needs-assessment')
    expect(Object.values(items)).toEqual([null, null, null, null, null])
  })

  test('is the mean of the items assessed, with the rest missing from its coverage', () => {
    const { value } = readinessOf([judged('docs', 4), judged('tools', 2), judged('evals', 3)], today)
    expect(value).toMatchObject({ known: true, value: 0.75, n: 3, coverage: 0.6, excluded: { 'never assessed': 2 } })
  })

  test('takes the latest assessment up to the day, and the own one of a subject before that of all', () => {
    const all = [
      judged('docs', 1, { on: onDay('2026-08-01') }),
      judged('docs', 3, { on: onDay('2026-11-01') }),
      judged('docs', 4, { on: onDay('2026-12-01') }),
      judged('docs', 0, { on: onDay('2026-09-01'), subject: 'search' }),
    ]
    const level = (day: string, subject?: string) => readinessOf(all, onDay(day), subject).items.docs?.level
    expect([level('2026-07-01'), level('2026-08-15'), level('2026-11-20'), level('2026-12-24')]).toEqual([
      undefined,
      1,
      3,
      4,
    ])
    expect([level('2026-11-20', 'search'), level('2026-11-20', 'billing')]).toEqual([0, 3])
  })

  test('everything at the highest level is 1', () => {
    const { value } = readinessOf(
      READINESS_ITEMS.map((item) => judged(item, READINESS_LEVELS.length - 1)),
      today,
    )
    expect(value).toMatchObject({ known: true, value: 1, coverage: 1 })
  })
})

test('follow-ups of earlier weeks stay until done, the first due first', () => {
  const note = (id: string, more: Partial<WeekNote>): WeekNote => ({
    id,
    week: '2026-W46' as WeekKey,
    kind: 'follow-up',
    text: id,
    metricId: null,
    owner: '',
    due: null,
    isDone: false,
    order: 0,
    ...more,
  })
  const notes = [
    note('undated', {}),
    note('later', { due: onDay('2026-11-30') }),
    note('old', { week: '2026-W40' as WeekKey, due: onDay('2026-10-05') }),
    note('done', { isDone: true }),
    note('said', { kind: 'decision' }),
    note('next week', { week: '2026-W48' as WeekKey }),
  ]
  expect(openFollowUps(notes, '2026-W47' as WeekKey).map(({ id }) => id)).toEqual(['old', 'later', 'undated'])
})
