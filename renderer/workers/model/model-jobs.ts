import { accepted, type Outcome } from '../../../shared/issues/index.ts'
import {
  type BlockSpan,
  blocksOf,
  type CompiledModel,
  compileModel,
  finishRun,
  type History,
  type Redrawn,
  type SampledPart,
  samplePart,
  sobolOutput,
  type Sought,
} from '../../../shared/model/index.ts'
import type { MetricValue } from '../../../shared/metrics/index.ts'
import {
  compareScenarios,
  finishScenario,
  type PreparedScenario,
  prepareScenario,
  type Scenario,
  type ScenarioComparison,
  type ScenarioOutcome,
  type ScenarioQuestion,
  type ScenarioRecords,
  seekInScenario,
  type SeekWish,
} from '../../../shared/scenario/index.ts'
import type { JobRun } from '../runner.ts'

export interface ScenarioWish {
  readonly scenario: Scenario
  readonly records: ScenarioRecords
  readonly metrics: Readonly<Record<string, MetricValue>>
  readonly currency: string
  readonly figures?: ScenarioQuestion['figures']
  /** Columns for `from(…)`; left out where no formula draws on them. */
  readonly history?: History
}

/** Blocks of one of the runs a scenario asks for, by its place among them. */
export interface DrawWish extends BlockSpan {
  readonly key: string
  readonly run: number
}

interface Held {
  readonly key: string
  readonly question: ScenarioQuestion
  readonly prepared: PreparedScenario
  readonly compiled: readonly CompiledModel[]
  /** Parts told so far, of each run from its first block on. */
  readonly parts: readonly SampledPart[][]
}

/** Draws samples and tells what they say. Each worker holds the one scenario it was given last, under the key it came with. */
export function makeModelJobs() {
  let held: Held | null = null
  const heldOf = (key: string): Held => {
    if (held?.key !== key) throw new Error('the scenario is no longer held by this worker')
    return held
  }
  return {
    /** Makes a scenario ready to be drawn; answers how many blocks of samples each of its runs has. */
    take({ key, wish }: { readonly key: string; readonly wish: ScenarioWish }): Outcome<readonly number[]> {
      const question = questionOf(wish)
      const prepared = prepareScenario(question)
      if (!prepared.ok) return prepared
      const { runs } = prepared.value
      const compiled = runs.map(({ model }) => compileModel(model))
      held = { key, question, prepared: prepared.value, compiled, parts: runs.map(() => []) }
      return accepted(runs.map(({ options }, at) => Math.max(1, blocksOf(compiled[at]!, options))))
    },

    draw({ key, run: at, from, to }: DrawWish, run: JobRun): SampledPart {
      const { prepared, compiled } = heldOf(key)
      const onBlock = (done: number, of: number) => run.progress(done / of)
      const part = samplePart(compiled[at]!, { ...prepared.runs[at]!.options, onBlock }, from, to)
      run.handOver(buffersOf(part))
      return part
    },

    /** What total shares of the spread are asked of; null where nothing varies. */
    sharesAsked: ({ key }: { readonly key: string }) => heldOf(key).prepared.shares,

    seek({ key, seek }: { readonly key: string; readonly seek: SeekWish }, run: JobRun): Outcome<Sought> {
      return seekInScenario(heldOf(key).prepared, seek, (share) => run.progress(share))
    },

    /** A scenario against another, or with null against the baseline. */
    compare(
      { wish, against }: { readonly wish: ScenarioWish; readonly against: Scenario | null },
      run: JobRun,
    ): Outcome<ScenarioComparison> {
      const onBlock = (done: number, of: number) => run.progress(done / of)
      return compareScenarios({ ...questionOf(wish), onBlock }, against)
    },

    /** Samples of the scenario's result with one row drawn anew. */
    redraw({ key, redrawn }: { readonly key: string; readonly redrawn: Redrawn }, run: JobRun): Float64Array | null {
      const { prepared, compiled } = heldOf(key)
      const output = sobolOutput(compiled[0]!, prepared.shares!.output, redrawn, prepared.runs[0]!.options)
      if (output) run.handOver([output.buffer])
      return output
    },

    /** The outcome of all parts told so far and `parts`, which follow them. */
    tell({
      key,
      parts,
      isEarly,
    }: {
      readonly key: string
      readonly parts: readonly (readonly SampledPart[])[]
      readonly isEarly: boolean
    }): Outcome<ScenarioOutcome> {
      const { question, prepared, compiled, parts: known } = heldOf(key)
      for (const [at, more] of parts.entries()) known[at]!.push(...more)
      const [run, planRun] = prepared.runs.map(({ options }, at) => finishRun(compiled[at]!, options, known[at]!))
      const outcome = finishScenario(question, prepared, run!, planRun ?? run!, isEarly)
      if (!isEarly) held = null
      return outcome
    },
  }
}

function questionOf({ metrics, figures, history = {}, ...wish }: ScenarioWish): ScenarioQuestion {
  return { ...wish, history, metrics: new Map(Object.entries(metrics)), ...(figures && { figures }) }
}

export type ModelJobs = ReturnType<typeof makeModelJobs>

export function buffersOf({ kept }: SampledPart): readonly ArrayBufferLike[] {
  return kept.flatMap(([, months]) => months.map(({ buffer }) => buffer))
}
