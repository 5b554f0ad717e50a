import type { Day } from '../../../shared/calendar/index.ts'
import { accepted, type Outcome, refused } from '../../../shared/issues/index.ts'
import type { Instant } from '../../../shared/quantities/index.ts'
import { makeSampleWorkbook } from '../../../shared/sample/index.ts'
import {
  readWorkbookFile,
  type Workbook,
  WorkbookTooLargeError,
  writeWorkbookFile,
} from '../../../shared/workbook/index.ts'
import { buffersOf } from '../chunk-buffers.ts'
import type { Post } from '../parcels.ts'
import type { JobRun } from '../runner.ts'

const SAMPLE_SEED = 1

export interface FileContent {
  readonly content: Blob | Uint8Array
}

/** Whole workbooks as files, and the made-up one. They go to storage and come from there under the name of a parcel. */
export function makeFileJobs({ toStorage, fromStorage }: Post) {
  function send(parcel: string, workbook: Workbook): void {
    toStorage.send(
      parcel,
      workbook,
      workbook.imports.flatMap(({ chunks }) => buffersOf(chunks)),
    )
  }
  return {
    /** The made-up company of seed 1: everyone sees the same one, ending at the given day. */
    async makeSample(
      { today, now, parcel }: { readonly today: Day; readonly now: Instant; readonly parcel: string },
      run: JobRun,
    ): Promise<void> {
      const onProgress = (share: number) => run.progress(share)
      send(parcel, await makeSampleWorkbook({ seed: SAMPLE_SEED, today, now, onProgress }))
    },

    /** A file as the page was given it, or its bytes, which moved here. */
    async readFile({ content, parcel }: FileContent & { readonly parcel: string }): Promise<Outcome<null>> {
      const bytes = content instanceof Blob ? new Uint8Array(await content.arrayBuffer()) : content
      const workbook = readWorkbookFile(bytes)
      if (!workbook.ok) return workbook
      send(parcel, workbook.value)
      return accepted(null)
    },

    /** Lets go of a workbook that is not to be written after all. */
    drop: ({ parcel }: { readonly parcel: string }): void => fromStorage.drop(parcel),

    /** A blob, because that is handed on without anyone copying what is in it. */
    async writeFile({ parcel }: { readonly parcel: string }, run: JobRun): Promise<Outcome<Blob>> {
      const workbook = (await fromStorage.take(parcel)) as Workbook
      try {
        const bytes = writeWorkbookFile(workbook, (share) => run.progress(share))
        return accepted(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/octet-stream' }))
      } catch (cause) {
        if (cause instanceof WorkbookTooLargeError) return refused(cause.issue)
        throw cause
      }
    },
  }
}

export type FileJobs = ReturnType<typeof makeFileJobs>
