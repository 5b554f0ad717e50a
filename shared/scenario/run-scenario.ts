import type { MonthKey } from '../calendar/index.ts'
import { BLOCK } from '../chance/index.ts'
import { accepted, type Issue, type Outcome, refused } from '../issues/index.ts'
import { toUnits } from '../money/index.ts'
import { type Seed, seedOf } from '../quantities/index.ts'
import type { MetricValue } from '../metrics/index.ts'
import {
  bytesPerSample,
  checkFlow,
  compileModel,
  evidenceOfDraws,
  type History,
  type InlineLiteral,
  type Model,
  type ModelRow,
  type ModelRun,
  pearson,
  type RowResult,
  runModel,
  type Spread,
  spreadOf,
} from '../model/index.ts'
import { type FigureSources, planTotals } from '../plan/index.ts'
import { NO_OWN_PRICES } from '../prices/index.ts'
import { assemble, type Assembled, type ScenarioRecords } from './assemble.ts'
import { fitsOf } from './fits.ts'
import { holds } from './key-results.ts'
import { fewerSamples, nothingToRun, rowInError, stoppedEarly } from './messages.ts'
import { readRow } from './reading.ts'
import { nowId, ROLE, type Role } from './roles.ts'
import { shareQuestion, type ShareQuestion } from './spread-shares.ts'
import { findTensions, type Judged, oddsGiven, oddsOf, oddsOfAll } from './statistics.ts'
import { tellSpread } from './tell-spread.ts'
import type { CostPart, KeyResultEffect, Scenario, ScenarioOutcome } from './types.ts'

export interface ScenarioQuestion {
  readonly scenario: Scenario
  readonly records: ScenarioRecords
  /** Columns for `from(…)` in formulas. */
  readonly history: History
  /** Current value of each metric a key result may be measured by. */
  readonly metrics: ReadonlyMap<string, MetricValue>
  readonly currency: string
  /** Own prices, spending and initiatives that formulas may name; the list's prices alone when left out. */
  readonly figures?: Pick<FigureSources, 'prices' | 'actuals' | 'initiatives'>
  /** The scenario's own when left out. */
  readonly samples?: number
  readonly seed?: number
  readonly onBlock?: (done: number, of: number) => void
  readonly isCancelled?: () => boolean
}

const PARTS = [
  ['tokens', 'tokens'],
  ['review', 'review'],
  ['rework', 'rework'],
  ['incidents', 'incidents'],
  ['people', 'people'],
] as const satisfies readonly (readonly [CostPart['name'], Role])[]

/**
 * Runs a scenario on its baseline and tells what it costs, returns and does to every key result. Deterministic: same records,
 * scenario, samples and seed, same outcome.
 *
 * A scenario without rows of its own is judged by what it changes: its cost is the plan's with its sets less the plan's
 * without, so one that sets nothing costs exactly 0 in every sample.
 */
export function runScenario(question: ScenarioQuestion): Outcome<ScenarioOutcome> {
  const prepared = prepareScenario(question)
  if (!prepared.ok) return prepared
  const { onBlock, isCancelled } = question
  const [run, planRun] = prepared.value.runs.map(({ model, options }) =>
    runModel(compileModel(model), { ...options, ...(onBlock && { onBlock }), ...(isCancelled && { isCancelled }) }),
  )
  return finishScenario(question, prepared.value, run!, planRun ?? run!)
}

export interface PreparedScenario {
  readonly assembled: Assembled
  /** Ranges inside formulas of rows that are no drivers: uncertain inputs without a row of their own. */
  readonly inline: readonly InlineLiteral[]
  /** What `SpreadShares` would be asked; null where nothing varies. */
  readonly shares: ShareQuestion | null
  /** More than are drawn where they would not fit into memory. */
  readonly samplesAsked: number
  /** The scenario's model, and the plan's own where the scenario changes the plan. */
  readonly runs: readonly {
    readonly model: Model
    readonly options: { readonly samples: number; readonly seed: Seed; readonly wanted: readonly string[] }
  }[]
}

