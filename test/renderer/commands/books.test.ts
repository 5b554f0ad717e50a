import { expect, test } from 'vitest'
import { commitImports, readFiles, saveSpendRows, spendLines, startEmpty } from '../../../renderer/commands/index.ts'
import { useJobs } from '../../../renderer/stores/jobs.ts'
import type { MonthKey } from '../../../shared/calendar/index.ts'
import { openDesk, usageCsv } from './command-cases.ts'

test('rows behind spend are each there once, and a file that cannot hold all says so', async () => {
  const desk = await openDesk()
  await startEmpty('Plan')
  await readFiles([usageCsv('may.csv', '2026-05-01,Core,10,1.10', '2026-05-02,Core,20,2.20', '2026-05-03,Web,30,3.30')])
  await commitImports(useJobs.getState().imports.map(({ id }) => id))
  const place = {
    tool: 'Cursor',
    month: '2026-05' as MonthKey,
    basis: 'billed',
    currency: 'USD',
    initiativeId: null,
  } as const
  // Parts of one shared cost rest on the same rows.
  expect((await spendLines([place, { ...place }], 10)).map(({ day }) => day)).toEqual([
    '2026-05-01',
    '2026-05-02',
    '2026-05-03',
  ])
  const toasts = () => useJobs.getState().toasts.map(({ text }) => text)
  await saveSpendRows([place], 3)
  expect(toasts().join()).not.toContain('Only the first')
  await saveSpendRows([place], 2)
  expect(toasts()).toContain('Only the first 2 rows are in the file: no spreadsheet opens more. Save shorter periods.')
  const lines = desk.bridge.saved.map(({ bytes }) => new TextDecoder().decode(bytes).trim().split('\r\n').length)
  expect(lines).toEqual([4, 3])
})
