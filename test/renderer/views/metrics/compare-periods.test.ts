import { expect, test } from 'vitest'
import type { Day } from '../../../../shared/calendar/index.ts'
import { type PairId, pairOf } from '../../../../renderer/views/metrics/compare-periods.ts'

const check = (choice: Exclude<PairId, 'own'>, asOf: string, expected: readonly string[], startMonth = 1) => {
  const { period, beforePeriod } = pairOf(choice, asOf as Day, { startMonth })
  expect([period.from, period.to, beforePeriod.from, beforePeriod.to], `${choice} ${asOf}`).toEqual(expected)
}

test('a quarter not over yet stands against as many days of the one before', () => {
  check('quarter', '2026-11-21', ['2026-10-01', '2026-11-21', '2026-07-01', '2026-08-21'])
  check('quarter', '2026-11-21', ['2026-11-01', '2026-11-21', '2026-08-01', '2026-08-21'], 2)
  // 92 days against a quarter of 91: no day of the newer one stands on both sides.
  check('quarter', '2026-09-30', ['2026-07-01', '2026-09-30', '2026-04-01', '2026-06-30'])
})

test('lengths stand against as many days before, or against the same weekdays a year ago', () => {
  check('28', '2026-11-21', ['2026-10-25', '2026-11-21', '2026-09-27', '2026-10-24'])
  check('91', '2026-11-21', ['2026-08-23', '2026-11-21', '2026-05-24', '2026-08-22'])
  check('year', '2026-11-21', ['2026-10-25', '2026-11-21', '2025-10-26', '2025-11-22'])
})
