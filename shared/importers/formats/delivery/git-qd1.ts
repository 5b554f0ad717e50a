import { parseInstant } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import type { LooseFile, LooseRecord, ReadContext, RecordSink, TextFormat } from '../../format.ts'
import { badRecord, notATime, notFirstParent, repositoryFromFileName } from '../../messages.ts'
import { GitFacts, type HunkFile } from './git-facts.ts'
import { readNumstatLine, type TouchedFile, unquotePath } from './git-paths.ts'

/**
 * `git log` text, one file per repository. A record is RS (0x1E) and eleven fields split by US (0x1F), then numstat lines.
 * It does not say which repository it is of: the choice does, else the file's name without its endings.
 */
const [RECORD, FIELD, PERSON] = ['\u001e', '\u001f', '\u001d']
const CR = 13

export const gitQd1: TextFormat = {
  shape: 'text',
  id: 'git-qd1',
  name: 'git log, numstat (QD1)',
  kind: 'delivery',
  recognise: (start) => (isQd1(start) && !HUNK_MARK.test(start) ? 'records that begin with QD1' : null),
  open: (text, context) => accepted(openQd1(text, context, false)),
}

export const gitQd1Hunks: TextFormat = {
  shape: 'text',
  id: 'git-qd1-hunks',
  name: 'git log, hunk headers (QD1H)',
  kind: 'delivery',
  recognise: (start) =>
    isQd1(start) && HUNK_MARK.test(start) ? 'records that begin with QD1 and hold diff headers' : null,
  open: (text, context) => accepted(openQd1(text, context, true)),
}

const HUNK_MARK = /(?:^|\n)diff --git /

function isQd1(start: string): boolean {
  return start.trimStart().startsWith(`${RECORD}QD1${FIELD}`) || start.trimStart().startsWith(`QD1${FIELD}`)
}

function openQd1(text: string, context: ReadContext, isHunks: boolean): LooseFile {
  const repository = context.choices.repository ?? repositoryOf(context.fileName)
  const chain: Chain = { seen: [], merged: [] }
  return {
    records: eachRecord(text, repository, chain, isHunks),
    // Diffs without context align lines a little differently: git's own count holds where both were imported.
    asOfShift: isHunks ? -1 : 0,
    finish(sink) {
      if (!context.choices.repository) sink.note(repositoryFromFileName(repository))
      const seen = new Set(chain.merged.length === 0 ? [] : chain.seen)
      const inner = chain.merged.filter((sha) => seen.has(sha)).length
      if (inner > 0) sink.note(notFirstParent(inner))
    },
  }
}

/** What a merge brought in is no landing of its own: in a first-parent export no second parent has a record. */
interface Chain {
  readonly seen: string[]
  readonly merged: string[]
}

function* eachRecord(text: string, repository: string, chain: Chain, isHunks: boolean): Generator<LooseRecord> {
  // Some shells drop the record mark of the first line; -1 then stands for "before the first letter".
  let at = text.indexOf(RECORD)
  let line = 1 + countLines(text, 0, Math.max(0, at))
  let position = 0
  const facts = new GitFacts(repository)
  while (at + 1 < text.length) {
    const next = text.indexOf(RECORD, at + 1)
    const end = next === -1 ? text.length : next
    const body = text.slice(at + 1, end)
    const place = position++
    yield {
      line,
      text: body.slice(0, 2000),
      share: end / text.length,
      judge: (sink) => judgeLanding(body, facts, place, chain, isHunks, sink),
    }
    line += countLines(text, at + 1, end)
    if (next === -1) return
    at = next
  }
}

function countLines(text: string, from: number, to: number): number {
  let lines = 0
  for (let i = text.indexOf('\n', from); i !== -1 && i < to; i = text.indexOf('\n', i + 1)) lines++
  return lines
}

function judgeLanding(
  body: string,
  facts: GitFacts,
  position: number,
  chain: Chain,
  isHunks: boolean,
  sink: RecordSink,
): void {
  const isZ = body.includes('\0')
  const headEnd = isZ
    ? firstOf(body.indexOf('\0'), body.indexOf('\n'), body.length)
    : firstOf(body.indexOf('\n'), -1, body.length)
  const fields = body.slice(0, body.charCodeAt(headEnd - 1) === CR ? headEnd - 1 : headEnd).split(FIELD)
  if (fields[0] !== 'QD1' || fields.length < 11)
    return sink.aside(null, badRecord(fields.slice(0, 3).join(' '), 'eleven QD1 fields'))
  const [
    ,
    sha = '',
    parents = '',
    authored = '',
    committed = '',
    authorName,
    authorEmail,
    ,
    committerEmail,
    coAuthors,
  ] = fields
  const subject = fields.slice(10).join(FIELD)
  if (!/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(sha)) return sink.aside('sha', badRecord(sha, 'a commit id'))
  const authoredAt = parseInstant(authored)
  const committedAt = parseInstant(committed)
  if (!authoredAt.ok) return sink.aside('authorDate', notATime(authored))
  if (!committedAt.ok) return sink.aside('committerDate', notATime(committed))
  const isRoot = parents.trim() === ''
  const hunks = isHunks ? hunkFiles(body.slice(headEnd)) : []
  if (typeof hunks === 'string') return sink.aside('diff', badRecord(hunks, 'diff headers and ranges, without text'))
  const files = isHunks ? hunks : numstatFiles(body, headEnd, isZ, isRoot)
  if (typeof files === 'string')
    return sink.aside('numstat', badRecord(files, 'added, deleted and path, split by tabs'))
  chain.seen.push(sha)
  if (parents.includes(' ')) chain.merged.push(...parents.trim().split(' ').slice(1))
  facts.land(sink, {
    sha,
    position,
    authoredAt: authoredAt.value,
    committedAt: committedAt.value,
    authorName: authorName || null,
    authorEmail: authorEmail || null,
    committerEmail: committerEmail || null,
    coAuthors: coAuthors ? coAuthors.split(PERSON).join('\n') : null,
    subject,
    pullRequest: pullRequestOf(subject),
  })
  for (const file of files) facts.add(sink, file)
  for (const file of hunks) facts.addHunks(sink, file)
}

