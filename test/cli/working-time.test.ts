import { expect, test } from 'vitest'
import { metricsCommand } from '../../cli/commands/metrics.ts'
import { writeWorkbookFile } from '../../shared/workbook/index.ts'
import { fakeIo } from '../support/fake-io.ts'
import { smallTeam } from '../support/small-team.ts'
import { workbookOf } from '../support/workbook-of.ts'

/** Changes of the last four weeks; of those opened at noon every fifth was never merged. */
const [NOON, MIDNIGHT] = [22, 28]

test('the command line counts waits in the working hours of the workbook, and says so', async () => {
  const workbook = workbookOf(smallTeam())
  const settings = workbook.records.settings['settings']!
  const told = async (more: object) => {
    const records = { ...workbook.records, settings: { settings: { ...settings, ...more } } }
    const { io, out } = fakeIo({ 'team.quarterdeck': writeWorkbookFile({ ...workbook, records }) })
    expect(await metricsCommand.run(['team.quarterdeck', '--metric', 'wait-state-ratio', '--json'], io)).toBe(0)
    const { metrics } = JSON.parse(out()) as { metrics: readonly { readonly current: Record<string, unknown> }[] }
    return metrics[0]!.current
  }
  expect(await told({})).toMatchObject({ value: 0.8 })
  const workingTime = { days: [1, 2, 3, 4, 5, 6, 7], from: 540, until: 1020 }
  const own = await told({ workingTime })
  // Changes opened at noon wait 3 of 5 hours between nine and five, those opened at midnight all of the 1 they are in them.
  const [waited, whole] = [3 * NOON + MIDNIGHT, 5 * NOON + MIDNIGHT]
  expect(own).toMatchObject({ value: waited / whole, n: NOON + MIDNIGHT })
  expect(own['note']).toContain('Counted in working hours: Monday to Sunday, 09:00 to 17:00, as set.')
})
