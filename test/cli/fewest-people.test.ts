import { expect, test } from 'vitest'
import { metricsCommand } from '../../cli/commands/metrics.ts'
import { wallCommand } from '../../cli/commands/wall.ts'
import { writeWorkbookFile } from '../../shared/workbook/index.ts'
import { fakeIo } from '../support/fake-io.ts'
import { smallTeam } from '../support/small-team.ts'
import { workbookOf } from '../support/workbook-of.ts'

// Each of the four has a team of one.
const ownership = Array.from({ length: 4 }, (_, i) => ({
  of: 'person',
  pattern: `dev${i}*`,
  team: `Crew ${i}`,
  source: 'team-map',
  position: i,
}))
const bytes = writeWorkbookFile(workbookOf({ ...smallTeam(), ownership }))

async function printed(command: typeof metricsCommand, ...args: readonly string[]): Promise<string> {
  const host = fakeIo({ 'four.quarterdeck': bytes })
  expect(await command.run(['four.quarterdeck', ...args], host.io)).toBe(0)
  return host.out()
}

test.each([
  ['metrics', metricsCommand, ['--by', 'author-group', '--by', 'team', '--rows']],
  ['metrics', metricsCommand, ['--by', 'author-group', '--by', 'team', '--rows', '--json']],
  ['wall', wallCommand, ['--rows']],
  ['wall', wallCommand, ['--rows', '--json']],
] as const)('%s: nothing of one person or of fewer than five', async (_, command, args) => {
  const text = await printed(command, ...args)
  expect(text.length).toBeGreaterThan(1000)
  expect(
    [...text.matchAll(/.{0,80}(?:\bdev\d|Crew \d|Regular authors|Occasional authors).{0,60}/g)].map(String),
  ).toEqual([])
})
