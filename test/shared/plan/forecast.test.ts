import { expect, test } from 'vitest'
import type { Day, MonthKey } from '../../../shared/calendar/index.ts'
import { fromUnits } from '../../../shared/money/index.ts'
import { forecastOf } from '../../../shared/plan/index.ts'

const SEPTEMBER = '2026-09' as MonthKey
const PLAN = fromUnits(30_000)
const SPENT = fromUnits(18_400)

// 2026-09-14 is a Monday: ten of the twenty-two working days of September are gone with it.
test.each([
  ['over', '2026-09-30', PLAN, SPENT, { nanos: SPENT, basis: 'actual' }],
  ['long over', '2026-11-02', PLAN, SPENT, { nanos: SPENT, basis: 'actual' }],
  ['under way', '2026-09-14', PLAN, SPENT, { nanos: fromUnits(40_480), basis: 'run rate' }],
  ['not begun', '2026-08-31', PLAN, null, { nanos: PLAN, basis: 'plan' }],
  ['over, with nothing imported', '2026-10-10', PLAN, null, { nanos: PLAN, basis: 'plan' }],
  ['over, not planned', '2026-10-10', null, SPENT, { nanos: SPENT, basis: 'actual' }],
  ['not known at all', '2026-10-10', null, null, null],
  ['without any data', null, PLAN, null, { nanos: PLAN, basis: 'plan' }],
] as const)('a month that is %s', (_, dataUntil, plan, actual, expected) => {
  expect(forecastOf(SEPTEMBER, { plan, actual }, dataUntil as Day | null)).toEqual(expected)
})

test('before the first working day the rate per calendar day stands in', () => {
  // August 2026 begins on a Saturday: $100 a day for two days, 31 days.
  const august = { plan: null, actual: fromUnits(200) }
  expect(forecastOf('2026-08' as MonthKey, august, '2026-08-02' as Day)).toEqual({
    nanos: fromUnits(3_100),
    basis: 'run rate',
  })
})
