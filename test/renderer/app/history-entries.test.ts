import { expect, test } from 'vitest'
import { historyEntries } from '../../../renderer/app/history-entries.ts'
import type { Zone } from '../../../shared/calendar/index.ts'

test('the newest step stands first, with the time of the workbook’s zone', () => {
  const at = Date.UTC(2026, 10, 20, 23, 5)
  const steps = [
    { label: 'typing', at },
    { label: 'paste of 12 cells', at: at + 60_000 },
  ]
  expect(historyEntries(steps, 'Asia/Kolkata' as Zone)).toEqual([
    { label: 'Paste of 12 cells', time: '04:36', done: 2 },
    { label: 'Typing', time: '04:35', done: 1 },
    { label: 'As it was at the start', time: '', done: 0 },
  ])
})
