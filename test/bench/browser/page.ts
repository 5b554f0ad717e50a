import { makeWorker } from '../../../renderer/bridge/trusted-worker.ts'
import workerUrl from './cases.worker.ts?worker&url'

/** Hands one case to the worker and waits for its figures. */
Object.assign(window, {
  measure: (name: string, rows: number) =>
    new Promise((resolve, reject) => {
      const worker = makeWorker(workerUrl)
      worker.onmessage = ({ data }: MessageEvent<unknown>) => {
        worker.terminate()
        resolve(data)
      }
      worker.onerror = (event) => reject(new Error(event.message))
      worker.postMessage({ name, rows })
    }),
})
