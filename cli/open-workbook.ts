import { resolveFacts } from '../shared/facts/index.ts'
import { tellIssue } from '../shared/issues/index.ts'
import { asOfFacts, type WallContext } from '../shared/metrics/index.ts'
import { priceBookOf, withEstimates } from '../shared/prices/index.ts'
import { readWorkbookFile, type Workbook, type WorkbookSettings } from '../shared/workbook/index.ts'
import { type CommandIo, UsageError } from './command.ts'

/** The one workbook a command is about, read; `null` after its reasons went to stderr (exit code 3). */
export async function openWorkbook(paths: readonly string[], io: CommandIo): Promise<Workbook | null> {
  const [path] = paths
  if (path === undefined) throw new UsageError('Which workbook? Name one file.')
  if (paths.length > 1) throw new UsageError(`One workbook at a time: ${paths.join(', ')}.`)
  const outcome = readWorkbookFile(await io.readFile(path))
  if (outcome.ok) return outcome.value
  for (const issue of outcome.issues) io.err(`${path}: ${tellIssue(issue)}`)
  return null
}

export function settingsOf(workbook: Workbook): WorkbookSettings | null {
  return workbook.records.settings['settings'] ?? null
}

/** All facts that hold now and how to read them, for the metrics. */
export function contextOf(workbook: Workbook): WallContext {
  const facts = withEstimates(
    resolveFacts(
      workbook.imports.flatMap(({ chunks }) => chunks),
      workbook.imports.map(({ record: { id, asOf, seq, overlaps } }) => ({ id, asOf, seq, overlaps })),
    ),
    priceBookOf(),
  )
  const settings = settingsOf(workbook)
  const zone = settings?.zone ?? ('UTC' as WorkbookSettings['zone'])
  return {
    facts,
    settings: {
      zone,
      currency: settings?.currency ?? 'USD',
      featureMarks: settings?.featureMarks ?? [],
      productionEnvironments: settings?.productionEnvironments ?? [],
    },
    asOf: asOfFacts(facts, zone),
  }
}
