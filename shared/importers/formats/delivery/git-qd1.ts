import { accepted } from '../../../issues/index.ts'
import type { LooseFile, ReadContext, TextFormat } from '../../format.ts'
import { notFirstParent, repositoryFromFileName } from '../../messages.ts'
import { GitFacts } from './git-facts.ts'
import { eachLanding, FIELD, type Qd1, RECORD } from './git-landings.ts'
import { eachLandingInBytes } from './git-landings-in-bytes.ts'

/**
 * `git log` text, one file per repository. A record is RS (0x1E) and eleven fields split by US (0x1F), then numstat lines.
 * It does not say which repository it is of: the choice does, else the file's name without its endings.
 */
export const gitQd1: TextFormat = {
  shape: 'text',
  id: 'git-qd1',
  name: 'git log, numstat (QD1)',
  kind: 'delivery',
  recognise: (start) => (isQd1(start) && !HUNK_MARK.test(start) ? 'records that begin with QD1' : null),
  open: (text, context) => accepted(openQd1(context, false, (qd1) => eachLanding(text, qd1))),
  openBytes: (bytes, context) => accepted(openQd1(context, false, (qd1) => eachLandingInBytes(bytes, qd1))),
}

export const gitQd1Hunks: TextFormat = {
  shape: 'text',
  id: 'git-qd1-hunks',
  name: 'git log, hunk headers (QD1H)',
  kind: 'delivery',
  recognise: (start) =>
    isQd1(start) && HUNK_MARK.test(start) ? 'records that begin with QD1 and hold diff headers' : null,
  open: (text, context) => accepted(openQd1(context, true, (qd1) => eachLanding(text, qd1))),
  openBytes: (bytes, context) => accepted(openQd1(context, true, (qd1) => eachLandingInBytes(bytes, qd1))),
}

const HUNK_MARK = /(?:^|\n)diff --git /

function isQd1(start: string): boolean {
  return start.trimStart().startsWith(`${RECORD}QD1${FIELD}`) || start.trimStart().startsWith(`QD1${FIELD}`)
}

function openQd1(context: ReadContext, isHunks: boolean, recordsOf: (qd1: Qd1) => LooseFile['records']): LooseFile {
  const repository = context.choices.repository ?? repositoryOf(context.fileName)
  const facts = new GitFacts(repository)
  return {
    records: recordsOf({ facts, isHunks }),
    // Diffs without context align lines a little differently: git's own count holds where both were imported.
    asOfShift: isHunks ? -1 : 0,
    finish(sink) {
      if (!context.choices.repository) sink.note(repositoryFromFileName(repository))
      const inner = facts.inner()
      if (inner > 0) sink.note(notFirstParent(inner))
    },
  }
}

/** `quarterdeck-api.numstat.txt` is of `api`. */
export function repositoryOf(fileName: string): string {
  const base = fileName.split(/[/\\]/).at(-1) ?? fileName
  const stem = base
    .replace(/^quarterdeck-/, '')
    .replace(/(?:\.(?:numstat|hunks|qd1h?|baseline|fuller|crlf|z|txt|tsv|log|bin|git))+$/i, '')
  return stem === '' ? base : stem
}
