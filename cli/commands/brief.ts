import { parseArgs } from 'node:util'
import { renderBriefHtml, renderBriefText, writeBrief } from '../../shared/brief/index.ts'
import { dayIn } from '../../shared/calendar/index.ts'
import { tellIssue } from '../../shared/issues/index.ts'
import { measureWall } from '../../shared/metrics/index.ts'
import { instantOf } from '../../shared/quantities/index.ts'
import { type Command, type CommandIo, type ExitCode, UsageError } from '../command.ts'
import { actualsIn, contextOf, openWorkbook } from '../open-workbook.ts'
import { runInWorkbook } from '../run-workbook-scenario.ts'

export const briefCommand: Command = {
  name: 'brief',
  summary: 'The one page for the decision, ready to print',
  help: [
    'Usage: quarterdeck brief WORKBOOK [--scenario ID] --out FILE.html',
    '',
    'Runs a scenario of the workbook and writes decision, options, return, key results, books, assumptions and data',
    'confidence on one page. Every sentence names the rows and imports behind its numbers.',
    '',
    '  --scenario ID    which one (default: the first of the workbook)',
    '  --out FILE       .html for the page, .txt for plain text',
    '',
    'Example: quarterdeck brief team.quarterdeck --out brief.html',
  ].join('\n'),
  run: runBrief,
}

async function runBrief(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { scenario: { type: 'string' }, out: { type: 'string' } },
  })
  if (values.out === undefined) throw new UsageError('Where to? Name the file with --out.')
  const workbook = await openWorkbook(positionals, io)
  if (workbook === null) return 3
  const scenarios = Object.values(workbook.records.scenarios).sort(
    (a, b) => a.order - b.order || (a.id < b.id ? -1 : 1),
  )
  const scenario = values.scenario === undefined ? scenarios[0] : workbook.records.scenarios[values.scenario]
  if (!scenario) {
    throw new UsageError(
      values.scenario === undefined
        ? 'This workbook has no scenario yet. Make one in the app, or start from the sample.'
        : `${values.scenario}: not a scenario of this workbook. Known are: ${scenarios.map(({ id }) => id).join(', ') || 'none'}.`,
    )
  }
  const context = contextOf(workbook)
  const outcome = await runInWorkbook(scenario, workbook, context)
  if (!outcome.ok) {
    for (const issue of outcome.issues) io.err(tellIssue(issue))
    return 3
  }
  const settings = Object.values(workbook.records.settings)[0]
  const brief = writeBrief({
    workbook: { name: settings?.name ?? 'Workbook', isSample: settings?.isSample ?? false },
    initiatives: workbook.records.initiatives,
    scenario,
    outcome: outcome.value,
    wall: measureWall(context, { weeks: 0 }),
    imports: workbook.imports.map(({ record }) => record),
    actuals: actualsIn(workbook, context),
    today: dayIn(instantOf(io.now()), context.settings.zone),
  })
  const isText = values.out.toLowerCase().endsWith('.txt')
  const text = isText ? renderBriefText(brief) : renderBriefHtml(brief, { locale: 'en-US' })
  await io.writeFile(values.out, new TextEncoder().encode(text))
  io.out(`${values.out}: ${brief.title}, ${brief.subtitle}`)
  return 0
}
