import type { AttributionRule } from '../../shared/plan/index.ts'
import {
  type Dimension,
  type Explanation,
  type FoundConventions,
  type FunnelTold,
  GROUPING_NAMES,
  type GroupSeries,
  metricById,
  METRICS,
  type NotGrouped,
  type MetricSettings,
  type Period,
  type SeriesPoint,
  type SeriesStep,
  type Wall,
  type WallNumber,
} from '../../shared/metrics/index.ts'
import { tellIssue } from '../../shared/issues/index.ts'
import { hashText, type RecordsDiff } from '../../shared/records/index.ts'
import { canonicalText, factReadingOf, metricSettingsOf, type WorkbookSettings } from '../../shared/workbook/index.ts'
import { useFigures } from '../stores/figures.ts'
import { useWorkbook } from '../stores/workbook.ts'
import type { Figures } from '../workers/index.ts'
import { commandHost } from './host.ts'
import { comparisonCsv, groupsCsv, metricsCsv } from './metrics-csv.ts'
import { knownImports, openedStorage, settingsOf } from './session.ts'
import { saveCsv } from './save-csv.ts'
import { showToast } from './toasts.ts'

/* Figures are computed in a worker that holds the facts; they follow imports, settings and rules, and are never stored. */

/** Facts the worker holds: checksums by import; null = it may hold another workbook's and has to be told. */
let held: Map<string, string> | null = null
/** Which of the workers made one after another that is: what one held is gone with it. */
let heldBy = 0
/** Prices and people the worker reads the facts by, as text; null = it may read them by another workbook's. */
let readBy: string | null = null
let bringing: Promise<unknown> = Promise.resolve()
/** Moves with every other workbook: what is still computed of the former one is not shown. */
let epoch = 0
let wished = 0
let running: Promise<void> | null = null

const OUTCOME_TABLES = new Set(['settings', 'keyResults', 'initiatives', 'rows', 'objectives'])
const FIGURE_TABLES = new Set([
  'settings',
  'attributionRules',
  'initiatives',
  'sharedCosts',
  'rates',
  'modelAliases',
  'people',
])

/** Another workbook: nothing computed of the former one may be shown. */
export function forgetFigures(): void {
  epoch++
  held = null
  readBy = null
  useFigures.setState({
    of: null,
    wall: null,
    metrics: {},
    actuals: [],
    notInActuals: null,
    history: {},
    historyOf: null,
    outcomes: {},
    staleOutcomes: [],
  })
}

/** Marks what rests on changed records and recomputes what does. */
export function recordsChanged(diff: RecordsDiff): void {
  const { outcomes, staleOutcomes } = useFigures.getState()
  const all = diff.some(({ table }) => OUTCOME_TABLES.has(table))
  const own = new Set(diff.filter(({ table }) => table === 'scenarios').map(({ id }) => id))
  const stale = Object.keys(outcomes).filter((id) => all || own.has(id) || staleOutcomes.includes(id))
  if (stale.length !== staleOutcomes.length) useFigures.setState({ staleOutcomes: stale })
  if (diff.some(({ table }) => FIGURE_TABLES.has(table))) void refreshFigures()
}

export function importsChanged(): void {
  useFigures.setState(({ outcomes }) => ({ staleOutcomes: Object.keys(outcomes) }))
  void refreshFigures()
}

/** How metrics read the facts: settings, and who the user said is a machine. */
export function metricSettings(settings: WorkbookSettings): MetricSettings {
  return metricSettingsOf(settings, useWorkbook.getState().records)
}

/** Computes anew unless the figures already rest on what is there; calls while one runs make it run once more. */
export function refreshFigures(): Promise<void> {
  wished++
  return (running ??= run().finally(() => (running = null)))
}

async function run(): Promise<void> {
  useFigures.setState({ isComputing: true })
  try {
    for (let done = -1; done !== wished;) {
      done = wished
      await compute()
    }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    showToast(`The figures could not be computed (${why}). What is stored is untouched; reload to try again.`, {
      tone: 'warn',
    })
  } finally {
    useFigures.setState({ isComputing: false })
  }
}

