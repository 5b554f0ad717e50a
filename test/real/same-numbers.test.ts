import { expect, test } from 'vitest'
import { UTC } from '../../shared/calendar/index.ts'
import { sourceDocumentOf, stageImport } from '../../shared/importers/index.ts'
import { instantOf } from '../../shared/quantities/index.ts'
import { newWorkbook, type StoredImport } from '../../shared/workbook/index.ts'
import { onDay } from '../support/build-facts.ts'
import { expectSameFigures } from '../support/same-figures.ts'
import { describeReal, readShared } from '../support/shared-data.ts'

describeReal('a year of a real repository and its pull requests', () => {
  test('the page and the command line say the same', async () => {
    const imports: StoredImport[] = []
    for (const [at, name] of [
      'delivery/git/pydantic-ai.numstat.txt',
      'delivery/github/gh_pr_list_DERIVED.json',
    ].entries()) {
      const document = sourceDocumentOf(name, readShared(name), instantOf(0))
      const run = { importId: `i${at}`, seq: at + 1, committedAt: instantOf(0) }
      const staged = await stageImport(document, {}, { chunks: [], imports: [] }, run)
      if (!staged.ok) expect.fail(staged.issues.map(({ code }) => code).join(', '))
      imports.push(staged.value)
    }
    const empty = newWorkbook({ name: 'Real', today: onDay('2026-08-22'), currency: 'USD', zone: UTC })
    expect((await expectSameFigures({ ...empty, imports })).compared).toBeGreaterThan(0)
  }, 60_000)
})