/** What has to be run for a scenario, by whoever runs it: in place, or its blocks spread over workers. */
export function prepareScenario(question: ScenarioQuestion): Outcome<PreparedScenario> {
  const { scenario, records, history, metrics } = question
  const figures = question.figures ?? { prices: NO_OWN_PRICES, actuals: null, initiatives: {} }
  const assembled = assemble(scenario, records, metrics, history, { ...figures, metrics, currency: question.currency })
  if (!assembled.ok) return assembled
  const { model, baseline, planRows, touched } = assembled.value
  if (model.rows.length === 0) return refused(nothingToRun())
  const compiled = compileModel(model)
  const inline = compiled.literals.filter(({ row }) => model.rows[row]!.kind !== 'driver')
  const shares = shareQuestion(compiled)
  const isPlanTouched = planRows.some(({ id }) => touched.includes(id))
  const wanted = [...wantedOf(model.rows), ...inline.map(({ id }) => id)]
  const asked = question.samples ?? scenario.samples
  const samples = Math.min(asked, mostSamples(bytesPerSample(compiled, wanted)))
  const runs = (isPlanTouched ? [model, baseline] : [model]).map((each) => ({
    model: each,
    options: {
      samples,
      seed: seedOf(question.seed ?? scenario.seed),
      wanted: each === model ? wanted : wantedOf(each.rows),
    },
  }))
  return accepted({ assembled: assembled.value, inline, runs, shares, samplesAsked: asked })
}

/**
 * Tells the outcome of the runs `prepareScenario` asked for; `planRun` is `run` itself where the plan is as it was. Of the first
 * blocks alone it is the outcome of a run of so many samples; `isEarly` leaves out what takes longer than that is worth (flow).
 */
export function finishScenario(
  { scenario, currency, ...question }: ScenarioQuestion,
  { assembled, inline, runs, shares, samplesAsked }: PreparedScenario,
  run: ModelRun,
  planRun: ModelRun,
  isEarly = false,
): Outcome<ScenarioOutcome> {
  const broken = errorsIn(assembled, run)
  if (broken.length > 0) return refused(...broken)
  if (run.cancelled || planRun.cancelled) return refused(stoppedEarly(run.samples, runs[0]!.options.samples))
  const seed = question.seed ?? scenario.seed
  const told = tellOutcome({ scenario, assembled, inline, run, planRun, samples: run.samples, seed, currency })
  const outcome = { ...told, ...(shares && { drawnInputs: shares.inputs.length }) }
  if (isEarly) return accepted({ ...outcome, of: runs[0]!.options.samples })
  const notes = run.samples < samplesAsked ? [fewerSamples(run.samples, samplesAsked), ...outcome.notes] : outcome.notes
  return accepted({ ...outcome, notes, ...flowOf(assembled, seed) })
}

/** Steps between drivers and outcomes are computed but not kept. */
function wantedOf(rows: readonly ModelRow[]): readonly string[] {
  return rows.filter(({ id }) => !id.startsWith('step/')).map(({ id }) => id)
}

/** Samples of a row without months; a certain row says the same in every sample, a row in error has no value in any. */
function drawsOf(run: ModelRun, id: string): Float64Array {
  const own = run.sampleOf(id)
  if (own) return own
  const result = run.rows.get(id)
  return new Float64Array(run.samples).fill(result?.shape === 'number' ? result.value : Number.NaN)
}

/** The same by month; a row without months says the same in every month. */
function monthDrawsOf(run: ModelRun, id: string, months: number): readonly Float64Array[] {
  const own = run.monthSamplesOf(id)
  if (own) return own
  const result = run.rows.get(id)
  if (result?.shape === 'months') return result.values.map((value) => new Float64Array(run.samples).fill(value))
  const same = drawsOf(run, id)
  return Array.from({ length: months }, () => same)
}

const MOST_BYTES = 1.5 * 2 ** 30

/** A plan of thousands of uncertain lines keeps each of them by month; at least one block is always drawn. */
function mostSamples(bytes: number): number {
  return bytes === 0 ? Number.POSITIVE_INFINITY : Math.max(BLOCK, Math.floor(MOST_BYTES / bytes / BLOCK) * BLOCK)
}

interface Told {
  readonly scenario: Scenario
  readonly assembled: Assembled
  readonly inline: readonly InlineLiteral[]
  readonly run: ModelRun
  readonly planRun: ModelRun
  readonly samples: number
  readonly seed: number
  readonly currency: string
}

/** What a scenario comes to in each sample. */
export interface DrawnResults {
  readonly allIn: Float64Array
  /** null = no row says what it is worth. */
  readonly npv: Float64Array | null
  readonly judged: readonly Judged[]
}

