import { BrowserWindow, dialog, type WebContents } from 'electron'
import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import {
  type GitClone,
  type GitPart,
  type GitPiece,
  type GitRead,
  gitStarter,
  openClone,
  type PickedClone,
  readClone,
} from '../../shared/bridge/index.ts'
import type { Handlers } from './register-handlers.ts'

const startGit = gitStarter(
  (args, options) => spawn('git', args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] }),
  tmpdir(),
  process.env,
)

/** Clones that may be open at once; the oldest gives way. */
const MOST_OPEN = 8

interface OpenClone {
  readonly clone: GitClone
  readonly reading: Map<GitPart, AsyncGenerator<GitPiece, void>>
}

/** Reads a clone the user points at in a native dialog. The page names no folder and no argument of git, only days and parts. */
export function answerGit(): Handlers<'git:open' | 'git:read' | 'git:close'> {
  const open = new Map<string, OpenClone>()
  let last = 0

  async function close(id: string): Promise<void> {
    const known = open.get(id)
    open.delete(id)
    for (const reading of known?.reading.values() ?? []) await reading.return()
  }

  return {
    'git:open': async (page, since): Promise<PickedClone | null> => {
      const folder = await chosenFolder(page)
      if (folder === null) return null
      const opened = await openClone(startGit, folder, since)
      if (opened.kind === 'refused') return opened
      const [oldest] = open.keys()
      if (open.size >= MOST_OPEN && oldest !== undefined) await close(oldest)
      const id = `clone-${++last}`
      open.set(id, { clone: opened.clone, reading: new Map() })
      const { name, ref, landings, warnings } = opened.clone
      return { kind: 'opened', id, name, branch: ref.replace(/^refs\/(?:heads|remotes)\//, ''), landings, warnings }
    },
    'git:read': async (_page, id, part): Promise<GitRead> => {
      const known = open.get(id)
      if (!known) return { kind: 'failed', reason: 'The clone is no longer open. Pick it again.' }
      let reading = known.reading.get(part)
      if (!reading) known.reading.set(part, (reading = readClone(startGit, known.clone, part)))
      try {
        const next = await reading.next()
        return next.done === true ? { kind: 'end' } : { kind: 'piece', ...next.value }
      } catch (error) {
        return { kind: 'failed', reason: (error as Error).message }
      }
    },
    'git:close': (_page, id) => close(id),
  }
}

async function chosenFolder(page: WebContents): Promise<string | null> {
  const window = BrowserWindow.fromWebContents(page)
  const options = { title: 'Pick a git clone', properties: ['openDirectory' as const] }
  const chosen = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options))
  return chosen.canceled ? null : (chosen.filePaths[0] ?? null)
}
