import { accepted, type Outcome, refused } from '../issues/index.ts'
import { compareSamples, type Comparison, compileModel, runModel } from '../model/index.ts'
import { goodness } from './key-results.ts'
import { type DrawnResults, drawnResults, errorsIn, prepareScenario, type ScenarioQuestion } from './run-scenario.ts'
import type { Scenario } from './types.ts'

/** One number of a scenario less the same of another, paired by sample. */
export interface ComparedNumber extends Comparison {
  readonly name: string
  readonly unit: string
}

export interface ScenarioComparison {
  readonly scenarioId: string
  /** null = the baseline: nothing is done, and costs and returns nothing. */
  readonly againstId: string | null
  readonly against: string
  readonly samples: number
  readonly seed: number
  /** All-in cost, NPV where both have one, and each key result both know. */
  readonly numbers: readonly ComparedNumber[]
}

/**
 * A scenario against another one (null: against the baseline), both drawn from the scenario's seed: what both draw alike
 * cancels, so a small difference shows through wide spreads. Two of the same differ by exactly 0 and are better in half.
 */
export function compareScenarios(question: ScenarioQuestion, against: Scenario | null): Outcome<ScenarioComparison> {
  const { scenario } = question
  const seed = question.seed ?? scenario.seed
  const then = resultsOf({ ...question, seed }, 0, against === null ? 1 : 2)
  if (!then.ok) return then
  const samples = then.value.allIn.length
  const now =
    against === null
      ? accepted(baselineOf(then.value))
      : resultsOf({ ...question, scenario: against, seed, samples }, 1, 2)
  if (!now.ok) return now
  // Where the other one fits into memory less often: as many of the first samples as both have.
  const both = Math.min(samples, now.value.allIn.length)
  const compare = (name: string, unit: string, isMoreBetter: boolean, a: Float64Array, b: Float64Array) => ({
    name,
    unit,
    ...compareSamples(b.subarray(0, both), a.subarray(0, both), isMoreBetter),
  })
  const numbers: ComparedNumber[] = [compare('All-in cost', '$', false, then.value.allIn, now.value.allIn)]
  if (then.value.npv && now.value.npv) numbers.push(compare('NPV', '$', true, then.value.npv, now.value.npv))
  for (const judged of then.value.judged) {
    const { keyResult } = judged.rows
    const other = now.value.judged.find(({ rows }) => rows.keyResult.id === keyResult.id)
    if (other) numbers.push(compare(keyResult.name, keyResult.unit, goodness(keyResult) > 0, judged.then, other.then))
  }
  return accepted({
    scenarioId: scenario.id,
    againstId: against?.id ?? null,
    against: against?.name ?? 'Baseline',
    samples: both,
    seed,
    numbers,
  })
}

/** What is there if nothing is done. */
function baselineOf({ allIn, npv, judged }: DrawnResults): DrawnResults {
  const nothing = new Float64Array(allIn.length)
  return { allIn: nothing, npv: npv && nothing, judged: judged.map((each) => ({ ...each, then: each.now })) }
}

function resultsOf(question: ScenarioQuestion, at: number, of: number): Outcome<DrawnResults> {
  const prepared = prepareScenario(question)
  if (!prepared.ok) return prepared
  const { assembled, runs } = prepared.value
  const [run, planRun] = runs.map(({ model, options }, k) =>
    runModel(compileModel(model), {
      ...options,
      onBlock: (done, all) => question.onBlock?.((at + (k + done / all) / runs.length) * all, of * all),
    }),
  )
  const broken = errorsIn(assembled, run!)
  return broken.length > 0 ? refused(...broken) : accepted(drawnResults(assembled, run!, planRun ?? run!))
}