export function drawnResults(assembled: Assembled, run: ModelRun, planRun: ModelRun): DrawnResults {
  const has = (id: string) => assembled.model.rows.some((row) => row.id === id)
  return {
    allIn: has(ROLE.allIn) ? drawsOf(run, ROLE.allIn) : planDifference(assembled, run, planRun, run.samples),
    npv: has(ROLE.npv) ? drawsOf(run, ROLE.npv) : null,
    judged: judge(assembled, run),
  }
}

function tellOutcome({ scenario, assembled, inline, run, planRun, samples, seed, currency }: Told): ScenarioOutcome {
  const { months, model } = assembled
  const has = (role: Role) => model.rows.some(({ id }) => id === ROLE[role])
  const draws = (id: string) => drawsOf(run, id)
  const { allIn: allInDraws, npv: npvDraws, judged } = drawnResults(assembled, run, planRun)
  const allIn = spreadOf(allInDraws)
  const paybackDraws = has('payback') ? draws(ROLE.payback) : null
  const fits = fitsOf(model, run)
  const breakEven = model.rows.find(({ id }) => id === ROLE.breakEven)
  const budget = baselineBudget(assembled, planRun)
  return {
    scenarioId: scenario.id,
    name: scenario.name,
    samples,
    seed,
    currency,
    months,
    allIn,
    parts: PARTS.flatMap(([name, role]): CostPart[] => {
      if (!has(role)) return []
      const spread = spreadOf(draws(ROLE[role]))
      return [{ name, spread, share: allIn.mean === 0 ? 0 : spread.mean / allIn.mean }]
    }),
    durationMonths: has('duration') ? spreadOf(draws(ROLE.duration)) : null,
    paybackMonths: paybackDraws && spreadOf(paybackDraws),
    npv: npvDraws && spreadOf(npvDraws),
    oddsOfPayback: paybackDraws && oddsOf(paybackDraws, () => true),
    oddsNpvPositive: npvDraws && oddsOf(npvDraws, (npv) => npv > 0),
    breakEven: breakEven
      ? { what: breakEven.name, unit: breakEven.unit, value: spreadOf(draws(breakEven.id)).p50 }
      : null,
    baselineBudget: budget,
    ...(has('cost') ? { cash: cashByQuarter(months, monthDrawsOf(run, ROLE.cost, months.length)) } : {}),
    fan: has('cumulative') ? monthDrawsOf(run, ROLE.cumulative, months.length).map(spreadOf) : [],
    ...tellSpread(assembled, inline, run),
    keyResults: assembled.keyResults.map((each) => tellKeyResult(each, judged)),
    oddsOfAll: oddsOfAll(judged),
    tensions: findTensions(judged, pearson),
    ...(judged.length > 1 && { given: oddsGiven(judged) }),
    assumptions: assembled.model.rows
      .filter(
        ({ id, kind }) =>
          (kind === 'driver' && assembled.ownRows.some((row) => row.id === id)) ||
          assembled.touched.includes(id) ||
          (kind === 'driver' && assembled.inherited.some((name) => name === nameOf(model.rows, id))),
      )
      .map((row) => ({
        name: row.name,
        unit: row.unit,
        formula: row.formula,
        reading: readRow(row, run.rows.get(row.id)),
        ...spanOf(run.rows.get(row.id)),
        evidence: evidenceOfDraws(row.formula, model.history) ?? row.evidence,
      })),
    ...(fits.length > 0 && { fits }),
    notes: tellNotes(assembled, run, budget),
  }
}

function spanOf(result: RowResult | undefined): Pick<ScenarioOutcome['assumptions'][number], 'span'> {
  if (result?.shape === 'number') return { span: [result.value, result.value] }
  return result?.shape === 'spread' ? { span: [result.spread.p10, result.spread.p90] } : {}
}

/** Only rows this scenario speaks of: its own, and those of the plan it touches. */
function flowOf({ model, ownRows, touched }: Assembled, seed: number): Pick<ScenarioOutcome, 'flow'> {
  const ids = new Set([...ownRows.map(({ id }) => id), ...touched])
  const flow = checkFlow(model, seedOf(seed), ids)
  return flow.length === 0 ? {} : { flow }
}

