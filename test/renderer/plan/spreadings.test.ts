import { expect, test } from 'vitest'
import type { MonthKey } from '../../../shared/calendar/index.ts'
import { nanosOf } from '../../../shared/money/index.ts'
import type { ActualCell } from '../../../renderer/stores/figures.ts'
import { spreadingsFor } from '../../../renderer/views/plan/spreadings.ts'
import { RECORDS } from './plan-records.ts'

const MONTHS = ['2026-10', '2026-11', '2026-12'] as unknown as readonly MonthKey[]
const owner = RECORDS.rows['agents']!.group
const spent = (
  month: string,
  amount: string,
  parts: Partial<Pick<ActualCell, 'currency' | 'basis' | 'initiativeId'>> = {},
): ActualCell => ({
  initiativeId: owner,
  month: month as MonthKey,
  tool: 'Cursor',
  currency: 'USD',
  basis: 'billed',
  isBeside: parts.basis !== undefined && parts.basis !== 'billed',
  amount,
  nanos: nanosOf(BigInt(Math.round(Number(amount) * 1e9))),
  ...parts,
})
const waysOf = (actuals: readonly ActualCell[]) => spreadingsFor(['row agents'], RECORDS, MONTHS, actuals, 'USD')
const weights = (way: { weightOf: (columnId: string) => bigint } | undefined) =>
  ['plan 2026-10', 'actual 2026-10', 'plan 2026-11', 'plan 2026-12'].map((id) => Number(way?.weightOf(id)))

test('equal parts and working days weigh plan months only', () => {
  const [even, working, none] = waysOf([])
  expect(weights(even)).toEqual([1, 0, 1, 1])
  expect(weights(working)).toEqual([22, 0, 21, 23])
  expect(none).toBeUndefined()
})

test('the shape of the last quarter needs every one of its months, in the currency, owed, of that initiative', () => {
  const known = [spent('2026-07', '1'), spent('2026-08', '2.5'), spent('2026-09', '3')]
  const others = [
    spent('2026-07', '9', { currency: 'EUR' }),
    spent('2026-07', '9', { basis: 'included' }),
    spent('2026-07', '9', { initiativeId: null }),
  ]
  expect(weights(waysOf([...known, ...others])[2])).toEqual([1e9, 0, 2.5e9, 3e9])
  expect(waysOf(known.slice(1))).toHaveLength(2)
})