async function compute(): Promise<void> {
  const { records, phase } = useWorkbook.getState()
  const settings = settingsOf(records)
  if (!settings || (phase !== 'ready' && phase !== 'read-only')) return
  const own = epoch
  const rules: readonly AttributionRule[] = Object.values(records.attributionRules)
  const sharedCosts = Object.values(records.sharedCosts)
  const basis = { settings: metricSettings(settings), rules, sharedCosts }
  const facts = factsWanted().text
  const rests = canonicalText([facts, basis])
  const of = String(hashText(rests))
  if (useFigures.getState().of === of) return
  const { figuresCode, runners } = commandHost()
  const key = figuresCode === null ? null : `${figuresCode} ${of} ${hashText(rests, rests.length)}`
  // Facts follow when something is asked that the figures do not say.
  const kept = key === null ? null : await keptFigures(key)
  if (own !== epoch) return
  if (kept) return show(of, kept)
  // Moved on meanwhile: figures of these facts under the name of others would be kept for good. Whoever moved them asked anew.
  if ((await holdFacts()) !== facts) return
  const figures = await runners.figures.run('measure', basis)
  if (own !== epoch) return
  show(of, figures)
  if (key !== null && phase === 'ready') openedStorage().keepFigures(key, figures)
}

/** The facts of the open workbook, how they are read, and both as text: the same text, the same facts. */
function factsWanted() {
  const order = knownImports().map(({ id, asOf, seq, checksum, overlaps = [] }) => ({
    id,
    asOf,
    seq,
    checksum,
    overlaps,
  }))
  const reading = factReadingOf(useWorkbook.getState().records)
  return { order, reading, text: canonicalText([order, reading]) }
}

/** Only to save time: what cannot be read is worked out. */
async function keptFigures(key: string): Promise<Figures | null> {
  try {
    return (await openedStorage().figuresOf(key)) as Figures | null
  } catch {
    return null
  }
}

/** Outcomes rest on metrics, prices and actuals too: those told before are older than these. */
function show(of: string, { wall, metrics, actuals }: Figures): void {
  const { cells, ...notInActuals } = actuals
  const staleOutcomes = Object.keys(useFigures.getState().outcomes)
  useFigures.setState({ of, wall, metrics, actuals: cells, notInActuals, staleOutcomes })
}

/** What is behind a metric of a period, against the one before; `null` where there is nothing to say. */
export async function explainNumber(
  metricId: string,
  period: Period,
  beforePeriod: Period,
): Promise<Explanation | null> {
  const settings = settingsOf(useWorkbook.getState().records)
  if (!settings) return null
  await holdFacts()
  return commandHost().runners.figures.run('explain', {
    metricId,
    settings: metricSettings(settings),
    period,
    beforePeriod,
  })
}

/** Every metric over the last days that can be judged; `null` without a workbook. */
export async function listMetrics(days: number): Promise<Wall | null> {
  const settings = settingsOf(useWorkbook.getState().records)
  if (!settings) return null
  await holdFacts()
  return commandHost().runners.figures.run('list', { settings: metricSettings(settings), days })
}

/** A metric by week, month or fiscal quarter over the last days of data. */
export async function metricSeries(
  metricIds: readonly string[],
  by: SeriesStep,
  days: number,
): Promise<Readonly<Record<string, readonly SeriesPoint[]>>> {
  const settings = settingsOf(useWorkbook.getState().records)
  if (!settings) return {}
  await holdFacts()
  return commandHost().runners.figures.run('series', {
    metricIds,
    settings: metricSettings(settings),
    fiscal: settings.fiscal,
    by,
    days,
  })
}

/** A metric by a dimension and step over the last days of data; why not, where nothing tells its cases apart. */
export async function metricGroups(
  metricId: string,
  dimension: Dimension,
  by: SeriesStep,
  days: number,
): Promise<GroupSeries | NotGrouped | null> {
  const settings = settingsOf(useWorkbook.getState().records)
  if (!settings) return null
  await holdFacts()
  const { fiscal } = settings
  const wish = { metricId, dimension, by, days, fiscal, settings: metricSettings(settings) }
  return commandHost().runners.figures.run('groups', wish)
}

/** How far the money of a period came and what stayed on the way, of all or of one team; `null` without any cost. */
export async function moneyFunnel(period: Period, team: string | null): Promise<FunnelTold | null> {
  const settings = settingsOf(useWorkbook.getState().records)
  if (!settings) return null
  await holdFacts()
  return commandHost().runners.figures.run('funnel', { settings: metricSettings(settings), period, team })
}

