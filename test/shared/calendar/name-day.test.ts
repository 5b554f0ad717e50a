import { expect, it } from 'vitest'
import { nameDay, nameMonth, namePeriod } from '../../../shared/calendar/index.ts'

it('writes days so that they read one way only', () => expect(nameDay('2026-11-05')).toBe('5 Nov 2026'))

it('writes months short', () => expect(nameMonth('2026-11')).toBe('Nov 2026'))

it('says what two days share once', () => {
  expect(namePeriod('2026-11-05', '2026-11-05')).toBe('5 Nov 2026')
  expect(namePeriod('2026-11-05', '2026-11-19')).toBe('5 to 19 Nov 2026')
  expect(namePeriod('2026-05-18', '2026-11-15')).toBe('18 May to 15 Nov 2026')
  expect(namePeriod('2025-12-30', '2026-01-02')).toBe('30 Dec 2025 to 2 Jan 2026')
})
