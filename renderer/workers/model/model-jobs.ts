import type { Day } from '../../../shared/calendar/index.ts'
import { accepted, type Outcome } from '../../../shared/issues/index.ts'
import type { MetricValue } from '../../../shared/metrics/index.ts'
import type { Instant } from '../../../shared/quantities/index.ts'
import { makeSampleWorkbook } from '../../../shared/sample/index.ts'
import {
  runScenario,
  type Scenario,
  type ScenarioOutcome,
  type ScenarioRecords,
} from '../../../shared/scenario/index.ts'
import { readWorkbookFile, type Workbook, writeWorkbookFile } from '../../../shared/workbook/index.ts'
import type { PackedWorkbook } from '../../database/storage.ts'
import { packed } from '../packed.ts'
import type { JobRun } from '../runner.ts'

export interface ScenarioWish {
  readonly scenario: Scenario
  readonly records: ScenarioRecords
  readonly metrics: Readonly<Record<string, MetricValue>>
  readonly currency: string
}

const SAMPLE_SEED = 1

/** Anything that would hold up the page and needs nothing kept between two calls. */
export const modelJobs = {
  runScenario({ scenario, records, metrics, currency }: ScenarioWish, run: JobRun): Outcome<ScenarioOutcome> {
    return runScenario({
      scenario,
      records,
      history: {},
      metrics: new Map(Object.entries(metrics)),
      currency,
      onBlock: (done, of) => run.progress(of === 0 ? null : done / of),
      isCancelled: () => run.isCancelled(),
    })
  },

  /** The made-up company of seed 1: everyone sees the same one, ending at the given day. */
  async makeSample(
    { today, now }: { readonly today: Day; readonly now: Instant },
    run: JobRun,
  ): Promise<PackedWorkbook> {
    const workbook = await makeSampleWorkbook({
      seed: SAMPLE_SEED,
      today,
      now,
      onProgress: (share) => run.progress(share),
    })
    return packedWorkbook(workbook, run)
  },

  readFile(bytes: Uint8Array, run: JobRun): Outcome<PackedWorkbook> {
    const workbook = readWorkbookFile(bytes)
    return workbook.ok ? accepted(packedWorkbook(workbook.value, run)) : workbook
  },

  writeFile(workbook: Workbook, run: JobRun): Uint8Array {
    const bytes = writeWorkbookFile(workbook)
    run.handOver([bytes.buffer])
    return bytes
  },
}

export type ModelJobs = typeof modelJobs

function packedWorkbook({ records, imports }: Workbook, run: JobRun): PackedWorkbook {
  return { records, imports: imports.map((imported) => packed(imported, run)) }
}
