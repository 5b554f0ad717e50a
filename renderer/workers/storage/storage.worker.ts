import { opfsVault, portVault, type Vault } from '../../database/index.ts'
import { Inbox, type Outbox, outboxOf } from '../parcels.ts'
import { serveJobs } from '../runner.ts'
import { type Addressee, makeStorageJobs } from './storage-jobs.ts'

/** The first message. Later ones are jobs and ports of workers that were started. */
export interface StorageStart {
  /** Where the page of the desktop app writes the second copy; null = it lies in this origin's own files. */
  readonly vault: MessagePort | null
  /** Tells the page that another window is about to upgrade the database. */
  readonly takenOver: MessagePort
}

const inbox = new Inbox()
const outboxes = new Map<Addressee, Outbox>()

self.onmessage = ({ data: { vault: port, takenOver } }: MessageEvent<StorageStart>) => {
  const own = port ? portVault(port) : opfsVault()
  const jobs = makeStorageJobs({
    database: { onTakenOver: () => takenOver.postMessage(null) },
    vault: () => answering(own),
    inbox,
    outbox: (to) => outboxes.get(to)!,
    connect: (to, other) => {
      inbox.listen(other)
      outboxes.set(to, outboxOf(other))
    },
  })
  serveJobs(self, jobs)
}

/** The vault if it answers. */
async function answering(vault: Vault): Promise<Vault | null> {
  try {
    await vault.list()
    return vault
  } catch {
    return null
  }
}