/** What the data hold that conventions are about; `null` without a workbook or a day of data. */
export async function foundConventions(): Promise<FoundConventions | null> {
  const settings = settingsOf(useWorkbook.getState().records)
  if (!settings) return null
  await holdFacts()
  return commandHost().runners.figures.run('conventions', metricSettings(settings))
}

/** Every metric in two periods; `null` without a workbook or a day of data. */
export async function comparePeriods(period: Period, beforePeriod: Period): Promise<readonly WallNumber[] | null> {
  const settings = settingsOf(useWorkbook.getState().records)
  if (!settings) return null
  await holdFacts()
  return commandHost().runners.figures.run('compare', { settings: metricSettings(settings), period, beforePeriod })
}

/** All metrics by step as CSV that no spreadsheet computes, unknowns with their reason. */
export async function saveMetricsCsv(by: SeriesStep, days: number): Promise<void> {
  const settings = settingsOf(useWorkbook.getState().records)
  if (!settings) return
  const series = await metricSeries(
    METRICS.map(({ id }) => id),
    by,
    days,
  )
  await saveCsv(`${settings.name} metrics by ${by}`, metricsCsv(METRICS, series, settings.currency))
}

/** One metric as it is shown: by step, and by a dimension where one is chosen. */
export async function saveMetricCsv(
  metricId: string,
  dimension: Dimension | null,
  by: SeriesStep,
  days: number,
): Promise<void> {
  const settings = settingsOf(useWorkbook.getState().records)
  const metric = metricById(metricId)
  if (!settings || !metric) return
  const title = `${metric.name} by ${dimension === null ? '' : `${GROUPING_NAMES[dimension].toLowerCase()} and `}${by}`
  if (dimension === null) {
    await saveCsv(title, metricsCsv([metric], await metricSeries([metricId], by, days), settings.currency))
    return
  }
  const told = await metricGroups(metricId, dimension, by, days)
  if (told === null || !('groups' in told)) {
    showToast(`Nothing was saved. ${told === null ? 'Nothing is imported.' : tellIssue(told.why)}`, { tone: 'warn' })
    return
  }
  await saveCsv(title, groupsCsv(metric, GROUPING_NAMES[dimension], told, settings.currency))
}

/** Two periods side by side, as they are shown. */
export async function saveComparisonCsv(period: Period, beforePeriod: Period): Promise<void> {
  const settings = settingsOf(useWorkbook.getState().records)
  const numbers = await comparePeriods(period, beforePeriod)
  if (!settings || numbers === null) return
  const title = `${settings.name} ${beforePeriod.from} to ${beforePeriod.to} beside ${period.from} to ${period.to}`
  await saveCsv(title, comparisonCsv(numbers, period, beforePeriod, settings.currency))
}

/** Brings the worker's facts to those of the open workbook, and answers which those are. */
export function holdFacts(): Promise<string> {
  // One after the other: two at once would send every import twice.
  const brought = bringing.catch(() => {}).then(bringFacts)
  bringing = brought
  return brought
}

/** One import at a time, so that memory holds one copy. */
async function bringFacts(): Promise<string> {
  const { figures } = commandHost().runners
  figures.start()
  if (heldBy !== figures.made) {
    held = null
    readBy = null
    heldBy = figures.made
  }
  const { order, reading, text } = factsWanted()
  if (held === null) {
    // Also where nothing is imported: an empty workbook has no figures of the one before it.
    await figures.run('hold', { added: [], imports: [] })
    held = new Map()
  }
  const wanted = canonicalText(reading)
  if (readBy !== wanted) {
    await figures.run('readAs', reading)
    readBy = wanted
  }
  const holding = held
  for (const { id, checksum } of order.filter((one) => holding.get(one.id) !== one.checksum)) {
    await openedStorage().sendFacts(id, 'figures')
    figures.start()
    // What was sent went with the worker it was sent to.
    if (figures.made !== heldBy) return bringFacts()
    await figures.run('hold', { added: [id], imports: order })
    holding.set(id, checksum)
  }
  const named = new Set(order.map(({ id }) => id))
  if ([...holding.keys()].every((id) => named.has(id))) return text
  await figures.run('hold', { added: [], imports: order })
  for (const id of holding.keys()) if (!named.has(id)) holding.delete(id)
  return text
}
