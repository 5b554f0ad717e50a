import type { Account } from '../../shared/delivery/index.ts'
import { type ExampleRow, type InPlace, type UsageShare, withFormer } from '../../shared/importers/index.ts'
import type { Explanation, Period, UsageLoss } from '../../shared/metrics/index.ts'
import type { ActualPlace, AttributionRule, ChangeTakes, RuleTakes } from '../../shared/plan/index.ts'
import type { EstimateBehind, OwnPrices, PricedGroup, Repriced } from '../../shared/prices/index.ts'
import { useWorkbook } from '../stores/workbook.ts'
import type { LossRows, SpendRow, SpendWish, UsageRow, UsageWish } from '../workers/index.ts'
import { holdFacts, metricSettings } from './figures.ts'
import { commandHost } from './host.ts'
import { behindRowsCsv, lossRowsCsv, type SpendLine, spendRowsCsv } from './rows-csv.ts'
import { saveCsv } from './save-csv.ts'
import { showToast } from './toasts.ts'
import { knownImports, openedStorage, settingsOf } from './session.ts'

/* Questions about prices, people and rules, answered by the worker that holds the facts. None of them changes anything. */

/** What every estimate rests on, and what waits for a price. */
export async function pricingInForce(): Promise<readonly PricedGroup[]> {
  await holdFacts()
  return commandHost().runners.figures.run('pricing', undefined)
}

/** What these prices of one's own would change if they were kept. */
export async function previewPrices(prices: OwnPrices): Promise<readonly Repriced[]> {
  await holdFacts()
  return commandHost().runners.figures.run('reprice', prices)
}

export async function usageRows(wish: UsageWish): Promise<readonly UsageRow[]> {
  await holdFacts()
  return commandHost().runners.figures.run('usageRows', wish)
}

/** Imported rows an actual of the plan is added up from, by the rules as they are. */
async function spendRows(wish: Omit<SpendWish, 'rules'>): Promise<readonly SpendRow[]> {
  await holdFacts()
  const rules = Object.values(useWorkbook.getState().records.attributionRules)
  return commandHost().runners.figures.run('spendRows', { ...wish, rules })
}

/** The rates that estimated spend rests on, by the rules as they are. */
export async function estimatesOfSpend(cells: readonly ActualPlace[]): Promise<readonly EstimateBehind[]> {
  if (!cells.some(({ basis }) => basis === 'estimated')) return []
  await holdFacts()
  const rules = Object.values(useWorkbook.getState().records.attributionRules)
  return commandHost().runners.figures.run('estimatesOfActual', { cells, rules })
}

/** The rates that the cost of a period rests on; none where it is no estimate. */
export async function estimatesOfPeriod(period: Period): Promise<readonly EstimateBehind[]> {
  const settings = settingsOf(useWorkbook.getState().records)
  if (!settings) return []
  await holdFacts()
  return commandHost().runners.figures.run('estimatesOfCost', { settings: metricSettings(settings), period })
}

/** Changed rows of a waiting file with what they change, be it stored or said by a file that waits too. */
export async function withFormerRows(examples: readonly ExampleRow[]): Promise<readonly ExampleRow[]> {
  const places = examples.flatMap(({ changes }) => changes ?? [])
  if (places.length === 0) return examples
  const waiting = await openedStorage().saidWaiting(places)
  if (waiting.every((said) => said !== null)) return withFormer(examples, () => waiting)
  await holdFacts()
  const stored = await commandHost().runners.figures.run('saidAt', places)
  return withFormer(examples, () => waiting.map((said, i) => said ?? stored[i] ?? null))
}

/** What of earlier imports counts now in the days that a waiting file states anew; of one that waits too, what it says. */
export async function countedNow(inPlace: readonly InPlace[]): Promise<readonly UsageShare[]> {
  if (inPlace.length === 0) return []
  await holdFacts()
  return Promise.all(
    inPlace.map(
      async ({ of, windows }) =>
        (await openedStorage().usageWaiting({ of, windows })) ??
        commandHost().runners.figures.run('usageInside', { of, windows }),
    ),
  )
}

