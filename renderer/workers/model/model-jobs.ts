import type { Outcome } from '../../../shared/issues/index.ts'
import type { History } from '../../../shared/model/index.ts'
import type { MetricValue } from '../../../shared/metrics/index.ts'
import {
  runScenario,
  type Scenario,
  type ScenarioOutcome,
  type ScenarioQuestion,
  type ScenarioRecords,
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

/** Anything that would hold up the page and needs nothing kept between two calls. */
export const modelJobs = {
  runScenario(
    { scenario, records, metrics, currency, figures, history = {} }: ScenarioWish,
    run: JobRun,
  ): Outcome<ScenarioOutcome> {
    return runScenario({
      scenario,
      records,
      history,
      metrics: new Map(Object.entries(metrics)),
      currency,
      ...(figures && { figures }),
      onBlock: (done, of) => run.progress(of === 0 ? null : done / of),
      isCancelled: () => run.isCancelled(),
    })
  },
}

export type ModelJobs = typeof modelJobs
