import { expect, test } from 'vitest'
import * as messages from '../../../../shared/metrics/messages.ts'
import {
  daysOfLength,
  daysShown,
  LENGTHS,
  nameShortUnknown,
} from '../../../../renderer/views/metrics/metric-choices.ts'
import type { Issue } from '../../../../shared/issues/index.ts'

test('a chart has a line to show, whatever the period', () => {
  expect(LENGTHS.map(({ id }) => daysOfLength(id))).toEqual([28, 91, 182, 364])
  expect(daysShown(28, 'week')).toBe(91)
  expect(daysShown(182, 'week')).toBe(182)
  expect(daysShown(28, 'quarter')).toBe(728)
})

test('every reason of the metrics has two words', () => {
  // Whatever a reason asks for: words, a day or a period.
  const said = Object.assign(['x'], { from: '2026-01-01', to: '2026-01-28' })
  const issues = Object.values(messages).map((make) =>
    (make as (...args: readonly unknown[]) => Issue)(said, said, said, said),
  )
  expect(issues.length).toBeGreaterThan(10)
  for (const issue of issues) expect(nameShortUnknown(issue), issue.code).not.toBe('unknown')
})
