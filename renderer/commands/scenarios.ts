import { renderBriefHtml, writeBrief } from '../../shared/brief/index.ts'
import { freeName } from '../../shared/formula/index.ts'
import { dayIn } from '../../shared/calendar/index.ts'
import { BugError, type Outcome, tellIssue } from '../../shared/issues/index.ts'
import { instantOf } from '../../shared/quantities/index.ts'
import type { History, Sought } from '../../shared/model/index.ts'
import {
  drawsOnHistory,
  firstMonthOf,
  type Scenario,
  type ScenarioComparison,
  type ScenarioOutcome,
  type SeekWish,
  type SpreadShares,
} from '../../shared/scenario/index.ts'
import { factReadingOf, type WorkbookRecords, type WorkbookSettings } from '../../shared/workbook/index.ts'
import { useFigures } from '../stores/figures.ts'
import { useJobs } from '../stores/jobs.ts'
import { useScreen } from '../stores/screen.ts'
import { useWorkbook } from '../stores/workbook.ts'
import { type ModelPool, type ScenarioWish, WorkerStoppedError } from '../workers/index.ts'
import { editRecords } from './edit.ts'
import { holdFacts, metricSettings, refreshFigures } from './figures.ts'
import { fileNameOf } from './file-names.ts'
import { commandHost } from './host.ts'
import { mayWrite, settingsOf } from './session.ts'
import { cancelTask, withTask } from './tasks.ts'
import { showToast } from './toasts.ts'

/** A scenario of the template with the team's own numbers where enough cases are known; answers its id. */
export async function addScenario(templateId: string): Promise<string> {
  const host = commandHost()
  const id = host.newId()
  const { records } = useWorkbook.getState()
  const settings = settingsOf(records)
  if (!settings || !mayWrite()) return id
  await refreshFigures()
  await holdFacts()
  const scenario = await host.runners.figures.run('fit', {
    templateId,
    id,
    startMonth: firstMonthOf(settings.quarterStart, dayIn(instantOf(host.now()), settings.zone)),
    order: Object.values(records.scenarios).reduce((most, { order }) => Math.max(most, order), 0) + 1,
    settings: metricSettings(settings),
    assessments: Object.values(records.assessments),
  })
  if (!scenario) throw new BugError(`unknown template: ${templateId}`)
  const name = freeName(scenario.name, Object.values(records.scenarios))
  await editRecords(`Add scenario ${name}`, (current) => ({
    ...current,
    scenarios: { ...current.scenarios, [id]: { ...scenario, name } },
  }))
  if (useWorkbook.getState().records.scenarios[id]) useScreen.setState({ scenarioId: id })
  return id
}

/** What is asked of a scenario, each under a task of its own. */
const QUESTIONS = ['run', 'shares', 'seek', 'compare'] as const

/** Another workbook: what is still worked out belongs to the former one. */
export function forgetScenarios(): void {
  for (const { id } of useJobs.getState().tasks)
    if (QUESTIONS.some((question) => id.startsWith(`${question}-`))) cancelTask(id)
}

/**
 * Simulates in workers; the outcome is that of the records as they were when it started, and marked when they moved on. Where
 * it takes long, the outcome of the samples so far shows first, and stays when the user stops it.
 */
export async function runScenario(id: string): Promise<void> {
  const { records } = useWorkbook.getState()
  const scenario = records.scenarios[id]
  const settings = settingsOf(records)
  if (!scenario || !settings) return
  const { metrics } = useFigures.getState()
  const show = (outcome: ScenarioOutcome) => {
    const isStale = useWorkbook.getState().records !== records || useFigures.getState().metrics !== metrics
    useFigures.setState(({ outcomes, staleOutcomes }) => ({
      outcomes: { ...outcomes, [id]: outcome },
      staleOutcomes: [...staleOutcomes.filter((other) => other !== id), ...(isStale ? [id] : [])],
    }))
  }
  try {
    const outcome = await withTask(
      `Running ${scenario.name}`,
      async (task) => {
        const wish = await wishOf(scenario, records, settings)
        return commandHost().runners.model.runScenario(wish, { ...task, onEarly: show })
      },
      `run-${id}`,
    )
    if (outcome?.ok) show(outcome.value)
    else if (outcome) showToast(`${scenario.name}: ${outcome.issues.map(tellIssue).join(' ')}`, { tone: 'warn' })
  } catch (cause) {
    const what =
      cause instanceof WorkerStoppedError
        ? `The run of ${scenario.name} stopped: one of its workers ended (${cause.message}), perhaps for want of memory.`
        : `${scenario.name} could not be run (${cause instanceof Error ? cause.message : String(cause)}).`
    showToast(`${what} Nothing was changed.`, {
      tone: 'warn',
      action: { label: 'Run again', run: () => void runScenario(id) },
    })
  }
}

