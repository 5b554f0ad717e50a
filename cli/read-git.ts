import { type Day, dayIn, UTC, addDays } from '../shared/calendar/index.ts'
import { GIT_PARTS, type GitClone, gitFileName, type GitPart, openClone, readClone } from '../shared/bridge/index.ts'
import type { Issue } from '../shared/issues/index.ts'
import { instantOf } from '../shared/quantities/index.ts'
import type { CommandIo } from './command.ts'

/** How far back a clone is read unless told otherwise: two years. */
const DAYS_BACK = 731

export interface GitDocument {
  readonly name: string
  readonly bytes: Uint8Array
}

export type GitDocuments =
  | {
      readonly kind: 'read'
      readonly repository: string
      readonly documents: readonly GitDocument[]
      readonly warnings: readonly string[]
    }
  | { readonly kind: 'refused'; readonly issue: Issue }

/** The history of a clone as the documents an import takes; `since` null = two years back, `all` = from the beginning. */
export async function readGit(folder: string, since: Day | 'all' | null, io: CommandIo): Promise<GitDocuments> {
  const first = since === 'all' ? null : (since ?? addDays(dayIn(instantOf(io.now()), UTC), -DAYS_BACK))
  const opened = await openClone(io.startGit, folder, first)
  if (opened.kind === 'refused') return { kind: 'refused', issue: notRead(folder, opened.reason) }
  const documents: GitDocument[] = []
  try {
    for (const part of GIT_PARTS) {
      const bytes = await wholePart(opened.clone, part, io)
      if (bytes.length > 0) documents.push({ name: gitFileName(opened.clone.name, part), bytes })
    }
  } catch (error) {
    return { kind: 'refused', issue: notRead(folder, (error as Error).message) }
  }
  const { name: repository, warnings } = opened.clone
  return { kind: 'read', repository, documents, warnings }
}

async function wholePart(clone: GitClone, part: GitPart, io: CommandIo): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const { bytes } of readClone(io.startGit, clone, part)) pieces.push(bytes)
  return Buffer.concat(pieces)
}

function notRead(folder: string, reason: string): Issue {
  return {
    code: 'import/clone-not-read',
    where: { file: folder },
    said: reason,
    wanted: 'a full clone of a repository',
    did: 'stopped',
    can: 'Give the folder of a clone on this machine (--git FOLDER).',
  }
}
