import { parseArgs } from 'node:util'
import { dayIn, parseDay, UTC } from '../../shared/calendar/index.ts'
import { instantOf } from '../../shared/quantities/index.ts'
import { makeSampleFiles, makeSampleWorkbook, utf8Of } from '../../shared/sample/index.ts'
import { writeWorkbookFile } from '../../shared/workbook/index.ts'
import { type Command, type CommandIo, type ExitCode, UsageError } from '../command.ts'
import { readWholeNumber } from '../whole-number.ts'

export const sampleCommand: Command = {
  name: 'sample',
  summary: 'A workbook of a made-up company with half a year of data and a plan',
  help: [
    'Usage: quarterdeck sample --out WORKBOOK [options]',
    '',
    'Invents a company of 250 services and 12 teams: 26 weeks of AI usage, git history, pull requests, deployments and',
    'incidents in the shapes of real exports, imported like any other files, and a quarter of OKRs and budget.',
    '',
    '  --out WORKBOOK   where to write it',
    '  --seed N         another company; the same number is the same company (default 1)',
    '  --today DAY      last day of the data, such as 2026-11-20 (default: today)',
    '  --files FOLDER   write the export files there as well; the folder must exist',
    '',
    'Example: quarterdeck sample --out sample.quarterdeck',
  ].join('\n'),
  run: runSample,
}

async function runSample(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      out: { type: 'string' },
      seed: { type: 'string' },
      today: { type: 'string' },
      files: { type: 'string' },
    },
  })
  if (values.out === undefined) throw new UsageError('Where to? Name the workbook with --out.')
  const seed = readWholeNumber('--seed', values.seed, 1, 0, 2 ** 32 - 1)
  const now = instantOf(io.now())
  const day = parseDay(values.today ?? dayIn(now, UTC))
  if (!day.ok) throw new UsageError(`--today ${values.today}: not a day. Write it like 2026-11-20.`)
  const workbook = await makeSampleWorkbook({ seed, today: day.value, now })
  if (values.files !== undefined) {
    const files = makeSampleFiles({ seed, today: day.value })
    for (const { name, text } of files) await io.writeFile(`${values.files}/${name}`, utf8Of(text))
    io.err(`${files.length} export files written to ${values.files}.`)
  }
  await io.writeFile(values.out, writeWorkbookFile(workbook))
  const rows = workbook.imports.reduce((sum, { record }) => sum + record.counts.rows, 0)
  io.out(
    `${values.out}: ${Object.values(workbook.records.settings)[0]!.name}, ${workbook.imports.length} imports of ${rows.toLocaleString('en-US')} rows up to ${day.value}, ${Object.keys(workbook.records.keyResults).length} key results, ${Object.keys(workbook.records.rows).length} plan rows, 1 scenario.`,
  )
  return 0
}
