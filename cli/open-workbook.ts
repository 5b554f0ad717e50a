import { UTC } from '../shared/calendar/index.ts'
import { type FactSet, resolveFacts } from '../shared/facts/index.ts'
import { withPeople } from '../shared/delivery/index.ts'
import { tellIssue } from '../shared/issues/index.ts'
import {
  asOfFacts,
  estimatesOfCost,
  explainMetric,
  type Explanation,
  type Metric,
  type Period,
  type WallContext,
} from '../shared/metrics/index.ts'
import { type Actuals, actualsOf, rulesOfPeople } from '../shared/plan/index.ts'
import { type EstimateBehind, priceBookOf } from '../shared/prices/index.ts'
import {
  factReadingOf,
  metricSettingsOf,
  readFacts,
  readWorkbookFile,
  type Workbook,
  type WorkbookSettings,
} from '../shared/workbook/index.ts'
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

/** The facts that hold now, as the files state them. */
export function statedFacts({ imports }: Workbook): FactSet {
  return resolveFacts(
    imports.flatMap(({ chunks }) => chunks),
    imports.map(({ record: { id, asOf, seq, overlaps } }) => ({ id, asOf, seq, overlaps })),
  )
}

/** All facts that hold now and how to read them, for the metrics. */
export function contextOf(workbook: Workbook): WallContext {
  const { records } = workbook
  const facts = readFacts(statedFacts(workbook), factReadingOf(records))
  const settings = metricSettingsOf(settingsOf(workbook) ?? PLAIN_SETTINGS, records)
  return { facts, settings, asOf: asOfFacts(facts, settings.zone) }
}

/** What is behind a number, with the rates it rests on where it is an estimated cost. */
export interface Behind extends Explanation {
  readonly estimates: readonly EstimateBehind[]
}

/** `null` = the data speaks of no day. */
export function explainedIn(
  workbook: Workbook,
  { facts, settings, asOf }: WallContext,
  metric: Metric,
  period: Period,
  beforePeriod: Period,
): Behind | null {
  if (asOf === null) return null
  const { people, prices } = factReadingOf(workbook.records)
  const stated = () => withPeople(statedFacts(workbook), people)
  return {
    ...explainMetric(metric, { facts, settings, asOf }, period, beforePeriod),
    estimates: metric.unit === '$' ? estimatesOfCost({ facts, settings }, stated(), priceBookOf(prices), period) : [],
  }
}

/** What was spent, by initiative and month; `null` = nothing is imported. */
export function actualsIn({ records }: Workbook, { facts, settings, asOf }: WallContext): Actuals | null {
  if (asOf === null) return null
  const rules = rulesOfPeople(Object.values(records.attributionRules), Object.values(records.people))
  return actualsOf(facts, rules, { currency: settings.currency, sharedCosts: Object.values(records.sharedCosts) })
}

const PLAIN_SETTINGS = { zone: UTC, currency: 'USD', featureMarks: [], productionEnvironments: [] }