/** What each rule takes of the usage, and what no rule does. */
export async function tryRules(rules: readonly AttributionRule[]): Promise<RuleTakes | null> {
  const { records } = useWorkbook.getState()
  const settings = settingsOf(records)
  if (!settings) return null
  await holdFacts()
  const people = Object.values(records.people)
  return commandHost().runners.figures.run('ruleTakes', { rules, people, currency: settings.currency })
}

/** Which changed files the rules about paths take; `null` without such rules. */
export async function tryChangeRules(rules: readonly AttributionRule[]): Promise<ChangeTakes | null> {
  const { records } = useWorkbook.getState()
  const settings = settingsOf(records)
  if (!settings || !rules.some(({ field }) => field === 'path')) return null
  await holdFacts()
  const people = Object.values(records.people)
  return commandHost().runners.figures.run('changeTakes', {
    rules,
    people,
    settings: metricSettings(settings),
  })
}

export async function knownAccounts(): Promise<readonly Account[]> {
  await holdFacts()
  return commandHost().runners.figures.run('accounts', undefined)
}

const MOST_SAVED = 1_000_000

/**
 * Imported rows that spend is added up from, each once, with its kind of cost and, where it is an estimate, its rate. Of
 * parts of a shared cost they are the rows of the whole.
 */
export async function spendLines(cells: readonly ActualPlace[], most: number): Promise<readonly SpendLine[]> {
  const places = cells.map(({ tool, month, basis, currency, initiativeId, shared }) => {
    const owner = shared?.id ?? initiativeId
    return { tool, month, basis, currency, owner }
  })
  const asked = new Map(places.map((place) => [JSON.stringify(place), place]))
  const parts = await Promise.all(
    [...asked.values()].map(async (place) => {
      const { tool, basis, currency } = place
      return (await spendRows({ ...place, most })).map((row) => ({ ...row, tool, basis, currency }))
    }),
  )
  return parts.flat().slice(0, most)
}

/** Saves the rows behind an actual; where they are more than `most`, it is said. */
export async function saveSpendRows(cells: readonly ActualPlace[], most = MOST_SAVED): Promise<void> {
  const lines = await spendLines(cells, most + 1)
  await saveCsv('Rows behind an actual', spendRowsCsv(lines.slice(0, most), fileNameOfImport))
  if (lines.length > most) tellCut(most)
}

function tellCut(most: number): void {
  showToast(
    `Only the first ${most.toLocaleString('en-US')} rows are in the file: no spreadsheet opens more. Save shorter periods.`,
    { tone: 'warn' },
  )
}

/** Imported rows behind money that came to no change, the dearest first. */
export async function lossRows(period: Period, loss: UsageLoss, most: number): Promise<LossRows> {
  const settings = settingsOf(useWorkbook.getState().records)
  if (!settings) return { rows: [], count: 0 }
  await holdFacts()
  return commandHost().runners.figures.run('lossRows', { settings: metricSettings(settings), period, loss, most })
}

/** Saves all of them; `name` as the screen calls the loss. */
export async function saveLossRows(name: string, period: Period, loss: UsageLoss, currency: string): Promise<void> {
  const { rows, count } = await lossRows(period, loss, MOST_SAVED)
  await saveCsv(name, lossRowsCsv(rows, currency, fileNameOfImport))
  if (count > rows.length) tellCut(rows.length)
}

/** Saves the changes behind a metric, with the rates its cost rests on. */
export async function saveRowsBehind({ name, period, rows, partName, wholeName }: Explanation): Promise<void> {
  const settings = settingsOf(useWorkbook.getState().records)
  if (!settings) return
  const estimates = rows.some(({ cost }) => cost !== null) ? await estimatesOfPeriod(period) : []
  const { currency } = settings
  await saveCsv(name, behindRowsCsv({ rows, partName, wholeName, estimates, currency }, fileNameOfImport))
}

function fileNameOfImport(id: string): string {
  return knownImports().find((one) => one.id === id)?.fileName ?? 'a source taken back'
}