function firstOf(a: number, b: number, otherwise: number): number {
  if (a < 0 || b < 0) return Math.max(a, b) < 0 ? otherwise : Math.max(a, b)
  return Math.min(a, b)
}

/** Text of the first line that cannot be read, or the files. */
function numstatFiles(body: string, start: number, isZ: boolean, isRoot: boolean): readonly TouchedFile[] | string {
  if (isZ) return numstatFilesZ(body.slice(start))
  const files: TouchedFile[] = []
  let end: number
  for (let from = start; from < body.length; from = end + 1) {
    end = firstOf(body.indexOf('\n', from), -1, body.length)
    const to = body.charCodeAt(end - 1) === CR && end > from ? end - 1 : end
    if (to === from) continue
    const file = readNumstatLine(body, isRoot, from, to)
    if (file === null) return body.slice(from, to)
    files.push(file)
  }
  return files
}

/** With `-z` a rename is an empty path and then the old and the new one, each ended by NUL; nothing is quoted. */
function numstatFilesZ(body: string): readonly TouchedFile[] | string {
  const files: TouchedFile[] = []
  const tokens = body.split('\0').map((token) => token.replace(/^\n+/, ''))
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    if (token === '') continue
    const counts = /^(\d+|-)\t(\d+|-)\t/.exec(token)
    if (!counts) return token
    const [added, deleted] = [countOf(counts[1]!), countOf(counts[2]!)]
    const path = token.slice(counts[0].length)
    if (path !== '') files.push({ path, fromPath: null, added, deleted })
    else {
      files.push({ path: tokens[i + 2] ?? '', fromPath: tokens[i + 1] ?? null, added, deleted })
      i += 2
    }
  }
  return files
}

function countOf(text: string): number | null {
  return text === '-' ? null : Number(text)
}

/** `@@ -a,b +c,d @@` takes b lines away and puts d there; a missing count is 1. */
function hunkFiles(body: string): readonly HunkFile[] | string {
  const files: ({ -readonly [K in keyof HunkFile]: HunkFile[K] } & { ranges: number[] })[] = []
  let current: (typeof files)[number] | undefined
  for (let from = 0; from < body.length;) {
    const end = body.indexOf('\n', from)
    const to = end === -1 ? body.length : end
    const line = body.slice(from, body.charCodeAt(to - 1) === 13 ? to - 1 : to)
    from = to + 1
    if (line.startsWith('@@ ')) {
      const hunk = current && readHunk(line)
      if (!hunk) return line
      current!.deleted = (current!.deleted ?? 0) + hunk[1]
      current!.added = (current!.added ?? 0) + hunk[3]
      current!.ranges.push(...hunk)
    } else if (line.startsWith('diff --git ')) {
      const path = pathOfDiff(line.slice(11)) ?? ''
      files.push((current = { path, fromPath: null, added: 0, deleted: 0, change: 'modify', ranges: [] }))
    } else if (!current) {
      if (line !== '') return line
    } else if (line.startsWith('rename from ')) {
      current.fromPath = unquotePath(line.slice(12))
      current.change = 'rename'
    } else if (line.startsWith('rename to ')) current.path = unquotePath(line.slice(10))
    else if (line.startsWith('new file mode')) current.change = 'new'
    else if (line.startsWith('deleted file mode')) current.change = 'deleted'
    else if (line.startsWith('Binary files')) {
      current.change = 'binary'
      ;[current.added, current.deleted] = [null, null]
    }
  }
  const lost = files.find(({ path }) => path === '')
  return lost ? 'diff --git' : files
}

const HUNK = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/

function readHunk(line: string): readonly [number, number, number, number] | null {
  const hunk = HUNK.exec(line)
  return hunk ? [Number(hunk[1]), Number(hunk[2] ?? '1'), Number(hunk[3]), Number(hunk[4] ?? '1')] : null
}

/** `a/x b/x`: without a rename both halves are one path, so the middle is known even when it holds spaces. */
function pathOfDiff(text: string): string | null {
  if (text.startsWith('"')) {
    const end = /^"(?:[^"\\]|\\.)*"/.exec(text)?.[0]
    return end ? unquotePath(end).slice(2) : null
  }
  const half = (text.length - 1) / 2
  if (Number.isInteger(half) && text.slice(2, half) === text.slice(half + 3)) return text.slice(2, half)
  const to = text.lastIndexOf(' b/')
  return to < 0 ? null : text.slice(to + 3)
}

/** Squash merges end in ` (#12)` (the last one counts: an earlier may name an issue), merge commits say it in front. */
export function pullRequestOf(subject: string): number | null {
  const squash = /\(#(\d{1,9})\)\s*$/.exec(subject) ?? /^Merge pull request #(\d{1,9})\b/.exec(subject)
  return squash ? Number(squash[1]) : null
}

/** `quarterdeck-api.numstat.txt` is of `api`. */
export function repositoryOf(fileName: string): string {
  const base = fileName.split(/[/\\]/).at(-1) ?? fileName
  const stem = base
    .replace(/^quarterdeck-/, '')
    .replace(/(?:\.(?:numstat|hunks|qd1h?|baseline|fuller|crlf|z|txt|tsv|log|bin|git))+$/i, '')
  return stem === '' ? base : stem
}
