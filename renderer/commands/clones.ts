import { type Day } from '../../shared/calendar/index.ts'
import { gitFileName, GIT_PARTS, type GitPart, type PickedClone } from '../../shared/bridge/index.ts'
import { CancelledError } from '../workers/index.ts'
import { commandHost } from './host.ts'
import { readFiles } from './imports.ts'
import { mayWrite } from './session.ts'
import { withTask } from './tasks.ts'
import { showToast } from './toasts.ts'

type OpenClone = Extract<PickedClone, { kind: 'opened' }>

/**
 * Lets the user pick a clone, has the host read its history and hands the documents on as files to import. Answers why it
 * was not read, or null: read, cancelled, or told already.
 */
export async function readPickedClone(since: Day | null): Promise<string | null> {
  if (!mayWrite()) return null
  const { bridge } = commandHost()
  const picked = await bridge.call('git:open', since)
  if (picked === null) return null
  if (picked.kind === 'refused') return picked.reason
  for (const warning of picked.warnings) showToast(warning, { tone: 'warn' })
  try {
    const files = await withTask(`Reading ${picked.name}`, ({ signal, onProgress }) =>
      filesOf(picked, signal, onProgress),
    )
    if (files !== null) await readFiles(files, { repository: picked.name })
    return null
  } catch (cause) {
    return (cause as Error).message
  } finally {
    await bridge.call('git:close', picked.id)
  }
}

async function filesOf(
  clone: OpenClone,
  signal: AbortSignal,
  onProgress: (share: number | null) => void,
): Promise<readonly File[]> {
  const files: File[] = []
  for (const [at, part] of GIT_PARTS.entries()) {
    const pieces = await piecesOf(clone, part, signal, (landings) =>
      onProgress((at + Math.min(1, landings / Math.max(1, clone.landings))) / GIT_PARTS.length),
    )
    if (pieces.length > 0) files.push(new File(pieces, gitFileName(clone.name, part), { type: 'text/plain' }))
  }
  return files
}

async function piecesOf(
  { id }: OpenClone,
  part: GitPart,
  signal: AbortSignal,
  onLandings: (landings: number) => void,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  for (;;) {
    if (signal.aborted) throw new CancelledError()
    const read = await commandHost().bridge.call('git:read', id, part)
    if (read.kind === 'end') return pieces
    if (read.kind === 'failed') throw new Error(read.reason)
    pieces.push(new Uint8Array(read.bytes))
    onLandings(read.landings)
  }
}
