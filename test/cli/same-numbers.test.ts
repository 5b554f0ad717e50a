import { expect, test } from 'vitest'
import type { Day } from '../../shared/calendar/index.ts'
import { makeSampleWorkbook } from '../../shared/sample/index.ts'
import { at } from '../support/build-facts.ts'
import { expectSameFigures } from '../support/same-figures.ts'

test('the Wall, every metric, its groups and its rows are the same on the page and on the command line', async () => {
  const workbook = await makeSampleWorkbook({ seed: 1, today: '2026-11-20' as Day, now: at('2026-11-20T12:00') })
  expect((await expectSameFigures(workbook)).compared).toBeGreaterThan(1)
}, 60_000)