/** Total shares of the outcome's spread, from runs of their own; null when stopped, refused or where nothing varies. */
export function spreadShares(id: string): Promise<SpreadShares | null> {
  return askOf(id, `shares-${id}`, 'What drives the spread', (pool, wish, task) => pool.spreadShares(wish, task))
}

/** The value of a driver with which a condition holds often enough; null when stopped or refused. */
export function seekDriver(id: string, seek: SeekWish): Promise<Sought | null> {
  return askOf(id, `seek-${id}`, `Seeking ${seek.row}`, (pool, wish, task) => pool.seek(wish, seek, task))
}

/** A scenario against another, or with null against the baseline; null when stopped or refused. */
export async function compareWith(id: string, againstId: string | null): Promise<ScenarioComparison | null> {
  const against = againstId === null ? null : useWorkbook.getState().records.scenarios[againstId]
  if (against === undefined) return null
  return askOf(id, `compare-${id}`, 'Comparison', async (pool, wish, task) => {
    const { records } = wish
    const history = against && drawsOnHistory(against, records) && !drawsOnHistory(wish.scenario, records)
    const settings = settingsOf(useWorkbook.getState().records)
    const both = history && settings ? { ...wish, history: await historyOf(settings) } : wish
    return pool.compare(both, against, task)
  })
}

/** Asks the workers something of a scenario beside its run. */
async function askOf<T>(
  id: string,
  taskId: string,
  what: string,
  ask: (
    pool: ModelPool,
    wish: ScenarioWish,
    task: Parameters<Parameters<typeof withTask>[1]>[0],
  ) => Promise<Outcome<T>>,
): Promise<T | null> {
  const { records } = useWorkbook.getState()
  const scenario = records.scenarios[id]
  const settings = settingsOf(records)
  if (!scenario || !settings) return null
  try {
    const answer = await withTask(
      `${what} of ${scenario.name}`,
      async (task) => ask(commandHost().runners.model, await wishOf(scenario, records, settings), task),
      taskId,
    )
    if (answer && !answer.ok) showToast(`${scenario.name}: ${answer.issues.map(tellIssue).join(' ')}`, { tone: 'warn' })
    return answer?.ok ? answer.value : null
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    showToast(`${what} of ${scenario.name} could not be worked out (${why}). Nothing was changed; try again.`, {
      tone: 'warn',
    })
    return null
  }
}

async function wishOf(scenario: Scenario, records: WorkbookRecords, settings: WorkbookSettings): Promise<ScenarioWish> {
  const { metrics, actuals, notInActuals } = useFigures.getState()
  return {
    scenario,
    records,
    metrics,
    currency: settings.currency,
    history: drawsOnHistory(scenario, records) ? await historyOf(settings) : {},
    figures: {
      prices: factReadingOf(records).prices,
      initiatives: records.initiatives,
      actuals: notInActuals && { cells: actuals, unpriced: notInActuals.unpriced },
    },
  }
}

/** Fetches the columns that formulas of the plan draw on, unless those at hand are of the same facts. */
export async function bringHistory(): Promise<void> {
  const { of, historyOf: held } = useFigures.getState()
  const settings = settingsOf(useWorkbook.getState().records)
  if (of === null || held === of || !settings) return
  try {
    const history = await historyOf(settings)
    if (useFigures.getState().of === of) useFigures.setState({ history, historyOf: of })
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    showToast(`The history that formulas draw on could not be read (${why}). Reload to try again.`, { tone: 'warn' })
  }
}

async function historyOf(settings: WorkbookSettings): Promise<History> {
  await holdFacts()
  return commandHost().runners.figures.run('columns', metricSettings(settings))
}

export async function printBrief(): Promise<void> {
  const isPrinted = await commandHost().bridge.call('file:print')
  if (!isPrinted) showToast('The page was not printed. Check the printer or save the brief as HTML.', { tone: 'warn' })
}

export async function saveBriefHtml(scenarioId: string): Promise<void> {
  const { records, imports } = useWorkbook.getState()
  const { outcomes, wall, actuals, notInActuals } = useFigures.getState()
  const scenario = records.scenarios[scenarioId]
  const outcome = outcomes[scenarioId]
  const settings = settingsOf(records)
  if (!scenario || !outcome || !settings) {
    showToast('There is no result to write about yet. Run the scenario first.', { tone: 'warn' })
    return
  }
  const host = commandHost()
  const brief = writeBrief({
    workbook: settings,
    initiatives: records.initiatives,
    scenario,
    outcome,
    wall,
    imports,
    actuals: notInActuals && { cells: actuals, ...notInActuals },
    today: dayIn(instantOf(host.now()), settings.zone),
  })
  const bytes = new TextEncoder().encode(renderBriefHtml(brief, { locale: host.locale() }))
  const saved = await host.bridge.call('file:save', fileNameOf(scenario.name, 'html'), bytes)
  if (saved.kind === 'saved') showToast(`Saved: ${saved.where}.`)
  if (saved.kind === 'failed') showToast(`The brief was not saved: ${saved.reason}`, { tone: 'warn' })
}