function cashByQuarter(
  months: readonly MonthKey[],
  draws: readonly Float64Array[],
): NonNullable<ScenarioOutcome['cash']> {
  const quarters: { from: MonthKey; to: MonthKey; spread: Spread }[] = []
  for (let first = 0; first < months.length; first += 3) {
    const own = draws.slice(first, first + 3)
    const sum = new Float64Array(own[0]!.length)
    for (const month of own) for (let i = 0; i < sum.length; i++) sum[i]! += month[i]!
    quarters.push({ from: months[first]!, to: months[first + own.length - 1]!, spread: spreadOf(sum) })
  }
  while (quarters.length > 1 && quarters.at(-1)!.spread.mean === 0) quarters.pop()
  return quarters
}

function nameOf(rows: readonly ModelRow[], id: string): string | undefined {
  return rows.find((row) => row.id === id)?.name
}

export function errorsIn({ model }: Assembled, run: ModelRun): readonly Issue[] {
  return model.rows.flatMap(({ id, name }) => {
    const result = run.rows.get(id)
    // A payback that never comes is an answer, not a mistake.
    if (id === ROLE.payback && result?.shape === 'error' && result.error.code === '#NUM!') return []
    return result?.shape === 'error' ? [rowInError(name, result.error.code, result.error.message)] : []
  })
}

/** The plan's budget with the scenario's sets less the plan's own, sample by sample over all months. */
function planDifference(
  { model, baseline, months }: Assembled,
  run: ModelRun,
  planRun: ModelRun,
  samples: number,
): Float64Array {
  const total = (rows: readonly ModelRow[], of: ModelRun): Float64Array => {
    const sum = new Float64Array(samples)
    for (const { id, kind } of rows) {
      if (kind !== 'budget line') continue
      for (const month of monthDrawsOf(of, id, months.length)) for (let i = 0; i < samples; i++) sum[i]! += month[i]!
    }
    return sum
  }
  if (run === planRun) return new Float64Array(samples)
  const [then, now] = [total(model.rows, run), total(baseline.rows, planRun)]
  return then.map((value, i) => value - now[i]!)
}

function judge({ keyResults }: Assembled, run: ModelRun): readonly Judged[] {
  return keyResults.flatMap((rows) =>
    rows.nowRow && rows.withId ? [{ rows, now: drawsOf(run, rows.nowRow.id), then: drawsOf(run, rows.withId) }] : [],
  )
}

function tellKeyResult(rows: Assembled['keyResults'][number], judged: readonly Judged[]): KeyResultEffect {
  const { keyResult, baseline, unknownBecause } = rows
  const own = judged.find((each) => each.rows === rows)
  const isMet = (value: number) => holds(keyResult, value)
  return {
    keyResultId: keyResult.id,
    name: keyResult.name,
    unit: keyResult.unit,
    target: keyResult.target,
    baseline,
    withScenario: own ? spreadOf(own.then) : null,
    odds: own ? oddsOf(own.then, isMet) : null,
    baselineOdds: own ? oddsOf(own.now, isMet) : null,
    unknownBecause,
  }
}

/** What was budgeted for the same months anyway; `null` without budget lines. */
function baselineBudget({ baseline, months }: Assembled, planRun: ModelRun): number | null {
  const lines = baseline.rows.filter(({ kind }) => kind === 'budget line')
  if (lines.length === 0) return null
  return toUnits(planTotals(lines, planRun.rows, months).total)
}

/** A scenario that only costs is not one that returns 0. */
const NO_VALUE =
  'No row says what this is worth, so its NPV, its payback and their odds are unknown. Start from a template with value rows to see them.'

function tellNotes(assembled: Assembled, run: ModelRun, budget: number | null): readonly string[] {
  const { months, model, inherited, planRows, keyResults } = assembled
  const typedOnly = planRows.filter(({ kind, formula }) => kind === 'budget line' && formula.trim() === '').length
  return [
    `Ranges are P10 to P90 of ${run.samples.toLocaleString('en-US')} runs.`,
    ...(model.rows.some(({ id }) => id === ROLE.npv) ? [] : [NO_VALUE]),
    ...(inherited.length > 0 ? [`Taken from the plan: ${inherited.join(', ')}.`] : []),
    ...(budget !== null && typedOnly > 0
      ? [
          `${typedOnly} budget lines hold typed months only; the baseline budget from ${months[0]} on counts them where they are typed.`,
        ]
      : []),
    ...(keyResults.some(({ nowRow }) => nowRow?.id.startsWith(nowId('entered/')))
      ? ['Entered key results are carried on along their check-ins to the end of the quarter.']
      : []),
    ...run.notes,
  ]
}
