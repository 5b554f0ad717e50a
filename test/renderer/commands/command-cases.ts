import { useFigures } from '../../../renderer/stores/figures.ts'
import { useHistory } from '../../../renderer/stores/history.ts'
import { useJobs } from '../../../renderer/stores/jobs.ts'
import { useScreen } from '../../../renderer/stores/screen.ts'
import { useWorkbook } from '../../../renderer/stores/workbook.ts'
import { fakeBridge, type FakeBridge } from '../../../renderer/bridge/fake-bridge.ts'
import { type CommandHost, saveBytesOf, setCommandHost } from '../../../renderer/commands/host.ts'
import { forgetSteps } from '../../../renderer/commands/edit.ts'
import { forgetFigures, refreshFigures } from '../../../renderer/commands/figures.ts'
import { forgetImports } from '../../../renderer/commands/imports.ts'
import { openAtStart } from '../../../renderer/commands/index.ts'
import { forgetWriterLock } from '../../../renderer/commands/life.ts'
import { setStorage } from '../../../renderer/commands/session.ts'
import { makeFigureJobs } from '../../../renderer/workers/figures/figure-jobs.ts'
import { makeFileJobs } from '../../../renderer/workers/files/file-jobs.ts'
import { makeImportJobs } from '../../../renderer/workers/import/import-jobs.ts'
import { makeModelJobs } from '../../../renderer/workers/model/model-jobs.ts'
import { modelPool } from '../../../renderer/workers/model/model-pool.ts'
import { directOutbox, Inbox } from '../../../renderer/workers/parcels.ts'
import { inPlaceRunner } from '../../../renderer/workers/runner.ts'
import { makeStorageJobs } from '../../../renderer/workers/storage/storage-jobs.ts'
import type { Workbook } from '../../../shared/workbook/index.ts'
import { EMPTY, usageImport } from '../../shared/workbook/workbook-cases.ts'
import { Disk } from '../database/storage-cases.ts'

const SMALL_SAMPLE: Workbook = {
  records: {
    ...EMPTY.records,
    settings: { settings: { ...EMPTY.records.settings['settings']!, name: 'Sample', isSample: true } },
  },
  imports: [usageImport('sample-01', 1, 30)],
}

export const NOW = Date.UTC(2026, 10, 20, 12)

export interface Desk {
  readonly disk: Disk
  readonly bridge: FakeBridge
  /** Moves the clock. */
  later(ms: number): void
  /** Another window stored something. */
  hear(): void
  /** Stores as new, disk as it is: what a reload or a crash leaves. */
  restart(): Promise<void>
}

/** A page with everything behind it in memory: commands run as in the product, workers in place. */
export async function openDesk(disk = new Disk(), locks?: LockManager): Promise<Desk> {
  let now = NOW
  let ids = 0
  let heard = () => {}
  const bridge = fakeBridge()
  const desk: Desk = {
    disk,
    bridge,
    later: (ms) => void (now += ms),
    hear: () => heard(),
    async restart() {
      // What the page before was still working out must not be told on this one.
      await refreshFigures()
      setStorage(null)
      const inboxes = { storage: new Inbox(), imports: new Inbox(), figures: new Inbox(), files: new Inbox() }
      const toStorage = directOutbox(inboxes.storage)
      let takenOver = () => {}
      const files = makeFileJobs({ toStorage, fromStorage: inboxes.files })
      const storageJobs = makeStorageJobs({
        database: { ...disk.options(), onTakenOver: () => takenOver() },
        vault: () => Promise.resolve(disk.vault),
        inbox: inboxes.storage,
        outbox: (to) => directOutbox(inboxes[to]),
        connect: () => {},
      })
      const runners = {
        storage: inPlaceRunner(storageJobs),
        imports: inPlaceRunner(makeImportJobs({ toStorage, fromStorage: inboxes.imports })),
        figures: inPlaceRunner(makeFigureJobs(inboxes.figures)),
        files: inPlaceRunner({
          ...files,
          // The sample takes seconds to make; what the command does with one is the same for a small one.
          makeSample: async ({ parcel }: { readonly parcel: string }) => toStorage.send(parcel, SMALL_SAMPLE),
        }),
        model: modelPool([inPlaceRunner(makeModelJobs())]),
      }
      const host: CommandHost = {
        bridge,
        saveBlob: (name, blob) => saveBytesOf(bridge, name, blob),
        runners,
        figuresCode: 'code-1',
        locks,
        onTakenOver: (listener) => {
          takenOver = listener
        },
        keepData: () => Promise.resolve(),
        changes: { tell: () => {}, listen: (listener) => void (heard = listener) },
        now: () => now,
        newId: () => `id-${now}-${++ids}`,
        zone: () => 'Europe/Berlin',
        locale: () => 'en-US',
      }
      setCommandHost(host)
      useWorkbook.setState(useWorkbook.getInitialState(), true)
      useHistory.setState(useHistory.getInitialState(), true)
      useJobs.setState(useJobs.getInitialState(), true)
      useFigures.setState(useFigures.getInitialState(), true)
      useScreen.setState(useScreen.getInitialState(), true)
      forgetWriterLock()
      forgetSteps()
      forgetFigures()
      forgetImports()
      await openAtStart()
    },
  }
  await desk.restart()
  return desk
}

/** A generic usage file; each row `day,team,output tokens,cost`. */
export function usageCsv(name: string, ...rows: readonly string[]): File {
  const lines = rows.map((row) => {
    const [day, team, output, cost] = row.split(',')
    return `${day},Cursor,sonnet,ann@example.com,${team},${output},${cost},USD`
  })
  return csv(name, ['Date,Tool,Model,User,Team,Output tokens,Cost,Currency', ...lines, ''].join('\n'))
}

export function csv(name: string, text: string): File {
  return new File([text], name, { type: 'text/csv' })
}
