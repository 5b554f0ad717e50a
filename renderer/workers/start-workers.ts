import { makeWorker } from '../bridge/index.ts'
import { serveVault, type Vault } from '../database/index.ts'
import figuresUrl from './figures/figures.worker.ts?worker&url'
import type { FigureJobs } from './figures/figure-jobs.ts'
import type { FileJobs } from './files/file-jobs.ts'
import filesUrl from './files/files.worker.ts?worker&url'
import type { ImportJobs } from './import/import-jobs.ts'
import importUrl from './import/import.worker.ts?worker&url'
import type { ModelJobs } from './model/model-jobs.ts'
import { type ModelPool, modelPool, workersFor } from './model/model-pool.ts'
import modelUrl from './model/model.worker.ts?worker&url'
import { type Jobs, type Runner, workerRunner } from './runner.ts'
import type { Addressee, StorageJobs } from './storage/storage-jobs.ts'
import type { StorageStart } from './storage/storage.worker.ts'
import storageUrl from './storage/storage.worker.ts?worker&url'

/**
 * Which code works out the figures: the name of the built worker holds a hash of all that is in it, prices included. Null
 * while developing, where the name stays and the code does not.
 */
export const FIGURES_CODE: string | null = import.meta.env.DEV ? null : figuresUrl

export interface Runners {
  readonly storage: Runner<StorageJobs>
  readonly imports: Runner<ImportJobs>
  readonly figures: Runner<FigureJobs>
  readonly files: Runner<FileJobs>
  readonly model: ModelPool
}

export interface WorkerGround {
  /** Where the desktop app keeps the second copy; null = the worker finds its own place. */
  readonly vault: Vault | null
  /** Another window is about to upgrade the database; this one has let go of it. */
  onTakenOver(): void
}

/** Workers of its own for each line of work, so that reading a file does not wait for a simulation. */
export function startWorkers(ground: WorkerGround): Runners {
  const storage = workerRunner<StorageJobs>(() => startStorage(ground))
  /** A worker whose facts go to storage and come from there, past the page. */
  function connected<J extends Jobs>(to: Addressee, url: string): Runner<J> {
    return workerRunner<J>(() => {
      const worker = makeWorker(url)
      const { port1, port2 } = new MessageChannel()
      worker.postMessage(port1, [port1])
      void storage.run('connect', { to, port: port2 }, { handOver: [port2] }).catch(() => {})
      return worker
    })
  }
  return {
    storage,
    imports: connected<ImportJobs>('imports', importUrl),
    figures: connected<FigureJobs>('figures', figuresUrl),
    files: connected<FileJobs>('files', filesUrl),
    model: modelPool(
      Array.from({ length: workersFor(navigator.hardwareConcurrency) }, () =>
        workerRunner<ModelJobs>(() => makeWorker(modelUrl)),
      ),
    ),
  }
}

function startStorage({ vault, onTakenOver }: WorkerGround): Worker {
  const worker = makeWorker(storageUrl)
  const [files, events] = [vault && new MessageChannel(), new MessageChannel()]
  if (vault && files) serveVault(files.port1, vault)
  events.port1.onmessage = onTakenOver
  const start: StorageStart = { vault: files?.port2 ?? null, takenOver: events.port2 }
  worker.postMessage(start, files ? [files.port2, events.port2] : [events.port2])
  return worker
}
