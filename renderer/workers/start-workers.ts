import { makeWorker } from '../bridge/index.ts'
import figuresUrl from './figures/figures.worker.ts?worker&url'
import type { FigureJobs } from './figures/figure-jobs.ts'
import type { ImportJobs } from './import/import-jobs.ts'
import importUrl from './import/import.worker.ts?worker&url'
import type { ModelJobs } from './model/model-jobs.ts'
import modelUrl from './model/model.worker.ts?worker&url'
import { type Runner, workerRunner } from './runner.ts'
import vaultUrl from './vault/opfs.worker.ts?worker&url'

export interface Runners {
  readonly imports: Runner<ImportJobs>
  readonly figures: Runner<FigureJobs>
  readonly model: Runner<ModelJobs>
}

/** One worker for each line of work, so that reading a file does not wait for a simulation. */
export function startWorkers(): Runners {
  return {
    imports: workerRunner(() => makeWorker(importUrl)),
    figures: workerRunner(() => makeWorker(figuresUrl)),
    model: workerRunner(() => makeWorker(modelUrl)),
  }
}

export function startVaultWorker(): Worker {
  return makeWorker(vaultUrl)
}
